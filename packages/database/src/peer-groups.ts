import type { Capability, GroupKind, Profile } from "@telar/contracts/groups";
import type { PeerId } from "@telar/contracts/ids";
import type { LanguageCode } from "@telar/contracts/languages";
import type { PeerGroup } from "@telar/contracts/peer-groups";
import type { Sql } from "./connection.ts";
import { beginsWith } from "./groups.ts";
import type { PeerRow } from "./peers.ts";

interface PeerGroupFilter {
  kind?: GroupKind | undefined;
  capability?: Capability | undefined;
  language?: LanguageCode | undefined;
  /** The beginning, in any case and with or without accents. */
  name?: string | undefined;
}

/** Where the list goes on: a name, and the ids of the hub and the group. */
export type PeerGroupPlace = readonly [string, string, string];

export interface PeerGroupRow extends PeerGroup {
  peer: PeerId;
}

/** Of the hubs with which something is exchanged now, by name. */
export function listPeerGroups(
  sql: Sql,
  { kind, capability, language, name }: PeerGroupFilter,
  { after, limit }: { after?: PeerGroupPlace | undefined; limit: number },
): Promise<PeerGroupRow[]> {
  return sql<PeerGroupRow[]>`
    select g.group_id as id, g.name, g.kind, g.profile, p.url as hub, p.id as peer
    from peer_groups g join directory_peers() p on p.id = g.peer_id
    where true
      ${kind ? sql`and g.kind = ${kind}` : sql``}
      ${capability ? sql`and g.profile -> 'capabilities' ? ${capability}` : sql``}
      ${language ? sql`and g.profile -> 'languages' ? ${language}` : sql``}
      ${name ? sql`and ${beginsWith(sql, sql`g.name`, name)}` : sql``}
      ${after ? sql`and (g.name collate "es-x-icu", g.peer_id, g.group_id) > (${after[0]}, ${after[1]}, ${after[2]})` : sql``}
    order by g.name collate "es-x-icu", g.peer_id, g.group_id limit ${limit}`;
}

/** As `telar_jobs`: peers that share their directory, and which was not looked at for so many minutes. */
export function listPeersToVisit(sql: Sql, minutes: number, most: number): Promise<PeerRow[]> {
  return sql<PeerRow[]>`
    select id, url, root, document, version, checked_at from peers
    where ours = 'wanted' and theirs = 'wanted' and 'catalogue' = any (scopes) and 'catalogue' = any (their_scopes)
      and directory_at < now() - ${minutes} * interval '1 minute'
    order by directory_at limit ${most}`;
}

/** All that the peer shows from now on; what it left out is gone. */
export async function replacePeerGroups(
  sql: Sql,
  peer: PeerId,
  groups: { id: string; name: string; kind: GroupKind; profile: Profile }[],
): Promise<void> {
  await sql`delete from peer_groups where peer_id = ${peer}`;
  await sql`
    insert into peer_groups (peer_id, group_id, name, kind, profile)
    select ${peer}, id, name, kind, profile
    from jsonb_to_recordset(${JSON.stringify(groups)}::text::jsonb) as g (id uuid, name text, kind text, profile jsonb)
    on conflict do nothing`;
  await markVisited(sql, peer);
}

/** Also when nobody was there: the next visit is not sooner for it. */
export async function markVisited(sql: Sql, peer: PeerId): Promise<void> {
  await sql`update peers set directory_at = now() where id = ${peer}`;
}
