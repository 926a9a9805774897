import type { Coalition, CoalitionCard, CoalitionGroup } from "@telar/contracts/coalitions";
import type { CoalitionId, GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { coalitionStream } from "./events.ts";

/** Without `returning`: nobody sees a coalition before its first group. */
export async function addCoalition(
  sql: Sql,
  made: { id: CoalitionId; name: string; agreement: string; convener: GroupId },
): Promise<void> {
  await sql`
    insert into coalitions (id, name, agreement) values (${made.id}, ${made.name}, ${made.agreement})`;
  await sql`
    insert into coalition_groups (coalition_id, group_id, convener, state, accepted_version)
    values (${made.id}, ${made.convener}, true, 'member', 1)`;
}

/** How many coalitions a group is in. */
export async function countCoalitions(sql: Sql, group: GroupId): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from coalition_groups
    where group_id = ${group} and state = 'member'`;
  return row.count;
}

/** A line for each of the caller's groups in each coalition, by the coalition's name. */
export function listCoalitions(sql: Sql): Promise<CoalitionCard[]> {
  return sql<CoalitionCard[]>`
    select cg.coalition_id as id, coalesce(c.name, cg.left_snapshot ->> 'name') as name,
      ${state(sql)}, cg.convener, g.id as "group", g.name as group_name
    from coalition_groups cg
    join groups g on g.id = cg.group_id
    left join coalitions c on c.id = cg.coalition_id
    where cg.group_id in (select my_groups()) and cg.state <> 'declined'
    order by coalesce(c.name, cg.left_snapshot ->> 'name') collate "es-x-icu", cg.coalition_id,
      g.name collate "es-x-icu", g.id limit 1000`;
}

const state = (sql: Sql) => sql`
  case when cg.state = 'member' and cg.accepted_version < c.agreement_version
    then 'asked_again' else cg.state end as state`;

/** As far as the caller may see it; for a group that left, what stood when it did. */
export async function getCoalition(sql: Sql, id: CoalitionId): Promise<Coalition> {
  const [rows, groups, coordinated] = await Promise.all([
    sql<Omit<Coalition, "groups" | "coordinatorOf">[]>`
      select id, name, agreement, agreement_version from coalitions where id = ${id}`,
    sql<CoalitionGroup[]>`
      select g.id as "group", g.name, g.kind, cg.convener, ${state(sql)}
      from coalition_groups cg
      join coalitions c on c.id = cg.coalition_id
      join groups g on g.id = cg.group_id
      where cg.coalition_id = ${id}
      order by g.name collate "es-x-icu", g.id`,
    sql<{ group: GroupId }[]>`
      select group_id as "group" from coalition_groups
      where coalition_id = ${id} and state in ('invited', 'member')
        and group_id in (select my_coordinated_groups())`,
  ]);
  const coalition = rows[0] ?? (await getWhatStood(sql, id));
  return { groups, ...coalition, coordinatorOf: coordinated.map(({ group }) => group) };
}

async function getWhatStood(sql: Sql, id: CoalitionId): Promise<Omit<Coalition, "coordinatorOf">> {
  const [left] = await sql<{ stood: Omit<Coalition, "id" | "coordinatorOf"> }[]>`
    select left_snapshot as stood from coalition_groups
    where coalition_id = ${id} and state = 'left' and group_id in (select my_groups())
    order by left_snapshot ->> 'leftOn' desc limit 1`;
  if (!left) throw new HubError("not_found");
  return { id, ...left.stood };
}

/**
 * Makes everybody who convenes act one after the other. Whoever does not convene locks nothing: the wall
 * shows them no row that they could change.
 */
export async function lockCoalition(sql: Sql, id: CoalitionId): Promise<void> {
  await sql`select from coalitions where id = ${id} for update`;
}

/** How often the coalition asked the group in the last 30 days, as its log says. */
export async function countInvitations(sql: Sql, id: CoalitionId, group: GroupId): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from events
    where stream = ${coalitionStream(id)} and happened_on > current_date - 30
      and event ->> 'kind' = 'coalition.group_invited' and event ->> 'group' = ${group}`;
  return row.count;
}

/** Fails with `already_done` for a group that is in, or that thinks about it. */
export async function markInvited(sql: Sql, id: CoalitionId, group: GroupId): Promise<void> {
  const { count } = await sql`
    insert into coalition_groups (coalition_id, group_id, state) values (${id}, ${group}, 'invited')
    on conflict (coalition_id, group_id) do update
      set state = 'invited', convener = false, accepted_version = null
      where coalition_groups.state in ('left', 'declined')`;
  if (count === 0) throw new HubError("already_done");
}

/**
 * Says yes to one version while that one stands, and answers whether the group came in by it; fails with
 * `changed_meanwhile` for another version and with `already_done` for a second yes.
 */
export async function markAccepted(
  sql: Sql,
  id: CoalitionId,
  group: GroupId,
  version: number,
): Promise<{ joined: boolean }> {
  const [found] = await sql<{ version: number; accepted: number | null }[]>`
    select c.agreement_version as version, cg.accepted_version as accepted
    from coalition_groups cg join coalitions c on c.id = cg.coalition_id
    where cg.coalition_id = ${id} and cg.group_id = ${group} and cg.state in ('invited', 'member')
    for update of cg`;
  if (!found) throw new HubError("not_found");
  if (found.version !== version) throw new HubError("changed_meanwhile");
  if (found.accepted === version) throw new HubError("already_done");
  await sql`
    update coalition_groups set state = 'member', accepted_version = ${version}
    where coalition_id = ${id} and group_id = ${group}`;
  return { joined: found.accepted === null };
}

/** A group that was in before keeps what it kept then. */
export async function markDeclined(sql: Sql, id: CoalitionId, group: GroupId): Promise<void> {
  const { count } = await sql`
    update coalition_groups
    set state = case when left_snapshot is null then 'declined' else 'left' end
    where coalition_id = ${id} and group_id = ${group} and state = 'invited'`;
  if (count === 0) throw new HubError("not_found");
}

/** Nobody is left who could answer for the coalition, so nobody is asked any more. */
export async function endInvitations(sql: Sql, id: CoalitionId): Promise<void> {
  await sql`
    update coalition_groups
    set state = case when left_snapshot is null then 'declined' else 'left' end
    where coalition_id = ${id} and state = 'invited'`;
}

/** Keeps for the group what it could read until now; fails with `changed_meanwhile` if it was made a convener just now. */
export async function markLeft(
  sql: Sql,
  { id, name, agreement, agreementVersion, groups }: Coalition,
  group: GroupId,
): Promise<void> {
  const convener = groups.find((one) => one.group === group)?.convener ?? false;
  const stood = groups.filter(({ state }) => state === "member" || state === "asked_again");
  const snapshot = { name, agreement, agreementVersion, groups: stood };
  const { count } = await sql`
    update coalition_groups
    set state = 'left', convener = false, accepted_version = null,
      left_snapshot = ${sql.json(snapshot)} || jsonb_build_object('leftOn', current_date)
    where coalition_id = ${id} and group_id = ${group} and state = 'member' and convener = ${convener}`;
  if (count === 0) throw new HubError("changed_meanwhile");
}

/** Answers the new version's number; the group that wrote it has said yes to it. */
export async function changeAgreement(
  sql: Sql,
  id: CoalitionId,
  agreement: string,
  by: GroupId,
): Promise<number> {
  const [changed] = await sql<{ version: number }[]>`
    update coalitions set agreement = ${agreement}, agreement_version = agreement_version + 1
    where id = ${id} returning agreement_version as version`;
  if (!changed) throw new HubError("not_allowed");
  await sql`
    update coalition_groups set accepted_version = ${changed.version}
    where coalition_id = ${id} and group_id = ${by}`;
  return changed.version;
}

export async function changeConvener(
  sql: Sql,
  id: CoalitionId,
  group: GroupId,
  convener: boolean,
): Promise<void> {
  const { count } = await sql`
    update coalition_groups set convener = ${convener}
    where coalition_id = ${id} and group_id = ${group} and state = 'member'`;
  if (count === 0) throw new HubError("not_found");
}
