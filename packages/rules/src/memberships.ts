import type { GroupKind } from "@telar/contracts/groups";
import type { MembershipId } from "@telar/contracts/ids";
import { Role } from "@telar/contracts/memberships";
import { no, type Verdict, yes } from "./verdict.ts";

/** Somebody's place in a group, as rules look at it. */
export interface Place {
  id: MembershipId;
  roles: Role[];
}

export function coordinates({ roles }: { roles: Role[] }): boolean {
  return roles.includes("coordinator");
}

/** Coordinators only. What they may do alone: profile, invitations, roles, removal. */
export function mayCoordinate(place: { roles: Role[] }): Verdict {
  return coordinates(place) ? yes : no("not_allowed");
}

/** What people of such a group can be beside member: an institution is a guest and neither facilitates nor signs. */
export function rolesIn(kind: GroupKind): Role[] {
  return kind === "institution"
    ? ["coordinator"]
    : Role.options.filter((role) => role !== "member");
}

export function mayHold(roles: Role[], kind: GroupKind): Verdict {
  const possible = [...rolesIn(kind), "member"];
  return roles.every((role) => possible.includes(role)) ? yes : no("not_allowed");
}

/** The last coordinator hands over first: a group is never left without one by a single step. */
export function mayStopCoordinating(place: { roles: Role[] }, coordinators: number): Verdict {
  return coordinates(place) && coordinators <= 1 ? no("last_coordinator") : yes;
}

export function mayChangeRoles(
  actor: Place,
  target: Place,
  roles: Role[],
  group: { kind: GroupKind; coordinators: number },
): Verdict {
  if (!coordinates(actor)) return no("not_allowed");
  const fitting = mayHold(roles, group.kind);
  if (!fitting.allowed || coordinates({ roles })) return fitting;
  return mayStopCoordinating(target, group.coordinators);
}

/** Nobody removes themselves: leaving is its own act, without a reason. */
export function mayRemove(actor: Place, target: Place, coordinators: number): Verdict {
  if (!coordinates(actor) || actor.id === target.id) return no("not_allowed");
  return mayStopCoordinating(target, coordinators);
}

export const aliasChangesPerMonth = 3;

/** Every alias stays taken and every change stands in the log, so that neither is for the asking. */
export function mayChangeAlias(changes: number): Verdict {
  return changes >= aliasChangesPerMonth ? no("not_yet") : yes;
}

/** A group of one may dissolve by its last person leaving; otherwise coordination is handed over first. */
export function mayLeave(place: { roles: Role[] }, coordinators: number, members: number): Verdict {
  return members <= 1 ? yes : mayStopCoordinating(place, coordinators);
}

/** Two coordinators are asked for, so that no group hangs on one person. */
export function hasTwoCoordinators(coordinators: number): boolean {
  return coordinators >= 2;
}
