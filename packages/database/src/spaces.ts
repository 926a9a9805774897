import type { GroupKind } from "@telar/contracts/groups";
import type { AccountId, CoalitionId, GroupId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type {
  FacilitatedHours,
  SpaceCard,
  SpaceKind,
  SpaceSettings,
  SpaceState,
} from "@telar/contracts/spaces";
import type { Sql } from "./connection.ts";

/** The group or the coalition that a space, or a card, belongs to. */
export type Owner = { group: GroupId } | { coalition: CoalitionId };

export const ownedBy = (sql: Sql, owner: Owner) =>
  "group" in owner ? sql`group_id = ${owner.group}` : sql`coalition_id = ${owner.coalition}`;

/** How a space works: what is judged before somebody writes there, opens it or comes in. */
export interface SpaceRow extends SpaceSettings {
  id: SpaceId;
  kind: SpaceKind | "one_to_one";
  state: SpaceState;
  group: GroupId | null;
  coalition: CoalitionId | null;
  title: string;
  purpose: string;
  rulesVersion: number;
  zone: string;
  hours: FacilitatedHours[];
}

/** Those of these spaces that the caller sees, with their hours, in one statement. */
export function listSpaceRows(sql: Sql, ids: SpaceId[]): Promise<SpaceRow[]> {
  return sql<SpaceRow[]>`
    select id, kind, state, group_id as "group", coalition_id as coalition, title, purpose, rules_version, keeps_days,
      slow_minutes, note_required, admission, holds_first, facilitated_hours, weekly_hours_max, guests, zone,
      coalesce((select jsonb_agg(jsonb_build_object('weekday', weekday, 'opens', to_char(opens, 'HH24:MI'),
          'closes', to_char(closes, 'HH24:MI')) order by weekday, opens)
        from space_hours where space_id = spaces.id), '[]') as hours
    from spaces where id = any (${ids})`;
}

/** `not_found` too for a space that is not open to the caller. */
export async function getSpaceRow(sql: Sql, id: SpaceId): Promise<SpaceRow> {
  const [space] = await listSpaceRows(sql, [id]);
  if (!space) throw new HubError("not_found");
  return space;
}

/** Makes everybody who runs the space act one after the other; locks nothing for others, whom the wall shows no row to change. */
export async function lockSpace(sql: Sql, id: SpaceId): Promise<void> {
  await sql`select from spaces where id = ${id} for update`;
}

/** How many spaces a group or a coalition has, closed ones too. */
export async function countSpaces(sql: Sql, owner: Owner): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from spaces where ${ownedBy(sql, owner)} and kind <> 'one_to_one'`;
  return row.count;
}

const rowOf = (settings: SpaceSettings) => ({
  keepsDays: settings.keepsDays,
  slowMinutes: settings.slowMinutes,
  noteRequired: settings.noteRequired,
  admission: settings.admission,
  holdsFirst: settings.holdsFirst,
  facilitatedHours: settings.facilitatedHours,
  weeklyHoursMax: settings.weeklyHoursMax,
  guests: settings.guests,
});

/** With the first version of its rules; nobody is in it yet. */
export async function addSpace(
  sql: Sql,
  made: {
    id: SpaceId;
    owner: Owner;
    kind: SpaceKind;
    title: string;
    purpose: string;
    rules: string;
    state: SpaceState;
    zone: string;
    settings: SpaceSettings;
  },
): Promise<void> {
  const { id, owner, kind, title, purpose, state, zone } = made;
  const settings = rowOf(made.settings);
  const ownerId = "group" in owner ? { groupId: owner.group } : { coalitionId: owner.coalition };
  const row = { id, kind, title, purpose, state, zone, ...ownerId, ...settings };
  await sql`insert into spaces ${sql(row)}`;
  await sql`
    insert into space_rules (space_id, version, rules, settings)
    values (${id}, 1, ${made.rules}, ${sql.json(settings)})`;
}

export async function changeTitle(
  sql: Sql,
  id: SpaceId,
  { title, purpose }: { title: string; purpose: string },
): Promise<void> {
  await sql`update spaces set title = ${title}, purpose = ${purpose} where id = ${id}`;
}

/** Answers the new version's number; whoever wrote it has said yes to it. */
export async function changeRules(
  sql: Sql,
  id: SpaceId,
  { rules, settings, by }: { rules: string; settings: SpaceSettings; by: AccountId },
): Promise<number> {
  const row = rowOf(settings);
  const [changed] = await sql<{ version: number }[]>`
    update spaces set ${sql(row)}, rules_version = rules_version + 1
    where id = ${id} returning rules_version as version`;
  if (!changed) throw new HubError("not_allowed");
  await sql`
    insert into space_rules (space_id, version, rules, settings)
    values (${id}, ${changed.version}, ${rules}, ${sql.json(row)})`;
  await sql`
    update participants set accepted_version = ${changed.version}
    where space_id = ${id} and account_id = ${by} and state = 'joined'`;
  return changed.version;
}

/** In place of what stood; of two openings that begin together the longer one counts. */
export async function changeHours(
  sql: Sql,
  id: SpaceId,
  { zone, hours }: { zone: string; hours: FacilitatedHours[] },
): Promise<void> {
  await sql`update spaces set zone = ${zone} where id = ${id}`;
  await sql`delete from space_hours where space_id = ${id}`;
  await sql`
    insert into space_hours (space_id, weekday, opens, closes)
    select ${id}, weekday, opens, max(closes)
    from jsonb_to_recordset(${sql.json(hours)}) as given (weekday smallint, opens time, closes time)
    group by weekday, opens`;
}

/** Answers whether it was another state before. */
export async function changeState(sql: Sql, id: SpaceId, state: SpaceState): Promise<boolean> {
  const { count } = await sql`
    update spaces set state = ${state} where id = ${id} and state <> ${state}`;
  return count > 0;
}

type CardRow = Omit<SpaceCard, "owner"> & {
  group: GroupId | null;
  coalition: CoalitionId | null;
  ownerName: string;
};

const cards = (sql: Sql, account: AccountId) => sql`
  select s.id, s.kind, s.title, s.purpose, s.state, s.group_id as "group", s.coalition_id as coalition,
    coalesce((select name from groups where id = s.group_id),
      (select name from coalitions where id = s.coalition_id)) as owner_name,
    case when p.state = 'joined' and p.accepted_version < s.rules_version then 'asked_again'
      else coalesce(p.state, 'none') end as standing,
    coalesce(p.facilitator, false) as facilitating
  from spaces s
  left join (select space_id, state, accepted_version, facilitator from participants
    where account_id = ${account} and state in ('asked', 'joined')) as p on p.space_id = s.id`;

function asCard({ group, coalition, ownerName, ...card }: CardRow): SpaceCard {
  const owner = { ...(group && { group }), ...(coalition && { coalition }), name: ownerName };
  return { ...card, owner };
}

/** What the caller is in or finds in their groups and coalitions, by title; spaces that are closed come last. */
export async function listSpaces(
  sql: Sql,
  account: AccountId,
  owner?: Owner,
): Promise<SpaceCard[]> {
  const rows = await sql<CardRow[]>`
    ${cards(sql, account)} where s.kind <> 'one_to_one' ${owner ? sql`and ${ownedBy(sql, owner)}` : sql``}
    order by s.state = 'closed', s.title collate "es-x-icu", s.id limit 500`;
  return rows.map(asCard);
}

/** `not_found` too for a space that is not open to the caller. */
export async function getSpaceCard(sql: Sql, account: AccountId, id: SpaceId): Promise<SpaceCard> {
  const [row] = await sql<CardRow[]>`
    ${cards(sql, account)} where s.id = ${id} and s.kind <> 'one_to_one'`;
  if (!row) throw new HubError("not_found");
  return asCard(row);
}

export async function getRules(
  sql: Sql,
  id: SpaceId,
  version: number,
): Promise<{ version: number; text: string }> {
  const [rules] = await sql<{ version: number; text: string }[]>`
    select version, rules as text from space_rules where space_id = ${id} and version = ${version}`;
  if (!rules) throw new HubError("not_found");
  return rules;
}

/** The rules of a version, with the settings that belonged to them. */
export async function getRulesWithSettings(sql: Sql, id: SpaceId, version: number) {
  const [settings, rules] = await Promise.all([
    sql<[{ settings: SpaceSettings }]>`
      select settings from space_rules where space_id = ${id} and version = ${version}`,
    getRules(sql, id, version),
  ]);
  return { ...rules, settings: settings[0].settings };
}

/** Whether the caller coordinates the group, or a convening group of the coalition. */
export async function coordinatesSpace(sql: Sql, id: SpaceId): Promise<boolean> {
  const { count } = await sql`select from my_coordinated_spaces() as mine (id) where id = ${id}`;
  return count > 0;
}

export async function countReaders(sql: Sql, id: SpaceId): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select readers_of(${id}) as count`;
  return row.count;
}

/** Those who facilitate, by alias; known to whoever may join. */
export function listFacilitators(
  sql: Sql,
  id: SpaceId,
): Promise<{ id: ParticipantId; alias: string }[]> {
  return sql`
    select id, alias from participants where space_id = ${id} and facilitator and state = 'joined'
    order by alias collate "es-x-icu", id limit 100`;
}

/** The caller's groups through which the space can be entered, by name. */
export function listWaysIn(
  sql: Sql,
  account: AccountId,
  { group, coalition }: Pick<SpaceRow, "group" | "coalition">,
): Promise<{ group: GroupId; name: string; alias: string; kind: GroupKind }[]> {
  return sql`
    select g.id as "group", g.name, m.alias, g.kind
    from memberships m join groups g on g.id = m.group_id
    where m.account_id = ${account} and m.ended_on is null and not g.closed
      and (m.group_id = ${group} or m.group_id in (select group_id from coalition_groups
        where coalition_id = ${coalition} and state = 'member'))
    order by g.name collate "es-x-icu", g.id limit 100`;
}
