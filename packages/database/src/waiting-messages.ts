import type { AccountId, MessageId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { WaitingMessage } from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import { attachmentsOf } from "./attachments.ts";
import type { Sql } from "./connection.ts";

type WaitingRow = Omit<WaitingMessage, "goesAt" | "attachments"> & {
  goesAt: Date | null;
  attachments: WaitingMessage["attachments"] | null;
};

/** Everything of somebody's that is not in the space yet: what goes first comes first. */
export async function listWaiting(
  sql: Sql,
  space: SpaceId,
  author: ParticipantId,
): Promise<WaitingMessage[]> {
  const rows = await sql<WaitingRow[]>`
    select id, why, note, body, goes_at, ${attachmentsOf(sql, sql`w.space_id`, sql`w.id`, sql`w.participant_id`)} as attachments
    from waiting_messages w
    where space_id = ${space} and participant_id = ${author} and ends_on >= current_date order by goes_at, id`;
  return rows.map(({ goesAt, attachments, ...row }) => ({
    ...row,
    ...(attachments && { attachments }),
    ...(goesAt && { goesAt: goesAt.toISOString() }),
  }));
}

/** Gives its turn in slow mode back, if it was the last one; `not_found` once it is posted or gone. */
export async function removeWaiting(
  sql: Sql,
  space: SpaceId,
  author: ParticipantId,
  id: MessageId,
): Promise<void> {
  await sql`select from participants where id = ${author} for no key update`;
  const [gone] = await sql<{ goesAt: Date | null }[]>`
    delete from waiting_messages where space_id = ${space} and participant_id = ${author} and id = ${id}
    returning goes_at`;
  if (!gone) throw new HubError("not_found");
  if (gone.goesAt)
    await sql`
      update participants set may_post_from = ${gone.goesAt}
      where id = ${author} and may_post_from = ${gone.goesAt}::timestamptz + interval '1 minute' *
        (select slow_minutes from spaces where id = ${space})`;
}

export interface DueMessage {
  space: SpaceId;
  id: MessageId;
  account: AccountId;
}

/** Whose turn has come, as `telar_jobs`. */
export function listDue(sql: Sql, limit: number): Promise<DueMessage[]> {
  return sql<DueMessage[]>`
    select w.space_id as space, w.id, p.account_id as account
    from waiting_messages w join participants p on p.id = w.participant_id
    where w.why = 'slow_mode' and w.goes_at <= now() and p.account_id is not null
    order by w.goes_at limit ${limit}`;
}
