import type { Attachment } from "@telar/contracts/attachments";
import type { AccountId, MessageId, ParticipantId, ReportId, SpaceId } from "@telar/contracts/ids";
import type { JudgeRole } from "@telar/contracts/moderation";
import { HubError } from "@telar/contracts/problems";
import type { OwnReport, Report, ReportNote, ReportReason } from "@telar/contracts/reports";
import { attachmentsOf } from "./attachments.ts";
import type { Sql } from "./connection.ts";
import type { PageAfter } from "./paging.ts";

export interface NewReport {
  id: ReportId;
  space: SpaceId;
  target: ParticipantId;
  message?: MessageId | undefined;
  reason: ReportReason;
  words: string;
  showName: boolean;
  outside: boolean;
}

/** With what the message says now, and aliases as they are now; of the caller as they are in that space. */
export async function addReport(sql: Sql, made: NewReport): Promise<void> {
  const { id, space, target, message, reason, words, showName, outside } = made;
  const [row] = await sql<[{ added: boolean }]>`
    select make_report(${id}, ${space}, ${target}, ${message ?? null}, ${reason}, ${words}, ${showName}, ${outside}) as added`;
  if (!row.added) throw new HubError("not_found");
}

/** Of a message that can be reported: who wrote it. */
export async function getAuthor(sql: Sql, space: SpaceId, id: MessageId): Promise<ParticipantId> {
  const [message] = await sql<{ author: ParticipantId }[]>`
    select participant_id as author from messages
    where space_id = ${space} and id = ${id} and state = 'shown' and expires_on >= current_date`;
  if (!message) throw new HubError("not_found");
  return message.author;
}

/** Whether somebody is the caller, under this alias or an earlier one; `not_found` for nobody of the space. */
export async function isOneself(
  sql: Sql,
  space: SpaceId,
  person: ParticipantId,
  account: AccountId,
): Promise<boolean> {
  const [row] = await sql<{ own: boolean }[]>`
    select account_id is not distinct from ${account} as own from participants
    where space_id = ${space} and id = ${person}`;
  if (!row) throw new HubError("not_found");
  return row.own;
}

/** Whether it is answered, and which came first. */
export type ReportPlace = [answered: string, place: string];

type ReportRow = Omit<
  Report,
  "space" | "about" | "message" | "assignee" | "reporter" | "answer"
> & {
  spaceId: SpaceId;
  spaceTitle: string;
  targetId: ParticipantId;
  alias: string;
  messageId: MessageId | null;
  note: string;
  body: string;
  reporterAlias: string | null;
  assigneeName: string | null;
  yours: boolean;
  answer: string | null;
  at: ReportPlace;
};

function asReport(row: ReportRow): Report {
  const { id, reason, words, state, day, role } = row;
  return {
    id,
    space: { id: row.spaceId, title: row.spaceTitle },
    about: { id: row.targetId, alias: row.alias },
    ...(row.messageId && { message: { id: row.messageId, note: row.note, body: row.body } }),
    reason,
    words,
    ...(row.reporterAlias !== null && { reporter: row.reporterAlias }),
    state,
    day,
    role,
    ...(row.assigneeName !== null && { assignee: { name: row.assigneeName, you: row.yours } }),
    ...(row.answer !== null && { answer: row.answer }),
  };
}

const answered = (sql: Sql) => sql`(r.state in ('decided', 'no_action'))`;

const judged = (sql: Sql, account: AccountId) => sql`
  select r.id, r.space_id, r.space_title, r.target_id, r.alias, r.message_id, r.note, r.body, r.reason, r.words,
    r.reporter_alias, r.state, r.reported_on as day, mine.role, r.assignee_name,
    r.assignee_id is not distinct from ${account} as yours, r.answer, array[${answered(sql)}::text, r.place::text] as at
  from reports r join my_reports() mine on mine.id = r.id`;

/** A page of what the caller may judge: open ones first, the oldest first. */
export async function listReports(
  sql: Sql,
  account: AccountId,
  space: SpaceId | undefined,
  { after, limit }: PageAfter<ReportPlace>,
): Promise<(Report & { at: ReportPlace })[]> {
  const rows = await sql<ReportRow[]>`
    ${judged(sql, account)}
    where r.ends_on >= current_date ${space ? sql`and r.space_id = ${space}` : sql``}
      ${after ? sql`and (${answered(sql)}, r.place) > (${after[0] === "true"}, ${after[1]}::bigint)` : sql``}
    order by ${answered(sql)}, r.place limit ${limit}`;
  return rows.map((row) => ({ ...asReport(row), at: row.at }));
}

/** `not_found` for whoever may not judge it, as if it had never been made. */
export async function getReport(sql: Sql, account: AccountId, id: ReportId): Promise<Report> {
  const [row] = await sql<ReportRow[]>`${judged(sql, account)} where r.id = ${id}`;
  if (!row) throw new HubError("not_found");
  return asReport(row);
}

/** What was sent along with a reported message, as far as the caller may open it. */
export async function listReportedAttachments(
  sql: Sql,
  { space, about, message }: Pick<Report, "space" | "about" | "message">,
): Promise<Attachment[]> {
  if (!message) return [];
  const [{ sent }] = await sql<[{ sent: Attachment[] | null }]>`
    select ${attachmentsOf(sql, sql`${space.id}`, sql`${message.id}`, sql`${about.id}`)} as sent`;
  return sent ?? [];
}

/** The same, while nobody else who may judge it changes it. */
export async function getReportForChange(
  sql: Sql,
  account: AccountId,
  id: ReportId,
): Promise<Report> {
  await sql`select from reports where id = ${id} for no key update`;
  return getReport(sql, account, id);
}

export function listNotes(sql: Sql, account: AccountId, id: ReportId): Promise<ReportNote[]> {
  return sql<ReportNote[]>`
    select name, account_id is not distinct from ${account} as you, written_on as day, note
    from report_notes where report_id = ${id} order by place limit 200`;
}

/** How others who judge know the caller. */
async function nameOf(sql: Sql, space: SpaceId, role: JudgeRole): Promise<string> {
  const [row] = await sql<[{ name: string | null }]>`
    select my_name_for(${space}, ${role}) as name`;
  return row.name ?? "";
}

export async function addNote(
  sql: Sql,
  account: AccountId,
  { id, space, role }: Pick<Report, "id" | "space" | "role">,
  note: string,
): Promise<void> {
  const name = await nameOf(sql, space.id, role);
  await sql`
    insert into report_notes (report_id, account_id, name, note) values (${id}, ${account}, ${name}, ${note})`;
}

export async function changeAssignee(
  sql: Sql,
  account: AccountId,
  { id, space, role }: Pick<Report, "id" | "space" | "role">,
  mine: boolean,
): Promise<void> {
  const name = mine ? await nameOf(sql, space.id, role) : null;
  await sql`
    update reports set state = ${mine ? "assigned" : "new"}, assignee_id = ${mine ? account : null}, assignee_name = ${name}
    where id = ${id}`;
}

/** Hands it on to whoever judges further out. */
export async function markPassed(sql: Sql, id: ReportId): Promise<void> {
  const [row] = await sql<[{ passed: boolean }]>`select pass_report(${id}) as passed`;
  if (!row.passed) throw new HubError("changed_meanwhile");
}

export async function markDecided(
  sql: Sql,
  account: AccountId,
  id: ReportId,
  { state, answer }: { state: "decided" | "no_action"; answer: string },
): Promise<void> {
  await sql`
    update reports set state = ${state}, answer = ${answer}, decided_by = ${account}, decided_on = current_date
    where id = ${id}`;
}

type OwnRow = Omit<OwnReport, "readBy" | "answer" | "message"> & {
  at: [place: string];
  readBy: JudgeRole | null;
  answer: string | null;
  targetId: ParticipantId;
  messageId: MessageId | null;
};

/** A page of what the caller told, newest first. */
export async function listOwnReports(
  sql: Sql,
  { after, limit }: PageAfter<[string]>,
): Promise<(OwnReport & { at: [place: string] })[]> {
  const rows = await sql<OwnRow[]>`
    select id, array[place::text] as at, target_id, message_id, space, alias, reason, words, show_name, state,
      read_by, day, answer, seen
    from own_reports() own ${after ? sql`where own.place < ${after[0]}::bigint` : sql``}
    order by own.place desc limit ${limit}`;
  return rows.map(({ readBy, answer, targetId: _, messageId, ...report }) => ({
    ...report,
    message: messageId !== null,
    ...(readBy && { readBy }),
    ...(answer !== null && { answer }),
  }));
}

/** The caller's reports that wait: how many, and whether this is among them. Holds the account still, so that two at once are both counted. */
export async function countOpen(
  sql: Sql,
  account: AccountId,
  target: ParticipantId,
  message?: MessageId,
): Promise<{ open: number; told: boolean }> {
  await sql`select from accounts where id = ${account} for no key update`;
  const [row] = await sql<[{ open: number; told: boolean }]>`
    select count(*) as open, coalesce(bool_or(target_id = ${target}
      and message_id is not distinct from ${message ?? null}::uuid), false) as told
    from own_told() where state in ('new', 'assigned')`;
  return row;
}

export async function markAnswersRead(sql: Sql): Promise<void> {
  await sql`select read_answers()`;
}
