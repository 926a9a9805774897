import type { GroupKind } from "@telar/contracts/groups";
import type { Role } from "@telar/contracts/memberships";
import { mayCoordinate, mayHold } from "./memberships.ts";
import { maySteward } from "./stewards.ts";
import { no, type Verdict, yes } from "./verdict.ts";

export function mayInvite(
  actor: { roles: Role[] },
  asked: { kind: GroupKind; roles: Role[]; openInvitations: number; limit: number },
): Verdict {
  const coordinator = mayCoordinate(actor);
  if (!coordinator.allowed) return coordinator;
  const fitting = mayHold(asked.roles, asked.kind);
  if (!fitting.allowed) return fitting;
  return asked.openInvitations >= asked.limit ? no("limit_reached") : yes;
}

export function mayInviteAsSteward(
  actor: { steward: boolean },
  asked: { openInvitations: number; limit: number },
): Verdict {
  const steward = maySteward(actor);
  if (!steward.allowed) return steward;
  return asked.openInvitations >= asked.limit ? no("limit_reached") : yes;
}

const namesAtMost = 5;

/** Whoever finds more names taken than anybody needs to try is asking who is here. */
export function mayTryAnotherName(refused: number): Verdict {
  return refused > namesAtMost ? no("invitation_closed") : yes;
}
