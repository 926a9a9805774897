import * as z from "zod";
import { Day } from "./accounts.ts";
import { CoalitionId, GroupId, MembershipId, MessageId, ParticipantId, SpaceId } from "./ids.ts";
import { Roles } from "./memberships.ts";
import { JudgeRole, ModerationAct } from "./moderation.ts";
import { operation } from "./operation.ts";
import { PeerChange } from "./peers.ts";

const membership = MembershipId;
const message = MessageId;
const by = MembershipId;
const steward = z.string();
const reason = z.string();
const url = z.string();
const role = JudgeRole;

/** Everything that people can see happen. Bodies hold ids of memberships, groups and coalitions, never of accounts. */
export const HubEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("group.founded"), membership }),
  z.object({ kind: z.literal("group.changed"), by }),
  z.object({ kind: z.literal("group.closed"), steward, reason }),
  z.object({ kind: z.literal("group.opened"), steward, reason }),
  z.object({ kind: z.literal("group.read"), steward, reason }),
  z.object({ kind: z.literal("export.asked"), steward, reason }),
  z.object({ kind: z.literal("export.agreed"), by: by.optional(), steward: steward.optional() }),
  z.object({ kind: z.literal("export.refused"), by: by.optional(), steward: steward.optional() }),
  z.object({ kind: z.literal("export.taken"), steward }),
  z.object({ kind: z.literal("membership.began"), membership }),
  z.object({ kind: z.literal("membership.left"), membership }),
  z.object({ kind: z.literal("membership.removed"), membership, by, reason }),
  z.object({ kind: z.literal("alias.changed"), membership }),
  z.object({ kind: z.literal("roles.changed"), membership, by, roles: Roles }),
  z.object({ kind: z.literal("hand_over.offered"), by, membership }),
  /** `stays`: both coordinate from then on. */
  z.object({ kind: z.literal("hand_over.accepted"), by, membership, stays: z.boolean() }),
  z.object({ kind: z.literal("hand_over.declined"), membership }),
  z.object({ kind: z.literal("group_recovery.asked"), by, membership, reason }),
  z.object({
    kind: z.literal("group_recovery.agreed"),
    by: by.optional(),
    steward: steward.optional(),
  }),
  z.object({
    kind: z.literal("group_recovery.stopped"),
    by: by.optional(),
    steward: steward.optional(),
  }),
  /** Everybody needed agreed; from that day on it counts, unless a coordinator stops it before. */
  z.object({ kind: z.literal("group_recovery.waits"), membership, opensOn: Day }),
  z.object({ kind: z.literal("group_recovery.done"), membership }),
  z.object({ kind: z.literal("coalition.founded"), group: GroupId }),
  z.object({ kind: z.literal("coalition.group_invited"), group: GroupId }),
  z.object({ kind: z.literal("coalition.group_joined"), group: GroupId }),
  z.object({ kind: z.literal("coalition.group_declined"), group: GroupId }),
  z.object({ kind: z.literal("coalition.group_left"), group: GroupId }),
  z.object({ kind: z.literal("coalition.agreement_changed"), group: GroupId, version: z.int() }),
  z.object({ kind: z.literal("coalition.agreement_accepted"), group: GroupId, version: z.int() }),
  z.object({
    kind: z.literal("coalition.convener_changed"),
    group: GroupId,
    convener: z.boolean(),
  }),
  z.object({ kind: z.literal("group.invited_to_coalition"), coalition: CoalitionId }),
  z.object({ kind: z.literal("group.joined_coalition"), coalition: CoalitionId, by }),
  z.object({ kind: z.literal("group.accepted_agreement"), coalition: CoalitionId, by }),
  z.object({ kind: z.literal("group.declined_coalition"), coalition: CoalitionId, by }),
  z.object({ kind: z.literal("group.left_coalition"), coalition: CoalitionId, by }),
  z.object({ kind: z.literal("hub.changed"), steward }),
  z.object({ kind: z.literal("limits.changed"), steward }),
  z.object({ kind: z.literal("peer.asked"), steward, url }),
  z.object({ kind: z.literal("peer.agreed"), steward, url }),
  z.object({ kind: z.literal("peer.changed"), steward, url, state: PeerChange }),
  z.object({ kind: z.literal("steward.began"), steward }),
  z.object({ kind: z.literal("steward.ended"), steward }),
  /** What a steward did to some group, for the whole hub; which one, only that group's log says. */
  z.object({ kind: z.literal("steward.closed_group"), steward }),
  z.object({ kind: z.literal("steward.opened_group"), steward }),
  z.object({ kind: z.literal("steward.read_group"), steward }),
  z.object({ kind: z.literal("steward.asked_export"), steward }),
  z.object({ kind: z.literal("steward.took_export"), steward }),
  z.object({ kind: z.literal("founding.approved"), steward }),
  z.object({ kind: z.literal("group.founded_space"), space: SpaceId }),
  z.object({ kind: z.literal("coalition.founded_space"), space: SpaceId, group: GroupId }),
  z.object({ kind: z.literal("space.opened") }),
  z.object({ kind: z.literal("space.closed") }),
  z.object({ kind: z.literal("space.rules_changed"), version: z.int() }),
  z.object({ kind: z.literal("space.hours_changed") }),
  z.object({ kind: z.literal("participant.joined"), participant: ParticipantId }),
  z.object({ kind: z.literal("facilitator.began"), participant: ParticipantId }),
  z.object({ kind: z.literal("facilitator.ended"), participant: ParticipantId }),
  /** Of a circle only while its day lasts: whose turn it becomes, never whose went by without a word. */
  z.object({ kind: z.literal("circle.opened") }),
  z.object({ kind: z.literal("circle.changed") }),
  z.object({ kind: z.literal("circle.started") }),
  z.object({ kind: z.literal("circle.turn_passed"), participant: ParticipantId }),
  z.object({ kind: z.literal("circle.ended") }),
  /** What happens to messages: their words stand in one table only, so that they end in one place. */
  z.object({ kind: z.literal("message.posted"), message }),
  z.object({ kind: z.literal("message.edited"), message }),
  z.object({ kind: z.literal("message.deleted"), message }),
  z.object({ kind: z.literal("message.pinned"), message }),
  z.object({ kind: z.literal("message.unpinned"), message }),
  /** How a space is moderated: in which role, what and why; never by whom or, but for a message, to whom. */
  z.object({ kind: z.literal("message.hidden"), message, role, reason }),
  z.object({ kind: z.literal("message.shown"), message, role, reason }),
  z.object({ kind: z.literal("message.refused"), role, reason }),
  z.object({ kind: z.literal("participant.warned"), role, reason }),
  z.object({ kind: z.literal("participant.slowed"), role, reason }),
  z.object({ kind: z.literal("participant.muted"), role, reason }),
  z.object({ kind: z.literal("facilitator.removed"), role, reason }),
  z.object({ kind: z.literal("participant.removed"), role, reason }),
  z.object({ kind: z.literal("participant.banned"), role, reason }),
  z.object({ kind: z.literal("ban.ended"), role, reason }),
  z.object({ kind: z.literal("filters.changed"), role }),
  z.object({ kind: z.literal("act.upheld"), act: ModerationAct, role, reason }),
  z.object({ kind: z.literal("act.taken_back"), act: ModerationAct, role, reason }),
  z.object({ kind: z.literal("membership.banned"), membership, by, reason }),
  z.object({ kind: z.literal("membership.ban_ended"), by, reason }),
  z.object({ kind: z.literal("steward.banned_person"), steward, reason }),
  z.object({ kind: z.literal("steward.ended_ban"), steward, reason }),
]);
export type HubEvent = z.infer<typeof HubEvent>;
export type HubEventKind = HubEvent["kind"];

/** What was done with power over others, which must not go under among the rest. */
export const weightyKinds: readonly HubEventKind[] = [
  "group.closed",
  "group.opened",
  "group.read",
  "export.asked",
  "export.agreed",
  "export.refused",
  "export.taken",
  "membership.removed",
  "membership.banned",
  "roles.changed",
  "hand_over.accepted",
  "group_recovery.asked",
  "group_recovery.stopped",
  "group_recovery.waits",
  "group_recovery.done",
  "steward.began",
  "steward.ended",
  "steward.closed_group",
  "steward.opened_group",
  "steward.read_group",
  "steward.asked_export",
  "steward.took_export",
  "steward.banned_person",
];

/** `group:<id>`, `coalition:<id>`, `space:<id>` or `hub`. */
export const StreamName = z
  .string()
  .max(60)
  .regex(/^(hub|(group|coalition|space):[0-9a-f-]{36})$/)
  .brand("StreamName");
export type StreamName = z.infer<typeof StreamName>;

/** An event at its place in a stream; places run 1, 2, 3 without gaps. */
export const StreamEvent = z.object({
  place: z.int().positive(),
  day: Day,
  event: HubEvent,
  /** Aliases and names behind the event's ids, as far as the reader may know them. */
  names: z.record(z.string(), z.string()),
});
export type StreamEvent = z.infer<typeof StreamEvent>;

export const listEvents = operation({
  summary: "What happened in a stream that one may read, newest first.",
  method: "GET",
  path: "/api/streams/:stream/events",
  proof: "session",
  input: z.object({
    stream: StreamName,
    before: z.coerce.number().int().positive().optional(),
    /** `weighty`: only what was done with power over others. */
    only: z.literal("weighty").optional(),
  }),
  /** `next` is the place to ask `before`. */
  output: z.object({ entries: z.array(StreamEvent), next: z.int().optional() }),
});

export const listSpaceDecisions = operation({
  summary:
    "How a space is moderated, as everybody in it can read: what was done, in which role, why.",
  method: "GET",
  path: "/api/spaces/:space/decisions",
  proof: "session",
  input: z.object({ space: SpaceId, before: z.coerce.number().int().positive().optional() }),
  output: listEvents.output,
});
