import type { MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import {
  isRecovered,
  mayAgreeAsSteward,
  mayAgreeToGroupRecovery,
  mayAskGroupRecovery,
  mayStopGroupRecovery,
  opensForGroupRecovery,
} from "./group-recoveries.ts";
import { no, yes } from "./verdict.ts";

const place = (id: string, ...roles: Role[]) => ({ id: id as MembershipId, roles });
const ceiba = place("ceiba", "coordinator", "member");
const copal = place("copal", "facilitator", "member");
const encino = place("encino", "member");
const nogal = place("nogal", "member");
const recovery = { candidate: copal.id, askedBy: encino.id };

test("members propose each other or themselves, whoever coordinates hands over instead", () => {
  expect(mayAskGroupRecovery(encino, copal)).toEqual(yes);
  expect(mayAskGroupRecovery(encino, encino)).toEqual(yes);
  expect(mayAskGroupRecovery(ceiba, copal)).toEqual(no("not_allowed"));
  expect(mayAskGroupRecovery(encino, ceiba)).toEqual(no("already_done"));
});

test("members agree, whoever coordinates does not", () => {
  expect(mayAgreeToGroupRecovery(copal)).toEqual(yes);
  expect(mayAgreeToGroupRecovery(ceiba)).toEqual(no("not_allowed"));
});

test("a steward agrees, but not to their own place", () => {
  expect(mayAgreeAsSteward({ steward: true }, undefined, recovery)).toEqual(yes);
  expect(mayAgreeAsSteward({ steward: true }, nogal, recovery)).toEqual(yes);
  expect(mayAgreeAsSteward({ steward: true }, copal, recovery)).toEqual(no("not_allowed"));
  expect(mayAgreeAsSteward({ steward: false }, undefined, recovery)).toEqual(no("not_allowed"));
});

test("whoever coordinates, is proposed or proposed it stops it, and nobody else", () => {
  for (const actor of [ceiba, copal, encino])
    expect(mayStopGroupRecovery(actor, recovery)).toEqual(yes);
  expect(mayStopGroupRecovery(nogal, recovery)).toEqual(no("not_allowed"));
});

test.each([
  [0, 1, false],
  [1, 1, false],
  [2, 0, false],
  [3, 0, false],
  [2, 1, true],
  [3, 2, true],
])("%i members and %i stewards: recovered is %s", (members, stewards, recovered) => {
  expect(isRecovered({ members, stewards })).toBe(recovered);
});

test("a recovery counts at once where nobody coordinates, and elsewhere after a wait that does not start over", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const inAWeek = new Date("2026-11-29T00:00:00Z");
  const tomorrow = new Date("2026-11-22T00:00:00Z");
  const opens = (coordinated: boolean, waitsUntil: Date | null = null) =>
    opensForGroupRecovery({ coordinated, waitsUntil }, now);
  expect([opens(false), opens(false, tomorrow)]).toEqual([now, now]);
  expect([opens(true), opens(true, tomorrow)]).toEqual([inAWeek, tomorrow]);
});
