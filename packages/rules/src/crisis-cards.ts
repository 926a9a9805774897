import { mayCoordinate, type Place } from "./memberships.ts";
import { no, type Verdict, yes } from "./verdict.ts";

/** A page that somebody in need can read through. */
export const cardsPerOwner = 20;

/** Up to who coordinates the group, or one that convenes the coalition. */
export function mayKeepCards(place: Pick<Place, "roles">): Verdict {
  return mayCoordinate(place);
}

export function mayAddCard(place: Pick<Place, "roles">, cards: number): Verdict {
  const keeper = mayKeepCards(place);
  if (!keeper.allowed) return keeper;
  return cards >= cardsPerOwner ? no("limit_reached") : yes;
}
