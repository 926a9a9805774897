import { createHash } from "node:crypto";
import { CompactSign, type CryptoKey, compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { ProtocolProblem } from "./protocol-problem.ts";

/** RFC 9864: the only algorithm between hubs. */
export const algorithm = "Ed25519";

/** What a compact JWS between hubs can be; each is refused where another is due. */
export type SignedType = "hubkeys+jws" | "hubreq+jwt" | "hubres+jwt" | "hubevt+jws" | "hubseq+jws";

export interface SigningKey {
  /** The key's RFC 7638 thumbprint. */
  kid: string;
  /** Public and private part, base64url (RFC 8037). */
  x: string;
  d: string;
}

export interface SignedText {
  kid: string;
  payload: Uint8Array;
}

/** In characters; the body of a request is bound by the request. */
const headerMax = 4096;

export async function signText(
  type: SignedType,
  payload: object,
  key: SigningKey,
): Promise<string> {
  return await new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: algorithm, typ: type, kid: key.kid })
    .sign(await imported(key.x, key.d));
}

/** The `kid` of a compact JWS of this type. Nothing of it is proven yet; whatever names keys of its own is refused here. */
export function keyIdOf(jws: string, type: SignedType): string {
  if (jws.indexOf(".") > headerMax) throw new ProtocolProblem("too_large");
  const parts = jws.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical)) throw new ProtocolProblem("malformed");
  const { alg, typ, kid, ...others } = headerOf(jws);
  if (alg !== algorithm) throw new ProtocolProblem("wrong_algorithm");
  if (typ !== type) throw new ProtocolProblem("wrong_type");
  if (typeof kid !== "string" || Object.keys(others).length > 0)
    throw new ProtocolProblem("malformed");
  return kid;
}

/** Throws unless this public key signed it as this type. */
export async function verifyText(jws: string, type: SignedType, x: string): Promise<SignedText> {
  const kid = keyIdOf(jws, type);
  const key = await imported(x);
  try {
    const { payload } = await compactVerify(jws, key, { algorithms: [algorithm] });
    return { kid, payload };
  } catch (cause) {
    throw new ProtocolProblem("bad_signature", { cause });
  }
}

/** The claims as they stand, before or after they are proven. */
export function unprovenPayload(jws: string): unknown {
  const [, payload = ""] = jws.split(".");
  return parse(Buffer.from(payload, "base64url"));
}

export function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(payload));
  } catch (cause) {
    throw new ProtocolProblem("malformed", { cause });
  }
}

/** The last character has bits to spare: with them turned, the same signature would have another digest. */
const isCanonical = (part: string) => Buffer.from(part, "base64url").toString("base64url") === part;

/** SHA-256 in base64url. */
export const digestOf = (bytes: string | Uint8Array) =>
  createHash("sha256").update(bytes).digest("base64url");

const utf8 = new TextDecoder("utf-8", { fatal: true });

function headerOf(jws: string) {
  try {
    return decodeProtectedHeader(jws);
  } catch (cause) {
    throw new ProtocolProblem("malformed", { cause });
  }
}

/** Keys are few and long-lived; to import one costs more than a signature. */
const known = new Map<string, Promise<CryptoKey | Uint8Array>>();
const knownMax = 5_000;

function imported(x: string, d?: string): Promise<CryptoKey | Uint8Array> {
  const name = `${x} ${d ?? ""}`;
  const before = known.get(name);
  if (before) return before;
  const jwk = { kty: "OKP", crv: "Ed25519", x, ...(d !== undefined && { d }) };
  const key = importJWK(jwk, algorithm).catch((cause) => {
    known.delete(name);
    throw new ProtocolProblem("unknown_key", { cause });
  });
  if (known.size >= knownMax) known.clear();
  known.set(name, key);
  return key;
}
