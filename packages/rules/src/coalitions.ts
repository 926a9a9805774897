import type { Coalition, CoalitionGroup } from "@telar/contracts/coalitions";
import type { GroupKind, Visibility } from "@telar/contracts/groups";
import type { GroupId } from "@telar/contracts/ids";
import { mayConvene } from "./groups.ts";
import { mayCoordinate, type Place } from "./memberships.ts";
import { no, type Verdict, yes } from "./verdict.ts";

/** Enough for any coalition of people who know each other, and one page to read. */
export const coalitionLimits = { groupsPerCoalition: 300, coalitionsPerGroup: 100 };

const invitationsPerMonth = 2;

/** What rules look at: the groups as the actor sees them, and which of them the actor coordinates. */
type Seen = Pick<Coalition, "groups" | "coordinatorOf">;

const takesPart = ({ state }: CoalitionGroup) => state === "member" || state === "asked_again";
const isIn = (coalition: Seen, group: GroupId) => coalition.coordinatorOf.includes(group);
const conveners = ({ groups }: Seen) => groups.filter((one) => takesPart(one) && one.convener);

export function mayFoundCoalition(place: Place, kind: GroupKind, coalitions: number): Verdict {
  const coordinator = mayCoordinate(place);
  if (!coordinator.allowed) return coordinator;
  if (!mayConvene(kind).allowed) return no("not_allowed");
  return coalitions >= coalitionLimits.coalitionsPerGroup ? no("limit_reached") : yes;
}

/** The actor's group that convenes, in whose name they invite and write. */
export function conveningGroup(coalition: Seen): GroupId | undefined {
  return conveners(coalition).find(({ group }) => isIn(coalition, group))?.group;
}

/** Inviting and writing the agreement: coordinators of the groups that convene. */
export function mayConveneCoalition(coalition: Seen): Verdict {
  return conveningGroup(coalition) ? yes : no("not_allowed");
}

/**
 * A group that shows its name to its members only cannot be invited, not even by a steward who sees it. One that said
 * no is not asked again and again.
 */
export function mayInviteGroup(
  coalition: Seen,
  target: { closed: boolean; nameVisibility: Visibility; invitedThisMonth: number },
): Verdict {
  const convener = mayConveneCoalition(coalition);
  if (!convener.allowed) return convener;
  if (target.closed || target.nameVisibility === "members") return no("not_found");
  if (target.invitedThisMonth >= invitationsPerMonth) return no("not_yet");
  const { length } = coalition.groups;
  return length >= coalitionLimits.groupsPerCoalition ? no("limit_reached") : yes;
}

/** Saying yes or no for a group is up to who coordinates it. */
export function mayAnswerForGroup(coalition: Seen, group: GroupId): Verdict {
  return isIn(coalition, group) ? yes : no("not_allowed");
}

/** The groups that could convene when this one no longer does. */
export function possibleConveners({ groups }: Seen, without: GroupId): CoalitionGroup[] {
  return groups.filter(
    (one) => takesPart(one) && one.group !== without && mayConvene(one.kind).allowed,
  );
}

/** True of the only group that convenes. */
export function isLastConvener(coalition: Seen, group: GroupId): boolean {
  const [only, ...others] = conveners(coalition);
  return only?.group === group && others.length === 0;
}

/** Always, and without explanation; the last convener names who convenes next, where anybody can. */
export function mayLeaveCoalition(coalition: Seen, group: GroupId, next?: GroupId): Verdict {
  const answer = mayAnswerForGroup(coalition, group);
  if (!answer.allowed || !isLastConvener(coalition, group)) return answer;
  const possible = possibleConveners(coalition, group);
  const named = possible.length === 0 || possible.some((one) => one.group === next);
  return named ? yes : no("last_convener");
}

/** Conveners ask others to convene too; each steps down by itself, and not as the last one. */
export function mayChangeConvener(coalition: Seen, group: GroupId, convener: boolean): Verdict {
  if (!convener) {
    const answer = mayAnswerForGroup(coalition, group);
    if (!answer.allowed) return answer;
    return isLastConvener(coalition, group) ? no("last_convener") : yes;
  }
  const actor = mayConveneCoalition(coalition);
  if (!actor.allowed) return actor;
  const target = coalition.groups.find((one) => one.group === group);
  if (!target || !takesPart(target)) return no("not_found");
  return mayConvene(target.kind);
}
