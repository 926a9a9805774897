import * as z from "zod";
import { Day } from "./accounts.ts";
import { Attachment } from "./attachments.ts";
import { MessageId, ParticipantId, ReportId, SpaceId } from "./ids.ts";
import { JudgeRole } from "./moderation.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { flag } from "./spaces.ts";
import { paragraphs } from "./text.ts";

export const ReportReason = z.enum([
  "hurtful",
  "harassment",
  "threat",
  "privacy",
  "infiltration",
  "money",
  "other",
]);
export type ReportReason = z.infer<typeof ReportReason>;

export const ReportState = z.enum(["new", "assigned", "decided", "no_action"]);
export type ReportState = z.infer<typeof ReportState>;

const told = {
  space: SpaceId,
  reason: ReportReason,
  /** One's own words; they may be left out. */
  words: paragraphs(2000).default(""),
  /** Whether those who read it see one's alias. */
  showName: flag,
  /** To nobody who facilitates the space. */
  outside: flag,
};

export const reportMessage = operation({
  summary:
    "Tells those who look after a space about a message; its words are kept with the report.",
  method: "POST",
  path: "/api/spaces/:space/messages/:id/reports",
  proof: "session",
  input: z.object({ ...told, id: MessageId }),
  output: z.object({ report: ReportId }),
});

export const reportParticipant = operation({
  summary: "Tells those who look after a space about somebody in it, who never hears of it.",
  method: "POST",
  path: "/api/spaces/:space/participants/:id/reports",
  proof: "session",
  input: z.object({ ...told, id: ParticipantId }),
  output: z.object({ report: ReportId }),
});

/** A report before those who may judge it: never who is reported, never who reported. */
export const Report = z.object({
  id: ReportId,
  space: z.object({ id: SpaceId, title: z.string() }),
  about: z.object({ id: ParticipantId, alias: z.string() }),
  /** What the message said when it was reported. */
  message: z.object({ id: MessageId, note: z.string(), body: z.string() }).optional(),
  reason: ReportReason,
  words: z.string(),
  /** Only where whoever reported allows it. */
  reporter: z.string().optional(),
  state: ReportState,
  day: Day,
  /** In which role the reader judges it. */
  role: JudgeRole,
  assignee: z.object({ name: z.string(), you: z.boolean() }).optional(),
  answer: z.string().optional(),
});
export type Report = z.infer<typeof Report>;

export const ReportNote = z.object({
  name: z.string(),
  you: z.boolean(),
  day: Day,
  note: z.string(),
});
export type ReportNote = z.infer<typeof ReportNote>;

export const listReports = operation({
  summary: "Reports that wait for the reader's judgement, or that were decided of late.",
  method: "GET",
  path: "/api/reports",
  proof: "session",
  input: PageInput.extend({ space: SpaceId.optional() }),
  output: pageOf(Report),
});

export const getReport = operation({
  summary: "One report, with what was sent along and the notes of those who judge it.",
  method: "GET",
  path: "/api/reports/:id",
  proof: "session",
  input: z.object({ id: ReportId }),
  output: Report.extend({
    notes: z.array(ReportNote),
    /** What was sent along with the message, while the reader may open it. */
    attachments: z.array(Attachment),
  }),
});

export const assignReport = operation({
  summary: "Takes a report on, or gives it back.",
  method: "PUT",
  path: "/api/reports/:id/assignee",
  proof: "session",
  input: z.object({ id: ReportId, mine: flag }),
  output: z.object({}),
});

export const noteReport = operation({
  summary: "Leaves a note for the others who judge a report.",
  method: "POST",
  path: "/api/reports/:id/notes",
  proof: "session",
  input: z.object({ id: ReportId, note: paragraphs(2000, 1) }),
  output: z.object({}),
});

export const passReport = operation({
  summary:
    "Hands a report on: from those who facilitate to those who coordinate, then to stewards.",
  method: "PUT",
  path: "/api/reports/:id/reach",
  proof: "session",
  input: z.object({ id: ReportId }),
  output: z.object({}),
});

export const decideReport = operation({
  summary: "Ends a report with an answer to whoever made it.",
  method: "PUT",
  path: "/api/reports/:id/decision",
  proof: "session",
  input: z.object({
    id: ReportId,
    state: z.enum(["decided", "no_action"]),
    answer: paragraphs(2000, 3),
  }),
  output: z.object({}),
});

/** A report as whoever made it sees it. */
export const OwnReport = z.object({
  id: ReportId,
  space: z.string(),
  alias: z.string(),
  message: z.boolean(),
  reason: ReportReason,
  words: z.string(),
  showName: z.boolean(),
  state: ReportState,
  /** Who reads it; left out while there is nobody who may. */
  readBy: JudgeRole.optional(),
  day: Day,
  answer: z.string().optional(),
  /** Whether the answer has been read. */
  seen: z.boolean(),
});
export type OwnReport = z.infer<typeof OwnReport>;

export const listOwnReports = operation({
  summary: "What one told, how it stands and what was answered; nobody else sees this list.",
  method: "GET",
  path: "/api/own-reports",
  proof: "session",
  input: PageInput,
  output: pageOf(OwnReport),
});

export const readAnswers = operation({
  summary: "Says that one has read the answers to what one told.",
  method: "PUT",
  path: "/api/own-reports/reading",
  proof: "session",
  input: z.object({}),
  output: z.object({}),
});
