import type { MessageId, ParticipantId } from "@telar/contracts/ids";
import type { SharedMessage } from "@telar/contracts/messages";
import { attachmentsOf } from "./attachments.ts";
import type { Sql } from "./connection.ts";

export interface SharedMessageRow {
  id: MessageId;
  place: number;
  author: ParticipantId;
  alias: string;
  facilitator: boolean;
  postedAt: Date;
  note: string;
  /** Null behind a note. */
  body: string | null;
  state: SharedMessage["state"];
  edited: boolean;
  pinned: boolean;
  replyTo: MessageId | null;
  /** Null when the answered message has gone. */
  replyAlias: string | null;
  replyAbout: string | null;
  /** Null behind a note. */
  attachments: SharedMessage["attachments"] | null;
}

const aboutMax = 80;

/** The rows behind the messages that `which` selects from `messages as m`: at most one for each of its rows. */
export const sharedMessages = (sql: Sql, which: ReturnType<Sql>) => sql`
  select m.id, m.place, m.participant_id as author, author.alias, author.facilitator, m.posted_at, m.note,
    case when m.note = '' then m.body end as body, m.state, m.edited, m.pinned, m.reply_to,
    answered.alias as reply_alias, answered.about as reply_about,
    case when m.note = '' and m.state = 'shown' then ${attachmentsOf(sql, sql`m.space_id`, sql`m.id`, sql`m.participant_id`)} end as attachments
  from messages m
  join participants author on author.space_id = m.space_id and author.id = m.participant_id
  left join lateral (
    select who.alias, coalesce(nullif(r.note, ''),
      case when length(r.body) > ${aboutMax} then left(r.body, ${aboutMax} - 1) || '…' else r.body end) as about
    from messages r join participants who on who.space_id = r.space_id and who.id = r.participant_id
    where r.space_id = m.space_id and r.id = m.reply_to and r.expires_on >= current_date limit 1
  ) answered on true
  ${which}`;

export function sharedMessage(row: SharedMessageRow): SharedMessage {
  const { id, place, author, alias, facilitator, postedAt, note, body, state } = row;
  const shown = state === "shown";
  const answered = shown && row.replyTo !== null && row.replyAlias !== null;
  return {
    id,
    place,
    author: { id: author, alias, facilitator },
    at: postedAt.toISOString(),
    ...(note !== "" && { note }),
    ...(shown && body !== null && { body }),
    ...(shown && row.attachments && { attachments: row.attachments }),
    ...(answered && {
      replyTo: { id: row.replyTo, alias: row.replyAlias, about: row.replyAbout ?? "" },
    }),
    state,
    edited: row.edited,
    pinned: row.pinned,
  } as SharedMessage;
}
