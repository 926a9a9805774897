import type { Stances } from "@telar/contracts/peers";
import { expect, test } from "vitest";
import { agreementsNeeded, mayAskUs, mayChangePeer, peerState, sharedScopes } from "./peers.ts";

const ours = ["open", "wanted", "paused", "blocked", "ended"] as const;
const theirs = ["open", "wanted", "paused", "ended"] as const;

test("only where both sides want it a peering is active", () => {
  const active = ours.flatMap((our) =>
    theirs
      .filter((their) => peerState({ ours: our, theirs: their }) === "active")
      .map((their) => [our, their]),
  );
  expect(active).toEqual([["wanted", "wanted"]]);
});

test.each<[Stances["ours"], ...ReturnType<typeof peerState>[]]>([
  ["open", "asking", "asked", "asked", "ended"],
  ["wanted", "asking", "active", "paused_there", "ended"],
  ["paused", "paused", "paused", "paused", "ended"],
  ["blocked", "blocked", "blocked", "blocked", "blocked"],
  ["ended", "ended", "asked", "ended", "ended"],
])("where we are %s it is what the other side makes of it", (our, ...states) => {
  expect(theirs.map((their) => peerState({ ours: our, theirs: their }))).toEqual(states);
});

test("what both sides named is shared, whatever the order", () => {
  expect(sharedScopes(["alerts", "spaces"], ["spaces", "statements"])).toEqual(["spaces"]);
  expect(sharedScopes([], ["spaces"])).toEqual([]);
});

test("one steward is enough where there is no other, and two are where there are many", () => {
  expect([1, 2, 9].map(agreementsNeeded)).toEqual([1, 2, 2]);
});

test("twenty hubs that nobody knows may wait, three an hour", () => {
  expect(mayAskUs(19, 2).allowed).toBe(true);
  for (const [waiting, lately] of [
    [20, 0],
    [3, 3],
  ] as const)
    expect(mayAskUs(waiting, lately)).toEqual({ allowed: false, because: "limit_reached" });
});

test("a peering is blocked at any time, ended once, and paused or gone on with while it stands", () => {
  const all = ["asking", "asked", "active", "paused", "paused_there", "blocked", "ended"] as const;
  const may = (wanted: Parameters<typeof mayChangePeer>[1]) =>
    all.filter((state) => mayChangePeer(state, wanted).allowed);
  expect(may("blocked")).toEqual(all);
  expect(may("ended")).toEqual(all.filter((state) => state !== "ended"));
  expect(may("paused")).toEqual(["active", "paused", "paused_there"]);
  expect(may("active")).toEqual(["active", "paused", "paused_there"]);
});
