import type { GroupKind } from "@telar/contracts/groups";
import type { AccountId, GroupId, MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";
import { groupStream } from "./events.ts";

export interface MembershipRow {
  id: MembershipId;
  group: GroupId;
  alias: string;
  roles: Role[];
}

/** Until the transaction ends: those who come into a group at the same moment are counted one after the other. */
export async function holdNewcomers(sql: Sql, group: GroupId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`members ${group}`}))`;
}

/**
 * Whoever had this alias in the group before takes it up again, and what they wrote under it is theirs once more.
 * Fails with `name_taken` for an alias that somebody else has or had, `already_done` for a second place.
 */
export async function addMembership(
  sql: Sql,
  made: { group: GroupId; account: AccountId; alias: string; roles: Role[] },
): Promise<MembershipId> {
  const { group, account, alias } = made;
  try {
    const [place] = await sql<[{ id: MembershipId }]>`
      with again as (
        update memberships set ended_on = null, joined_on = current_date, alias = ${alias}, roles = ${allOf(made.roles)}
        where group_id = ${group} and account_id = ${account} and ended_on is not null and lower(alias) = lower(${alias})
        returning id
      ), anew as (
        insert into memberships (group_id, account_id, alias, roles)
        select ${group}, ${account}, ${alias}, ${allOf(made.roles)} where not exists (select from again)
        returning id
      )
      select id from again union all select id from anew`;
    return place.id;
  } catch (error) {
    throw translate(error);
  }
}

const allOf = (roles: Role[]) => [...new Set<Role>(["member", ...roles])];

/**
 * Goes on under another alias: the place ends and another begins with the same roles, in one statement, so that
 * what was written keeps the alias it was written under, and what waited for an answer has to be asked again.
 * Fails with `name_taken` as `addMembership` does, and with `not_found` once the place has ended.
 */
export async function changeAlias(
  sql: Sql,
  place: MembershipId,
  alias: string,
): Promise<MembershipId> {
  const { count } = await sql`
    update memberships set alias = ${alias}
    where id = ${place} and ended_on is null and lower(alias) = lower(${alias})`;
  if (count > 0) return place;
  try {
    const [changed] = await sql<{ id: MembershipId }[]>`
      with before as (
        update memberships set ended_on = current_date where id = ${place} and ended_on is null
        returning group_id, account_id, roles
      ), again as (
        update memberships as m set ended_on = null, alias = ${alias}, roles = before.roles from before
        where m.group_id = before.group_id and m.account_id = before.account_id and m.id <> ${place}
          and lower(m.alias) = lower(${alias})
        returning m.id
      ), anew as (
        insert into memberships (group_id, account_id, alias, roles)
        select group_id, account_id, ${alias}, roles from before where not exists (select from again)
        returning id
      )
      select id from again union all select id from anew`;
    if (!changed) throw new HubError("not_found");
    return changed.id;
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  const constraint = brokenConstraint(error);
  if (constraint === "alias_is_free")
    return new HubError("name_taken", undefined, { fields: { alias: "taken" } });
  return constraint === "one_membership_per_group" ? new HubError("already_done") : error;
}

/**
 * The caller's own place in a group, and the group's kind; `not_found` for whoever has none, as if there were no such
 * group, and `not_allowed` while the group is closed.
 */
export async function getOwnMembership(
  sql: Sql,
  group: GroupId,
  account: AccountId,
): Promise<MembershipRow & { kind: GroupKind }> {
  const [membership] = await sql<(MembershipRow & { kind: GroupKind; closed: boolean })[]>`
    select m.id, m.group_id as "group", m.alias, m.roles, g.kind, g.closed
    from memberships m join groups g on g.id = m.group_id
    where m.group_id = ${group} and m.account_id = ${account} and m.ended_on is null`;
  if (!membership) throw new HubError("not_found");
  if (membership.closed) throw new HubError("not_allowed");
  return membership;
}

/** Somebody's place in a group; `not_found` once it has ended. */
export async function getMembership(
  sql: Sql,
  group: GroupId,
  id: MembershipId,
): Promise<MembershipRow> {
  const [membership] = await sql<MembershipRow[]>`
    select id, group_id as "group", alias, roles from memberships
    where id = ${id} and group_id = ${group} and ended_on is null`;
  if (!membership) throw new HubError("not_found");
  return membership;
}

/** The place that goes on under another alias, for whoever knows only one of the earlier ones. */
export async function getMembershipThatGoesOn(
  sql: Sql,
  group: GroupId,
  earlier: MembershipId,
): Promise<MembershipRow> {
  const [membership] = await sql<MembershipRow[]>`
    select m.id, m.group_id as "group", m.alias, m.roles
    from memberships named
    join memberships m on m.group_id = named.group_id and m.account_id = named.account_id and m.ended_on is null
    where named.id = ${earlier} and named.group_id = ${group}`;
  return membership ?? getMembership(sql, group, earlier);
}

/** How often the caller took another alias in the group during the last 30 days. */
export async function countAliasChanges(
  sql: Sql,
  group: GroupId,
  account: AccountId,
): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from events
    where stream = ${groupStream(group)} and happened_on > current_date - 30 and event ->> 'kind' = 'alias.changed'
      and event ->> 'membership' in
        (select id::text from memberships where group_id = ${group} and account_id = ${account})`;
  return row.count;
}

export interface Person {
  id: MembershipId;
  alias: string;
  roles: Role[];
  you: boolean;
}

/** A page of a group's people, by alias. */
export function listMemberships(
  sql: Sql,
  group: GroupId,
  reader: AccountId,
  { after, limit }: { after?: readonly [string, string] | undefined; limit: number },
): Promise<Person[]> {
  return sql<Person[]>`
    select id, alias, roles, account_id is not distinct from ${reader} as you from memberships
    where group_id = ${group} and ended_on is null
      ${after ? sql`and (alias collate "es-x-icu", id) > (${after[0]}, ${after[1]})` : sql``}
    order by alias collate "es-x-icu", id limit ${limit}`;
}

export async function changeRoles(sql: Sql, id: MembershipId, roles: Role[]): Promise<void> {
  await sql`update memberships set roles = ${allOf(roles)} where id = ${id}`;
}

/** Every place that the caller has, by group name. Looks up one group each: a join would judge all groups of the hub. */
export function listOwnMemberships(
  sql: Sql,
  account: AccountId,
): Promise<(MembershipRow & { groupName: string })[]> {
  return sql`
    select id, group_id as "group", alias, roles,
      (select name collate "es-x-icu" from groups where groups.id = group_id) as group_name
    from memberships where account_id = ${account} and ended_on is null
    order by group_name, group_id limit 200`;
}

/**
 * The caller's places, in one group or in all, with the numbers that say whether they may leave. Holds the groups until
 * the transaction ends: of two last coordinators who leave at once, one is told.
 */
export async function listOwnMembershipsForChange(
  sql: Sql,
  account: AccountId,
  group?: GroupId,
): Promise<(MembershipRow & { members: number; coordinators: number; closed: boolean })[]> {
  await sql`
    select from groups
    where id in (select group_id from memberships where account_id = ${account} and ended_on is null)
      and (${group ?? null}::uuid is null or id = ${group ?? null})
    order by id for update`;
  return sql`
    select m.id, m.group_id as "group", m.alias, m.roles, count(*) as members,
      count(*) filter (where 'coordinator' = any (other.roles)) as coordinators,
      (select closed from groups where groups.id = m.group_id) as closed
    from memberships m
    join memberships other on other.group_id = m.group_id and other.ended_on is null
    where m.account_id = ${account} and m.ended_on is null
      and (${group ?? null}::uuid is null or m.group_id = ${group ?? null})
    group by m.id order by m.group_id`;
}

/** Ends a place; what waited for this person, or for others to agree to them, ends with it (`end_what_waits`). */
export async function markEnded(sql: Sql, id: MembershipId): Promise<void> {
  const { count } = await sql`
    update memberships set ended_on = current_date where id = ${id} and ended_on is null`;
  if (count === 0) throw new HubError("not_found");
}

/** As far as the caller may see the group; zeros for everyone else. */
export async function countMembers(
  sql: Sql,
  group: GroupId,
): Promise<{ members: number; coordinators: number }> {
  const [row] = await sql<[{ members: number; coordinators: number }]>`
    select count(*) as members, count(*) filter (where 'coordinator' = any (roles)) as coordinators
    from memberships where group_id = ${group} and ended_on is null`;
  return row;
}
