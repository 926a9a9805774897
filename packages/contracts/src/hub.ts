import * as z from "zod";
import { GroupKind } from "./groups.ts";
import { GroupId, StewardId } from "./ids.ts";
import { LanguageCode } from "./languages.ts";
import { Membership } from "./memberships.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { line, listOf, paragraphs } from "./text.ts";

/** What the collective that runs the hub says of it, open to everyone. */
export const HubProfile = z.object({
  name: line(80, 2),
  about: paragraphs(2000),
  languages: listOf(LanguageCode, 12),
  contact: line(200, 0),
});

export const HubLimits = z.object({
  /** How long an invitation stays open. */
  invitationHours: z.coerce.number().int().min(1).max(168),
  /** Open invitations a group may have at a time. */
  openInvitations: z.coerce.number().int().min(1).max(500),
  groups: z.coerce.number().int().min(1).max(100_000),
  membersPerGroup: z.coerce.number().int().min(2).max(100_000),
});
export type HubLimits = z.infer<typeof HubLimits>;

export const Hub = HubProfile.extend({
  /** The thumbprint of the hub's root key as twelve Spanish words. */
  fingerprint: z.string(),
});
export type Hub = z.infer<typeof Hub>;

export const getHub = operation({
  summary: "What this hub says of itself, and its fingerprint.",
  method: "GET",
  path: "/api/hub",
  proof: "none",
  input: z.object({}),
  output: Hub,
});

export const changeHub = operation({
  summary: "Changes what the hub says of itself.",
  method: "PUT",
  path: "/api/hub",
  proof: "session",
  input: HubProfile,
  output: z.object({}),
});

export const getLimits = operation({
  summary: "The hub's limits.",
  method: "GET",
  path: "/api/hub/limits",
  proof: "session",
  input: z.object({}),
  output: HubLimits,
});

export const changeLimits = operation({
  summary: "Changes the hub's limits.",
  method: "PUT",
  path: "/api/hub/limits",
  proof: "session",
  input: HubLimits,
  output: z.object({}),
});

export const Steward = z.object({ id: StewardId, alias: z.string(), you: z.boolean() });
export type Steward = z.infer<typeof Steward>;

export const listStewards = operation({
  summary: "Who cares for this hub, by alias.",
  method: "GET",
  path: "/api/hub/stewards",
  proof: "session",
  input: z.object({}),
  output: z.array(Steward),
});

export const removeSteward = operation({
  summary: "Ends a stewardship, one's own or another's; never the last one.",
  method: "DELETE",
  path: "/api/hub/stewards/:id",
  proof: "fresh_session",
  input: z.object({ id: StewardId }),
  output: z.object({}),
});

/** What a steward sees of a group without reading anything private. */
export const StewardedGroup = z.object({
  id: GroupId,
  name: z.string(),
  kind: GroupKind,
  closed: z.boolean(),
  coordinatorCount: z.int(),
  memberCount: z.int(),
});
export type StewardedGroup = z.infer<typeof StewardedGroup>;

export const listStewardedGroups = operation({
  summary: "Every group of the hub, for stewards: name, kind and counts.",
  method: "GET",
  path: "/api/hub/groups",
  proof: "session",
  input: PageInput,
  output: pageOf(StewardedGroup),
});

export const closeGroup = operation({
  summary: "Closes a group to everyone, or opens it again; the reason stands in its log.",
  method: "PUT",
  path: "/api/hub/groups/:group/closed",
  proof: "fresh_session",
  input: z.object({ group: GroupId, closed: z.boolean(), reason: line(300, 3) }),
  output: z.object({}),
});

/** The reading itself stands in the group's log, with its reason, before the answer goes out. */
export const inspectGroup = operation({
  summary: "Reads a group's private pages as a steward; its members see that, and why.",
  method: "POST",
  path: "/api/hub/groups/:group/inspection",
  proof: "fresh_session",
  input: z.object({ group: GroupId, reason: line(300, 3) }),
  output: z.object({ name: z.string(), members: z.array(Membership) }),
});
