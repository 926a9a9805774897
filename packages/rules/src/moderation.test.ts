import { JudgeRole, ModerationAct } from "@telar/contracts/moderation";
import { expect, test } from "vitest";
import { mayDecide, mayModerate, mayPass, mayReport, openReportsPerPerson } from "./moderation.ts";

const acts = [...ModerationAct.options, "show", "release"] as const;

/** M01: role × act. */
const allowed: Record<(typeof acts)[number], string> = {
  hide: "fcs",
  show: "fcs",
  warn: "fcs",
  slow_down: "fcs",
  mute: "fcs",
  remove: "fcs",
  ban: "fcs",
  relieve: "f",
  refuse: "f",
  release: "f",
  ban_from_group: "c",
  ban_from_hub: "s",
};

const cells = acts.flatMap((act) =>
  JudgeRole.options.map((role) => [role, act, allowed[act].includes(role.charAt(0))] as const),
);

test.each(cells)("as %s, %s: %s (M01)", (role, act, may) => {
  expect(mayModerate(role, act).allowed).toBe(may);
});

test.each(acts)("nobody does this to themselves: %s (M01)", (act) => {
  expect(mayModerate(null, act).allowed).toBe(false);
});

test("nobody reports themselves, or floods those who read reports", () => {
  expect(mayReport({ about: "somebody", open: 0 }).allowed).toBe(true);
  expect(mayReport({ about: "oneself", open: 0 }).allowed).toBe(false);
  expect(mayReport({ about: "somebody", open: openReportsPerPerson }).allowed).toBe(false);
});

test("a report is passed on until it is with the stewards, and decided once", () => {
  expect(mayPass("facilitator").allowed).toBe(true);
  expect(mayPass("coordinator").allowed).toBe(true);
  expect(mayPass("steward").allowed).toBe(false);
  expect(mayDecide({ state: "assigned" }).allowed).toBe(true);
  expect(mayDecide({ state: "decided" }).allowed).toBe(false);
  expect(mayDecide({ state: "no_action" }).allowed).toBe(false);
});
