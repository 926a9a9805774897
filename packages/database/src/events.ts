import type { HubEvent, HubEventKind, StreamName } from "@telar/contracts/events";
import type { AccountId, CoalitionId, GroupId, SpaceId } from "@telar/contracts/ids";
import type { Sql } from "./connection.ts";

export const groupStream = (group: GroupId) => `group:${group}` as StreamName;
export const coalitionStream = (coalition: CoalitionId) => `coalition:${coalition}` as StreamName;
export const spaceStream = (space: SpaceId) => `space:${space}` as StreamName;
export const hubStream = "hub" as StreamName;

/** Call last in a transaction: it holds the stream's lock until the commit, so that places follow commits. */
export async function appendEvent(sql: Sql, stream: StreamName, event: HubEvent): Promise<void> {
  await sql`select append_event(${stream}, ${sql.json(event)})`;
}

export interface EventRow {
  place: number;
  day: string;
  event: HubEvent;
}

/** Whether the wall opens this stream to the caller. */
export async function canRead(sql: Sql, stream: StreamName): Promise<boolean> {
  const rows = await sql`select from my_streams() as mine (name) where name = ${stream}`;
  return rows.count > 0;
}

/**
 * How often the caller did this in their groups during the last seven days, under whatever alias. Holds the account
 * until the transaction ends, so that what they do at the same moment elsewhere counts too.
 */
export async function countOwnThisWeek(
  sql: Sql,
  account: AccountId,
  kind: "group_recovery.asked" | "hand_over.offered",
): Promise<number> {
  await sql`select from accounts where id = ${account} for no key update`;
  const [row] = await sql<[{ count: number }]>`
    with mine as (select id, group_id, ended_on from memberships where account_id = ${account})
    select count(*) from events
    where stream in (select 'group:' || group_id from mine where ended_on is null)
      and happened_on > current_date - 7 and event ->> 'kind' = ${kind}
      and event ->> 'by' in (select id::text from mine)`;
  return row.count;
}

/** Narrows a page to what lies before a place, or to some kinds of events. */
interface EventFilter {
  before?: number | undefined;
  kinds?: readonly HubEventKind[] | undefined;
}

/** A page of what happened, newest first, with aliases and names where the reader may know them. */
export async function listEvents(
  sql: Sql,
  stream: StreamName,
  { before = Number.MAX_SAFE_INTEGER, kinds }: EventFilter = {},
  limit = 50,
): Promise<(EventRow & { names: Record<string, string> })[]> {
  const rows = await sql<EventRow[]>`
    select place, happened_on as day, event from events
    where stream = ${stream} and place < ${before}
      ${kinds ? sql`and event ->> 'kind' = any (${kinds})` : sql``}
    order by place desc limit ${limit}`;
  const names = await namesBehind(sql, rows);
  return rows.map((row) => ({ ...row, names: pick(names, idsOf(row.event)) }));
}

/** The same of those in which somebody decided something about people: a small part of a space's stream. */
export function listDecisions(
  sql: Sql,
  stream: StreamName,
  before = Number.MAX_SAFE_INTEGER,
  limit = 50,
): Promise<EventRow[]> {
  return sql<EventRow[]>`
    select place, happened_on as day, event from events
    where stream = ${stream} and event ? 'role' and place < ${before} order by place desc limit ${limit}`;
}

const idsOf = (event: HubEvent) =>
  Object.values(event).filter((value): value is string => /^[0-9a-f-]{36}$/.test(String(value)));

async function namesBehind(sql: Sql, rows: EventRow[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ event }) => idsOf(event));
  if (ids.length === 0) return new Map();
  const named = await sql<{ id: string; name: string }[]>`
    select id, alias as name from memberships where id = any (${ids})
    union all select id, name from groups where id = any (${ids})
    union all select coalition_id, left_snapshot ->> 'name' from coalition_groups
      where coalition_id = any (${ids}) and state = 'left'
    union all select id, name from coalitions where id = any (${ids})
    union all select id, title from spaces where id = any (${ids})
    union all select id, alias from participants where id = any (${ids})`;
  return new Map(named.map(({ id, name }) => [id, name]));
}

function pick(names: Map<string, string>, ids: string[]): Record<string, string> {
  return Object.fromEntries(
    ids.flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? ""]] : [])),
  );
}
