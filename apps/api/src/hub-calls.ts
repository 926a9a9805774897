import type { PeerRow } from "@telar/database/peers";
import { type Answer, answerHeader, verifyAnswer } from "@telar/federation/answers";
import { FetchProblem, type GuardedFetch } from "@telar/federation/guarded-fetch";
import { type KeyDocument, readKeyDocument } from "@telar/federation/key-document";
import { acceptKeyDocument, keyDocumentMax, keyInForce } from "@telar/federation/peer-keys";
import { ProtocolProblem } from "@telar/federation/protocol-problem";
import { bodyMax, signRequest } from "@telar/federation/requests";
import type { SigningKey } from "@telar/federation/signed-text";

/** How this hub calls others. */
export interface Caller {
  publicUrl: string;
  identity: { signingKey(): Promise<SigningKey> };
  hubFetch: GuardedFetch;
}

const timeoutMs = 10_000;

/** The key document that a hub shows now, of whatever root. */
export async function fetchKeyDocument({ hubFetch }: Pick<Caller, "hubFetch">, url: string) {
  const { status, body } = await hubFetch({
    method: "GET",
    url: `${url}/.well-known/telar-keys.jws`,
    bytesMax: keyDocumentMax,
    timeoutMs,
  });
  if (status !== 200) throw new ProtocolProblem("unknown_key");
  return body.trim();
}

export type KnownHub = Pick<PeerRow, "url" | "root" | "document" | "version" | "checkedAt">;

/** What a hub's keys are now; `looked`: its document came just now, and is to be kept. */
export interface FoundKeys {
  jws: string;
  document: KeyDocument;
  looked: boolean;
}

/** A key that was revoked is refused within the hour. */
const freshMs = 60 * 60_000;
/** Whoever makes up names of keys makes us look once in ten seconds, and no more. */
const againMs = 10_000;
const hubsRemembered = 1_000;
const lastLooks = new Map<string, number>();

/** The document of a hub whose root we know: the one we have while it is fresh and names the key, else the one it shows. */
export async function documentNaming(
  caller: Pick<Caller, "hubFetch">,
  { url, root, document: jws, version, checkedAt }: KnownHub,
  kid: string,
): Promise<FoundKeys> {
  const now = new Date();
  const document = await readKeyDocument(jws);
  const kept = { jws, document, looked: false };
  const names = keyInForce(document, kid, now) !== undefined && document.exp * 1000 > now.getTime();
  if (names && now.getTime() - checkedAt.getTime() < freshMs) return kept;
  if (!mayLookAt(url, now)) {
    if (names) return kept;
    throw new ProtocolProblem("unknown_key");
  }
  try {
    const shown = await fetchKeyDocument(caller, url);
    const accepted = { url, fingerprint: root, known: { jws, version }, now };
    return { jws: shown, document: await acceptKeyDocument(shown, accepted), looked: true };
  } catch (problem) {
    if (names && problem instanceof FetchProblem) return kept;
    throw problem;
  }
}

function mayLookAt(url: string, now: Date): boolean {
  if (now.getTime() - (lastLooks.get(url) ?? 0) < againMs) return false;
  if (lastLooks.size >= hubsRemembered) lastLooks.clear();
  lastLooks.set(url, now.getTime());
  return true;
}

/** Posts `body` to another hub, signed; believes only an answer that this hub signed for this request. */
export async function callHub(
  caller: Caller,
  peer: KnownHub,
  path: `/hub/v1/${string}`,
  content: object,
): Promise<Answer & { keys: FoundKeys | undefined }> {
  const url = `${peer.url}${path}`;
  const body = JSON.stringify(content);
  const between = { from: caller.publicUrl, to: peer.url };
  const key = await caller.identity.signingKey();
  const sent = { ...between, method: "POST", url, body, key, now: new Date() };
  const { authorization, jti } = await signRequest(sent);
  const {
    status,
    headers,
    body: said,
  } = await caller.hubFetch({
    method: "POST",
    url,
    headers: { authorization, "content-type": "application/json" },
    body,
    bytesMax: bodyMax,
    timeoutMs,
  });
  const answer = { status, body: said };
  const replied = { from: peer.url, to: caller.publicUrl, inReplyTo: jti };
  let keys: FoundKeys | undefined;
  await verifyAnswer(answer, headers[answerHeader] ?? "", replied, async (kid) => {
    keys = await documentNaming(caller, peer, kid);
    return keyInForce(keys.document, kid, new Date());
  });
  return { ...answer, keys };
}
