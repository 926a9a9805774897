import type { ArchiveLine, ArchiveSize } from "@telar/contracts/archives";
import type { AccountId, MessageId, ParticipantId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { getAccount } from "./accounts.ts";
import type { Sql } from "./connection.ts";
import { getChosen } from "./notice-settings.ts";

type Line<Kind extends ArchiveLine["line"]> = Extract<ArchiveLine, { line: Kind }>;

/** Without what frames each entry in a file. */
export async function measureOwnWriting(sql: Sql): Promise<Omit<ArchiveSize, "done">> {
  const [size] = await sql<[{ entries: number; bytes: number }]>`
    select entries, bytes from own_writing_size()`;
  return size;
}

/** Settings, and every place in a group that was ever theirs; never the name they sign in with. */
export async function getOwnPerson(sql: Sql, account: AccountId): Promise<Line<"person">> {
  const { language, zone, dataSaver } = await getAccount(sql, account);
  const rows = await sql<
    { group: string | null; alias: string; roles: Role[]; since: string; until: string | null }[]
  >`
    select (select name from groups where groups.id = group_id) as "group", alias, roles, joined_on as since,
      ended_on as until
    from memberships where account_id = ${account} order by joined_on, id`;
  const [{ day }] = await sql<[{ day: string }]>`select current_date as day`;
  return {
    line: "person",
    day,
    language,
    zone,
    dataSaver,
    notices: await getChosen(sql, account),
    memberships: rows.map(({ group, until, ...row }) => ({
      ...row,
      ...(group && { group }),
      ...(until && { until }),
    })),
  };
}

/** Where the caller takes part, or once did and left something written. */
export async function listOwnPlaces(
  sql: Sql,
): Promise<{ id: ParticipantId; line: Line<"place"> }[]> {
  const rows = await sql<(Omit<Line<"place">, "line"> & { id: ParticipantId })[]>`
    select id, space, kind, alias, facilitator, since, standing from own_places()`;
  return rows.map(({ id, ...row }) => ({ id, line: { line: "place", ...row } }));
}

/** One page of entries, and from where to ask for the next. */
export interface EntryPage<After> {
  lines: ArchiveLine[];
  after: After | undefined;
}

const pageOf = <Row, After>(
  rows: readonly Row[],
  { limit, keyOf, lineOf }: Shape<Row, After>,
): EntryPage<After> => {
  const last = rows.at(-1);
  const after = last !== undefined && rows.length === limit ? keyOf(last) : undefined;
  return { lines: rows.map(lineOf), after };
};
interface Shape<Row, After> {
  limit: number;
  keyOf(row: Row): After;
  lineOf(row: Row): ArchiveLine;
}

interface MessageRow extends Pick<Line<"message">, "id" | "body" | "state"> {
  place: number;
  postedAt: Date;
  note: string;
  before: Line<"message">["before"] | null;
  replyTo: MessageId | null;
  replyAlias: string | null;
  replyNote: string | null;
  attachments: Line<"message">["attachments"] | null;
}

/** In the order in which they were written. */
export async function listOwnMessages(
  sql: Sql,
  place: ParticipantId,
  after = 0,
  limit = 200,
): Promise<EntryPage<number>> {
  const rows = await sql<MessageRow[]>`
    select place, id, posted_at, state, note, body, before, reply_to, reply_alias, reply_note, attachments
    from own_messages(${place}, ${after}, ${limit})`;
  return pageOf(rows, { limit, keyOf: (row) => row.place, lineOf: messageLine });
}

function messageLine(row: MessageRow): Line<"message"> {
  const { id, body, state, note, before, replyTo, attachments } = row;
  return {
    line: "message",
    id,
    at: row.postedAt.toISOString(),
    state,
    body,
    ...(note !== "" && { note }),
    ...(before?.length && { before }),
    ...(replyTo && { replyTo: answered(replyTo, row.replyAlias, row.replyNote) }),
    ...(attachments && { attachments }),
  };
}

const answered = (id: MessageId, alias: string | null, note: string | null) => ({
  id,
  ...(alias && { alias }),
  ...(note && { note }),
});

const first = "00000000-0000-0000-0000-000000000000" as MessageId;

type WaitingRow = Omit<Line<"waiting">, "line" | "note" | "attachments"> & {
  note: string;
  attachments: Line<"waiting">["attachments"] | null;
};

/** What is not in the space yet. */
export async function listOwnWaiting(
  sql: Sql,
  place: ParticipantId,
  after = first,
  limit = 200,
): Promise<EntryPage<MessageId>> {
  const rows = await sql<WaitingRow[]>`
    select id, why, note, body, attachments from own_waiting(${place}, ${after}, ${limit})`;
  return pageOf(rows, {
    limit,
    keyOf: ({ id }) => id,
    lineOf: ({ note, attachments, ...row }) => ({
      line: "waiting",
      ...row,
      ...(note !== "" && { note }),
      ...(attachments && { attachments }),
    }),
  });
}

interface AcknowledgementRow extends Pick<Line<"acknowledgement">, "kind"> {
  messageId: MessageId;
  postedAt: Date | null;
  alias: string | null;
  note: string | null;
}

/** What was answered without words. */
export async function listOwnAcknowledgements(
  sql: Sql,
  place: ParticipantId,
  after = first,
  limit = 200,
): Promise<EntryPage<MessageId>> {
  const rows = await sql<AcknowledgementRow[]>`
    select message_id, kind, posted_at, alias, note from own_acknowledgements(${place}, ${after}, ${limit})`;
  return pageOf(rows, {
    limit,
    keyOf: ({ messageId }) => messageId,
    lineOf: ({ kind, messageId, alias, note, postedAt }) => ({
      line: "acknowledgement",
      kind,
      to: answered(messageId, alias, note),
      ...(postedAt && { at: postedAt.toISOString() }),
    }),
  });
}
