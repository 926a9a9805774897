import { createPrivateKey, createPublicKey } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK_OKP_Private } from "jose";
import * as z from "zod";
import { ProtocolProblem } from "./protocol-problem.ts";
import { algorithm, parse, signText, unprovenPayload, verifyText } from "./signed-text.ts";

const publicKey = (x: string) => ({ kty: "OKP", crv: "Ed25519", x });

/** 32 bytes in base64url. */
const Bytes32 = z.string().regex(/^[\w-]{43}$/);

/** A key that the hub signs with in daily work; times in seconds since 1970. */
const OnlineKey = z.object({
  /** Its RFC 7638 thumbprint. */
  kid: Bytes32,
  x: Bytes32,
  nbf: z.int(),
  exp: z.int(),
});
export type OnlineKey = z.infer<typeof OnlineKey>;

/** What a hub says of its keys, under the signature of its root key. */
const KeyDocument = z.object({
  /** The hub's address. */
  iss: z.url().max(2048),
  /** The root's public key. */
  root: Bytes32,
  /** Grows by one; peers never go back. */
  version: z.int().min(1),
  iat: z.int(),
  exp: z.int(),
  keys: z.array(OnlineKey).max(20),
  /** The `kid` of keys that are not to be believed before their time is over. */
  revoked: z.array(Bytes32).max(200),
  endpoints: z.record(z.string(), z.string()),
  /** SHA-256 (base64url) of the compact form before this one. */
  prev: Bytes32.optional(),
});
export type KeyDocument = z.infer<typeof KeyDocument>;

export interface PrivateKey {
  x: string;
  d: string;
}

export async function newKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
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
  return signText("hubkeys+jws", document, { ...root, kid: await thumbprintOf(root.x) });
}

/** Throws unless the root that the document names has signed it; whose root that is must be known by its fingerprint. */
export async function readKeyDocument(jws: string): Promise<KeyDocument> {
  const { root } = read(unprovenPayload(jws));
  return read(parse((await verifyText(jws, "hubkeys+jws", root)).payload));
}

function read(payload: unknown): KeyDocument {
  const { success, data, error } = KeyDocument.safeParse(payload);
  if (!success) throw new ProtocolProblem("malformed", { cause: error });
  return data;
}
