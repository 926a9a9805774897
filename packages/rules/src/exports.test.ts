import { expect, test } from "vitest";
import { mayAgreeToExport, mayRefuseExport, mayTakeExport } from "./exports.ts";
import type { Verdict } from "./verdict.ts";

const steward = { steward: true, coordinator: false, stewardBefore: true };
const newSteward = { ...steward, stewardBefore: false };
const coordinator = { steward: false, coordinator: true, stewardBefore: false };
const both = { steward: true, coordinator: true, stewardBefore: true };
const neither = { steward: false, coordinator: false, stewardBefore: false };
const others = { youAsked: false, agreed: false, coordinated: true };
const alone = { ...others, coordinated: false };
const own = { youAsked: true, agreed: false, coordinated: true };

const because = (verdict: Verdict) => (verdict.allowed ? "yes" : verdict.because);

test.each([
  ["another steward agrees to an export of a group that nobody coordinates", alone, steward, "yes"],
  [
    "a steward who began after an export was asked for never agrees to it",
    alone,
    newSteward,
    "not_allowed",
  ],
  ["no steward agrees in place of a group's coordinators", others, steward, "not_allowed"],
  ["a coordinator of the group agrees to an export", others, coordinator, "yes"],
  ["nobody without a part in it agrees to an export", others, neither, "not_allowed"],
  ["who asked for an export does not agree to it", own, steward, "not_allowed"],
  ["who asked does not agree as a coordinator of the group either", own, both, "not_allowed"],
  ["an export is agreed to once", { ...others, agreed: true }, coordinator, "already_done"],
])("%s", (_, asked, actor, expected) => {
  expect(because(mayAgreeToExport(asked, actor))).toBe(expected);
});

test.each([
  [
    "a coordinator refuses an export until it is taken",
    { ...others, agreed: true },
    coordinator,
    "yes",
  ],
  ["another steward refuses an export", others, steward, "yes"],
  ["who asked takes their own wish back", own, steward, "yes"],
  ["nobody without a part in it refuses an export", others, neither, "not_allowed"],
])("%s", (_, asked, actor, expected) => {
  expect(because(mayRefuseExport(asked, actor))).toBe(expected);
});

test.each([
  ["who asked takes an export that was agreed to", { ...own, agreed: true }, steward, "yes"],
  ["nobody takes an export before that", own, steward, "not_yet"],
  ["who agreed to an export does not take it", { ...others, agreed: true }, steward, "not_allowed"],
  [
    "nobody takes an export after their stewardship",
    { ...own, agreed: true },
    neither,
    "not_allowed",
  ],
])("%s", (_, asked, actor, expected) => {
  expect(because(mayTakeExport(asked, actor))).toBe(expected);
});
