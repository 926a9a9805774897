import { knownScopes, PeeringSaid } from "@telar/contracts/peers";
import type { Database } from "@telar/database/connection";
import {
  keepDocument,
  listPeersToTell,
  markTold,
  type PeerRow,
  putOff,
} from "@telar/database/peers";
import { nextTry } from "@telar/federation/delivery-times";
import pLimit from "p-limit";
import type { Logger } from "pino";
import { type Caller, callHub } from "./hub-calls.ts";
import { visitPeers } from "./peer-groups.ts";
import { startRounds } from "./rounds.ts";

const everyMs = 2_000;
const peersPerRound = 50;
const atOnce = 8;

/** Tells other hubs where we stand, until they acknowledged it, and reads their directories. `database`: `telar_jobs`. */
export const startPeerJobs = (database: Database, caller: Caller, log: Logger) =>
  startRounds({ waiting: "peers wait for the next round", log, everyMs }, async (signal) => {
    const stopping = stoppedBy(caller, signal);
    await tellPeers(database, stopping, log);
    await visitPeers(database, stopping, log);
  });

/** A hub that ends waits for no other. */
function stoppedBy(caller: Caller, signal: AbortSignal): Caller {
  return { ...caller, hubFetch: (asked) => caller.hubFetch({ ...asked, signal }) };
}

/** One round, to its end. A hub that was blocked is told that it ended: whoever blocks gives no reasons away. */
export async function tellPeers(database: Database, caller: Caller, log: Logger): Promise<void> {
  const limit = pLimit(atOnce);
  const due = await listPeersToTell(database, peersPerRound);
  await Promise.all(due.map((peer) => limit(() => tell(database, caller, peer, log))));
}

async function tell(
  database: Database,
  caller: Caller,
  peer: PeerRow & { attempts: number },
  log: Logger,
) {
  const { ours, purpose, scopes } = peer;
  const said: PeeringSaid = { wants: ours === "blocked" ? "ended" : ours, purpose, scopes };
  try {
    const { status, body, keys } = await callHub(caller, peer, "/hub/v1/peering", said);
    if (keys?.looked) await keepDocument(database, peer.url, keys);
    if (status !== 200) throw new Error(`The peer answered ${status}.`);
    const { wants, scopes: theirs } = PeeringSaid.parse(JSON.parse(body));
    await markTold(database, peer, { wants, scopes: knownScopes(theirs) });
  } catch (error) {
    const reason = error instanceof Error && "reason" in error ? error.reason : "unexpected";
    log.info({ reason }, "a peer was not reached");
    const at = nextTry({ attempts: peer.attempts, now: new Date() }, Math.random);
    await putOff(database, peer, at);
  }
}
