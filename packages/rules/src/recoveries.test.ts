import { expect, test } from "vitest";
import { endOfWait, hasFewCodes, mayBeginAgain, opensForRecovery } from "./recoveries.ts";
import { no, yes } from "./verdict.ts";

const now = new Date("2026-11-21T12:00:00Z");
const inAWeek = new Date("2026-11-29T00:00:00Z");
const tomorrow = new Date("2026-11-22T12:00:00Z");

const alone = { devices: 0, deviceEndedLately: false };

test("without another device a recovery opens at once", () => {
  expect(opensForRecovery(alone, now)).toEqual(now);
});

test("another device has seven days to stop it, and one that ended lately counts as there", () => {
  expect(opensForRecovery({ ...alone, devices: 1 }, now)).toEqual(inAWeek);
  expect(opensForRecovery({ ...alone, deviceEndedLately: true }, now)).toEqual(inAWeek);
});

test("a wait that has begun neither shortens nor starts over", () => {
  for (const devices of [0, 1])
    expect(opensForRecovery({ ...alone, waitsUntil: tomorrow, devices }, now)).toEqual(tomorrow);
});

test("a wait is never shorter than seven days and ends at midnight", () => {
  expect(endOfWait(new Date("2026-11-21T00:00:00Z"))).toEqual(new Date("2026-11-28T00:00:00Z"));
  expect(endOfWait(new Date("2026-11-21T00:00:01Z"))).toEqual(inAWeek);
  expect(endOfWait(new Date("2026-11-21T23:59:59Z"))).toEqual(inAWeek);
});

test("nobody begins more than three in a week", () => {
  expect([0, 2].map(mayBeginAgain)).toEqual([yes, yes]);
  expect([3, 4].map(mayBeginAgain)).toEqual([no("weekly_limit"), no("weekly_limit")]);
});

test("two codes are few, and so are none", () => {
  expect([0, 2, 3, 8].map(hasFewCodes)).toEqual([true, true, false, false]);
});
