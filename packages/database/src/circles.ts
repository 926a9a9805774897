import type { HubEvent } from "@telar/contracts/events";
import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";
import { spaceStream } from "./events.ts";

export interface CircleSeat {
  participant: ParticipantId;
  chance: "first" | "second" | "had";
  gone: boolean;
}

export interface CircleRow {
  space: SpaceId;
  turnMinutes: number;
  rounds: number;
  round: number;
  turn: ParticipantId | null;
  turnEndsAt: Date | null;
  spoke: boolean;
  /** In the order of the circle. */
  seats: CircleSeat[];
  /** The moment of the transaction, by which turns are judged. */
  now: Date;
}

type Bare = Omit<CircleRow, "seats">;

const columns = (sql: Sql) => sql`
  space_id as space, turn_minutes, rounds, round, turn, turn_ends_at, spoke, now() as now`;

/** Those of these spaces that have one; held, in one order, until the transaction ends. */
export async function listCirclesForChange(sql: Sql, spaces: SpaceId[]): Promise<CircleRow[]> {
  const rows = await sql<Bare[]>`
    select ${columns(sql)} from circles where space_id = any (${spaces}) order by space_id for update`;
  // Read once the circles are held: who held them before may have changed the seats.
  const seats = await sql<(CircleSeat & { space: SpaceId })[]>`
    select space_id as space, participant_id as participant, chance, gone from circle_seats
    where space_id = any (${rows.map(({ space }) => space)}) order by space_id, seat`;
  const bySpace = Map.groupBy(seats, ({ space }) => space);
  return rows.map((row) => ({
    ...row,
    seats: (bySpace.get(row.space) ?? []).map(({ space: _, ...seat }) => seat),
  }));
}

/** `not_found` where there is none. */
export async function getCircleForChange(sql: Sql, space: SpaceId): Promise<CircleRow> {
  const [circle] = await listCirclesForChange(sql, [space]);
  if (!circle) throw new HubError("not_found");
  return circle;
}

type ReadSeat = CircleSeat & { alias: string };

/** As people read it, by alias. */
export async function findCircle(
  sql: Sql,
  space: SpaceId,
): Promise<(Bare & { question: string; seats: ReadSeat[] }) | undefined> {
  const [circle] = await sql<(Bare & { question: string; seats: ReadSeat[] | null })[]>`
    select ${columns(sql)}, question,
      (select jsonb_agg(jsonb_build_object('participant', s.participant_id, 'alias', p.alias, 'chance', s.chance,
          'gone', s.gone) order by s.seat)
        from circle_seats s join participants p on p.space_id = s.space_id and p.id = s.participant_id
        where s.space_id = circles.space_id) as seats
    from circles where space_id = ${space}`;
  return circle && { ...circle, seats: circle.seats ?? [] };
}

const lastWords = 5;

/** Whether a circle ended there a few words ago. */
export async function hasJustEnded(sql: Sql, space: SpaceId): Promise<boolean> {
  const { count } = await sql`
    select from (select event from events where stream = ${spaceStream(space)} order by place desc limit ${lastWords}) latest
    where event ->> 'kind' = 'circle.ended'`;
  return count > 0;
}

/** `already_done` where there is one. */
export async function addCircle(
  sql: Sql,
  circle: { space: SpaceId; question: string; turnMinutes: number; rounds: number },
): Promise<void> {
  const { space, question, turnMinutes, rounds } = circle;
  try {
    await sql`
      insert into circles (space_id, question, turn_minutes, rounds)
      values (${space}, ${question}, ${turnMinutes}, ${rounds})`;
  } catch (error) {
    throw brokenConstraint(error) === "circles_pkey" ? new HubError("already_done") : error;
  }
}

/** The last seat of the order; whoever comes back keeps what they had of the round. */
export async function putLastSeat(
  sql: Sql,
  space: SpaceId,
  participant: ParticipantId,
): Promise<void> {
  await sql`
    insert into circle_seats (space_id, participant_id, seat)
    select ${space}, ${participant}, coalesce(max(seat), 0) + 1 from circle_seats where space_id = ${space}
    on conflict (space_id, participant_id) do update set seat = excluded.seat, gone = false`;
}

export async function markGone(
  sql: Sql,
  space: SpaceId,
  participant: ParticipantId,
): Promise<void> {
  await sql`
    update circle_seats set gone = true where space_id = ${space} and participant_id = ${participant}`;
}

/** Whose turn it is now, and what everybody had of the round. */
export async function changeTurn(sql: Sql, circle: Omit<CircleRow, "now">): Promise<void> {
  const { space, seats, round, turn, turnEndsAt, spoke } = circle;
  await sql`
    update circle_seats s set chance = given.chance
    from unnest(${seats.map(({ participant }) => participant)}::uuid[], ${seats.map(({ chance }) => chance)}::text[])
      as given (participant_id, chance)
    where s.space_id = ${space} and s.participant_id = given.participant_id and s.chance <> given.chance`;
  await sql`
    update circles set round = ${round}, turn = ${turn}, turn_ends_at = ${turnEndsAt}, spoke = ${spoke}
    where space_id = ${space}`;
}

/** Those who have the word in these circles wrote something. */
export async function markSpoke(sql: Sql, spaces: SpaceId[]): Promise<void> {
  await sql`update circles set spoke = true where space_id = any (${spaces}) and not spoke`;
}

export async function removeCircle(sql: Sql, space: SpaceId): Promise<void> {
  await sql`delete from circles where space_id = ${space}`;
}

/** Kept as long as the day. Call last in a transaction: it holds the stream's lock until the commit. */
export async function appendCircleEvent(sql: Sql, space: SpaceId, event: HubEvent): Promise<void> {
  await sql`
    select append_to_streams(array[${spaceStream(space)}], array[${sql.json(event)}::jsonb], array[current_date])`;
}

/** Where somebody's time is over, as `telar_jobs`. */
export async function listDueCircles(sql: Sql, limit: number): Promise<SpaceId[]> {
  const rows = await sql<{ space: SpaceId }[]>`
    select space_id as space from circles where turn_ends_at <= now() order by turn_ends_at limit ${limit}`;
  return rows.map(({ space }) => space);
}
