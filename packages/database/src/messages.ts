import type { HubEvent } from "@telar/contracts/events";
import type { AccountId, MessageId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { Acknowledgement, Message, SharedMessage } from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import { attachmentsOf } from "./attachments.ts";
import type { Sql } from "./connection.ts";
import { spaceStream } from "./events.ts";
import { type SharedMessageRow, sharedMessage, sharedMessages } from "./shared-messages.ts";
import type { SpaceRow } from "./spaces.ts";

export interface OwnPlace {
  id: ParticipantId;
  facilitator: boolean;
  acceptedVersion: number;
  mutedUntil: Date | null;
  firstMessages: number;
  /** Of the space. */
  kind: SpaceRow["kind"];
  state: SpaceRow["state"];
  rulesVersion: number;
}

/** The caller's own place, as long as it stands; `not_allowed` for those who see the space and are not in it. */
export async function getOwnPlace(sql: Sql, space: SpaceId, account: AccountId): Promise<OwnPlace> {
  const [place] = await sql<OwnPlace[]>`
    select p.id, p.facilitator, p.accepted_version, p.muted_until, p.first_messages, s.kind, s.state, s.rules_version
    from participants p join spaces s on s.id = p.space_id join acting_places() standing on standing.id = p.id
    where p.space_id = ${space} and p.account_id = ${account} and p.state = 'joined'`;
  if (place) return place;
  const seen = await sql`select from spaces where id = ${space}`;
  throw new HubError(seen.count > 0 ? "not_allowed" : "not_found");
}

/** Where the space's stream stands for whoever may read it. */
export async function getStreamPlace(sql: Sql, space: SpaceId): Promise<number> {
  const [last] = await sql<{ place: number }[]>`
    select place from events where stream = ${spaceStream(space)} order by place desc limit 1`;
  return last?.place ?? 0;
}

type ReadRow = SharedMessageRow & {
  yours: boolean;
  acknowledged: Acknowledgement | null;
  acknowledgements: Message["acknowledgements"] | null;
  blocked: boolean;
  answersBlocked: boolean;
};

/** Who reads where. */
export interface Reading {
  space: SpaceId;
  reader: ParticipantId;
}

/** As one reader sees them; from whom an answer came, only the author is told. */
async function read(
  sql: Sql,
  { space, reader }: Reading,
  which: ReturnType<Sql>,
): Promise<Message[]> {
  const rows = await sql<ReadRow[]>`
    select shared.*, author = ${reader} as yours,
      exists (select from blocks where space_id = ${space} and participant_id = ${reader} and blocked_id = author) as blocked,
      exists (select from blocks b join participants p on p.space_id = b.space_id and p.id = b.blocked_id
        where b.space_id = ${space} and b.participant_id = ${reader} and p.alias = reply_alias) as answers_blocked,
      (select kind from acknowledgements
        where space_id = ${space} and message_id = shared.id and participant_id = ${reader}) as acknowledged,
      case when author = ${reader} then
        (select jsonb_agg(jsonb_build_object('alias', who.alias, 'kind', a.kind) order by who.alias)
          from acknowledgements a join participants who on who.space_id = a.space_id and who.id = a.participant_id
          where a.space_id = ${space} and a.message_id = shared.id) end as acknowledgements
    from (${sharedMessages(sql, sql`where m.space_id = ${space} and m.expires_on >= current_date and ${which}`)}) shared`;
  return rows.map(asRead);
}

function asRead(row: ReadRow): Message {
  const { yours, acknowledged, acknowledgements, blocked } = row;
  return {
    ...withoutBlocked(sharedMessage(row), row),
    ...(blocked && { blocked }),
    yours,
    ...(acknowledged && { acknowledged }),
    ...(yours && { acknowledgements: acknowledgements ?? [] }),
  };
}

/** What the reader chose not to read stands there without its words. */
function withoutBlocked(
  { note, body, replyTo, attachments, ...shared }: SharedMessage,
  { blocked, answersBlocked }: ReadRow,
): SharedMessage {
  return {
    ...shared,
    ...(!blocked && note !== undefined && { note }),
    ...(!blocked && body !== undefined && { body }),
    ...(!blocked && attachments && { attachments }),
    ...(replyTo && { replyTo: { ...replyTo, ...((blocked || answersBlocked) && { about: "" }) } }),
  };
}

/** Messages next to a place, those nearest to it, in the order of the space. */
export async function listMessages(
  sql: Sql,
  reading: Reading,
  span: { before: number } | { from: number },
  limit: number,
): Promise<Message[]> {
  if ("from" in span)
    return read(sql, reading, sql`m.place >= ${span.from} order by m.place limit ${limit}`);
  const found = await read(
    sql,
    reading,
    sql`m.place < ${span.before} order by m.place desc limit ${limit}`,
  );
  return found.reverse();
}

/** These places, the latest first. */
export const listMessagesAt = (sql: Sql, reading: Reading, places: number[]) =>
  read(sql, reading, sql`m.place = any (${places}) order by m.place desc`);

export const listPinned = (sql: Sql, reading: Reading) =>
  read(sql, reading, sql`m.pinned order by m.place`);

/** With its text, also behind a note. */
export async function getMessage(sql: Sql, reading: Reading, id: MessageId): Promise<Message> {
  const [message] = await read(sql, reading, sql`m.id = ${id}`);
  if (!message) throw new HubError("not_found");
  if (message.state !== "shown") return message;
  const [{ note, body, attachments }] = await sql<
    [{ note: string; body: string; attachments: Message["attachments"] | null }]
  >`
    select note, body, ${attachmentsOf(sql, sql`m.space_id`, sql`m.id`, sql`m.participant_id`)} as attachments
    from messages m where space_id = ${reading.space} and id = ${id}`;
  return { ...message, ...(note !== "" && { note }), body, ...(attachments && { attachments }) };
}

/** On which side of a page there is more. */
export async function lookAround(
  sql: Sql,
  space: SpaceId,
  first: number,
  last: number,
): Promise<{ earlier: boolean; later: boolean }> {
  // Ordered, so that the planner walks the index: it would read the whole table for "is there any".
  const [around] = await sql<[{ earlier: boolean; later: boolean }]>`
    select (select place from messages where space_id = ${space} and place < ${first} and expires_on >= current_date
        order by place desc limit 1) is not null as earlier,
      (select place from messages where space_id = ${space} and place > ${last} and expires_on >= current_date
        order by place limit 1) is not null as later`;
  return around;
}

/** The first message of a day in the account's zone, or after it. */
export async function findPlaceOfDay(
  sql: Sql,
  space: SpaceId,
  account: AccountId,
  day: string,
): Promise<number | undefined> {
  const [first] = await sql<{ place: number }[]>`
    select place from messages
    where space_id = ${space} and expires_on >= current_date
      and posted_at >= (select ${day}::date::timestamp at time zone zone from accounts where id = ${account})
    order by posted_at, place limit 1`;
  return first?.place;
}

export interface StandingMessage {
  author: ParticipantId;
  note: string;
  body: string;
  state: SharedMessage["state"];
  pinned: boolean;
  expiresOn: string;
  versions: number;
}

/** Nobody else changes it until the transaction ends; `not_found` for what is hidden from its space. */
export async function getMessageForChange(
  sql: Sql,
  space: SpaceId,
  id: MessageId,
): Promise<StandingMessage> {
  const [message] = await sql<StandingMessage[]>`
    select m.participant_id as author, m.note, m.body, m.state, m.pinned, m.expires_on,
      (select count(*) from message_versions v where v.space_id = m.space_id and v.message_id = m.id) as versions
    from messages m
    where m.space_id = ${space} and m.id = ${id} and m.expires_on >= current_date
    for no key update of m`;
  if (!message) throw new HubError("not_found");
  return message;
}

/** Something that happens to a message is told as long as the message stays. Call last, as `appendEvent`. */
export async function appendMessageEvent(
  sql: Sql,
  space: SpaceId,
  event: HubEvent,
  endsOn: string,
): Promise<void> {
  await sql`
    select append_to_streams(array[${spaceStream(space)}], array[${sql.json(event)}::jsonb], array[${endsOn}::date])`;
}

/** Keeps what it said before. */
export async function changeWords(
  sql: Sql,
  space: SpaceId,
  id: MessageId,
  words: { note: string; body: string },
): Promise<void> {
  await sql`
    insert into message_versions (space_id, message_id, version, note, body)
    select space_id, id, 1 + (select count(*) from message_versions where space_id = ${space} and message_id = ${id}),
      note, body
    from messages where space_id = ${space} and id = ${id}`;
  await sql`
    update messages set note = ${words.note}, body = ${words.body}, edited = true
    where space_id = ${space} and id = ${id}`;
}

/** What it said, also before, and what others answered are gone; its place stays until its end. */
export async function markDeleted(sql: Sql, space: SpaceId, id: MessageId): Promise<void> {
  await sql`
    update messages set state = 'deleted', note = '', body = '', pinned = false
    where space_id = ${space} and id = ${id}`;
  await sql`delete from message_versions where space_id = ${space} and message_id = ${id}`;
  await sql`delete from acknowledgements where space_id = ${space} and message_id = ${id}`;
}

export async function markPinned(
  sql: Sql,
  space: SpaceId,
  id: MessageId,
  pinned: boolean,
): Promise<void> {
  await sql`update messages set pinned = ${pinned} where space_id = ${space} and id = ${id}`;
}

export async function countPinned(sql: Sql, space: SpaceId): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from messages where space_id = ${space} and pinned`;
  return row.count;
}

export function listVersions(
  sql: Sql,
  space: SpaceId,
  id: MessageId,
): Promise<{ note: string; body: string }[]> {
  return sql`
    select note, body from message_versions where space_id = ${space} and message_id = ${id} order by version`;
}

/** One answer of each person; without `kind` it is taken back. */
export async function changeAcknowledgement(
  sql: Sql,
  { space, reader }: Reading,
  id: MessageId,
  kind: Acknowledgement | undefined,
): Promise<void> {
  await (kind
    ? sql`
        insert into acknowledgements (space_id, message_id, participant_id, kind)
        values (${space}, ${id}, ${reader}, ${kind})
        on conflict (space_id, message_id, participant_id) do update set kind = excluded.kind`
    : sql`
        delete from acknowledgements
        where space_id = ${space} and message_id = ${id} and participant_id = ${reader}`);
}
