import { type KeyDocument, readKeyDocument, thumbprintOf } from "./key-document.ts";
import { ProtocolProblem } from "./protocol-problem.ts";
import { digestOf } from "./signed-text.ts";

/** The newest document that we have of a peer. */
export interface KnownKeys {
  jws: string;
  version: number;
}

/** In seconds: thirty days, and an hour for those who count otherwise. */
const lifeMax = 30 * 86_400 + 3600;

/** In characters. */
export const keyDocumentMax = 32_000;

/**
 * The document that a peer shows, when it can be believed: signed by the root whose fingerprint a person compared, for this
 * address, in force, and not older than the one we know. Next to it, it must chain to it; where we missed some, the root vouches.
 * `fingerprint`: the thumbprint or its first digits, as the twelve words carry them.
 */
export async function acceptKeyDocument(
  jws: string,
  {
    url,
    fingerprint,
    known,
    now,
  }: { url: string; fingerprint: string; known?: KnownKeys | undefined; now: Date },
): Promise<KeyDocument> {
  if (jws.length > keyDocumentMax) throw new ProtocolProblem("too_large");
  const document = await readKeyDocument(jws);
  const thumbprint = await thumbprintOf(document.root);
  if (fingerprint.length < 22 || !thumbprint.startsWith(fingerprint))
    throw new ProtocolProblem("unknown_key");
  if (document.iss !== url) throw new ProtocolProblem("wrong_hub");
  const seconds = now.getTime() / 1000;
  if (
    document.exp <= seconds ||
    document.iat > seconds + 300 ||
    document.exp - document.iat > lifeMax
  )
    throw new ProtocolProblem("wrong_time");
  if (known && !chains(document, jws, known)) throw new ProtocolProblem("broken_chain");
  return document;
}

function chains(document: KeyDocument, jws: string, known: KnownKeys): boolean {
  if (document.version === known.version) return jws === known.jws;
  if (document.version === known.version + 1) return document.prev === digestOf(known.jws);
  return document.version > known.version;
}

/** The public key of this name, while it is in force and not revoked. */
export function keyInForce(
  { keys, revoked }: KeyDocument,
  kid: string,
  now: Date,
): string | undefined {
  const seconds = now.getTime() / 1000;
  if (revoked.includes(kid)) return undefined;
  return keys.find((key) => key.kid === kid && key.nbf <= seconds && seconds < key.exp)?.x;
}
