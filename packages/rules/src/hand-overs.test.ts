import type { MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { mayAcceptHandOver, mayOfferHandOver } from "./hand-overs.ts";
import { no, yes } from "./verdict.ts";

const place = (id: string, ...roles: Role[]) => ({ id: id as MembershipId, roles });
const ceiba = place("ceiba", "coordinator", "member");
const encino = place("encino", "coordinator", "member");
const copal = place("copal", "facilitator", "member");

test("whoever coordinates offers it to somebody who does not", () => {
  expect(mayOfferHandOver(ceiba, copal)).toEqual(yes);
  expect(mayOfferHandOver(copal, ceiba)).toEqual(no("not_allowed"));
  expect(mayOfferHandOver(ceiba, ceiba)).toEqual(no("not_allowed"));
  expect(mayOfferHandOver(ceiba, encino)).toEqual(no("already_done"));
});

test("nobody says yes for somebody else", () => {
  expect(mayAcceptHandOver(copal, { to: copal.id })).toEqual(yes);
  expect(mayAcceptHandOver(ceiba, { to: copal.id })).toEqual(no("not_allowed"));
});
