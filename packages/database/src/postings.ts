import type {
  AccountId,
  AttachmentId,
  MessageId,
  ParticipantId,
  SpaceId,
} from "@telar/contracts/ids";
import type { WaitingMessage } from "@telar/contracts/messages";
import {
  holdUnnamed,
  type NamedAttachment,
  nameAttachments,
  type UnnamedAttachment,
} from "./attachments.ts";
import { markSpoke } from "./circles.ts";
import type { Sql } from "./connection.ts";
import { listFiltersOf } from "./filters.ts";
import type { SpaceRow } from "./spaces.ts";

/** Which message of whom, where. */
export interface Asked {
  account: AccountId;
  space: SpaceId;
  id: MessageId;
  replyTo?: MessageId | undefined;
  attachments?: AttachmentId[] | undefined;
}

/** Somebody's place, and the space as posting there is judged. */
export interface AuthorRow
  extends Pick<
    SpaceRow,
    | "kind"
    | "state"
    | "rulesVersion"
    | "keepsDays"
    | "slowMinutes"
    | "noteRequired"
    | "holdsFirst"
    | "facilitatedHours"
    | "zone"
    | "hours"
  > {
  id: ParticipantId;
  space: SpaceId;
  account: AccountId;
  facilitator: boolean;
  acceptedVersion: number;
  mutedUntil: Date | null;
  mayPostFrom: Date | null;
  firstMessages: number;
  slowedMinutes: number | null;
  slowedUntil: Date | null;
}

export interface WaitingRow {
  space: SpaceId;
  id: MessageId;
  author: ParticipantId;
  why: WaitingMessage["why"];
  note: string;
  body: string;
  replyTo: MessageId | null;
  goesAt: Date | null;
}

/** What postings are judged by. */
export interface PostingGround {
  now: Date;
  authors: AuthorRow[];
  /** Those of the messages asked for, or replied to, that are in their space. */
  messages: { space: SpaceId; id: MessageId; author: ParticipantId; place: number }[];
  /** Everything of these authors that waits. */
  waiting: WaitingRow[];
  /** Whose message waits under one of the ids asked for. */
  taken: { space: SpaceId; id: MessageId; author: ParticipantId }[];
  /** The words of each of these spaces that somebody reads first. */
  filters: Map<SpaceId, string[]>;
  /** Those of the attachments asked for that wait for a message of these authors. */
  attachments: UnnamedAttachment[];
  /** Those of these spaces that have a circle. */
  circled: SpaceId[];
}

/** Each place that somebody posts from, once: what `actAs` claims for them. */
export function placesOf(asked: Asked[]): Asked[] {
  return [...new Map(asked.map((one) => [`${one.space} ${one.account}`, one])).values()];
}

type HeldRow = Omit<AuthorRow, "hours"> & {
  hours: AuthorRow["hours"] | null;
  waits: boolean;
  filtered: boolean;
  circled: boolean;
  now: Date;
};

/** Holds the authors' places, in one order, until the transaction ends. */
export async function readGround(sql: Sql, asked: Asked[]): Promise<PostingGround> {
  const named = asked.flatMap(({ space, id, replyTo }) =>
    (replyTo ? [id, replyTo] : [id]).map((one) => ({ space, id: one })),
  );
  const attached = asked.flatMap(({ attachments = [] }) => attachments);
  const [authors, messages, taken, attachments] = await Promise.all([
    sql<HeldRow[]>`select held.*, now() as now from hold_posting_places() held`,
    readMessages(sql, named),
    readTaken(sql, asked),
    attached.length > 0 ? holdUnnamed(sql, attached) : [],
  ]);
  const filtered = authors.filter((author) => author.filtered).map(({ space }) => space);
  const [waiting, filters] = await Promise.all([
    authors.some(({ waits }) => waits) ? readWaiting(sql) : [],
    filtered.length > 0 ? listFiltersOf(sql, filtered) : new Map<SpaceId, string[]>(),
  ]);
  return {
    now: authors[0]?.now ?? new Date(),
    authors: authors.map((author) => ({ ...author, hours: author.hours ?? [] })),
    messages,
    waiting,
    taken,
    filters,
    attachments,
    circled: [...new Set(authors.filter(({ circled }) => circled).map(({ space }) => space))],
  };
}

/** Each is looked up by its key: of two lists apart, the index would be searched for every pair. */
function readMessages(sql: Sql, named: { space: SpaceId; id: MessageId }[]) {
  return sql<PostingGround["messages"]>`
    select known.* from
      unnest(${named.map(({ space }) => space)}::uuid[], ${named.map(({ id }) => id)}::uuid[]) as asked (space_id, id)
    cross join lateral (
      select space_id as space, m.id, participant_id as author, place from messages m
      where m.space_id = asked.space_id and m.id = asked.id limit 1
    ) known`;
}

function readTaken(sql: Sql, asked: Asked[]) {
  return sql<PostingGround["taken"]>`
    select space_id as space, id, participant_id as author
    from waiting_under(${asked.map(({ space }) => space)}::uuid[], ${asked.map(({ id }) => id)}::uuid[])`;
}

function readWaiting(sql: Sql): Promise<WaitingRow[]> {
  return sql<WaitingRow[]>`
    select space_id as space, id, participant_id as author, why, note, body, reply_to, goes_at from waiting_messages
    where participant_id = any (array(select id from acting_places())) and ends_on >= current_date`;
}

export interface NewMessage {
  space: SpaceId;
  id: MessageId;
  author: ParticipantId;
  note: string;
  body: string;
  replyTo: MessageId | null;
  keepsDays: number;
}

/** What a batch of postings comes to. */
export interface PostingChanges {
  posted: NewMessage[];
  /** Kept back, or kept back for another reason than before. */
  waiting: WaitingRow[];
  /** No longer waiting: posted. */
  released: { space: SpaceId; id: MessageId }[];
  authors: Pick<AuthorRow, "id" | "mayPostFrom" | "firstMessages">[];
  attached: NamedAttachment[];
  /** Where those who have the word in a circle wrote something. */
  spoke: SpaceId[];
}

/** Writes all of it; answers the place of each posted message, in the order given. */
export async function writePostings(sql: Sql, changes: PostingChanges): Promise<number[]> {
  const { posted, waiting, released, authors, attached, spoke } = changes;
  const [places] = await Promise.all([
    posted.length > 0 ? addMessages(sql, posted) : [],
    waiting.length > 0 && putWaiting(sql, waiting),
    released.length > 0 && removeReleased(sql, released),
    authors.length > 0 && changeAuthors(sql, authors),
    attached.length > 0 && nameAttachments(sql, attached),
    spoke.length > 0 && markSpoke(sql, spoke),
  ]);
  return places;
}

async function addMessages(sql: Sql, posted: NewMessage[]): Promise<number[]> {
  const rows = await sql<{ n: number; place: number }[]>`
    with given as (
      select n, space_id, id, participant_id, note, body, reply_to, current_date + keeps_days as expires_on
      from unnest(${posted.map(({ space }) => space)}::uuid[], ${posted.map(({ id }) => id)}::uuid[],
        ${posted.map(({ author }) => author)}::uuid[], ${posted.map(({ note }) => note)}::text[],
        ${posted.map(({ body }) => body)}::text[], ${posted.map(({ replyTo }) => replyTo)}::uuid[],
        ${posted.map(({ keepsDays }) => keepsDays)}::integer[])
        with ordinality as g (space_id, id, participant_id, note, body, reply_to, keeps_days, n)
    ), placed as (
      select n, place from append_to_streams(
        (select array_agg('space:' || space_id order by n) from given),
        (select array_agg(jsonb_build_object('kind', 'message.posted', 'message', id) order by n) from given),
        (select array_agg(expires_on order by n) from given))
    ), kept as (
      insert into messages (space_id, place, id, participant_id, expires_on, note, body, reply_to)
      select space_id, place, id, participant_id, expires_on, note, body, reply_to
      from given join placed using (n)
    )
    select n, place from placed order by n`.execute();
  return rows.map(({ place }) => place);
}

async function putWaiting(sql: Sql, rows: WaitingRow[]): Promise<void> {
  await sql`
    insert into waiting_messages (space_id, id, participant_id, why, note, body, reply_to, goes_at)
    select * from unnest(${rows.map(({ space }) => space)}::uuid[], ${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ author }) => author)}::uuid[], ${rows.map(({ why }) => why)}::text[],
      ${rows.map(({ note }) => note)}::text[], ${rows.map(({ body }) => body)}::text[],
      ${rows.map(({ replyTo }) => replyTo)}::uuid[],
      ${rows.map(({ goesAt }) => goesAt?.toISOString() ?? null)}::timestamptz[])
    on conflict (space_id, id) do update set why = excluded.why, goes_at = excluded.goes_at`;
}

async function removeReleased(sql: Sql, gone: PostingChanges["released"]): Promise<void> {
  await sql`
    delete from waiting_messages where (space_id, id) in (
      select * from unnest(${gone.map(({ space }) => space)}::uuid[], ${gone.map(({ id }) => id)}::uuid[]))`;
}

async function changeAuthors(sql: Sql, authors: PostingChanges["authors"]): Promise<void> {
  await sql`
    update participants p set may_post_from = changed.may_post_from, first_messages = changed.first_messages
    from unnest(${authors.map(({ id }) => id)}::uuid[],
      ${authors.map(({ mayPostFrom }) => mayPostFrom?.toISOString() ?? null)}::timestamptz[],
      ${authors.map(({ firstMessages }) => firstMessages)}::smallint[]) as changed (id, may_post_from, first_messages)
    where p.id = changed.id`;
}
