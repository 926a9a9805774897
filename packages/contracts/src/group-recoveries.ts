import * as z from "zod";
import { GroupId, GroupRecoveryId, MembershipId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line } from "./text.ts";

/**
 * A group whose coordination is gone names a new one: two members and a steward agree, each from their own
 * account, and a line that everybody sees stays in the group's log. While somebody still coordinates, the last
 * agreement begins a wait of seven days, in which any coordinator stops it; without one it counts at once.
 */
export const GroupRecovery = z.object({
  id: GroupRecoveryId,
  group: GroupId,
  groupName: z.string(),
  candidate: z.string(),
  candidateIsYou: z.boolean(),
  reason: z.string(),
  askedByYou: z.boolean(),
  membersAgreed: z.int(),
  stewardAgreed: z.boolean(),
  youAgreed: z.boolean(),
  youAgreedAsSteward: z.boolean(),
  /** Everybody needed agreed; from then on the candidate coordinates, unless somebody stops it before. */
  opensAt: z.iso.datetime().optional(),
});
export type GroupRecovery = z.infer<typeof GroupRecovery>;

/** Whoever proposes agrees with it. */
export const askGroupRecovery = operation({
  summary: "Proposes who coordinates a group that was left without coordination.",
  method: "POST",
  path: "/api/groups/:group/recoveries",
  proof: "session",
  input: z.object({ group: GroupId, candidate: MembershipId, reason: line(300, 3) }),
  output: z.object({}),
});

export const listGroupRecoveries = operation({
  summary: "The recovery of a group that waits for agreement; for its members and for stewards.",
  method: "GET",
  path: "/api/groups/:group/recoveries",
  proof: "session",
  input: z.object({ group: GroupId }),
  output: z.array(GroupRecovery),
});

export const agreeToGroupRecovery = operation({
  summary: "Agrees as a member; the last agreement needed makes it so, or begins the wait.",
  method: "POST",
  path: "/api/groups/:group/recoveries/:id/agreement",
  proof: "session",
  input: z.object({ group: GroupId, id: GroupRecoveryId }),
  output: z.object({ done: z.boolean() }),
});

export const stopGroupRecovery = operation({
  summary:
    "Stops it: a coordinator is still here, the candidate declines, or who proposed it takes it back.",
  method: "DELETE",
  path: "/api/groups/:group/recoveries/:id",
  proof: "session",
  input: z.object({ group: GroupId, id: GroupRecoveryId }),
  output: z.object({}),
});

export const listOpenGroupRecoveries = operation({
  summary: "Every group recovery under way; for stewards.",
  method: "GET",
  path: "/api/hub/group-recoveries",
  proof: "session",
  input: z.object({}),
  output: z.array(GroupRecovery),
});

/** A steward who is a member of the group too counts once, as the one or as the other. */
export const agreeToGroupRecoveryAsSteward = operation({
  summary: "Agrees as a steward; the last agreement needed makes it so, or begins the wait.",
  method: "POST",
  path: "/api/hub/group-recoveries/:id/agreement",
  proof: "fresh_session",
  input: z.object({ id: GroupRecoveryId }),
  output: z.object({ done: z.boolean() }),
});

export const refuseGroupRecovery = operation({
  summary: "A steward does not agree, and the recovery ends.",
  method: "DELETE",
  path: "/api/hub/group-recoveries/:id",
  proof: "session",
  input: z.object({ id: GroupRecoveryId }),
  output: z.object({}),
});
