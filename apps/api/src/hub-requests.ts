import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import * as peers from "@telar/database/peers";
import { answerHeader, signAnswer } from "@telar/federation/answers";
import { hubAddress } from "@telar/federation/hub-address";
import { readKeyDocument } from "@telar/federation/key-document";
import { keyInForce } from "@telar/federation/peer-keys";
import { ProtocolProblem } from "@telar/federation/protocol-problem";
import { bodyMax, skewOf, verifyRequest } from "@telar/federation/requests";
import { mayAskUs } from "@telar/rules/peers";
import { demand } from "@telar/rules/verdict";
import type { Context } from "hono";
import type * as z from "zod";
import type { Frame } from "./frame.ts";
import { documentNaming, type FoundKeys, fetchKeyDocument } from "./hub-calls.ts";
import { limitBody } from "./limit-body.ts";

/** The hub that asks, proven. */
export interface AskingHub extends FoundKeys {
  url: string;
  /** How far its clock is ahead of ours, in seconds. */
  skew: number;
}

/**
 * Mounts what another hub can ask: proven before its content is looked into, once, in the transaction of its effects, and answered
 * under our signature. Where strangers may ask, they are looked up first.
 */
export function serveHubRequest<Said extends z.ZodType>(
  frame: Frame,
  path: `/hub/v1/${string}`,
  { said, strangers = false }: { said: Said; strangers?: boolean },
  handle: (sql: Sql, hub: AskingHub, content: z.output<Said>) => Promise<object>,
): void {
  const looks = strangers ? createLooks() : undefined;
  frame.app.post(path, limitBody(bodyMax), async (c) => {
    c.set("operation", `POST ${path}`);
    const body = await c.req.text();
    const { hub, jti } = await prove(frame, c, path, body, looks);
    const read = said.safeParse(jsonOf(body));
    if (!read.success) throw new HubError("invalid_input");
    const result = await actAs(frame.database, { peer: hub.url }, async (sql) => {
      await peers.addRequest(sql, hub.url, jti);
      if (hub.looked) await peers.keepDocument(sql, hub.url, hub);
      const done = await handle(sql, hub, read.data);
      await peers.countRequest(sql, hub.url, "received");
      return done;
    });
    const answer = { status: 200, body: JSON.stringify(result) };
    const between = { from: frame.publicUrl, to: hub.url, inReplyTo: jti };
    const key = await frame.identity.signingKey();
    c.header(answerHeader, await signAnswer(answer, between, key, new Date()));
    c.header("cache-control", "no-store");
    return c.body(answer.body, 200, { "content-type": "application/json" });
  });
}

async function prove(
  frame: Frame,
  c: Context,
  path: string,
  body: string,
  looks: Looks | undefined,
) {
  const now = new Date();
  let keys: (FoundKeys & { url: string }) | undefined;
  try {
    const { jti, iat } = await verifyRequest({
      authorization: c.req.header("authorization"),
      method: c.req.method,
      url: `${frame.publicUrl}${path}`,
      body,
      self: frame.publicUrl,
      now,
      async keyOf(url, kid) {
        keys = { url, ...(await keysOf(frame, url, kid, looks, now)) };
        return keyInForce(keys.document, kid, now);
      },
    });
    if (!keys) throw new ProtocolProblem("unknown_peer");
    return { jti, hub: { ...keys, skew: skewOf({ iat }, now) } };
  } catch (problem) {
    if (!(problem instanceof Error) || problem instanceof HubError) throw problem;
    // A stranger learns only that it is not believed; what was wrong is in our log.
    if (keys) await noteRefused(frame, keys.url);
    frame.log.info({ reason: "reason" in problem ? problem.reason : "unexpected" }, "hub refused");
    throw new HubError("hub_not_believed", undefined, { cause: problem });
  }
}

/** Anybody can send such requests in a peer's name: a sign for stewards, one in a second, and nothing that acts by itself. */
async function noteRefused({ database }: Frame, url: string): Promise<void> {
  const now = Date.now();
  if (now - lastRefused < 1000) return;
  lastRefused = now;
  await actAs(database, { peer: url }, (sql) => peers.countRequest(sql, url, "refused"));
}

let lastRefused = 0;

/** A blocked hub is met like one that nobody knows. */
async function keysOf(frame: Frame, url: string, kid: string, looks: Looks | undefined, now: Date) {
  if (hubAddress(url, frame.withinOwnNetwork) !== url) throw new ProtocolProblem("unknown_peer");
  const known = await peers.findPeerKeys(frame.database, url);
  if (known?.ours === "blocked" || (!known && !looks)) throw new ProtocolProblem("unknown_peer");
  if (known) {
    return documentNaming(frame, { url, ...known }, kid);
  }
  looks?.demandOne(now);
  const { waiting, lately } = await peers.countOpenRequests(frame.database);
  demand(mayAskUs(waiting, lately));
  const jws = await fetchKeyDocument(frame, url);
  const document = await readKeyDocument(jws);
  if (document.iss !== url) throw new ProtocolProblem("wrong_hub");
  return { jws, document, looked: false };
}

/** Whoever names a hub makes us look there, before anything is proven: so many looks a minute, and no more. */
const looksAMinute = 20;

function createLooks() {
  let looks: number[] = [];
  return {
    demandOne(now: Date): void {
      looks = looks.filter((at) => now.getTime() - at < 60_000);
      if (looks.length >= looksAMinute)
        throw new HubError("too_many_tries", undefined, { retryAfterSeconds: 60 });
      looks.push(now.getTime());
    },
  };
}
type Looks = ReturnType<typeof createLooks>;

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
