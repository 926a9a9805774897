import { no, type Verdict, yes } from "./verdict.ts";

/** The rest rule: who has used up the hours of the week rests until the next one. */
export function mayBeginShift(load: { minutesThisWeek: number; weeklyHoursMax: number }): Verdict {
  return load.minutesThisWeek >= load.weeklyHoursMax * 60 ? no("not_yet") : yes;
}
