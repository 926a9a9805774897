import { expect, test } from "vitest";
import { mayAskToFound, mayFound } from "./foundings.ts";

test("stewards found groups, and whoever was granted it", () => {
  expect(mayFound({ steward: true, granted: false }).allowed).toBe(true);
  expect(mayFound({ steward: false, granted: true }).allowed).toBe(true);
  expect(mayFound({ steward: false, granted: false })).toEqual({
    allowed: false,
    because: "not_allowed",
  });
});

test("a fourth wish waits until one of the three is answered", () => {
  expect(mayAskToFound({ open: 2 }).allowed).toBe(true);
  expect(mayAskToFound({ open: 3 })).toEqual({ allowed: false, because: "limit_reached" });
});
