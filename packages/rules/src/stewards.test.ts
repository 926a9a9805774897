import { expect, test } from "vitest";
import { mayEndStewardship, maySteward } from "./stewards.ts";

test("only stewards administer the hub", () => {
  expect(maySteward({ steward: true }).allowed).toBe(true);
  expect(maySteward({ steward: false })).toEqual({ allowed: false, because: "not_allowed" });
});

test("a stewardship ends while another steward stays", () => {
  expect(mayEndStewardship({ steward: true }, 2).allowed).toBe(true);
  expect(mayEndStewardship({ steward: true }, 1)).toEqual({
    allowed: false,
    because: "last_steward",
  });
  expect(mayEndStewardship({ steward: false }, 2)).toEqual({
    allowed: false,
    because: "not_allowed",
  });
});
