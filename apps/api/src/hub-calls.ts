import { type Answer, answerHeader, verifyAnswer } from "@telar/federation/answers";
import type { GuardedFetch } from "@telar/federation/guarded-fetch";
import { type KeyDocument, readKeyDocument } from "@telar/federation/key-document";
import {
  acceptKeyDocument,
  type KnownKeys,
  keyDocumentMax,
  keyInForce,
} from "@telar/federation/peer-keys";
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

/** The newest document of a hub whose root we know; fetched anew where the one we have does not name the key. */
export async function documentNaming(
  caller: Pick<Caller, "hubFetch">,
  {
    url,
    root,
    document,
    version,
  }: { url: string; root: string; document: string; version: number },
  kid: string,
): Promise<KeyDocument & { jws: string }> {
  const now = new Date();
  const known: KnownKeys = { jws: document, version };
  const kept = await readKeyDocument(document);
  if (keyInForce(kept, kid, now) !== undefined && kept.exp * 1000 > now.getTime())
    return { ...kept, jws: document };
  const jws = await fetchKeyDocument(caller, url);
  return { ...(await acceptKeyDocument(jws, { url, fingerprint: root, known, now })), jws };
}

/** Posts `body` to another hub, signed; believes only an answer that this hub signed for this request. */
export async function callHub(
  caller: Caller,
  peer: { url: string; root: string; document: string; version: number },
  path: `/hub/v1/${string}`,
  content: object,
): Promise<Answer> {
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
  await verifyAnswer(answer, headers[answerHeader] ?? "", replied, async (kid) =>
    keyInForce(await documentNaming(caller, peer, kid), kid, new Date()),
  );
  return answer;
}
