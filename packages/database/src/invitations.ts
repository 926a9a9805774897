import type { GroupId, InvitationId } from "@telar/contracts/ids";
import type { InvitationPurpose } from "@telar/contracts/invitations";
import type { Role } from "@telar/contracts/memberships";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

export interface InvitationRow {
  id: InvitationId;
  purpose: InvitationPurpose;
  group: GroupId | null;
  roles: Role[];
  ending: string;
  expiresAt: Date;
  state: "open" | "used" | "expired" | "revoked";
}

const columns = (sql: Sql) => sql`
  id, purpose, group_id as "group", roles, ending, expires_at,
  case when revoked then 'revoked' when used then 'used' when expires_at <= now() then 'expired' else 'open' end as state`;

export async function addInvitation(
  sql: Sql,
  made: {
    purpose: InvitationPurpose;
    group?: GroupId;
    roles: Role[];
    tokenHash: string;
    ending: string;
  },
): Promise<{ id: InvitationId; expiresAt: Date }> {
  const [invitation] = await sql<[{ id: InvitationId; expiresAt: Date }]>`
    insert into invitations (purpose, group_id, roles, token_hash, ending, expires_at)
    values (${made.purpose}, ${made.group ?? null}, ${made.roles}, ${made.tokenHash}, ${made.ending},
      now() + (select invitation_hours from hub) * interval '1 hour')
    returning id, expires_at`;
  return invitation;
}

/** Open ones first. */
export function listInvitations(sql: Sql, group: GroupId | null): Promise<InvitationRow[]> {
  return sql<InvitationRow[]>`
    select ${columns(sql)} from invitations
    where ${group === null ? sql`group_id is null` : sql`group_id = ${group}`}
    order by used or revoked or expires_at <= now(), expires_at desc limit 200`;
}

/** Of a group, or of the hub. */
export async function countOpenInvitations(sql: Sql, group: GroupId | null): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from invitations
    where group_id is not distinct from ${group} and not used and not revoked and expires_at > now()`;
  return row.count;
}

export async function getInvitation(sql: Sql, id: InvitationId): Promise<InvitationRow> {
  const [invitation] = await sql<InvitationRow[]>`
    select ${columns(sql)} from invitations where id = ${id}`;
  if (!invitation) throw new HubError("not_found");
  return invitation;
}

/**
 * The invitation behind a secret that was shown; used, expired, revoked and unknown ones, and those into a closed
 * group, answer alike.
 */
export async function getOpenInvitation(
  sql: Sql,
  tokenHash: string,
): Promise<InvitationRow & { groupName: string | null; hubName: string }> {
  const [invitation] = await sql<(InvitationRow & { groupName: string | null; hubName: string })[]>`
    select ${columns(sql)}, (select name from groups where groups.id = group_id) as group_name,
      (select name from hub) as hub_name
    from invitations where token_hash = ${tokenHash} and not used and not revoked and expires_at > now()
      and not exists (select from groups where groups.id = group_id and closed)`;
  if (!invitation) throw new HubError("invitation_not_open");
  return invitation;
}

/** Keeps an open invitation for whoever shows it until the transaction ends: names are tried with it one at a time. */
export async function holdInvitation(sql: Sql, tokenHash: string): Promise<void> {
  const { count } = await sql`
    select from invitations
    where token_hash = ${tokenHash} and not used and not revoked and expires_at > now() for update`;
  if (count === 0) throw new HubError("invitation_not_open");
}

/** Of the invitation that was shown: how many names were refused with it, this one included. */
export async function countRefusedName(sql: Sql): Promise<number> {
  const [row] = await sql<[{ refused: number }]>`select count_refused_name() as refused`;
  return row.refused;
}

/** Of two people with the same invitation one passes, and the other is told that it is not open. */
export async function markUsed(sql: Sql, tokenHash: string): Promise<void> {
  const { count } = await sql`
    update invitations set used = true
    where token_hash = ${tokenHash} and not used and not revoked and expires_at > now()`;
  if (count === 0) throw new HubError("invitation_not_open");
}

export async function markRevoked(sql: Sql, id: InvitationId): Promise<void> {
  const { count } = await sql`
    update invitations set revoked = true where id = ${id} and not used`;
  if (count === 0) throw new HubError("not_found");
}

/** Closes the invitation that was shown. */
export async function markShownRevoked(sql: Sql, tokenHash: string): Promise<void> {
  await sql`update invitations set revoked = true where token_hash = ${tokenHash} and not used`;
}

/** Closes every open invitation that belongs to no group. */
export async function markAllRevoked(sql: Sql): Promise<void> {
  await sql`update invitations set revoked = true where group_id is null and not used`;
}
