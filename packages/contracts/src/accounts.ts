import * as z from "zod";
import { CoalitionId, GroupId, GroupRecoveryId, MembershipId, ModerationActId } from "./ids.ts";
import { LanguageCode } from "./languages.ts";
import { Role } from "./memberships.ts";
import { operation } from "./operation.ts";
import { alias, line } from "./text.ts";

/** The name a person signs in with; nobody else ever sees it. */
export const SignInName = line(40, 2);

/** Seven offered words; spaces, accents and capitals are forgiven when it is compared. */
export const Passphrase = z.string().min(20).max(400);

/** How others see a person inside one group. */
export const Alias = alias;

/** A calendar day, 2026-11-21. */
export const Day = z.iso.date();

/** An IANA time zone that this runtime knows. */
export const Zone = z
  .string()
  .max(60)
  .refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat("es", { timeZone: zone }));
    } catch {
      return false;
    }
  });

/** What the hub has to tell this person. */
export const Notice = z.discriminatedUnion("kind", [
  /** Somebody asked for this account with a recovery code; it opens for them at `opensAt` unless stopped. */
  z.object({ kind: z.literal("recovery_asked"), opensAt: z.iso.datetime() }),
  z.object({ kind: z.literal("few_recovery_codes"), left: z.int() }),
  z.object({ kind: z.literal("hand_over_offered"), group: GroupId, groupName: z.string() }),
  /** For who coordinates, and for who is proposed until they agree. */
  z.object({
    kind: z.literal("group_recovery_asked"),
    group: GroupId,
    groupName: z.string(),
    /** For who coordinates, and so may stop it. */
    recovery: GroupRecoveryId.optional(),
    /** Everybody needed agreed, and from then on it counts. */
    opensAt: z.iso.datetime().optional(),
  }),
  /** An invitation, or a new text of an agreement, waits for the group's answer. */
  z.object({
    kind: z.literal("coalition_asks"),
    coalition: CoalitionId,
    group: GroupId,
    groupName: z.string(),
  }),
  /** Help outside that nobody has verified for 90 days; `group` is the one this person coordinates. */
  z.object({
    kind: z.literal("crisis_card_stale"),
    group: GroupId,
    groupName: z.string(),
    /** That the cards belong to, through that group. */
    coalition: CoalitionId.optional(),
  }),
  /** Something stands among one's notices that one has not seen. */
  z.object({ kind: z.literal("news_waits") }),
  /** Something was decided about this person, or their appeal was. */
  z.object({ kind: z.literal("decision"), act: ModerationActId }),
  /** What this person told was answered. */
  z.object({ kind: z.literal("report_answered") }),
  /** Reports, appeals or messages wait for this person's judgement; never which, or how many. */
  z.object({ kind: z.literal("judgement_waits") }),
  /** A steward asks for a copy of a group that this person coordinates. */
  z.object({ kind: z.literal("export_asked"), group: GroupId, groupName: z.string() }),
]);
export type Notice = z.infer<typeof Notice>;

/** The signed-in person, as only they see themselves. */
export const Account = z.object({
  signInName: z.string(),
  language: LanguageCode,
  zone: z.string(),
  dataSaver: z.boolean(),
  pausedUntil: z.iso.datetime().optional(),
  safetySeen: z.boolean(),
  hasPassphrase: z.boolean(),
  steward: z.boolean(),
  stewardAlias: z.string().optional(),
  device: z.enum(["own", "shared"]),
  /** The session is fresh: acts that need one will not ask for a confirmation first. */
  confirmed: z.boolean(),
  memberships: z.array(
    z.object({
      id: MembershipId,
      group: GroupId,
      groupName: z.string(),
      alias: z.string(),
      roles: z.array(Role),
    }),
  ),
  notices: z.array(Notice),
});
export type Account = z.infer<typeof Account>;

export const getAccount = operation({
  summary: "The signed-in person: settings, memberships, what the hub has to tell them.",
  method: "GET",
  path: "/api/account",
  proof: "session",
  input: z.object({}),
  output: Account,
});

export const changeAccount = operation({
  summary: "Changes one's own settings; what is left out stays.",
  method: "PATCH",
  path: "/api/account",
  proof: "session",
  input: z.object({
    language: LanguageCode.optional(),
    zone: Zone.optional(),
    dataSaver: z.boolean().optional(),
    safetySeen: z.boolean().optional(),
  }),
  output: z.object({}),
});

export const offerPassphrase = operation({
  summary: "Seven words to choose as a passphrase; the hub keeps nothing of them.",
  method: "GET",
  path: "/api/passphrase-offer",
  proof: "none",
  input: z.object({ language: LanguageCode.optional() }),
  output: z.object({ passphrase: z.string() }),
});

export const changePassphrase = operation({
  summary: "Sets another passphrase and ends every other session.",
  method: "PUT",
  path: "/api/account/passphrase",
  proof: "fresh_session",
  input: z.object({ passphrase: Passphrase }),
  output: z.object({}),
});

export const PauseLength = z.enum(["today", "three_days", "week", "until_i_return"]);

export const startPause = operation({
  summary: "Rests from the hub: no notices, nobody is told.",
  method: "PUT",
  path: "/api/account/pause",
  proof: "session",
  input: z.object({ length: PauseLength }),
  output: z.object({ pausedUntil: z.iso.datetime() }),
});

export const endPause = operation({
  summary: "Comes back from a pause.",
  method: "DELETE",
  path: "/api/account/pause",
  proof: "session",
  input: z.object({}),
  output: z.object({}),
});

export const closeAccount = operation({
  summary: "Leaves every group and erases the account for good.",
  method: "DELETE",
  path: "/api/account",
  proof: "fresh_session",
  input: z.object({}),
  output: z.object({}),
});
