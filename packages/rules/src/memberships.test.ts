import type { MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import {
  hasTwoCoordinators,
  mayChangeRoles,
  mayCoordinate,
  mayHold,
  mayLeave,
  mayRemove,
} from "./memberships.ts";

const place = (id: string, ...roles: Role[]) => ({
  id: id as MembershipId,
  roles: ["member" as const, ...roles],
});
const ceiba = place("ceiba", "coordinator");
const copal = place("copal", "coordinator");
const nogal = place("nogal");
const network = { kind: "victim_network", coordinators: 2 } as const;

test("only coordinators coordinate", () => {
  expect(mayCoordinate(ceiba).allowed).toBe(true);
  for (const role of ["facilitator", "signatory", "member"] as const)
    expect(mayCoordinate(place("x", role))).toEqual({ allowed: false, because: "not_allowed" });
});

test("only a coordinator changes roles", () => {
  expect(mayChangeRoles(ceiba, nogal, ["facilitator"], network).allowed).toBe(true);
  expect(mayChangeRoles(nogal, nogal, ["facilitator"], network)).toEqual({
    allowed: false,
    because: "not_allowed",
  });
});

test("the last coordinator stays one, whoever changes the roles", () => {
  const alone = { ...network, coordinators: 1 };
  expect(mayChangeRoles(ceiba, ceiba, [], alone)).toMatchObject({ because: "last_coordinator" });
  expect(mayChangeRoles(ceiba, ceiba, ["coordinator", "signatory"], alone).allowed).toBe(true);
  expect(mayChangeRoles(ceiba, nogal, [], alone).allowed).toBe(true);
  expect(mayChangeRoles(ceiba, copal, [], network).allowed).toBe(true);
});

test("the people of an institution neither facilitate nor sign", () => {
  const institution = { kind: "institution", coordinators: 2 } as const;
  for (const role of ["facilitator", "signatory"] as const) {
    expect(mayHold([role], "institution").allowed).toBe(false);
    expect(mayChangeRoles(ceiba, nogal, ["coordinator", role], institution).allowed).toBe(false);
    expect(mayHold([role], "expert_network").allowed).toBe(true);
  }
  expect(mayHold(["coordinator", "member"], "institution").allowed).toBe(true);
});

test("a coordinator removes others, never themselves and never the last coordinator", () => {
  expect(mayRemove(ceiba, nogal, 1).allowed).toBe(true);
  expect(mayRemove(ceiba, copal, 2).allowed).toBe(true);
  expect(mayRemove(ceiba, ceiba, 2)).toMatchObject({ because: "not_allowed" });
  expect(mayRemove(nogal, ceiba, 2)).toMatchObject({ because: "not_allowed" });
  expect(mayRemove(ceiba, copal, 1)).toMatchObject({ because: "last_coordinator" });
});

test("everyone may leave, except a last coordinator with others still there", () => {
  expect(mayLeave(nogal, 1, 5).allowed).toBe(true);
  expect(mayLeave(ceiba, 2, 5).allowed).toBe(true);
  expect(mayLeave(ceiba, 1, 5)).toMatchObject({ because: "last_coordinator" });
  expect(mayLeave(ceiba, 1, 1).allowed).toBe(true);
});

test("two coordinators are enough, one is not", () => {
  expect([0, 1, 2, 3].map(hasTwoCoordinators)).toEqual([false, false, true, true]);
});
