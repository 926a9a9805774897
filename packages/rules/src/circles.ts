import type { ParticipantId } from "@telar/contracts/ids";
import type { SpaceKind } from "@telar/contracts/spaces";
import type { openingAt } from "./spaces.ts";
import { no, type Verdict, yes } from "./verdict.ts";

const seatsNeeded = 2;
const seatsMax = 50;

/** Of this round: `first` is still to come; `second` went by without a word and comes once more at the end; `had` is over. */
export type Chance = "first" | "second" | "had";

export interface Seat {
  participant: ParticipantId;
  chance: Chance;
  /** Left, and may come back; what they had of this round stays had. */
  gone: boolean;
}

export interface Circle {
  /** In the order of the circle. */
  seats: Seat[];
  turnMinutes: number;
  rounds: number;
  round: number;
  /** Who has the word; nobody has before it started. */
  turn: ParticipantId | null;
  turnEndsAt: Date | null;
  /** Whether they wrote something since they have it. */
  spoke: boolean;
}

/** The circle after somebody's turn; undefined once the last one had theirs. */
type Next<Given extends Circle> = Given | undefined;

/** The word goes to the first one. */
export const startCircle = <Given extends Circle>(circle: Given, now: Date) =>
  giveTurn(circle, now);

/** By whoever has the word, with or without having written. */
export const passTurn = <Given extends Circle>(circle: Given, now: Date) =>
  endTurn(circle, "had", now);

/**
 * The circle as it stands at a moment. A turn that nobody passed on ends by itself, and the next one begins when it ended:
 * the same for whoever looks, whether or not anybody looked before.
 */
export function circleAt<Given extends Circle>(circle: Given, now: Date): Next<Given> {
  let current: Next<Given> = circle;
  while (current?.turnEndsAt && current.turnEndsAt <= now)
    current = endTurn(current, chanceLeft(current), current.turnEndsAt);
  return current;
}

/** Of whoever has the word, when their time is over. */
function chanceLeft({ seats, turn, spoke }: Circle): Chance {
  const seat = seats.find(({ participant }) => participant === turn);
  return seat?.chance === "first" && !spoke && !seat.gone ? "second" : "had";
}

/** At the end of the order; whoever comes back has no second turn in a round. */
export function joinCircle<Given extends Circle>(circle: Given, participant: ParticipantId): Given {
  const before = circle.seats.find((seat) => seat.participant === participant);
  if (before && !before.gone) return circle;
  const others = circle.seats.filter((seat) => seat !== before);
  const seat: Seat = { participant, chance: before?.chance ?? "first", gone: false };
  return { ...circle, seats: [...others, seat] };
}

/** Whoever has the word passes it on. */
export function leaveCircle<Given extends Circle>(
  circle: Given,
  participant: ParticipantId,
  now: Date,
): Next<Given> {
  const left = withSeat(circle, participant, { gone: true });
  return circle.turn === participant ? passTurn(left, now) : left;
}

/** Those who still have a turn in this round, in order; the first one has the word. */
export function comingTurns({ seats, turn }: Pick<Circle, "seats" | "turn">): ParticipantId[] {
  if (!turn) return [];
  const others = seats.filter(({ participant, gone }) => !gone && participant !== turn);
  const those = (wanted: Chance) =>
    others.filter(({ chance }) => chance === wanted).map(({ participant }) => participant);
  return [turn, ...those("first"), ...those("second")];
}

/** What somebody is to a circle that runs. */
export function partIn(
  circle: Pick<Circle, "turn"> | undefined,
  participant: ParticipantId,
): "speaks" | "listens" | undefined {
  if (!circle?.turn) return undefined;
  return circle.turn === participant ? "speaks" : "listens";
}

/** In announcements few write, and two who talk need no order. */
export const mayHoldCircles = (kind: SpaceKind | "one_to_one") =>
  kind === "working" || kind === "peer_support";

export function mayOpenCircle(
  { facilitator }: { facilitator: boolean },
  space: { kind: SpaceKind; opening: ReturnType<typeof openingAt> },
  exists: boolean,
): Verdict {
  if (!facilitator || !mayHoldCircles(space.kind)) return no("not_allowed");
  if (!space.opening.openNow) return no("space_not_open");
  return exists ? no("already_done") : yes;
}

export function mayStartCircle(
  { facilitator }: { facilitator: boolean },
  circle: Pick<Circle, "seats">,
): Verdict {
  if (!facilitator) return no("not_allowed");
  return here(circle).length < seatsNeeded ? no("not_yet") : yes;
}

export const mayEndCircle = ({ facilitator }: { facilitator: boolean }): Verdict =>
  facilitator ? yes : no("not_allowed");

export const mayJoinCircle = (circle: Pick<Circle, "seats">): Verdict =>
  circle.seats.length >= seatsMax ? no("limit_reached") : yes;

/** Not by whoever had it until a moment ago. */
export const mayPassTurn = (circle: Pick<Circle, "turn">, participant: ParticipantId): Verdict =>
  circle.turn === participant ? yes : no("changed_meanwhile");

const here = ({ seats }: Pick<Circle, "seats">) => seats.filter(({ gone }) => !gone);

function endTurn<Given extends Circle>(circle: Given, chance: Chance, from: Date): Next<Given> {
  return giveTurn(circle.turn ? withSeat(circle, circle.turn, { chance }) : circle, from);
}

function giveTurn<Given extends Circle>(circle: Given, from: Date): Next<Given> {
  const there = here(circle);
  const next =
    there.find(({ chance }) => chance === "first") ??
    there.find(({ chance }) => chance === "second");
  if (next) {
    const turnEndsAt = new Date(from.getTime() + circle.turnMinutes * 60_000);
    return { ...circle, turn: next.participant, turnEndsAt, spoke: false };
  }
  if (there.length === 0 || circle.round >= circle.rounds) return undefined;
  const seats = circle.seats.map((seat): Seat => ({ ...seat, chance: "first" }));
  return giveTurn({ ...circle, seats, round: circle.round + 1 }, from);
}

function withSeat<Given extends Circle>(
  circle: Given,
  participant: ParticipantId,
  parts: Partial<Seat>,
): Given {
  const seats = circle.seats.map((seat) =>
    seat.participant === participant ? { ...seat, ...parts } : seat,
  );
  return { ...circle, seats };
}
