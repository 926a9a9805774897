import * as z from "zod";
import { Day } from "./accounts.ts";
import { GroupKind } from "./groups.ts";
import { CoalitionId, GroupId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line, paragraphs } from "./text.ts";

export const CoalitionName = line(120, 2);
export const Agreement = paragraphs(10_000, 10);

/** Counts the texts of an agreement: 1, 2, 3. */
export const AgreementVersion = z.coerce.number().int().positive().max(1_000_000);

/** `asked_again`: the agreement changed and this group has not yet said yes to the new words. */
export const CoalitionGroupState = z.enum(["invited", "member", "asked_again", "left", "declined"]);
export type CoalitionGroupState = z.infer<typeof CoalitionGroupState>;

export const CoalitionGroup = z.object({
  group: GroupId,
  name: z.string(),
  kind: GroupKind,
  convener: z.boolean(),
  state: CoalitionGroupState,
});
export type CoalitionGroup = z.infer<typeof CoalitionGroup>;

/** Who is invited, declined or left is open to those who convene, as far as they see these groups at all. */
export const Coalition = z.object({
  id: CoalitionId,
  name: z.string(),
  agreement: z.string(),
  agreementVersion: z.int(),
  groups: z.array(CoalitionGroup),
  /** The caller's groups in it which they coordinate. */
  coordinatorOf: z.array(GroupId),
  /** Set for a group that left: it reads what stood on that day, and nothing newer. */
  leftOn: Day.optional(),
});
export type Coalition = z.infer<typeof Coalition>;

/** One of the caller's groups in one coalition. */
export const CoalitionCard = z.object({
  id: CoalitionId,
  name: z.string(),
  state: CoalitionGroupState,
  convener: z.boolean(),
  group: GroupId,
  groupName: z.string(),
});
export type CoalitionCard = z.infer<typeof CoalitionCard>;

export const foundCoalition = operation({
  summary: "Founds a coalition with one's group as its first convener.",
  method: "POST",
  path: "/api/coalitions",
  proof: "session",
  input: z.object({ group: GroupId, name: CoalitionName, agreement: Agreement }),
  output: z.object({ coalition: CoalitionId }),
});

export const listCoalitions = operation({
  summary: "The coalitions of one's groups, a line a group.",
  method: "GET",
  path: "/api/coalitions",
  proof: "session",
  input: z.object({}),
  output: z.array(CoalitionCard),
});

export const getCoalition = operation({
  summary: "One coalition: its agreement, its groups, who convenes.",
  method: "GET",
  path: "/api/coalitions/:coalition",
  proof: "session",
  input: z.object({ coalition: CoalitionId }),
  output: Coalition,
});

export const inviteGroup = operation({
  summary: "Invites a group of this hub into a coalition that one's group convenes.",
  method: "POST",
  path: "/api/coalitions/:coalition/groups",
  proof: "session",
  input: z.object({ coalition: CoalitionId, group: GroupId }),
  output: z.object({}),
});

export const acceptAgreement = operation({
  summary: "A coordinator says yes for their group to the agreement in this version.",
  method: "POST",
  path: "/api/coalitions/:coalition/groups/:group/acceptance",
  proof: "session",
  input: z.object({
    coalition: CoalitionId,
    group: GroupId,
    agreementVersion: AgreementVersion,
  }),
  output: z.object({}),
});

export const leaveCoalition = operation({
  summary: "A coordinator takes their group out, or declines the invitation.",
  method: "DELETE",
  path: "/api/coalitions/:coalition/groups/:group",
  proof: "session",
  input: z.object({
    coalition: CoalitionId,
    group: GroupId,
    /** Convenes from then on; asked of the last convener while other groups stay. */
    nextConvener: GroupId.optional(),
  }),
  output: z.object({}),
});

export const changeAgreement = operation({
  summary: "Writes a new version of the agreement; every group is asked again.",
  method: "PUT",
  path: "/api/coalitions/:coalition/agreement",
  proof: "session",
  input: z.object({
    coalition: CoalitionId,
    agreement: Agreement,
    /** The version that was read before writing: nobody overwrites what somebody else just wrote. */
    agreementVersion: AgreementVersion,
  }),
  output: z.object({}),
});

export const changeConvener = operation({
  summary: "Asks a member group to convene too, or steps down as convener with one's own group.",
  method: "PUT",
  path: "/api/coalitions/:coalition/groups/:group/convener",
  proof: "session",
  input: z.object({ coalition: CoalitionId, group: GroupId, convener: z.boolean() }),
  output: z.object({}),
});
