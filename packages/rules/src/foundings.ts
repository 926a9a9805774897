import { no, type Verdict, yes } from "./verdict.ts";

/** Wishes of one person that may wait for a steward at a time. */
const openWishes = 3;

/** Stewards found directly; anyone else with what a steward gave them: an invitation or an approval. */
export function mayFound(person: { steward: boolean; granted: boolean }): Verdict {
  return person.steward || person.granted ? yes : no("not_allowed");
}

export function mayAskToFound({ open }: { open: number }): Verdict {
  return open >= openWishes ? no("limit_reached") : yes;
}
