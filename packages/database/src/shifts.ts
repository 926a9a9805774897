import type { AccountId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { ShiftNote } from "@telar/contracts/shifts";
import type { Sql } from "./connection.ts";

export interface Place {
  space: SpaceId;
  participant: ParticipantId;
}

/** The Monday of a moment's week, in the space's own zone. */
const weekOf = (sql: Sql, space: SpaceId, moment = sql`now()`) => sql`
  (select date_trunc('week', ${moment} at time zone zone)::date from spaces where id = ${space})`;

/** One's own care for a space: what was done this week, and whether a shift runs. */
export async function getLoad(
  sql: Sql,
  { space, participant }: Place,
): Promise<{ running: boolean; minutesThisWeek: number }> {
  const [load] = await sql<[{ running: boolean; minutesThisWeek: number }]>`
    select exists (select from shifts where space_id = ${space} and participant_id = ${participant}) as running,
      coalesce((select minutes from facilitated_weeks where space_id = ${space} and participant_id = ${participant}
        and week = ${weekOf(sql, space)}), 0) as minutes_this_week`;
  return load;
}

/** A shift that runs already goes on. */
export async function addShift(sql: Sql, { space, participant }: Place): Promise<void> {
  await sql`
    insert into shifts (space_id, participant_id) values (${space}, ${participant}) on conflict do nothing`;
}

/**
 * Leaves only how long it took, rounded up to quarters of an hour, for the week in which it began, and the note to whoever
 * facilitates next. `not_found` when no shift runs.
 */
export async function endShift(
  sql: Sql,
  { space, participant }: Place,
  note: string,
  keepsDays: number,
): Promise<void> {
  const { count } = await sql`
    with ended as (
      delete from shifts where space_id = ${space} and participant_id = ${participant} returning began_at
    )
    insert into facilitated_weeks (space_id, participant_id, week, minutes)
    select ${space}, ${participant}, ${weekOf(sql, space, sql`began_at`)},
      least(ceil(extract(epoch from now() - began_at) / 900) * 15, ${minutesOfWeek}) from ended
    on conflict (space_id, participant_id, week) do update
      set minutes = least(facilitated_weeks.minutes + excluded.minutes, ${minutesOfWeek})`;
  if (count === 0) throw new HubError("not_found");
  await sql`
    insert into shift_notes (space_id, participant_id, note, expires_on)
    values (${space}, ${participant}, ${note}, current_date + ${keepsDays}::int)`;
}

const minutesOfWeek = 7 * 24 * 60;

/** The latest of a space, newest first. */
export function listNotes(sql: Sql, space: SpaceId, reader: AccountId): Promise<ShiftNote[]> {
  return sql<ShiftNote[]>`
    select p.alias, p.account_id is not distinct from ${reader} as yours, n.written_on, n.note
    from shift_notes n join participants p on p.space_id = n.space_id and p.id = n.participant_id
    where n.space_id = ${space} and n.expires_on >= current_date
    order by n.place desc limit 50`;
}
