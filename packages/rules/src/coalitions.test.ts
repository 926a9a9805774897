import type { CoalitionGroup } from "@telar/contracts/coalitions";
import type { GroupId, MembershipId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import {
  coalitionLimits,
  conveningGroup,
  isLastConvener,
  mayAnswerForGroup,
  mayChangeConvener,
  mayConveneCoalition,
  mayFoundCoalition,
  mayInviteGroup,
  mayLeaveCoalition,
  possibleConveners,
} from "./coalitions.ts";
import { no, yes } from "./verdict.ts";

const group = (name: string, parts: Partial<CoalitionGroup> = {}): CoalitionGroup => ({
  group: name as GroupId,
  name,
  kind: "victim_network",
  convener: false,
  state: "member",
  ...parts,
});
const red = group("red", { convener: true });
const taller = group("taller", { state: "asked_again" });
const oficina = group("oficina", { kind: "institution" });
const asked = group("invitada", { state: "invited" });
const gone = group("ida", { state: "left" });
const all = [red, taller, oficina, asked, gone];
const as = (...own: CoalitionGroup[]) => ({
  groups: all,
  coordinatorOf: own.map(({ group: id }) => id),
});
const shown = { closed: false, nameVisibility: "peers", invitedThisMonth: 0 } as const;

test("coordinators of any group but an institution found coalitions, up to a limit", () => {
  const ceiba = { id: "ceiba" as MembershipId, roles: ["coordinator" as const] };
  const copal = { id: "copal" as MembershipId, roles: ["member" as const] };
  expect(mayFoundCoalition(ceiba, "expert_network", 0)).toEqual(yes);
  expect(mayFoundCoalition(ceiba, "institution", 0)).toEqual(no("not_allowed"));
  expect(mayFoundCoalition(copal, "victim_network", 0)).toEqual(no("not_allowed"));
  const { coalitionsPerGroup } = coalitionLimits;
  expect(mayFoundCoalition(ceiba, "victim_network", coalitionsPerGroup)).toEqual(
    no("limit_reached"),
  );
});

test("whoever coordinates a convening group convenes, with whichever of their groups does", () => {
  expect(conveningGroup(as(taller, red))).toBe(red.group);
  expect(mayConveneCoalition(as(red))).toEqual(yes);
  expect(mayConveneCoalition(as(taller))).toEqual(no("not_allowed"));
  expect(mayConveneCoalition(as())).toEqual(no("not_allowed"));
});

test("conveners invite open groups that show their name to others, and not again and again", () => {
  expect(mayInviteGroup(as(red), shown)).toEqual(yes);
  expect(mayInviteGroup(as(taller), shown)).toEqual(no("not_allowed"));
  expect(mayInviteGroup(as(red), { ...shown, closed: true })).toEqual(no("not_found"));
  expect(mayInviteGroup(as(red), { ...shown, nameVisibility: "members" })).toEqual(no("not_found"));
  expect(mayInviteGroup(as(red), { ...shown, invitedThisMonth: 1 })).toEqual(yes);
  expect(mayInviteGroup(as(red), { ...shown, invitedThisMonth: 2 })).toEqual(no("not_yet"));
  const full = Array.from({ length: coalitionLimits.groupsPerCoalition }, () => red);
  expect(mayInviteGroup({ ...as(red), groups: full }, shown)).toEqual(no("limit_reached"));
});

test("only who coordinates a group answers for it", () => {
  expect(mayAnswerForGroup(as(asked), asked.group)).toEqual(yes);
  expect(mayAnswerForGroup(as(red), asked.group)).toEqual(no("not_allowed"));
});

test("those who take part and are no institution can convene next", () => {
  expect(possibleConveners(as(red), red.group)).toEqual([taller]);
});

test("a group leaves freely; the last convener names who follows", () => {
  expect(mayLeaveCoalition(as(taller), taller.group)).toEqual(yes);
  expect(mayLeaveCoalition(as(taller), red.group)).toEqual(no("not_allowed"));
  expect(mayLeaveCoalition(as(red), red.group)).toEqual(no("last_convener"));
  expect(mayLeaveCoalition(as(red), red.group, oficina.group)).toEqual(no("last_convener"));
  expect(mayLeaveCoalition(as(red), red.group, taller.group)).toEqual(yes);
  expect(
    mayLeaveCoalition({ ...as(red), groups: [red, { ...taller, convener: true }] }, red.group),
  ).toEqual(yes);
});

test("where nobody could follow, the last convener leaves all the same", () => {
  expect(mayLeaveCoalition({ ...as(red), groups: [red, oficina, gone] }, red.group)).toEqual(yes);
  expect(isLastConvener(as(red), red.group)).toBe(true);
  expect(isLastConvener(as(red), taller.group)).toBe(false);
});

test("conveners ask members to convene too, never an institution", () => {
  expect(mayChangeConvener(as(red), taller.group, true)).toEqual(yes);
  expect(mayChangeConvener(as(red), oficina.group, true)).toEqual(no("not_allowed"));
  expect(mayChangeConvener(as(red), asked.group, true)).toEqual(no("not_found"));
  expect(mayChangeConvener(as(taller), taller.group, true)).toEqual(no("not_allowed"));
});

test("a convener steps down by itself, and not as the last one", () => {
  const two = [red, { ...taller, convener: true }];
  expect(mayChangeConvener({ ...as(red), groups: two }, red.group, false)).toEqual(yes);
  expect(mayChangeConvener({ ...as(red), groups: two }, taller.group, false)).toEqual(
    no("not_allowed"),
  );
  expect(mayChangeConvener(as(red), red.group, false)).toEqual(no("last_convener"));
});
