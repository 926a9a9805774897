import * as z from "zod";
import { Day } from "./accounts.ts";
import { MessageId, ModerationActId, ParticipantId, ReportId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";
import { listOf } from "./text.ts";

export const NoticeId = z.uuid().brand("NoticeId");
export type NoticeId = z.infer<typeof NoticeId>;

const space = { space: SpaceId, title: z.string() };
const decision = { decision: ModerationActId };
const report = { report: ReportId };

/** What happened that concerns the person; where, and never how often, at what hour or in whose words. */
export const News = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("new_messages"), ...space }),
  /** Somebody answered what the person wrote. */
  z.object({ kind: z.literal("answered"), ...space, message: MessageId }),
  z.object({ kind: z.literal("admitted"), ...space }),
  /** For those who facilitate. */
  z.object({ kind: z.literal("admission_asked"), ...space }),
  z.object({ kind: z.literal("rules_changed"), ...space }),
  /** Somebody of that space asks for a conversation. */
  z.object({ kind: z.literal("one_to_one_asked"), ...space }),
  z.object({ kind: z.literal("decided"), ...decision }),
  z.object({ kind: z.literal("appeal_answered"), ...decision }),
  z.object({ kind: z.literal("report_answered"), ...report }),
  /** For those who judge. */
  z.object({ kind: z.literal("appeal_waits"), ...decision }),
  z.object({ kind: z.literal("report_waits"), ...report }),
]);
export type News = z.infer<typeof News>;

export const InboxNotice = z.object({ id: NoticeId, day: Day, seen: z.boolean(), news: News });
export type InboxNotice = z.infer<typeof InboxNotice>;

export const listNotices = operation({
  summary: "One's own notices, newest first; each goes by itself after 30 days.",
  method: "GET",
  path: "/api/notices",
  proof: "session",
  input: z.object({}),
  output: z.array(InboxNotice),
});

export const readNotices = operation({
  summary: "Says that one has seen all notices; nobody else is told.",
  method: "PUT",
  path: "/api/notices/reading",
  proof: "session",
  input: z.object({}),
  output: z.object({}),
});

export const removeNotice = operation({
  summary: "Takes one notice away.",
  method: "DELETE",
  path: "/api/notices/:id",
  proof: "session",
  input: z.object({ id: NoticeId }),
  output: z.object({}),
});

export const listLatest = operation({
  summary:
    "Where each of one's spaces stands; a page compares it with what the browser itself keeps of the last visit.",
  method: "GET",
  path: "/api/latest-messages",
  proof: "session",
  input: z.object({}),
  /** `you` is the reader's place there. */
  output: z.array(z.object({ ...space, you: ParticipantId, latest: z.int().positive() })),
});

/** `digest`: once a day, at the chosen hour; `at_once`: as it comes, but for quiet hours and pauses. */
export const Rhythm = z.enum(["off", "digest", "at_once"]);
export type Rhythm = z.infer<typeof Rhythm>;

/** `21:00`; both the same: no quiet hours. */
export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Hour = z.coerce.number().int().min(0).max(23);

export const NoticeSettings = z.object({
  /** How one's devices hear of what concerns oneself. */
  own: Rhythm,
  digestHour: Hour,
  /** In the account's zone, like the hour of the digest. */
  quietFrom: z.string(),
  quietTo: z.string(),
  spaces: z.array(z.object({ ...space, rhythm: Rhythm })),
  /** Whose messages reach one in the quiet hours too; they do not know. */
  people: z.array(z.object({ id: ParticipantId, space: SpaceId, alias: z.string() })),
  push: z.object({
    /** The hub's key for subscriptions (RFC 8292); left out where the hub sends none. */
    publicKey: z.string().optional(),
    /** Whether the device that asks gets them. */
    here: z.boolean(),
  }),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;

export const getNoticeSettings = operation({
  summary: "What one chose to hear of, and when; all of it is off to begin with.",
  method: "GET",
  path: "/api/notice-settings",
  proof: "session",
  input: z.object({}),
  output: NoticeSettings,
});

export const changeNoticeSettings = operation({
  summary: "Chooses what to hear of, and when; spaces that are left out are switched off.",
  method: "PUT",
  path: "/api/notice-settings",
  proof: "session",
  input: z.object({
    own: Rhythm,
    digestHour: Hour,
    quietFrom: Clock,
    quietTo: Clock,
    digest: listOf(SpaceId, 200),
    atOnce: listOf(SpaceId, 200),
  }),
  output: z.object({}),
});

const somebody = z.object({ space: SpaceId, id: ParticipantId });

export const letThrough = operation({
  summary: "Lets somebody's messages reach one in the quiet hours too.",
  method: "PUT",
  path: "/api/spaces/:space/quiet-passes/:id",
  proof: "session",
  input: somebody,
  output: z.object({}),
});

export const stopLettingThrough = operation({
  summary: "Somebody's messages wait for the end of the quiet hours again.",
  method: "DELETE",
  path: "/api/spaces/:space/quiet-passes/:id",
  proof: "session",
  input: somebody,
  output: z.object({}),
});

export const subscribePush = operation({
  summary:
    "Sends the device of this session a constant text without content when there is something new.",
  method: "PUT",
  path: "/api/push-subscription",
  proof: "session",
  input: z.object({
    /** As the browser gave it: https, a public name, the usual port. */
    endpoint: z.string().min(1).max(1000),
  }),
  output: z.object({}),
});

export const unsubscribePush = operation({
  summary: "Sends the device of this session nothing any more.",
  method: "DELETE",
  path: "/api/push-subscription",
  proof: "session",
  input: z.object({}),
  output: z.object({}),
});
