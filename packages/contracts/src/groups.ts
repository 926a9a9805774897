import * as z from "zod";
import { Alias } from "./accounts.ts";
import { GroupId } from "./ids.ts";
import { LanguageCode } from "./languages.ts";
import { Membership } from "./memberships.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { line, listOf, paragraphs } from "./text.ts";

/** Institutions are guests: they never convene, and see only what is opened to them. */
export const GroupKind = z.enum([
  "victim_network",
  "expert_network",
  "accompanying_ngo",
  "institution",
]);
export type GroupKind = z.infer<typeof GroupKind>;

export const Capability = z.enum([
  "forensic",
  "legal",
  "psychosocial",
  "medical",
  "search",
  "shelter",
  "interpretation",
  "documentation",
]);
export type Capability = z.infer<typeof Capability>;

/**
 * Who may see a field of a group's profile. Each level holds the ones behind it: `peers` is everyone with an
 * account on this hub or a peer hub, `coalition` the groups one shares a coalition with.
 */
export const Visibility = z.enum(["public", "peers", "coalition", "members"]);
export type Visibility = z.infer<typeof Visibility>;

export const GroupName = line(120, 2);
export const Region = line(80);

export const ProfileField = z.enum(["about", "region", "languages", "capabilities", "contact"]);
export type ProfileField = z.infer<typeof ProfileField>;

/** What a group says of itself; a reader gets only the fields that are open to them. */
export const Profile = z.object({
  about: paragraphs(2000).optional(),
  region: Region.optional(),
  languages: listOf(LanguageCode, 12).optional(),
  capabilities: listOf(Capability, 8).optional(),
  contact: line(200, 0).optional(),
});
export type Profile = z.infer<typeof Profile>;

/** `name` decides whether the group is found in the directory at all. */
export const ProfileVisibility = z.object({
  name: Visibility,
  about: Visibility,
  region: Visibility,
  languages: Visibility,
  capabilities: Visibility,
  contact: Visibility,
});
export type ProfileVisibility = z.infer<typeof ProfileVisibility>;

export const GroupCard = z.object({
  id: GroupId,
  name: z.string(),
  kind: GroupKind,
  profile: Profile,
});
export type GroupCard = z.infer<typeof GroupCard>;

/** What only the members of a group see of it. */
export const GroupInside = z.object({
  you: Membership,
  visibility: ProfileVisibility,
  /** False while the group hangs on one person: it is asked to name a second coordinator. */
  twoCoordinators: z.boolean(),
  coordinators: z.array(Membership),
  memberCount: z.int(),
});
export type GroupInside = z.infer<typeof GroupInside>;

export const Group = GroupCard.extend({ closed: z.boolean(), inside: GroupInside.optional() });
export type Group = z.infer<typeof Group>;

export const listGroups = operation({
  summary: "The directory: the groups that chose to be seen by the caller, by name.",
  method: "GET",
  path: "/api/groups",
  proof: "none",
  input: PageInput.extend({
    kind: GroupKind.optional(),
    capability: Capability.optional(),
    language: LanguageCode.optional(),
    region: Region.optional(),
    /** The beginning of a name. */
    name: line(120).optional(),
  }),
  output: pageOf(GroupCard),
});

export const getGroup = operation({
  summary: "One group, as far as it is open to the caller.",
  method: "GET",
  path: "/api/groups/:group",
  proof: "none",
  input: z.object({ group: GroupId }),
  output: Group,
});

export const changeProfile = operation({
  summary: "Changes what one's group says of itself, and to whom.",
  method: "PUT",
  path: "/api/groups/:group/profile",
  proof: "session",
  input: z.object({
    group: GroupId,
    name: GroupName,
    ...Profile.shape,
    visibility: ProfileVisibility,
  }),
  output: z.object({}),
});

/** For stewards, and for whoever a steward's invitation let found a group. */
export const foundGroup = operation({
  summary: "Founds a group and becomes its first coordinator.",
  method: "POST",
  path: "/api/groups",
  proof: "session",
  input: z.object({
    name: GroupName,
    kind: GroupKind,
    region: Region.optional(),
    languages: listOf(LanguageCode, 12),
    capabilities: listOf(Capability, 8),
    alias: Alias,
  }),
  output: z.object({ group: GroupId }),
});
