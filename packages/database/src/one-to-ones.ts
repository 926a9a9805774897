import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { OneToOne } from "@telar/contracts/one-to-ones";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

export async function countAsked(sql: Sql): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from one_to_one_asks where from_id in (select id from acting_places()) and ends_on >= current_date`;
  return row.count;
}

/** Does nothing, and says nothing, for somebody who is not there or was asked already. */
export async function addAsk(
  sql: Sql,
  space: SpaceId,
  from: ParticipantId,
  to: ParticipantId,
): Promise<void> {
  await sql`
    insert into one_to_one_asks (space_id, from_id, to_id)
    select space_id, ${from}, id from participants
    where space_id = ${space} and id = ${to} and state = 'joined' and account_id is distinct from
      (select account_id from participants where id = ${from})
    on conflict do nothing`;
}

/** Answers the conversation; `not_found` when nobody asks (any more). */
export async function openOneToOne(
  sql: Sql,
  space: SpaceId,
  from: ParticipantId,
): Promise<SpaceId> {
  const [row] = await sql<[{ made: SpaceId | null }]>`
    select open_one_to_one(${space}, ${from}) as made`;
  if (!row.made) throw new HubError("not_found");
  return row.made;
}

export async function markRefused(sql: Sql, space: SpaceId, from: ParticipantId): Promise<void> {
  await sql`
    update one_to_one_asks set refused = true
    where space_id = ${space} and from_id = ${from} and to_id in (select id from acting_places())`;
}

/** The caller's, those that are open first. */
export function listOneToOnes(sql: Sql): Promise<OneToOne[]> {
  return sql<OneToOne[]>`
    select s.id as space, p.alias, s.title, s.state = 'open' as open, s.keeps_days, s.note_required
    from one_to_ones o join spaces s on s.id = o.space_id
    join participants p on p.space_id = s.id and p.id not in (select id from acting_places())
    order by s.state = 'closed', p.alias collate "es-x-icu", s.id limit 200`;
}

export interface Ask {
  space: SpaceId;
  id: ParticipantId;
  alias: string;
  title: string;
}

/** Who asks the caller, but for those they refused or chose not to read. */
export function listAsking(sql: Sql): Promise<Ask[]> {
  return sql<Ask[]>`
    select a.space_id as space, p.id, p.alias, s.title
    from one_to_one_asks a join acting_places() mine on mine.space_id = a.space_id and mine.id = a.to_id
    join participants p on p.space_id = a.space_id and p.id = a.from_id and p.state = 'joined'
    join spaces s on s.id = a.space_id
    where not a.refused and a.ends_on >= current_date and a.from_id not in (select blocked_id from blocks)
    order by p.alias collate "es-x-icu", p.id limit 100`;
}

/** Whom the caller asked; one who refused is among them as long as one who has not answered. */
export function listAsked(sql: Sql): Promise<Pick<Ask, "alias" | "title">[]> {
  return sql<Pick<Ask, "alias" | "title">[]>`
    select p.alias, s.title
    from one_to_one_asks a join acting_places() mine on mine.space_id = a.space_id and mine.id = a.from_id
    join participants p on p.space_id = a.space_id and p.id = a.to_id
    join spaces s on s.id = a.space_id
    where a.ends_on >= current_date order by p.alias collate "es-x-icu", p.id limit 100`;
}

export async function closeOneToOne(sql: Sql, space: SpaceId): Promise<void> {
  const [row] = await sql<[{ closed: boolean }]>`select close_one_to_one(${space}) as closed`;
  if (!row.closed) throw new HubError("not_found");
}
