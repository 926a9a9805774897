import type { AccountId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { InboxNotice, News, NoticeId } from "@telar/contracts/notices";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

interface NoticeRow {
  id: NoticeId;
  day: string;
  seen: boolean;
  kind: News["kind"];
  space: SpaceId | null;
  title: string | null;
  subject: string | null;
}

/** Newest first; of spaces only while the person is in them. */
export async function listInbox(sql: Sql, account: AccountId): Promise<InboxNotice[]> {
  const rows = await sql<NoticeRow[]>`
    select n.id, n.told_on as day, n.seen, n.kind, n.space_id as space, s.title, n.subject_id as subject
    from notices n left join spaces s on s.id = n.space_id and s.id in (select my_spaces())
    where n.account_id = ${account} and n.ends_on >= current_date and (n.space_id is null or s.id is not null)
    order by n.seen, n.told_on desc, n.kind, s.title, n.id limit 200`;
  return rows.map(({ id, day, seen, ...row }) => ({ id, day, seen, news: newsOf(row) }));
}

function newsOf({ kind, space, title, subject }: Omit<NoticeRow, "id" | "day" | "seen">): News {
  const where = { kind, space, title };
  switch (kind) {
    case "answered":
      return { ...where, message: subject } as News;
    case "decided":
    case "appeal_answered":
    case "appeal_waits":
      return { kind, decision: subject } as News;
    case "report_answered":
    case "report_waits":
      return { kind, report: subject } as News;
    default:
      return where as News;
  }
}

/** The latest message by somebody else in each space that the person is in, and whom they read; by title. */
export function listLatest(
  sql: Sql,
): Promise<{ space: SpaceId; title: string; you: ParticipantId; latest: number }[]> {
  return sql`
    select s.id as space, s.title, mine.id as you, latest.place as latest
    from acting_places() mine
    join participants p on p.space_id = mine.space_id and p.id = mine.id
    join spaces s on s.id = mine.space_id and s.rules_version = p.accepted_version
    cross join lateral (
      select m.place from messages m
      where m.space_id = s.id and m.state = 'shown' and m.participant_id <> mine.id and m.expires_on >= current_date
        and not exists (select from blocks b where b.space_id = m.space_id and b.participant_id = mine.id
          and b.blocked_id = m.participant_id)
      order by m.place desc limit 1
    ) latest
    order by s.title collate "es-x-icu", s.id limit 200`;
}

/** All that stand there; no device needs to hear of them any more. */
export async function markSeen(sql: Sql, account: AccountId): Promise<void> {
  await Promise.all([
    sql`
      delete from notices old using notices fresh
      where old.account_id = ${account} and old.seen and fresh.account_id = ${account} and not fresh.seen
        and old.kind = fresh.kind and old.space_id is not distinct from fresh.space_id
        and old.kind = 'new_messages'`.execute(),
    sql`update notices set seen = true where account_id = ${account} and not seen`.execute(),
    sql`update push_subscriptions set wanted = false where account_id = ${account} and wanted`.execute(),
  ]);
}

export async function removeNotice(sql: Sql, account: AccountId, id: NoticeId): Promise<void> {
  const { count } = await sql`delete from notices where id = ${id} and account_id = ${account}`;
  if (count === 0) throw new HubError("not_found");
}
