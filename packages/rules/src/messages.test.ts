import { expect, test } from "vitest";
import {
  afterPosting,
  decidePosting,
  mayAnswer,
  mayEdit,
  mayPin,
  pinnedPerSpace,
  type Turn,
  versionsPerMessage,
  type Writer,
  type WrittenSpace,
  waitingPerPerson,
} from "./messages.ts";

const now = new Date("2026-11-21T18:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const member: Writer = {
  facilitator: false,
  acceptedVersion: 1,
  mutedUntil: null,
  mayPostFrom: null,
  firstMessages: 3,
  waiting: 0,
};
const facilitator = { ...member, facilitator: true };
const space: WrittenSpace = {
  kind: "peer_support",
  state: "open",
  rulesVersion: 1,
  slowMinutes: 2,
  noteRequired: false,
  holdsFirst: 2,
};
const open = { openNow: true } as const;
const shut = { openNow: false, opensAt: later(60) } as const;
const decide = (
  writer: Partial<Writer>,
  rules: Partial<WrittenSpace> = {},
  { opening = open as typeof open | typeof shut, note = "", turn = "new" as Turn } = {},
) => decidePosting({ ...member, ...writer }, { ...space, ...rules }, opening, { note, turn }, now);

test("a message goes out where nothing stands against it", () => {
  expect(decide({})).toEqual({ outcome: "post" });
  expect(decide({ mayPostFrom: now, mutedUntil: now })).toEqual({ outcome: "post" });
});

test.each([
  ["rules_changed", {}, { rulesVersion: 2 }],
  ["muted", { mutedUntil: later(1) }, {}],
  ["space_not_open", {}, { state: "closed" }],
  ["space_not_open", {}, { state: "preparing" }],
  ["not_allowed", {}, { kind: "announcement" }],
] as const)("it is refused with %s", (because, writer, rules) => {
  expect(decide(writer, rules)).toEqual({ outcome: "refuse", because });
});

test("announcements are written by those who facilitate", () => {
  expect(decide(facilitator, { kind: "announcement" })).toEqual({ outcome: "post" });
});

test("a note that the space asks for is missing, and any note will do", () => {
  expect(decide({}, { noteRequired: true })).toEqual({
    outcome: "refuse",
    because: "invalid_input",
    fields: { note: "missing" },
  });
  expect(decide({}, { noteRequired: true }, { note: "Sueño" })).toEqual({ outcome: "post" });
});

test("the second message within the interval waits for its time, of those who facilitate too (P09)", () => {
  for (const writer of [member, facilitator])
    expect(decide({ ...writer, mayPostFrom: later(1) })).toEqual({
      outcome: "queue",
      goesAt: later(1),
    });
  expect(decide({ mayPostFrom: later(1) }, { slowMinutes: 0 })).toEqual({ outcome: "post" });
});

test("each message that waits takes a turn of its own", () => {
  let writer: Writer = member;
  const outcomes = [1, 2, 3].map(() => {
    const decision = decidePosting(writer, space, open, { note: "", turn: "new" }, now);
    if (decision.outcome === "refuse") throw new Error(decision.because);
    writer = afterPosting(writer, space, decision, "new", now);
    return decision;
  });
  expect(outcomes).toEqual([
    { outcome: "post" },
    { outcome: "queue", goesAt: later(2) },
    { outcome: "queue", goesAt: later(4) },
  ]);
  expect(writer).toMatchObject({ mayPostFrom: later(6), waiting: 2 });
});

test("what is due goes without taking another turn", () => {
  const waited = { ...member, mayPostFrom: later(4) };
  expect(decide(waited, {}, { turn: "due" })).toEqual({ outcome: "post" });
  expect(afterPosting(waited, space, { outcome: "post" }, "due", now)).toEqual(waited);
});

test("outside its hours a space keeps messages as drafts, with the next opening (P07)", () => {
  for (const writer of [member, facilitator])
    for (const turn of ["new", "draft", "due", "released"] as const)
      expect(decide(writer, {}, { opening: shut, turn })).toEqual({
        outcome: "keep_as_draft",
        opensAt: later(60),
      });
});

test("while a circle runs only whoever has the word writes, without slow mode (P22)", () => {
  for (const writer of [member, facilitator])
    for (const turn of ["new", "draft", "due"] as const)
      expect(decide({ ...writer, circle: "listens" }, {}, { turn })).toEqual({
        outcome: "keep_as_draft",
      });
  expect(decide({ circle: "listens" }, {}, { turn: "released" })).toEqual({ outcome: "post" });
  const speaks = { ...member, circle: "speaks", mayPostFrom: later(1) } as const;
  expect(decide(speaks)).toEqual({ outcome: "post" });
  expect(afterPosting(speaks, space, { outcome: "post" }, "new", now)).toEqual(speaks);
  expect(decide({ ...speaks, slowedMinutes: 5, slowedUntil: later(60) }).outcome).toBe("queue");
  expect(decide({ circle: "listens", mutedUntil: later(1) }).outcome).toBe("refuse");
});

test("a newcomer's first messages are read by a facilitator first, until enough of them were", () => {
  const newcomer = { ...member, firstMessages: 0 };
  expect(decide(newcomer)).toEqual({ outcome: "hold" });
  expect(decide(newcomer, {}, { turn: "due" })).toEqual({ outcome: "hold" });
  expect(decide({ ...newcomer, facilitator: true })).toEqual({ outcome: "post" });
  expect(decide(newcomer, {}, { turn: "released" })).toEqual({ outcome: "post" });
  const once = afterPosting(newcomer, space, { outcome: "post" }, "released", now);
  expect(once.firstMessages).toBe(1);
  expect(decide({ ...newcomer, firstMessages: 2 })).toEqual({ outcome: "post" });
  const known = { ...member, firstMessages: 2 };
  expect(afterPosting(known, space, { outcome: "post" }, "new", now).firstMessages).toBe(2);
});

test("holding back takes a turn in slow mode too, so that nobody floods those who read", () => {
  const newcomer = { ...member, firstMessages: 0 };
  expect(afterPosting(newcomer, space, { outcome: "hold" }, "new", now)).toMatchObject({
    mayPostFrom: later(2),
    waiting: 1,
  });
});

test("nobody keeps more waiting than a space holds for one person", () => {
  const full = { waiting: waitingPerPerson };
  expect(decide(full)).toEqual({ outcome: "post" });
  for (const [writer, opening] of [
    [{ ...full, mayPostFrom: later(1) }, open],
    [full, shut],
    [{ ...full, firstMessages: 0 }, open],
  ] as const)
    expect(decide(writer, {}, { opening })).toEqual({
      outcome: "refuse",
      because: "limit_reached",
    });
  expect(decide({ ...full, mayPostFrom: later(1) }, {}, { turn: "draft" }).outcome).toBe("queue");
});

test("answers without words wait for the same yes, and for no hours", () => {
  expect(mayAnswer(member, { ...space, kind: "announcement" }, now)).toEqual({ allowed: true });
  expect(mayAnswer(member, { ...space, rulesVersion: 2 }, now)).toMatchObject({
    because: "rules_changed",
  });
  expect(mayAnswer({ ...member, mutedUntil: later(1) }, space, now)).toMatchObject({
    because: "muted",
  });
  expect(mayAnswer(member, { ...space, state: "closed" }, now)).toMatchObject({
    because: "space_not_open",
  });
});

test("only the author edits, while the space takes messages, and not without end", () => {
  const own = { yours: true, versions: 0 };
  expect(mayEdit(member, space, open, own, now)).toEqual({ allowed: true });
  expect(mayEdit(facilitator, space, open, { ...own, yours: false }, now)).toMatchObject({
    because: "not_allowed",
  });
  expect(mayEdit(member, space, shut, own, now)).toMatchObject({ because: "space_not_open" });
  expect(mayEdit({ ...member, mutedUntil: later(1) }, space, open, own, now)).toMatchObject({
    because: "muted",
  });
  expect(mayEdit({ ...member, circle: "listens" }, space, open, own, now)).toMatchObject({
    because: "not_your_turn",
  });
  expect(mayEdit({ ...member, circle: "speaks" }, space, open, own, now)).toEqual({
    allowed: true,
  });
  expect(mayEdit(member, space, open, { ...own, versions: versionsPerMessage }, now)).toMatchObject(
    { because: "limit_reached" },
  );
});

test("those who facilitate pin, up to a limit", () => {
  expect(mayPin(facilitator, space, 0)).toEqual({ allowed: true });
  expect(mayPin(member, space, 0)).toMatchObject({ because: "not_allowed" });
  expect(mayPin(facilitator, { ...space, rulesVersion: 2 }, 0)).toMatchObject({
    because: "rules_changed",
  });
  expect(mayPin(facilitator, space, pinnedPerSpace)).toMatchObject({ because: "limit_reached" });
});
