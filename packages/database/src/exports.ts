import type { GroupExportId } from "@telar/contracts/exports";
import type { AccountId, GroupId, StewardId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

export interface ExportRow {
  id: GroupExportId;
  group: GroupId;
  groupName: string;
  askedBy: StewardId;
  askedByAlias: string;
  reason: string;
  agreed: boolean;
  until: string;
}

const select = (sql: Sql) => sql`
  select e.id, e.group_id as "group", g.name as group_name, e.asked_by, s.alias as asked_by_alias,
    e.reason, e.agreed, e.ends_on as until
  from group_exports e join groups g on g.id = e.group_id join stewards s on s.id = e.asked_by`;

/** Fails with `already_done` while the same steward has one under way for the group; one that lapsed is begun anew. */
export async function addExport(
  sql: Sql,
  asked: { group: GroupId; askedBy: StewardId; reason: string },
): Promise<GroupExportId> {
  const { group, askedBy, reason } = asked;
  const [added] = await sql<{ id: GroupExportId }[]>`
    insert into group_exports (group_id, asked_by, reason) values (${group}, ${askedBy}, ${reason})
    on conflict on constraint one_export_per_steward do update
      set id = excluded.id, reason = excluded.reason, agreed = false, ends_on = excluded.ends_on, asked_on = excluded.asked_on
      where group_exports.ends_on < current_date
    returning id`;
  if (!added) throw new HubError("already_done");
  return added.id;
}

/** Under way in one of these groups, or anywhere. */
export function listExports(sql: Sql, groups: GroupId[] | "anywhere"): Promise<ExportRow[]> {
  return sql<ExportRow[]>`
    ${select(sql)} where e.ends_on >= current_date
      ${groups === "anywhere" ? sql`` : sql`and e.group_id = any (${groups})`}
    order by e.ends_on, e.id limit 200`;
}

/** The groups of which a coordinator is asked to let a copy go. */
export function listGroupsAskedFor(
  sql: Sql,
  coordinator: AccountId,
): Promise<{ group: GroupId; groupName: string }[]> {
  return sql`
    select distinct g.id as "group", g.name as group_name
    from group_exports e
    join memberships m on m.group_id = e.group_id and m.account_id = ${coordinator}
      and m.ended_on is null and 'coordinator' = any (m.roles)
    join groups g on g.id = e.group_id
    where not e.agreed and e.ends_on >= current_date
      and e.asked_by not in (select id from stewards where account_id = ${coordinator})
    order by g.name, g.id limit 20`;
}

export async function getExport(sql: Sql, id: GroupExportId): Promise<ExportRow> {
  return onlyOf(
    await sql<ExportRow[]>`${select(sql)} where e.id = ${id} and e.ends_on >= current_date`,
  );
}

/** Whether the group has somebody to agree, and whether the caller was a steward on a day before it was asked for. */
export async function getStandingTo(
  sql: Sql,
  { id, group }: Pick<ExportRow, "id" | "group">,
  account: AccountId,
): Promise<{ coordinated: boolean; stewardBefore: boolean }> {
  const [row] = await sql<[{ coordinated: boolean; stewardBefore: boolean }]>`
    select exists (select from sizes_of(array[${group}::uuid]) where coordinators > 0) as coordinated,
      exists (select from stewards s join group_exports e on e.id = ${id} and s.since < e.asked_on
        where s.account_id = ${account}) as steward_before`;
  return row;
}

export async function getExportForChange(sql: Sql, id: GroupExportId): Promise<ExportRow> {
  return onlyOf(
    await sql<ExportRow[]>`
      ${select(sql)} where e.id = ${id} and e.ends_on >= current_date for update of e`,
  );
}

function onlyOf([row]: ExportRow[]): ExportRow {
  if (!row) throw new HubError("not_found");
  return row;
}

/** From now it waits seven days to be taken. */
export async function markAgreed(sql: Sql, id: GroupExportId): Promise<void> {
  await sql`update group_exports set agreed = true, ends_on = current_date + 7 where id = ${id}`;
}

/** When it was refused, taken back or taken. */
export async function removeExport(sql: Sql, id: GroupExportId): Promise<void> {
  await sql`delete from group_exports where id = ${id}`;
}
