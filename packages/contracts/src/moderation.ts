import * as z from "zod";
import { Day } from "./accounts.ts";
import { Attachment } from "./attachments.ts";
import { MessageId, ModerationActId, ParticipantId, ReportId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { line } from "./text.ts";

/** In which role somebody judges: nearest first, and the next one where nobody nearer may. */
export const JudgeRole = z.enum(["facilitator", "coordinator", "steward"]);
export type JudgeRole = z.infer<typeof JudgeRole>;

/** What is done to one person's place in a space. */
export const PlaceAct = z.enum(["warn", "slow_down", "mute", "remove", "ban"]);
export type PlaceAct = z.infer<typeof PlaceAct>;

/** Every act that its person is told of, and can have somebody else look at. */
export const ModerationAct = z.enum([
  "hide",
  "refuse",
  "relieve",
  ...PlaceAct.options,
  "ban_from_group",
  "ban_from_hub",
]);
export type ModerationAct = z.infer<typeof ModerationAct>;

/** Why, in words that the person and the members of the space read. */
export const ActReason = line(300, 3);

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const message = { space: SpaceId, id: MessageId };
/** The report that led to it, so that who reported does not judge the appeal. */
const because = { reason: ActReason, report: ReportId.optional() };

export const hideMessage = operation({
  summary: "Hides a message with a reason; its words come back when it is shown again.",
  method: "POST",
  path: "/api/spaces/:space/messages/:id/hiding",
  proof: "session",
  input: z.object({ ...message, ...because }),
  output: z.object({}),
});

export const showMessage = operation({
  summary: "Shows a hidden message again, with everything it said.",
  method: "POST",
  path: "/api/spaces/:space/messages/:id/showing",
  proof: "session",
  input: z.object({ ...message, reason: ActReason }),
  output: z.object({}),
});

export const getWithheldMessage = operation({
  summary: "What a hidden message said, for its author and for those who may judge it.",
  method: "GET",
  path: "/api/spaces/:space/messages/:id/withheld",
  proof: "session",
  input: z.object(message),
  output: z.object({ note: z.string(), body: z.string() }),
});

export const moderateParticipant = operation({
  summary: "Warns somebody in a space, slows them down, asks them to pause, or takes them out.",
  method: "POST",
  path: "/api/spaces/:space/participants/:id/acts",
  proof: "session",
  input: z.object({
    space: SpaceId,
    id: ParticipantId,
    act: PlaceAct,
    ...because,
    /** How long somebody is slowed down or pauses. */
    days: count(1, 30).default(1),
    /** Between two of their messages, when they are slowed down. */
    minutes: count(5, 1440).default(30),
  }),
  output: z.object({}),
});

/** A message that waits until somebody who facilitates has read it. */
export const HeldMessage = z.object({
  id: MessageId,
  alias: z.string(),
  note: z.string(),
  body: z.string(),
  /** Which of the space's words it holds; none of a newcomer's first messages. */
  words: z.array(z.string()),
  attachments: z.array(Attachment).optional(),
});
export type HeldMessage = z.infer<typeof HeldMessage>;

export const listHeld = operation({
  summary: "What waits to be read before others do, in a space that one facilitates.",
  method: "GET",
  path: "/api/spaces/:space/held",
  proof: "session",
  input: PageInput.extend({ space: SpaceId }),
  output: pageOf(HeldMessage),
});

export const listHoldingSpaces = operation({
  summary: "In which of the spaces that one facilitates something waits to be read first.",
  method: "GET",
  path: "/api/held",
  proof: "session",
  input: z.object({}),
  output: z.array(z.object({ id: SpaceId, title: z.string() })),
});

export const releaseHeld = operation({
  summary: "Lets a message that waited into the space.",
  method: "PUT",
  path: "/api/spaces/:space/held/:id",
  proof: "session",
  input: z.object(message),
  output: z.object({}),
});

export const refuseHeld = operation({
  summary: "Gives a message that waited back to its author, as a draft, with a reason.",
  method: "POST",
  path: "/api/spaces/:space/held/:id/refusal",
  proof: "session",
  input: z.object({ ...message, reason: ActReason }),
  output: z.object({}),
});

/** Something decided about the reader: what, why, by whom in which role, and what they can do. */
export const OwnAct = z.object({
  id: ModerationActId,
  act: ModerationAct,
  role: JudgeRole,
  /** The name of the space, the group or the hub. */
  about: z.string(),
  reason: z.string(),
  until: z.iso.datetime().optional(),
  day: Day,
  seen: z.boolean(),
  /** One's own words that are hidden. */
  words: z.object({ note: z.string(), body: z.string() }).optional(),
  appeal: z
    .object({
      state: z.enum(["asked", "upheld", "taken_back"]),
      words: z.string(),
      answer: z.string(),
    })
    .optional(),
});
export type OwnAct = z.infer<typeof OwnAct>;

export const listOwnActs = operation({
  summary: "What was decided about oneself, newest first.",
  method: "GET",
  path: "/api/decisions",
  proof: "session",
  input: PageInput,
  output: pageOf(OwnAct),
});

export const getOwnAct = operation({
  summary: "One decision about oneself.",
  method: "GET",
  path: "/api/decisions/:id",
  proof: "session",
  input: z.object({ id: ModerationActId }),
  output: OwnAct,
});

export const readOwnAct = operation({
  summary: "Says that one has read a decision about oneself; nobody else is told.",
  method: "PUT",
  path: "/api/decisions/:id/reading",
  proof: "session",
  input: z.object({ id: ModerationActId }),
  output: z.object({}),
});

export const getOwnLoad = operation({
  summary: "What one has decided this week, as only oneself sees it.",
  method: "GET",
  path: "/api/moderation-load",
  proof: "session",
  input: z.object({}),
  output: z.object({ acts: z.int(), reports: z.int(), appeals: z.int() }),
});
