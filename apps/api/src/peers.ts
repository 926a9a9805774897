import type { Peer, Stances } from "@telar/contracts/peers";
import {
  agreeToPeer,
  askPeer,
  changePeer,
  getOwnAddress,
  getPeer,
  knownScopes,
  listPeers,
  PeeringSaid,
} from "@telar/contracts/peers";
import { type FieldProblem, HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, hubStream } from "@telar/database/events";
import * as peers from "@telar/database/peers";
import * as stewards from "@telar/database/stewards";
import { fingerprintOfWords, wordsOfFingerprint } from "@telar/federation/fingerprint-words";
import { hubAddress } from "@telar/federation/hub-address";
import { thumbprintOf } from "@telar/federation/key-document";
import { acceptKeyDocument } from "@telar/federation/peer-keys";
import { agreementsNeeded, mayChangePeer, peerState } from "@telar/rules/peers";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { fetchKeyDocument } from "./hub-calls.ts";
import { type AskingHub, serveHubRequest } from "./hub-requests.ts";
import type { LiveSession } from "./live-session.ts";
import { serveOperation } from "./serve-operation.ts";

export function servePeers(frame: Frame): void {
  serveReading(frame);
  serveAsking(frame);
  serveChanging(frame);
  serveHubRequest(frame, "/hub/v1/peering", { said: PeeringSaid, strangers: true }, hear);
}

/** For stewards; others read in the hub's log with whom it speaks. */
function asSteward<Result>(
  { database }: Frame,
  session: LiveSession,
  work: (sql: Sql, steward: stewards.StewardRow) => Promise<Result>,
): Promise<Result> {
  demand(maySteward(session));
  return actAs(database, session.claims, async (sql) =>
    work(sql, await stewards.getOwnStewardship(sql, session.account)),
  );
}

function serveReading(frame: Frame): void {
  serveOperation(frame, getOwnAddress, async (_, { session }) => {
    demand(maySteward(session));
    return { url: frame.publicUrl, fingerprint: frame.fingerprint };
  });

  serveOperation(frame, listPeers, (_, { session }) =>
    asSteward(frame, session, async (sql, steward) => {
      const describe = await describer(sql, steward);
      return (await peers.listPeers(sql)).map((row) => describe(row, []));
    }),
  );

  serveOperation(frame, getPeer, ({ id }, { session }) =>
    asSteward(frame, session, (sql, steward) => describeOne(sql, steward, id)),
  );
}

function serveAsking(frame: Frame): void {
  serveOperation(frame, askPeer, async ({ purpose, scopes, ...asked }, { session }) => {
    demand(maySteward(session));
    const url = hubAddress(asked.url, frame.withinOwnNetwork);
    if (!url || url === frame.publicUrl) throw wrong({ url: "wrong_form" });
    const { jws, root, version } = await recognise(frame, url, fingerprintIn(asked.fingerprint));
    return asSteward(frame, session, async (sql, steward) => {
      await peers.removeEndedPeer(sql, url);
      const { id } = await peers.addPeer(sql, {
        ...{ url, root, document: jws, version, purpose, scopes },
        ...{ ours: "open", theirs: "open", theirScopes: [] },
      });
      await agree(sql, steward, id, "open");
      await appendEvent(sql, hubStream, { kind: "peer.asked", steward: steward.alias, url });
      return describeOne(sql, steward, id);
    });
  });

  serveOperation(frame, agreeToPeer, ({ id, fingerprint, scopes }, { session }) =>
    asSteward(frame, session, async (sql, steward) => {
      const peer = await peers.getPeerForChange(sql, id);
      if (peer.ours !== "open" && peerState(peer) !== "asked") throw new HubError("already_done");
      const { url } = peer;
      if (!peer.root.startsWith(fingerprintIn(fingerprint)))
        throw wrong({ fingerprint: "other_hub" });
      // A yes to something else, or from before an end, is no yes to this.
      const same = scopes.toSorted().join() === peer.scopes.toSorted().join();
      if (peer.ours === "ended" || !same) await peers.removeAgreements(sql, id);
      await peers.changeOurs(sql, id, { ours: "open", scopes });
      await agree(sql, steward, id, peer.theirs);
      await appendEvent(sql, hubStream, { kind: "peer.agreed", steward: steward.alias, url });
      return describeOne(sql, steward, id);
    }),
  );
}

function serveChanging(frame: Frame): void {
  serveOperation(frame, changePeer, ({ id, state }, { session }) =>
    asSteward(frame, session, async (sql, steward) => {
      const peer = await peers.getPeerForChange(sql, id);
      demand(mayChangePeer(peerState(peer), state));
      await peers.changeOurs(sql, id, { ours: state === "active" ? "wanted" : state });
      const told = { kind: "peer.changed", steward: steward.alias, url: peer.url, state } as const;
      await appendEvent(sql, hubStream, told);
      return describeOne(sql, steward, id);
    }),
  );
}

/** One steward's yes; with enough of them our side wants it. */
async function agree(
  sql: Sql,
  steward: stewards.StewardRow,
  id: Peer["id"],
  theirs: Stances["theirs"],
) {
  if (theirs === "ended") throw new HubError("not_yet");
  await peers.addAgreement(sql, id, steward.id);
  const agreed = (await peers.listAgreements(sql)).filter(({ peer }) => peer === id);
  const needed = agreementsNeeded((await stewards.listStewards(sql)).length);
  if (agreed.length >= needed) await peers.changeOurs(sql, id, { ours: "wanted" });
}

/** What the other hub says of its own side; our side only our stewards can say. */
async function hear(sql: Sql, hub: AskingHub, { wants, purpose, scopes }: PeeringSaid) {
  const theirScopes = knownScopes(scopes);
  const said = { theirs: wants, theirScopes, skew: hub.skew };
  const known = await peers.findPeerByUrl(sql, hub.url);
  if (!known && wants !== "wanted") return { wants: "ended", scopes: [] };
  if (!known) {
    const { jws, document, url } = hub;
    const root = await thumbprintOf(document.root);
    const keys = { url, root, document: jws, version: document.version };
    await peers.addPeer(sql, {
      ...keys,
      ours: "open",
      theirs: wants,
      purpose,
      scopes: [],
      theirScopes,
    });
  }
  await peers.changeTheirs(sql, hub.url, said);
  const { ours = "open", scopes: ourScopes = [] } = known ?? {};
  if (wants === "ended") return { wants, scopes: [] };
  // Who asks anew after an end waits for an answer, as at first.
  if (ours === "ended" && wants === "wanted") return { wants: "open", scopes: [] };
  return { wants: ours, scopes: ours === "wanted" ? ourScopes : [] };
}

/** The key document of the hub at `url`, when it is the one whose fingerprint a person gave. */
async function recognise(frame: Frame, url: string, fingerprint: string) {
  const jws = await fetchKeyDocument(frame, url).catch(() => {
    throw wrong({ url: "no_hub" });
  });
  const now = new Date();
  const document = await acceptKeyDocument(jws, { url, fingerprint, now }).catch((problem) => {
    const other =
      problem instanceof Error && "reason" in problem && problem.reason === "unknown_key";
    throw wrong(other ? { fingerprint: "other_hub" } : { url: "no_hub" });
  });
  return { jws, root: await thumbprintOf(document.root), version: document.version };
}

/** Typed as words, or what the other hub's picture says: `telar:https://name#` and the words with dots between. */
function fingerprintIn(text: string): string {
  const words = text.replace(/^telar:[^#]*#/, "").replaceAll(".", " ");
  const digits = fingerprintOfWords(words);
  if (!digits) throw wrong({ fingerprint: "wrong_form" });
  return digits;
}

const wrong = (fields: Record<string, FieldProblem>) =>
  new HubError("invalid_input", undefined, { fields });

async function describeOne(sql: Sql, steward: stewards.StewardRow, id: Peer["id"]): Promise<Peer> {
  const describe = await describer(sql, steward);
  return describe(await peers.getPeer(sql, id), await peers.listPeerDays(sql, id));
}

async function describer(sql: Sql, steward: stewards.StewardRow) {
  const agreements = Map.groupBy(await peers.listAgreements(sql), ({ peer }) => peer);
  const needed = agreementsNeeded((await stewards.listStewards(sql)).length);
  return (row: peers.PeerRow, days: Peer["days"]): Peer => {
    const agreed = agreements.get(row.id) ?? [];
    return {
      id: row.id,
      url: row.url,
      fingerprint: wordsOfFingerprint(row.root),
      state: peerState(row),
      purpose: row.purpose,
      scopes: row.scopes,
      theirScopes: row.theirScopes,
      agreed: {
        stewards: agreed.length,
        needed,
        you: agreed.some((one) => one.steward === steward.id),
      },
      told: row.told,
      ...(row.lastContactAt && { lastContact: row.lastContactAt.toISOString() }),
      ...(row.skew !== null && { skew: row.skew }),
      days,
    };
  };
}
