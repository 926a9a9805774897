import { expect, test } from "vitest";
import { hasFewCodes, opensForRecovery } from "./recoveries.ts";

const now = new Date("2026-11-21T12:00:00Z");
const inAWeek = new Date("2026-11-28T12:00:00Z");
const tomorrow = new Date("2026-11-22T12:00:00Z");

test("without another device a recovery opens at once", () => {
  expect(opensForRecovery({ devices: 0 }, now)).toEqual(now);
});

test("another device has seven days to stop it", () => {
  expect(opensForRecovery({ devices: 1 }, now)).toEqual(inAWeek);
});

test("a wait that has begun neither shortens nor starts over", () => {
  for (const devices of [0, 1])
    expect(opensForRecovery({ waitsUntil: tomorrow, devices }, now)).toEqual(tomorrow);
});

test("two codes are few, and so are none", () => {
  expect([0, 2, 3, 8].map(hasFewCodes)).toEqual([true, true, false, false]);
});
