import type { MembershipId } from "@telar/contracts/ids";
import { coordinates, type Place } from "./memberships.ts";
import { no, type Verdict, yes } from "./verdict.ts";

/** From a coordinator to somebody else of the group who does not coordinate yet. */
export function mayOfferHandOver(actor: Place, target: Place): Verdict {
  if (!coordinates(actor) || actor.id === target.id) return no("not_allowed");
  return coordinates(target) ? no("already_done") : yes;
}

/** Only who was asked says yes. */
export function mayAcceptHandOver(actor: Place, offer: { to: MembershipId }): Verdict {
  return actor.id === offer.to ? yes : no("not_allowed");
}
