import * as z from "zod";
import { AttachmentId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";

export const attachmentsPerMessage = 4;
/** What the hub takes in, in bytes and seconds. */
export const imageMaxBytes = 10 * 1024 * 1024;
export const documentMaxBytes = 20 * 1024 * 1024;
export const voiceMaxBytes = 150 * 1024;
export const voiceMaxSeconds = 60;

export const AttachmentKind = z.enum(["image", "document", "voice"]);
export type AttachmentKind = z.infer<typeof AttachmentKind>;

/** What the hub gives back, whatever was sent. */
export const AttachmentFormat = z.enum(["webp", "webm", "pdf", "docx", "odt", "txt"]);
export type AttachmentFormat = z.infer<typeof AttachmentFormat>;

/** What is known of it before anything of it is loaded. */
export const Attachment = z.object({
  id: AttachmentId,
  kind: AttachmentKind,
  format: AttachmentFormat,
  /** Of a document, as it was called where it came from; pictures and voices have none. */
  name: z.string(),
  /** What opening it costs. */
  bytes: z.int(),
  /** Of a picture, in its large size. */
  largeBytes: z.int().optional(),
  voiceSeconds: z.int().optional(),
});
export type Attachment = z.infer<typeof Attachment>;

export const uploadAttachment = operation({
  summary:
    "Takes in one picture, document or voice note, for a message that names it by the next day.",
  method: "POST",
  path: "/api/spaces/:space/attachments",
  proof: "session",
  sendsFile: true,
  input: z.object({ space: SpaceId }),
  output: Attachment,
});

export const openAttachment = operation({
  summary: "One attachment: of a picture the small size, unless the large one is asked for.",
  method: "GET",
  path: "/api/spaces/:space/attachments/:id",
  proof: "session",
  answersFile: true,
  input: z.object({
    space: SpaceId,
    id: AttachmentId,
    size: z.enum(["small", "large"]).default("small"),
  }),
  output: z.unknown(),
});
