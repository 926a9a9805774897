import fc from "fast-check";
import { expect, test } from "vitest";
import { isGivenUp, nextTry, outcomeOf } from "./delivery-times.ts";

const now = new Date("2026-11-22T08:00:00Z");
const after = (attempts: number, random: number, retryAfter?: Date) =>
  nextTry({ attempts, now, retryAfter }, () => random).getTime() - now.getTime();

test("the bound doubles from five seconds to six hours", () => {
  const bounds = [0, 1, 2, 3, 12, 13, 40, 1000].map((attempts) => after(attempts, 1) / 1000);
  expect(bounds).toEqual([5, 10, 20, 40, 20_480, 21_600, 21_600, 21_600]);
});

test("the try falls anywhere below the bound, and never before what the peer asked for, within six hours", () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(90_000),
      (attempts, random, seconds) => {
        const waits = after(attempts, random, new Date(now.getTime() + seconds * 1000)) / 1000;
        expect(waits).toBeGreaterThanOrEqual(Math.min(seconds, 21_600));
        expect(waits).toBeLessThanOrEqual(21_600);
      },
    ),
  );
  expect(after(3, 0)).toBe(0);
});

test("a peer counts as unreachable after seven days", () => {
  expect(isGivenUp(new Date("2026-11-15T08:00:01Z"), now)).toBe(false);
  expect(isGivenUp(new Date("2026-11-15T08:00:00Z"), now)).toBe(true);
});

test.each([
  ["done", [200, 202, 204]],
  ["set_aside", [400, 401, 403, 404, 410, 413, 422]],
  ["later", [301, 302, 408, 409, 425, 429, 500, 502, 503, 504, 0]],
])("%s is what these answers mean", (outcome, statuses) => {
  expect(statuses.map(outcomeOf)).toEqual(statuses.map(() => outcome));
});
