import { no, type Verdict, yes } from "./verdict.ts";

/** Unanswered ones of one person. */
export const openAsksPerPerson = 10;

export function mayAskOneToOne(open: number): Verdict {
  return open >= openAsksPerPerson ? no("limit_reached") : yes;
}
