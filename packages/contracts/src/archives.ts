import * as z from "zod";
import { Day } from "./accounts.ts";
import { Attachment } from "./attachments.ts";
import { MessageId } from "./ids.ts";
import { LanguageCode } from "./languages.ts";
import { Role } from "./memberships.ts";
import { Acknowledgement, WaitingMessage } from "./messages.ts";
import { NoticeSettings } from "./notices.ts";
import { operation } from "./operation.ts";
import { SpaceKind } from "./spaces.ts";

/** How much somebody has to take along. */
export const ArchiveSize = z.object({
  entries: z.int(),
  /** About what the file weighs; less while it travels. */
  bytes: z.int(),
  /** While a copy is on its way: how many entries of it are. */
  done: z.int().optional(),
});
export type ArchiveSize = z.infer<typeof ArchiveSize>;

/** Of somebody else, nothing but this; left out where one may not read any more, or chose not to. */
const Answered = z.object({
  id: MessageId,
  alias: z.string().optional(),
  note: z.string().optional(),
});
const words = { note: z.string().optional(), body: z.string() };
const attachments = z
  .array(Attachment.pick({ kind: true, format: true, name: true, bytes: true, voiceSeconds: true }))
  .optional();

/** First the person, then each place with what was written there, at last how many entries there were. */
export const ArchiveLine = z.discriminatedUnion("line", [
  z.object({
    line: z.literal("person"),
    day: Day,
    language: LanguageCode,
    zone: z.string(),
    dataSaver: z.boolean(),
    notices: NoticeSettings.pick({ own: true, digestHour: true, quietFrom: true, quietTo: true }),
    memberships: z.array(
      z.object({
        /** Left out where a group that one left is not open to one. */
        group: z.string().optional(),
        alias: z.string(),
        roles: z.array(Role),
        since: Day,
        until: Day.optional(),
      }),
    ),
  }),
  z.object({
    line: z.literal("place"),
    space: z.string(),
    kind: z.enum([...SpaceKind.options, "one_to_one"]),
    alias: z.string(),
    facilitator: z.boolean(),
    since: Day,
    /** False where one left, or cannot be any more. */
    standing: z.boolean(),
  }),
  z.object({
    line: z.literal("message"),
    id: MessageId,
    /** To the minute, UTC. */
    at: z.iso.datetime(),
    ...words,
    /** What it said before, oldest first. */
    before: z.array(z.object({ note: z.string(), body: z.string() })).optional(),
    replyTo: Answered.optional(),
    attachments,
    /** `hidden`: from its space, by somebody who facilitates. */
    state: z.enum(["shown", "hidden"]),
  }),
  z.object({
    line: z.literal("waiting"),
    id: MessageId,
    why: WaitingMessage.shape.why,
    ...words,
    attachments,
  }),
  z.object({
    line: z.literal("acknowledgement"),
    kind: Acknowledgement,
    to: Answered,
    /** When that was written. */
    at: z.iso.datetime().optional(),
  }),
  z.object({ line: z.literal("end"), entries: z.int() }),
]);
export type ArchiveLine = z.infer<typeof ArchiveLine>;

export const measureArchive = operation({
  summary: "How much one wrote that can be taken along, and how far a copy on its way has come.",
  method: "GET",
  path: "/api/account/archive",
  proof: "session",
  input: z.object({}),
  output: ArchiveSize,
});

export const takeArchive = operation({
  summary:
    "Everything one wrote, with one's settings and places: an `ArchiveLine` as JSON on each line; whole once the last one says so.",
  method: "POST",
  path: "/api/account/archive",
  proof: "fresh_session",
  answersFile: true,
  input: z.object({}),
  output: z.unknown(),
});
