import type { AccountId, ModerationActId } from "@telar/contracts/ids";
import type { Sql } from "./connection.ts";

export type ModerationNotice =
  | { kind: "decision"; act: ModerationActId }
  | { kind: "report_answered" | "judgement_waits" };

/** What moderation has to tell somebody, in one statement: every page asks for it. */
export async function listModerationNotices(
  sql: Sql,
  account: AccountId,
): Promise<ModerationNotice[]> {
  const rows = await sql<{ kind: ModerationNotice["kind"]; act: ModerationActId | null }[]>`
    select 'decision' as kind, id as act from moderation_acts
    where account_id = ${account} and not seen and (ends_on is null or ends_on >= current_date)
    union all
    select 'report_answered', null
    where exists (select from own_told() where state in ('decided', 'no_action') and not seen)
    union all
    select 'judgement_waits', null
    where judgement_waits()
      or exists (select from moderation_acts where appeal = 'asked' and id in (select id from my_appeals()))
      or exists (select from waiting_messages w
        where w.why = 'held' and w.space_id in (select my_facilitated_spaces()) and w.ends_on >= current_date
          and w.participant_id not in (select id from acting_places()))
    limit 20`;
  return rows.map(({ kind, act }) => (act ? { kind, act } : { kind }) as ModerationNotice);
}
