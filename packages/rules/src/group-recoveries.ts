import type { MembershipId } from "@telar/contracts/ids";
import { coordinates, type Place } from "./memberships.ts";
import { endOfWait } from "./recoveries.ts";
import { no, type Verdict, yes } from "./verdict.ts";

interface Recovery {
  candidate: MembershipId;
  askedBy: MembershipId;
}

/** A member who does not coordinate: whoever coordinates is there, and hands over instead. */
export function mayAgreeToGroupRecovery(actor: Place): Verdict {
  return coordinates(actor) ? no("not_allowed") : yes;
}

/** Proposing is the first agreement; a candidate may be who proposes. */
export function mayAskGroupRecovery(actor: Place, candidate: Place): Verdict {
  const verdict = mayAgreeToGroupRecovery(actor);
  if (!verdict.allowed) return verdict;
  return coordinates(candidate) ? no("already_done") : yes;
}

/** No steward says yes to themselves. `place` is theirs in the group, if they have one. */
export function mayAgreeAsSteward(
  actor: { steward: boolean },
  place: { id: MembershipId } | undefined,
  { candidate }: Pick<Recovery, "candidate">,
): Verdict {
  return actor.steward && place?.id !== candidate ? yes : no("not_allowed");
}

/** Whoever coordinates is still there; nobody is made to coordinate; whoever proposed may think again. */
export function mayStopGroupRecovery(actor: Place, { candidate, askedBy }: Recovery): Verdict {
  const may = coordinates(actor) || actor.id === candidate || actor.id === askedBy;
  return may ? yes : no("not_allowed");
}

export const membersNeeded = 2;

/** Two members and a steward, together. */
export function isRecovered({ members, stewards }: { members: number; stewards: number }): boolean {
  return members >= membersNeeded && stewards >= 1;
}

/**
 * When a recovery that everybody needed agreed to begins to count: at once in a group that nobody coordinates, and
 * elsewhere after a wait in which whoever coordinates can stop it. A wait that has begun does not start over.
 */
export function opensForGroupRecovery(
  { coordinated, waitsUntil }: { coordinated: boolean; waitsUntil: Date | null },
  now: Date,
): Date {
  if (!coordinated) return now;
  return waitsUntil ?? endOfWait(now);
}
