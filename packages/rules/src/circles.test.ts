import type { ParticipantId } from "@telar/contracts/ids";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Circle,
  circleAt,
  comingTurns,
  joinCircle,
  leaveCircle,
  mayJoinCircle,
  mayOpenCircle,
  mayPassTurn,
  mayStartCircle,
  passTurn,
  startCircle,
} from "./circles.ts";

const began = new Date("2026-11-21T18:00:00Z");
const after = (minutes: number) => new Date(began.getTime() + minutes * 60_000);
const who = (n: number) => `Ceiba ${n}` as ParticipantId;
const people = (count: number) => Array.from({ length: count }, (_, n) => who(n));
const gathered = (count: number, rounds = 1): Circle => ({
  seats: people(count).map((participant) => ({ participant, chance: "first", gone: false })),
  turnMinutes: 5,
  rounds,
  round: 1,
  turn: null,
  turnEndsAt: null,
  spoke: false,
});
const started = (count: number, rounds = 1) => startCircle(gathered(count, rounds), began);
const turnAt = (circle: Circle | undefined, minutes: number) =>
  circle && circleAt(circle, after(minutes))?.turn;

test("the word goes round in order, and the circle is over when the last one passed it on", () => {
  let circle = started(3);
  const turns: unknown[] = [];
  while (circle) {
    turns.push(circle.turn);
    circle = passTurn(circle, after(turns.length));
  }
  expect(turns).toEqual(people(3));
});

test("three who are not there keep nobody waiting, and each is asked once more at the end (P22)", () => {
  const circle = started(4);
  expect([0, 4, 5, 10, 15].map((minutes) => turnAt(circle, minutes))).toEqual([
    who(0),
    who(0),
    who(1),
    who(2),
    who(3),
  ]);
  const last = circle && circleAt(circle, after(15));
  const again = last && passTurn(last, after(16));
  expect(again && comingTurns(again)).toEqual([who(0), who(1), who(2)]);
  expect([16, 21, 26, 31].map((minutes) => turnAt(again, minutes))).toEqual([
    who(0),
    who(1),
    who(2),
    undefined,
  ]);
});

test("whoever wrote and did not pass the word on has had their turn", () => {
  const circle = started(2) as Circle;
  const next = circleAt({ ...circle, spoke: true }, after(5)) as Circle;
  expect(next).toMatchObject({ turn: who(1), spoke: false, turnEndsAt: after(10) });
  expect(comingTurns(next)).toEqual([who(1)]);
});

test("it is the same whether somebody looked in between or not", () => {
  const circle = started(3, 2) as Circle;
  for (let minutes = 0; minutes < 65; minutes += 3) {
    const half = circleAt(circle, after(minutes / 2));
    expect(half && circleAt(half, after(minutes))).toEqual(circleAt(circle, after(minutes)));
  }
  expect(circleAt(circle, after(60))).toBeUndefined();
});

test("whoever joins while it runs comes last, and whoever comes back has no second turn", () => {
  const circle = joinCircle(started(2) as Circle, who(7));
  expect(comingTurns(circle)).toEqual([who(0), who(1), who(7)]);
  expect(joinCircle(circle, who(7))).toBe(circle);
  const left = leaveCircle(circle, who(0), after(1)) as Circle;
  expect(comingTurns(left)).toEqual([who(1), who(7)]);
  const back = joinCircle(left, who(0));
  expect(comingTurns(back)).toEqual([who(1), who(7)]);
  expect(back.seats.map(({ participant }) => participant)).toEqual([who(1), who(7), who(0)]);
});

test("it ends when nobody is left in it", () => {
  const alone = leaveCircle(started(2) as Circle, who(1), after(1)) as Circle;
  expect(leaveCircle(alone, who(0), after(2))).toBeUndefined();
});

test("before it starts nobody has the word", () => {
  expect(circleAt(gathered(2), after(600))).toEqual(gathered(2));
  expect(comingTurns(gathered(2))).toEqual([]);
  expect(leaveCircle(gathered(2), who(0), began)).toMatchObject({ turn: null });
});

test("those who facilitate open one where the space is open, and start it with two", () => {
  const facilitator = { facilitator: true };
  const space = { kind: "peer_support", opening: { openNow: true } } as const;
  const because = (code: string) => expect.objectContaining({ because: code });
  expect(mayOpenCircle(facilitator, space, false)).toEqual({ allowed: true });
  expect(mayOpenCircle(facilitator, space, true)).toEqual(because("already_done"));
  expect(mayOpenCircle({ facilitator: false }, space, false)).toEqual(because("not_allowed"));
  expect(mayOpenCircle(facilitator, { ...space, kind: "announcement" }, false)).toEqual(
    because("not_allowed"),
  );
  expect(mayOpenCircle(facilitator, { ...space, opening: { openNow: false } }, false)).toEqual(
    because("space_not_open"),
  );
  expect(mayStartCircle(facilitator, gathered(2))).toEqual({ allowed: true });
  expect(mayStartCircle({ facilitator: false }, gathered(2))).toEqual(because("not_allowed"));
  const one = leaveCircle(gathered(2), who(0), began) as Circle;
  expect(mayStartCircle(facilitator, one)).toEqual(because("not_yet"));
  expect(mayJoinCircle(gathered(49))).toEqual({ allowed: true });
  expect(mayJoinCircle(gathered(50))).toEqual(because("limit_reached"));
  expect(mayPassTurn(started(2) as Circle, who(0))).toEqual({ allowed: true });
  expect(mayPassTurn(started(2) as Circle, who(1))).toEqual(because("changed_meanwhile"));
});

type Step = { minutes: number } & (
  | { does: "pass" | "speak" | "wait" }
  | { does: "join" | "leave"; person: number }
);
const step = fc.oneof(
  fc.record({
    does: fc.constantFrom("pass" as const, "speak" as const, "wait" as const),
    minutes: fc.nat(12),
  }),
  fc.record({
    does: fc.constantFrom("join" as const, "leave" as const),
    minutes: fc.nat(3),
    person: fc.nat(9),
  }),
);

function take(circle: Circle, one: Step, now: Date): Circle | undefined {
  if (one.does === "join") return joinCircle(circle, who(one.person));
  if (one.does === "leave") return leaveCircle(circle, who(one.person), now);
  if (one.does === "pass") return passTurn(circle, now);
  return one.does === "speak" ? { ...circle, spoke: true } : circle;
}

/** Every turn that begins, minute by minute, with its round, and who was there for all of that round. */
function play(count: number, rounds: number, steps: Step[]) {
  let circle = started(count, rounds);
  let minutes = 0;
  const turns: { round: number; participant: ParticipantId }[] = [];
  const away = new Map<number, Set<ParticipantId>>();
  let last: Circle["turnEndsAt"] = null;
  const note = () => {
    if (!circle) return;
    const seated = circle.seats.filter(({ gone }) => !gone).map(({ participant }) => participant);
    const missing = people(10).filter((person) => !seated.includes(person));
    away.set(circle.round, (away.get(circle.round) ?? new Set()).union(new Set(missing)));
    if (circle.turn && circle.turnEndsAt !== last)
      turns.push({ round: circle.round, participant: circle.turn });
    last = circle.turnEndsAt;
  };
  const until = (end: number) => {
    for (; circle && minutes < end; note()) {
      minutes += 1;
      circle = circleAt(circle, after(minutes));
    }
  };
  note();
  for (const one of steps) {
    until(minutes + one.minutes);
    circle = circle && take(circle, one, after(minutes));
    note();
  }
  until(100_000);
  return { turns, away };
}

test("whoever stays has one turn a round, in order, and at most one more chance, whoever is late or absent", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(step, { maxLength: 40 }),
      (count, rounds, steps) => {
        const { turns, away } = play(count, rounds, steps);
        const always = people(count).filter((person) =>
          [...away.values()].every((missing) => !missing.has(person)),
        );
        for (const [round, missing] of away) {
          const had = turns.filter((turn) => turn.round === round).map((turn) => turn.participant);
          const inOrder = [...new Set(had)].filter((person) => always.includes(person));
          expect(inOrder).toEqual(always);
          for (const person of people(10).filter((one) => !missing.has(one)))
            expect([1, 2]).toContain(had.filter((one) => one === person).length);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("with everybody silent each has two chances a round, and it ends by itself", () => {
  const { turns } = play(3, 2, []);
  expect(turns.map(({ participant }) => participant)).toEqual([
    ...people(3),
    ...people(3),
    ...people(3),
    ...people(3),
  ]);
});
