import type { Hub, HubLimits, StewardedGroup } from "@telar/contracts/hub";
import type { AccountId, GroupId } from "@telar/contracts/ids";
import type { Membership } from "@telar/contracts/memberships";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

export type HubRow = Omit<Hub, "fingerprint">;

export async function getHub(sql: Sql): Promise<HubRow> {
  const [hub] = await sql<[HubRow]>`select name, about, languages, contact from hub`;
  return hub;
}

export async function changeHub(sql: Sql, hub: HubRow): Promise<void> {
  const { name, about, languages, contact } = hub;
  await sql`
    update hub set name = ${name}, about = ${about}, languages = ${languages}, contact = ${contact}`;
}

/** Until the transaction ends, for a steward: whoever counts what the hub has counts alone. */
export async function holdHub(sql: Sql): Promise<void> {
  await sql`select from hub for update`;
}

export async function getLimits(sql: Sql): Promise<HubLimits> {
  const [limits] = await sql<[HubLimits]>`
    select invitation_hours, open_invitations, groups, members_per_group from hub`;
  return limits;
}

export async function changeLimits(sql: Sql, limits: HubLimits): Promise<void> {
  const { invitationHours, openInvitations, groups, membersPerGroup } = limits;
  await sql`
    update hub set invitation_hours = ${invitationHours}, open_invitations = ${openInvitations},
      groups = ${groups}, members_per_group = ${membersPerGroup}`;
}

/** How many groups the hub has, seen or not. Until the transaction ends nobody else counts them, nor founds one. */
export async function countGroupsForChange(sql: Sql): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('groups'))`;
  const [row] = await sql<[{ total: number }]>`select group_total() as total`;
  return row.total;
}

/** A page of every group by name, after a name and id; the counts come without reading who is in them. */
export function listStewardedGroups(
  sql: Sql,
  after: readonly [name: string, id: string] | undefined,
  limit: number,
): Promise<StewardedGroup[]> {
  const [name = "", id = "00000000-0000-0000-0000-000000000000"] = after ?? [];
  return sql<StewardedGroup[]>`
    with page as (
      select id, name, kind, closed from groups
      where (name collate "es-x-icu", id) > (${name}, ${id}::uuid)
      order by name collate "es-x-icu", id limit ${limit}
    )
    select id, name, kind, closed, coalesce(coordinators, 0) as coordinator_count,
      coalesce(members, 0) as member_count
    from page left join sizes_of(array(select id from page)) on group_id = id
    order by name collate "es-x-icu", id`;
}

/**
 * Fails with `already_done` for a group that is so already. What waits for coordinators to stop it ends with closing:
 * in a closed group they cannot.
 */
export async function markGroupClosed(sql: Sql, id: GroupId, closed: boolean): Promise<void> {
  const { count } = await sql`
    update groups set closed = ${closed} where id = ${id} and closed <> ${closed}`;
  if (count === 0) throw new HubError("already_done");
  if (closed) await sql`delete from group_recoveries where group_id = ${id}`;
}

/** The people of a group that a steward's claims opened with `inspectedGroup`; at most as many as the hub's limit. */
export function listInspectedMembers(
  sql: Sql,
  group: GroupId,
  reader: AccountId,
): Promise<Membership[]> {
  return sql<Membership[]>`
    select id, alias, roles, account_id is not distinct from ${reader} as you
    from memberships where group_id = ${group} and ended_on is null
    order by alias collate "es-x-icu", id`;
}
