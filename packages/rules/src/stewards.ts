import { no, type Verdict, yes } from "./verdict.ts";

/** Hub administration: stewards only. */
export function maySteward({ steward }: { steward: boolean }): Verdict {
  return steward ? yes : no("not_allowed");
}

/** Stewards end their own stewardship and each other's; the last one stays until another has come. */
export function mayEndStewardship(actor: { steward: boolean }, stewards: number): Verdict {
  if (!actor.steward) return no("not_allowed");
  return stewards <= 1 ? no("last_steward") : yes;
}
