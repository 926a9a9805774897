import { expect, test } from "vitest";
import { mayBeginShift } from "./shifts.ts";
import { no, yes } from "./verdict.ts";

test("whoever has used up the hours of a week rests until the next one", () => {
  const rule = { weeklyHoursMax: 12 };
  expect(mayBeginShift({ ...rule, minutesThisWeek: 0 })).toEqual(yes);
  expect(mayBeginShift({ ...rule, minutesThisWeek: 12 * 60 - 15 })).toEqual(yes);
  expect(mayBeginShift({ ...rule, minutesThisWeek: 12 * 60 })).toEqual(no("not_yet"));
});
