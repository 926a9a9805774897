import { GroupCard, GroupName } from "@telar/contracts/groups";
import { DirectorySaid, listPeerGroups } from "@telar/contracts/peer-groups";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Database } from "@telar/database/connection";
import * as groups from "@telar/database/groups";
import * as peerGroups from "@telar/database/peer-groups";
import * as peers from "@telar/database/peers";
import { sharesDirectory } from "@telar/rules/peers";
import pLimit from "p-limit";
import type { Logger } from "pino";
import * as z from "zod";
import type { Frame } from "./frame.ts";
import { withCards } from "./groups.ts";
import { type Caller, callHub } from "./hub-calls.ts";
import { serveHubRequest } from "./hub-requests.ts";
import { openCursor, sealCursor } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";

const pageLength = 25;
/** As bounded and as plain as if it were said here: another hub's words stand on our pages. */
const PeerCard = GroupCard.extend({ name: GroupName });
/** Of one hub. */
const groupsMax = 2_000;
const everyMinutes = 5;
const peersPerRound = 20;
const atOnce = 4;

export function servePeerGroups(frame: Frame): void {
  const { database, secrets } = frame;

  serveOperation(frame, listPeerGroups, ({ after, ...filter }, { session }) => {
    const place = openCursor("peer-groups", after, secrets.cursor);
    const from = place as [string, string, string] | undefined;
    return actAs(database, session.claims, async (sql) => {
      const asked = { after: from, limit: pageLength + 1 };
      const found = await peerGroups.listPeerGroups(sql, filter, asked);
      const page = found.slice(0, pageLength);
      const last = found.length > pageLength ? page.at(-1) : undefined;
      const next =
        last && sealCursor("peer-groups", [last.name, last.peer, last.id], secrets.cursor);
      return { entries: page.map(({ peer, ...group }) => group), ...(next && { next }) };
    });
  });

  serveHubRequest(frame, "/hub/v1/directory", { said: z.object({}) }, async (sql, { url }) => {
    const peer = await peers.findPeerByUrl(sql, url);
    if (!peer || !sharesDirectory(peer)) throw new HubError("not_allowed");
    const seen = await groups.listGroups(sql, {}, { signedIn: true, limit: groupsMax });
    return { groups: await withCards(sql, seen) };
  });
}

/** Takes over what active peers show of their groups, whole, every five minutes. `database`: `telar_jobs`. */
export async function visitPeers(database: Database, caller: Caller, log: Logger): Promise<void> {
  const limit = pLimit(atOnce);
  const due = await peerGroups.listPeersToVisit(database, everyMinutes, peersPerRound);
  await Promise.all(due.map((peer) => limit(() => visit(database, caller, peer, log))));
}

async function visit(database: Database, caller: Caller, peer: peers.PeerRow, log: Logger) {
  try {
    const { status, body, keys } = await callHub(caller, peer, "/hub/v1/directory", {});
    if (keys?.looked) await peers.keepDocument(database, peer.url, keys);
    if (status !== 200) throw new Error(`The peer answered ${status}.`);
    const said = DirectorySaid.parse(JSON.parse(body));
    // What a newer hub says of a group in words that we do not know is left out, and the rest taken.
    const known = said.groups.flatMap((group) => PeerCard.safeParse(group).data ?? []);
    await database.begin((sql) => peerGroups.replacePeerGroups(sql, peer.id, known));
  } catch (error) {
    const reason = error instanceof Error && "reason" in error ? error.reason : "unexpected";
    log.info({ reason }, "a peer's directory was not read");
    await peerGroups.markVisited(database, peer.id);
  }
}
