import type { PeerId } from "@telar/contracts/ids";
import type { Peer, Scope, Stances } from "@telar/contracts/peers";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";

export interface PeerRow extends Stances {
  id: PeerId;
  url: string;
  /** The thumbprint of its root. */
  root: string;
  document: string;
  version: number;
  /** When its document was last looked at. */
  checkedAt: Date;
  purpose: string;
  scopes: Scope[];
  theirScopes: Scope[];
  told: boolean;
  lastContactAt: Date | null;
  skew: number | null;
}

const shown = (sql: Sql) => sql`
  id, url, root, document, version, checked_at, ours, theirs, purpose, scopes, their_scopes, told, last_contact_at, skew`;

/** Waiting ones first. */
export function listPeers(sql: Sql): Promise<PeerRow[]> {
  return sql<PeerRow[]>`select ${shown(sql)} from peers order by ours <> 'open', url limit 1000`;
}

export async function getPeer(sql: Sql, id: PeerId): Promise<PeerRow> {
  const [peer] = await sql<PeerRow[]>`select ${shown(sql)} from peers where id = ${id}`;
  if (!peer) throw new HubError("not_found");
  return peer;
}

/** Held until the transaction ends. */
export async function getPeerForChange(sql: Sql, id: PeerId): Promise<PeerRow> {
  const [peer] = await sql<PeerRow[]>`
    select ${shown(sql)} from peers where id = ${id} for no key update`;
  if (!peer) throw new HubError("not_found");
  return peer;
}

export async function findPeerByUrl(sql: Sql, url: string): Promise<PeerRow | undefined> {
  const [peer] = await sql<PeerRow[]>`
    select ${shown(sql)} from peers where url = ${url} for no key update`;
  return peer;
}

type NewPeer = Pick<
  PeerRow,
  "url" | "root" | "document" | "version" | "ours" | "theirs" | "purpose" | "scopes" | "theirScopes"
>;

export async function addPeer(sql: Sql, peer: NewPeer): Promise<PeerRow> {
  const { theirScopes, ...row } = peer;
  try {
    const [added] = await sql<[PeerRow]>`
      insert into peers ${sql({ ...row, their_scopes: theirScopes })} returning ${shown(sql)}`;
    return added;
  } catch (error) {
    throw brokenConstraint(error) === "peers_url_key" ? new HubError("already_done") : error;
  }
}

/** What our side wants from now on; the other hub is told by a job. */
export async function changeOurs(
  sql: Sql,
  id: PeerId,
  { ours, scopes }: Pick<PeerRow, "ours"> & Partial<Pick<PeerRow, "scopes">>,
): Promise<void> {
  await sql`
    update peers set ours = ${ours}, scopes = coalesce(${scopes ?? null}, scopes), told = false, attempts = 0, next_try_at = now()
    where id = ${id}`;
}

/** A hub that is asked for anew after an end: nothing that was said before counts. */
export async function removeEndedPeer(sql: Sql, url: string): Promise<void> {
  await sql`delete from peers where url = ${url} and 'ended' in (ours, theirs) and ours <> 'blocked'`;
}

export async function changeTheirs(
  sql: Sql,
  url: string,
  said: Pick<PeerRow, "theirs" | "theirScopes"> & { skew: number },
): Promise<void> {
  await sql`
    update peers set theirs = ${said.theirs}, their_scopes = ${said.theirScopes}, skew = ${said.skew},
      last_contact_at = now(),
      asked_at = case when ours in ('open', 'ended') and theirs <> ${said.theirs} then now() else asked_at end
    where url = ${url}`;
}

/** Fails with `already_done` for a request that came before. */
export async function addRequest(sql: Sql, url: string, jti: string): Promise<void> {
  const { count } = await sql`
    insert into peer_requests (url, jti) values (${url}, ${jti}) on conflict do nothing`;
  if (count === 0) throw new HubError("already_done");
}

/** One more request of today, as the peer's page shows them; api and jobs may each count their own. */
export async function countRequest(
  sql: Sql,
  url: string,
  what: "received" | "refused" | "sent" | "failed",
): Promise<void> {
  await sql`
    insert into peer_days as d (peer_id, ${sql(what)}) select id, 1 from peers where url = ${url}
    on conflict (peer_id, day) do update set ${sql(what)} = d.${sql(what)} + 1`;
}

/** The document that a hub shows now; never an older one. */
export async function keepDocument(
  sql: Sql,
  url: string,
  { jws, document }: { jws: string; document: { version: number } },
): Promise<void> {
  await sql`
    update peers set document = ${jws}, version = ${document.version}, checked_at = now()
    where url = ${url} and version <= ${document.version}`;
}

/** What a request of a hub is proven by. */
export async function findPeerKeys(sql: Sql, url: string) {
  const [found] = await sql<
    Pick<PeerRow, "document" | "root" | "version" | "checkedAt" | "ours">[]
  >`
    select document, root, version, checked_at, ours from peer_keys(${url})`;
  return found;
}

export async function countOpenRequests(sql: Sql): Promise<{ waiting: number; lately: number }> {
  const [counts] = await sql<[{ waiting: number; lately: number }]>`
    select waiting, lately from open_peer_requests()`;
  return counts;
}

export async function addAgreement(sql: Sql, peer: PeerId, steward: string): Promise<void> {
  await sql`
    insert into peer_agreements (peer_id, steward_id) values (${peer}, ${steward})
    on conflict (peer_id, steward_id) do update set agreed_at = now()`;
}

/** What was said before an end counts no more. */
export async function removeAgreements(sql: Sql, peer: PeerId): Promise<void> {
  await sql`delete from peer_agreements where peer_id = ${peer}`;
}

/** Of all peers at once; to what is asked now. */
export function listAgreements(sql: Sql) {
  return sql<{ peer: PeerId; steward: string }[]>`
    select peer_id as peer, steward_id as steward from peer_agreements a join peers p on p.id = a.peer_id
    where a.agreed_at >= p.asked_at`;
}

/** The last fourteen days on which anything happened. */
export function listPeerDays(sql: Sql, peer: PeerId): Promise<Peer["days"]> {
  return sql<Peer["days"]>`
    select day, sent, received, refused, failed from peer_days
    where peer_id = ${peer} and day > current_date - 14 order by day`;
}

/** As `telar_jobs`: who has not heard yet what we want. */
export function listPeersToTell(sql: Sql, most: number) {
  return sql<(PeerRow & { attempts: number })[]>`
    select ${shown(sql)}, attempts from peers
    where not told and ours <> 'open' and next_try_at <= now() order by next_try_at limit ${most}`;
}

/** It acknowledged what we want, unless that changed meanwhile, and said what it wants. */
export async function markTold(
  sql: Sql,
  { id, url, ours, scopes }: PeerRow,
  said: { wants: Stances["theirs"]; scopes: string[] },
): Promise<void> {
  await sql`
    update peers set told = ours = ${ours} and scopes = ${scopes}, attempts = 0, last_contact_at = now(),
      theirs = ${said.wants}, their_scopes = ${said.scopes}
    where id = ${id}`;
  await countRequest(sql, url, "sent");
}

export async function putOff(sql: Sql, { id, url }: PeerRow, nextTryAt: Date): Promise<void> {
  await sql`
    update peers set attempts = attempts + 1, next_try_at = ${nextTryAt} where id = ${id}`;
  await countRequest(sql, url, "failed");
}
