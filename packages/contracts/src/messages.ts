import * as z from "zod";
import { Attachment, attachmentsPerMessage } from "./attachments.ts";
import { AttachmentId, MessageId, ParticipantId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line, listOf, words, wordsOnOneLine } from "./text.ts";

/** Kept small: it goes into a cookie-sized page on a slow network. In characters. */
export const messageMax = 4000;

export const MessageBody = words(messageMax, 1);
/** What a message is about, read before its text is opened. */
export const ContentNote = wordsOnOneLine(120);

/** Where a message stands in its space's order; places only grow. */
export const Place = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** Small answers instead of likes; only the author sees from whom, nobody sees how many. */
export const Acknowledgement = z.enum(["i_read_you", "thank_you", "i_am_with_you"]);
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/**
 * What everybody in the space may know of a message; the same for each reader, so that it is encoded once for all.
 * `body` is left out while the note stands before it, and for what was deleted or hidden.
 */
export const SharedMessage = z.object({
  id: MessageId,
  place: Place,
  author: z.object({ id: ParticipantId, alias: z.string(), facilitator: z.boolean() }),
  /** To the minute, UTC. */
  at: z.iso.datetime(),
  note: z.string().optional(),
  body: z.string().optional(),
  replyTo: z
    .object({
      id: MessageId,
      alias: z.string(),
      /** Its note, or its first words. */ about: z.string(),
    })
    .optional(),
  /** What was sent along, without the files themselves; left out where the words are. */
  attachments: z.array(Attachment).optional(),
  state: z.enum(["shown", "hidden", "deleted"]),
  edited: z.boolean(),
  pinned: z.boolean(),
});
export type SharedMessage = z.infer<typeof SharedMessage>;

/** A message as one reader sees it. */
export const Message = SharedMessage.extend({
  yours: z.boolean(),
  /** By somebody the reader chose not to read: without its words, which a request for this one message brings. */
  blocked: z.boolean().optional(),
  /** The reader's own answer to it. */
  acknowledged: Acknowledgement.optional(),
  /** For its author: who answered, by alias. */
  acknowledgements: z.array(z.object({ alias: z.string(), kind: Acknowledgement })).optional(),
});
export type Message = z.infer<typeof Message>;

/** What the hub did with a message: it is there; it waits for its turn; it is kept for its author; somebody reads it first. */
export const Posting = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("posted"), place: Place }),
  z.object({ outcome: z.literal("queued"), goesAt: z.iso.datetime() }),
  z.object({
    outcome: z.literal("kept_as_draft"),
    opensAt: z.iso.datetime().optional(),
    /** Somebody else has the word in the circle of this space. */
    circle: z.literal(true).optional(),
  }),
  z.object({ outcome: z.literal("held") }),
]);
export type Posting = z.infer<typeof Posting>;

const where = { space: SpaceId, id: MessageId };

export const listMessages = operation({
  summary: "A page of a space's messages in order: the latest, or around a place or a day.",
  method: "GET",
  path: "/api/spaces/:space/messages",
  proof: "session",
  input: z.object({
    space: SpaceId,
    before: Place.optional(),
    after: Place.optional(),
    /** The first message of this day, in the reader's zone, and what follows. */
    day: z.iso.date().optional(),
  }),
  output: z.object({
    entries: z.array(Message),
    /** Where the space's stream stands: follow from here. */
    upTo: z.int(),
    earlier: z.boolean(),
    later: z.boolean(),
  }),
});

export const listPinned = operation({
  summary: "What facilitators pinned in a space.",
  method: "GET",
  path: "/api/spaces/:space/pinned",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.array(Message),
});

export const findMessages = operation({
  summary: "Messages of one space with these words, latest first; the note is searched too.",
  method: "GET",
  path: "/api/spaces/:space/found",
  proof: "session",
  input: z.object({ space: SpaceId, words: line(100, 2), before: Place.optional() }),
  output: z.object({ entries: z.array(Message), next: z.int().optional() }),
});

export const getMessage = operation({
  summary: "One message with its text, also behind a note.",
  method: "GET",
  path: "/api/spaces/:space/messages/:id",
  proof: "session",
  input: z.object(where),
  output: Message,
});

export const listMessageVersions = operation({
  summary: "What an edited message said before, oldest first.",
  method: "GET",
  path: "/api/spaces/:space/messages/:id/versions",
  proof: "session",
  input: z.object(where),
  output: z.array(z.object({ note: z.string(), body: z.string() })),
});

export const postMessage = operation({
  summary:
    "Writes a message; asked again with the same id, it answers the same and writes nothing.",
  method: "PUT",
  path: "/api/spaces/:space/messages/:id",
  proof: "session",
  input: z
    .object({
      ...where,
      /** May be empty beside an attachment. */
      body: words(messageMax),
      note: ContentNote.default(""),
      replyTo: MessageId.optional(),
      attachments: listOf(AttachmentId, attachmentsPerMessage).optional(),
      /** As whom it was written: refused when somebody else has come in on that device before it is sent. */
      as: ParticipantId.optional(),
    })
    .refine(({ body, attachments = [] }) => body !== "" || attachments.length > 0, {
      path: ["body"],
    }),
  output: Posting,
});

export const editMessage = operation({
  summary: "Changes one's own message; what it said before stays readable for members.",
  method: "PATCH",
  path: "/api/spaces/:space/messages/:id",
  proof: "session",
  input: z.object({ ...where, body: MessageBody, note: ContentNote.default("") }),
  output: z.object({}),
});

export const deleteMessage = operation({
  summary: "Deletes one's own message and everything it said, for everybody.",
  method: "DELETE",
  path: "/api/spaces/:space/messages/:id",
  proof: "session",
  input: z.object(where),
  output: z.object({}),
});

export const pinMessage = operation({
  summary: "Keeps a message on top of its space; for those who facilitate.",
  method: "PUT",
  path: "/api/spaces/:space/messages/:id/pin",
  proof: "session",
  input: z.object({ ...where, pinned: z.boolean() }),
  output: z.object({}),
});

export const acknowledgeMessage = operation({
  summary: "Answers a message without words, or takes the answer back by leaving it out.",
  method: "PUT",
  path: "/api/spaces/:space/messages/:id/acknowledgement",
  proof: "session",
  input: z.object({ ...where, acknowledgement: Acknowledgement.optional() }),
  output: z.object({}),
});

/** A message of one's own that is not in the space (yet). */
export const WaitingMessage = z.object({
  id: MessageId,
  why: z.enum(["draft", "slow_mode", "held"]),
  note: z.string(),
  body: z.string(),
  goesAt: z.iso.datetime().optional(),
  attachments: z.array(Attachment).optional(),
});
export type WaitingMessage = z.infer<typeof WaitingMessage>;

export const listWaiting = operation({
  summary: "One's own drafts, and messages that wait for their turn or for a facilitator.",
  method: "GET",
  path: "/api/spaces/:space/waiting",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.array(WaitingMessage),
});

export const sendDraft = operation({
  summary: "Sends a draft of one's own that was kept while the space was not open.",
  method: "POST",
  path: "/api/spaces/:space/waiting/:id",
  proof: "session",
  input: z.object(where),
  output: Posting,
});

export const discardWaiting = operation({
  summary: "Takes back a message of one's own that is not in the space yet.",
  method: "DELETE",
  path: "/api/spaces/:space/waiting/:id",
  proof: "session",
  input: z.object(where),
  output: z.object({}),
});
