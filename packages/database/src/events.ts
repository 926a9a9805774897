import type { HubEvent, StreamName } from "@telar/contracts/events";
import type { CoalitionId, GroupId } from "@telar/contracts/ids";
import type { Sql } from "./connection.ts";

export const groupStream = (group: GroupId) => `group:${group}` as StreamName;
export const coalitionStream = (coalition: CoalitionId) => `coalition:${coalition}` as StreamName;
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

/** A page of what happened, newest first, with aliases and names where the reader may know them. */
export async function listEvents(
  sql: Sql,
  stream: StreamName,
  before = Number.MAX_SAFE_INTEGER,
  limit = 50,
): Promise<(EventRow & { names: Record<string, string> })[]> {
  const rows = await sql<EventRow[]>`
    select place, happened_on as day, event from events
    where stream = ${stream} and place < ${before} order by place desc limit ${limit}`;
  const names = await namesBehind(sql, rows);
  return rows.map((row) => ({ ...row, names: pick(names, idsOf(row.event)) }));
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
    union all select id, name from coalitions where id = any (${ids})`;
  return new Map(named.map(({ id, name }) => [id, name]));
}

function pick(names: Map<string, string>, ids: string[]): Record<string, string> {
  return Object.fromEntries(
    ids.flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? ""]] : [])),
  );
}
