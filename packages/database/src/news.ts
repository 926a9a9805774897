import type { AccountId, MessageId, SessionId, SpaceId } from "@telar/contracts/ids";
import type { SharedMessage } from "@telar/contracts/messages";
import type { Sql } from "./connection.ts";
import { spaceStream } from "./events.ts";
import { type SharedMessageRow, sharedMessage, sharedMessages } from "./shared-messages.ts";

/** A part of a space's stream: what lies after a place. */
export interface Asked {
  space: SpaceId;
  after: number;
}

export interface Happening extends Asked {
  place: number;
  /** Left out for what is not about a message. */
  message?: MessageId;
  /** The message as it stands now; left out once it has gone. */
  shared?: SharedMessage;
}

type HappeningRow = Asked & { at: number; message: MessageId | null } & (
    | SharedMessageRow
    | { id: null }
  );

/**
 * What happened after each of these places, in order, so many of each at most: one statement for all of them.
 * `telar_messaging` asks, which reads every space: to whom it is sent, `listOpen` decides.
 */
export async function listNews(sql: Sql, asked: Asked[], limit: number): Promise<Happening[]> {
  // Each message is looked up by its key: a planner that guesses wrong would read the whole table instead.
  const rows = await sql<HappeningRow[]>`
    select asked.space_id as space, asked.after, happened.place as at, happened.message, shared.*
    from unnest(${asked.map(({ space }) => space)}::uuid[], ${asked.map(({ after }) => after)}::bigint[])
      as asked (space_id, after)
    cross join lateral (
      select place, (event ->> 'message')::uuid as message from events
      where stream = 'space:' || asked.space_id and place > asked.after order by place limit ${limit}
    ) happened
    left join lateral (
      ${sharedMessages(
        sql,
        sql`where m.space_id = asked.space_id and m.id = happened.message
          and m.expires_on >= current_date limit 1`,
      )}
    ) shared on true
    order by asked.space_id, asked.after, happened.place`;
  return rows.map((row) => ({
    space: row.space,
    after: row.after,
    place: row.at,
    ...(row.message && { message: row.message }),
    ...(row.id && row.state !== "deleted" && { shared: sharedMessage(row) }),
  }));
}

/** Where the streams of these spaces stand; one in which nothing happened yet is left out. */
export async function listHeads(sql: Sql, spaces: SpaceId[]): Promise<Map<SpaceId, number>> {
  const rows = await sql<{ space: SpaceId; head: number }[]>`
    select substr(name, 7) as space, last_place as head from streams
    where name = any (${spaces.map(spaceStream)})`;
  return new Map(rows.map(({ space, head }) => [space, head]));
}

/** Which of these may be followed: their positions in the list. */
export async function listOpen(
  sql: Sql,
  asked: { account: AccountId; space: SpaceId }[],
): Promise<Set<number>> {
  const rows = await sql<{ n: number }[]>`
    select n from may_follow(${asked.map(({ account }) => account)}::uuid[],
      ${asked.map(({ space }) => space)}::uuid[])`;
  return new Set(rows.map(({ n }) => n - 1));
}

/** Those of these sessions that still stand. */
export async function listLiveSessions(sql: Sql, sessions: SessionId[]): Promise<Set<SessionId>> {
  const rows = await sql<{ id: SessionId }[]>`
    select id from live_sessions(${sessions}::uuid[]) as live (id)`;
  return new Set(rows.map(({ id }) => id));
}
