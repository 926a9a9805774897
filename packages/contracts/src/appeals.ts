import * as z from "zod";
import { Day, SignInName } from "./accounts.ts";
import { ModerationActId } from "./ids.ts";
import { JudgeRole, ModerationAct } from "./moderation.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { paragraphs } from "./text.ts";

export const askAppeal = operation({
  summary: "Asks that somebody else look at a decision about oneself, in one's own words.",
  method: "POST",
  path: "/api/decisions/:id/appeal",
  proof: "session",
  input: z.object({ id: ModerationActId, words: paragraphs(2000, 3) }),
  output: z.object({}),
});

export const askBanAppeal = operation({
  summary: "The same for whoever the whole hub is closed to, with what they sign in with.",
  method: "POST",
  path: "/api/hub-ban-appeals",
  proof: "none",
  input: z.object({
    signInName: SignInName,
    passphrase: z.string().min(1).max(400),
    words: paragraphs(2000, 3),
  }),
  output: z.object({}),
});

/** An appeal before somebody who neither acted nor reported. */
export const Appeal = z.object({
  id: ModerationActId,
  act: ModerationAct,
  about: z.string(),
  alias: z.string(),
  /** In which role it was done, and in which the reader judges it. */
  actor: JudgeRole,
  role: JudgeRole,
  reason: z.string(),
  day: Day,
  words: z.string(),
  /** What was hidden or refused. */
  message: z.object({ note: z.string(), body: z.string() }).optional(),
});
export type Appeal = z.infer<typeof Appeal>;

export const listAppeals = operation({
  summary: "Appeals that wait for the reader's judgement, oldest first.",
  method: "GET",
  path: "/api/appeals",
  proof: "session",
  input: PageInput,
  output: pageOf(Appeal),
});

export const decideAppeal = operation({
  summary: "Lets a decision stand or takes it back, with an answer.",
  method: "PUT",
  path: "/api/appeals/:id/decision",
  proof: "session",
  input: z.object({
    id: ModerationActId,
    decision: z.enum(["uphold", "take_back"]),
    answer: paragraphs(2000, 3),
  }),
  output: z.object({}),
});
