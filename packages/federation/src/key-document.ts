import { createPrivateKey, createPublicKey } from "node:crypto";
import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  type JWK_OKP_Private,
} from "jose";

/** RFC 9864: the only algorithm between hubs. */
const alg = "Ed25519";
const typ = "hubkeys+jws";
const publicKey = (x: string) => ({ kty: "OKP", crv: "Ed25519", x });

/** A key that the hub signs with in daily work; times in seconds since 1970. */
export interface OnlineKey {
  /** Its RFC 7638 thumbprint. */
  kid: string;
  x: string;
  nbf: number;
  exp: number;
}

/** What a hub says of its keys, under the signature of its root key. */
export interface KeyDocument {
  /** The hub's address. */
  iss: string;
  /** The root's public key. */
  root: string;
  /** Grows by one; peers never go back. */
  version: number;
  iat: number;
  exp: number;
  keys: OnlineKey[];
  /** The `kid` of keys that are not to be believed before their time is over. */
  revoked: string[];
  endpoints: Record<string, string>;
  /** SHA-256 (base64url) of the compact form before this one. */
  prev?: string;
}

export interface PrivateKey {
  x: string;
  d: string;
}

export async function newKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const { x, d } = (await exportJWK(privateKey)) as JWK_OKP_Private;
  return { x, d };
}

/** False for anything that is not a private key together with its own public key. */
export function isKeyPair({ x, d }: PrivateKey): boolean {
  try {
    const key = createPrivateKey({ key: { ...publicKey(x), d }, format: "jwk" });
    return createPublicKey(key).export({ format: "jwk" }).x === x;
  } catch {
    return false;
  }
}

/** RFC 7638 over the public key of RFC 8037 §2; of the root: the hub's fingerprint. */
export const thumbprintOf = (x: string) => calculateJwkThumbprint(publicKey(x));

export async function signKeyDocument(document: KeyDocument, root: PrivateKey): Promise<string> {
  return await new CompactSign(Buffer.from(JSON.stringify(document)))
    .setProtectedHeader({ alg, typ, kid: await thumbprintOf(root.x) })
    .sign({ ...publicKey(root.x), d: root.d });
}

/** Throws unless the root that the document names has signed it; whose root that is must be known by its fingerprint. */
export async function readKeyDocument(jws: string): Promise<KeyDocument> {
  const { root } = decodeJwt<KeyDocument>(jws);
  const key = publicKey(root);
  const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: [alg] });
  if (protectedHeader.typ !== typ)
    throw new Error(`The key document has the type ${protectedHeader.typ}.`);
  return JSON.parse(Buffer.from(payload).toString()) as KeyDocument;
}
