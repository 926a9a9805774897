import type { Attachment } from "@telar/contracts/attachments";
import type {
  AccountId,
  AttachmentId,
  MessageId,
  ParticipantId,
  SpaceId,
} from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

/** Where a file lies, and its key as only the hub can open it. */
export interface FileRow {
  hash: string;
  key: Uint8Array;
}

export type AttachmentSize = "small" | "large";

/** What its author sent along with a message, as one list; null where there is nothing. */
export const attachmentsOf = (
  sql: Sql,
  space: ReturnType<Sql>,
  message: ReturnType<Sql>,
  author: ReturnType<Sql>,
) => sql`
  (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', a.id, 'kind', a.kind, 'format', a.format, 'name', a.name,
      'bytes', a.bytes, 'largeBytes', a.large_bytes, 'voiceSeconds', a.voice_seconds)) order by a.position)
    from attachments a where a.space_id = ${space} and a.message_id = ${message} and a.participant_id = ${author})`;

export interface NewAttachment extends Omit<Attachment, "id"> {
  space: SpaceId;
  participant: ParticipantId;
  files: Partial<Record<AttachmentSize, FileRow>>;
}

/** Waits, for its uploader alone, for a message of theirs that names it. */
export async function addAttachment(sql: Sql, added: NewAttachment): Promise<AttachmentId> {
  const { space, participant, kind, format, name, bytes, largeBytes, voiceSeconds, files } = added;
  const [made] = await sql<[{ id: AttachmentId }]>`
    insert into attachments (space_id, participant_id, kind, format, name, bytes, large_bytes, voice_seconds)
    values (${space}, ${participant}, ${kind}, ${format}, ${name}, ${bytes}, ${largeBytes ?? null}, ${voiceSeconds ?? null})
    returning id`;
  for (const [size, { hash, key }] of Object.entries(files))
    await sql`
      insert into attachment_files (attachment_id, size, hash, key) values (${made.id}, ${size}, ${hash}, ${key})`;
  return made.id;
}

/** Counts what somebody sends today; false, and nothing counted, where it would be more than `most`. */
export async function countUpload(
  sql: Sql,
  account: AccountId,
  bytes: number,
  most: number,
): Promise<boolean> {
  const counted = await sql`
    insert into uploads as u (account_id, bytes) select ${account}, ${bytes} where ${bytes}::bigint <= ${most}::bigint
    on conflict (account_id, day) do update set bytes = u.bytes + excluded.bytes
      where u.bytes + excluded.bytes <= ${most}`;
  return counted.count > 0;
}

export interface OpenedAttachment extends Pick<Attachment, "kind" | "format" | "name">, FileRow {
  bytes: number;
}

/** `not_found` for whoever may not read its message, and once that message is past its last day. */
export async function getAttachment(
  sql: Sql,
  space: SpaceId,
  id: AttachmentId,
  size: AttachmentSize,
): Promise<OpenedAttachment> {
  const [found] = await sql<OpenedAttachment[]>`
    select a.kind, a.format, a.name, f.hash, f.key,
      case f.size when 'large' then a.large_bytes else a.bytes end as bytes
    from attachments a join attachment_files f on f.attachment_id = a.id and f.size = ${size}
    where a.id = ${id} and a.space_id = ${space}
      and not exists (select from messages m
        where m.space_id = a.space_id and m.id = a.message_id and m.expires_on < current_date)`;
  if (!found) throw new HubError("not_found");
  return found;
}

/** An attachment that no message has named yet. */
export interface UnnamedAttachment {
  id: AttachmentId;
  space: SpaceId;
  author: ParticipantId;
}

/** Those of these that still wait for a message of one of those who act; held until the transaction ends. */
export function holdUnnamed(sql: Sql, ids: AttachmentId[]): Promise<UnnamedAttachment[]> {
  return sql<UnnamedAttachment[]>`
    select id, space_id as space, participant_id as author from attachments
    where id = any (${ids}) and message_id is null and waits_until >= current_date
      and participant_id = any (array(select place.id from acting_places() place))
    order by id for no key update`;
}

export interface NamedAttachment {
  id: AttachmentId;
  message: MessageId;
}

/** From now on they are what their message is; in the order given. */
export async function nameAttachments(sql: Sql, named: NamedAttachment[]): Promise<void> {
  await sql`
    update attachments a set message_id = given.message_id, position = given.n
    from unnest(${named.map(({ id }) => id)}::uuid[], ${named.map(({ message }) => message)}::uuid[])
      with ordinality as given (id, message_id, n)
    where a.id = given.id`;
}

/** Which of these files nothing leads to any more, as `telar_jobs`. */
export async function listStrayFiles(sql: Sql, hashes: string[]): Promise<string[]> {
  const rows = await sql<{ hash: string }[]>`
    select hash from unnest(${hashes}::text[]) as kept (hash)
    where not exists (select from attachment_files f where f.hash = kept.hash)`;
  return rows.map(({ hash }) => hash);
}
