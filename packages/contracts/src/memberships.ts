import * as z from "zod";
import { GroupId, MembershipId } from "./ids.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { alias, line, listOf } from "./text.ts";

/** Everyone in a group is a member; the other three come on top. */
export const Role = z.enum(["coordinator", "facilitator", "signatory", "member"]);
export type Role = z.infer<typeof Role>;

export const Roles = listOf(Role, 4);

export const Membership = z.object({
  id: MembershipId,
  alias: z.string(),
  roles: z.array(Role),
  you: z.boolean(),
});
export type Membership = z.infer<typeof Membership>;

export const listMemberships = operation({
  summary: "The people of a group, by alias; for its members.",
  method: "GET",
  path: "/api/groups/:group/memberships",
  proof: "session",
  input: PageInput.extend({ group: GroupId }),
  output: pageOf(Membership),
});

export const getMembership = operation({
  summary: "One person of a group; for its members.",
  method: "GET",
  path: "/api/groups/:group/memberships/:id",
  proof: "session",
  input: z.object({ group: GroupId, id: MembershipId }),
  output: Membership,
});

export const changeRoles = operation({
  summary: "Gives a person of one's group other roles.",
  method: "PUT",
  path: "/api/groups/:group/memberships/:id/roles",
  proof: "fresh_session",
  input: z.object({ group: GroupId, id: MembershipId, roles: Roles }),
  output: z.object({}),
});

export const changeAlias = operation({
  summary: "Takes another alias in one group; what was written before keeps the old one.",
  method: "PUT",
  path: "/api/groups/:group/memberships/mine/alias",
  proof: "session",
  input: z.object({ group: GroupId, alias }),
  output: z.object({}),
});

export const leaveGroup = operation({
  summary: "Leaves a group, without explanation.",
  method: "DELETE",
  path: "/api/groups/:group/memberships/mine",
  proof: "session",
  input: z.object({ group: GroupId }),
  output: z.object({}),
});

export const removeMember = operation({
  summary: "Takes a person out of one's group, with a reason that its members can read.",
  method: "POST",
  path: "/api/groups/:group/memberships/:id/removal",
  proof: "fresh_session",
  input: z.object({ group: GroupId, id: MembershipId, reason: line(300, 3) }),
  output: z.object({}),
});
