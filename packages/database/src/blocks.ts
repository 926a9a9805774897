import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { Sql } from "./connection.ts";

/** Whom the reader chose not to read, by alias. */
export function listBlocked(
  sql: Sql,
  space: SpaceId,
  reader: ParticipantId,
): Promise<{ id: ParticipantId; alias: string }[]> {
  return sql<{ id: ParticipantId; alias: string }[]>`
    select p.id, p.alias from blocks b join participants p on p.space_id = b.space_id and p.id = b.blocked_id
    where b.space_id = ${space} and b.participant_id = ${reader}
    order by p.alias collate "es-x-icu", p.id limit 500`;
}

export async function addBlock(
  sql: Sql,
  space: SpaceId,
  reader: ParticipantId,
  id: ParticipantId,
): Promise<void> {
  await sql`
    insert into blocks (space_id, participant_id, blocked_id) values (${space}, ${reader}, ${id}) on conflict do nothing`;
}

export async function removeBlock(
  sql: Sql,
  space: SpaceId,
  reader: ParticipantId,
  id: ParticipantId,
): Promise<void> {
  await sql`
    delete from blocks where space_id = ${space} and participant_id = ${reader} and blocked_id = ${id}`;
}
