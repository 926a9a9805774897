import type { FieldProblem, ProblemCode } from "@telar/contracts/problems";
import type { SpaceKind, SpaceSettings, SpaceState } from "@telar/contracts/spaces";
import type { openingAt } from "./spaces.ts";
import { no, type Verdict, yes } from "./verdict.ts";

/** How many messages one person keeps waiting in one space: drafts, those of slow mode, those that are read first. */
export const waitingPerPerson = 20;
export const versionsPerMessage = 20;
export const pinnedPerSpace = 20;

/** Somebody's place in a space, as far as writing there is concerned. */
export interface Writer {
  facilitator: boolean;
  /** Of the rules that they said yes to. */
  acceptedVersion: number;
  mutedUntil: Date | null;
  mayPostFrom: Date | null;
  firstMessages: number;
  /** What those who facilitate asked of this person alone, in minutes between two messages. */
  slowedMinutes?: number | null;
  slowedUntil?: Date | null;
  /** Messages of theirs that are not in the space yet. */
  waiting: number;
  /** While a circle runs: whether they have the word. */
  circle?: "speaks" | "listens" | undefined;
}

export interface WrittenSpace
  extends Pick<SpaceSettings, "slowMinutes" | "noteRequired" | "holdsFirst"> {
  kind: SpaceKind | "one_to_one";
  state: SpaceState;
  rulesVersion: number;
}

type Opening = ReturnType<typeof openingAt>;

/** `draft`: sent by its author later. `due`: its time in slow mode has come. `released`: a facilitator read it. */
export type Turn = "new" | "draft" | "due" | "released";

/** Those that are sent now take a turn in slow mode; the others had theirs. */
const takesTurn = (turn: Turn) => turn === "new" || turn === "draft";

export interface Refusal {
  outcome: "refuse";
  because: ProblemCode;
  fields?: Record<string, FieldProblem>;
}

export type Decision =
  | { outcome: "post" }
  | { outcome: "queue"; goesAt: Date }
  | { outcome: "keep_as_draft"; opensAt?: Date }
  | { outcome: "hold" }
  | Refusal;

const refuse = (because: ProblemCode): Refusal => ({ outcome: "refuse", because });

/** What happens with a message. Slow mode and facilitated hours are the same for those who facilitate (P07, P09). */
export function decidePosting(
  writer: Writer,
  space: WrittenSpace,
  opening: Opening,
  { note, turn, filtered = false }: { note: string; turn: Turn; filtered?: boolean },
  now: Date,
): Decision {
  const writing = mayWrite(writer, space, now);
  if (!writing.allowed) return refuse(writing.because);
  const lacking = lackingNote(space, note);
  if (lacking) return lacking;
  const decision = turnOf(writer, space, opening, { turn, filtered }, now);
  const full = turn === "new" && writer.waiting >= waitingPerPerson;
  return full && decision.outcome !== "post" ? refuse("limit_reached") : decision;
}

/** Where a space asks for a line that says what a message is about. */
export function lackingNote(
  { noteRequired }: Pick<WrittenSpace, "noteRequired">,
  note: string,
): Refusal | undefined {
  if (!noteRequired || note !== "") return undefined;
  return { outcome: "refuse", because: "invalid_input", fields: { note: "missing" } };
}

function turnOf(
  writer: Writer,
  space: WrittenSpace,
  opening: Opening,
  { turn, filtered }: { turn: Turn; filtered: boolean },
  now: Date,
): Decision {
  if (!opening.openNow)
    return { outcome: "keep_as_draft", ...(opening.opensAt && { opensAt: opening.opensAt }) };
  if (writer.circle === "listens" && turn !== "released") return { outcome: "keep_as_draft" };
  const { mayPostFrom } = writer;
  if (takesTurn(turn) && slowMsFor(space, writer, now) > 0 && mayPostFrom && mayPostFrom > now)
    return { outcome: "queue", goesAt: mayPostFrom };
  return turn !== "released" && (filtered || isReadFirst(writer, space))
    ? { outcome: "hold" }
    : { outcome: "post" };
}

/**
 * Between two messages of one person: what the space asks of all, or what this one was asked if that is more. Whoever has
 * the word in a circle has it until they pass it on.
 */
function slowMsFor(
  { slowMinutes }: Pick<WrittenSpace, "slowMinutes">,
  { slowedMinutes, slowedUntil, circle }: Pick<Writer, "slowedMinutes" | "slowedUntil" | "circle">,
  now: Date,
): number {
  const own = slowedUntil && slowedUntil > now ? (slowedMinutes ?? 0) : 0;
  return Math.max(circle === "speaks" ? 0 : slowMinutes, own) * 60_000;
}

/** Whether a facilitator reads what somebody writes before the others do. */
export const isReadFirst = (
  writer: Pick<Writer, "facilitator" | "firstMessages">,
  { holdsFirst }: Pick<WrittenSpace, "holdsFirst">,
): boolean => !writer.facilitator && writer.firstMessages < holdsFirst;

/** The place after such a decision: what the next message of the same person is judged by. */
export function afterPosting<Place extends Writer>(
  writer: Place,
  space: WrittenSpace,
  decision: Exclude<Decision, Refusal>,
  turn: Turn,
  now: Date,
): Place {
  const nextTurn = (from: Date) =>
    takesTurn(turn) && slowMsFor(space, writer, now) > 0
      ? new Date(from.getTime() + slowMsFor(space, writer, now))
      : writer.mayPostFrom;
  const waiting = turn === "new" ? writer.waiting + 1 : writer.waiting;
  switch (decision.outcome) {
    case "post": {
      const firstMessages = Math.min(
        writer.firstMessages + 1,
        Math.max(space.holdsFirst, writer.firstMessages),
      );
      return { ...writer, firstMessages, mayPostFrom: nextTurn(now) };
    }
    case "queue":
      return { ...writer, waiting, mayPostFrom: nextTurn(decision.goesAt) };
    case "hold":
      return { ...writer, waiting, mayPostFrom: nextTurn(now) };
    case "keep_as_draft":
      return { ...writer, waiting };
  }
}

/** Reading waits until somebody said yes to the rules as they are. */
export function mayRead(
  { acceptedVersion }: Pick<Writer, "acceptedVersion">,
  { rulesVersion }: Pick<WrittenSpace, "rulesVersion">,
): Verdict {
  return acceptedVersion < rulesVersion ? no("rules_changed") : yes;
}

type Judged = Pick<WrittenSpace, "kind" | "state" | "rulesVersion">;
type Answering = Pick<Writer, "acceptedVersion" | "mutedUntil">;

/** Answering without words, in announcements too. */
export function mayAnswer(writer: Answering, space: Judged, now: Date): Verdict {
  const reading = mayRead(writer, space);
  if (!reading.allowed) return reading;
  if (space.state !== "open") return no("space_not_open");
  return writer.mutedUntil && writer.mutedUntil > now ? no("muted") : yes;
}

export function mayWrite(
  writer: Answering & Pick<Writer, "facilitator">,
  space: Judged,
  now: Date,
): Verdict {
  const answering = mayAnswer(writer, space, now);
  if (!answering.allowed) return answering;
  return space.kind === "announcement" && !writer.facilitator ? no("not_allowed") : yes;
}

/** Other words are new words: they wait for the space to be open, and for the word in a circle, as a message does. */
export function mayEdit(
  writer: Answering & Pick<Writer, "facilitator" | "circle">,
  space: Judged,
  opening: Opening,
  message: { yours: boolean; versions: number },
  now: Date,
): Verdict {
  if (!message.yours) return no("not_allowed");
  const writing = mayWrite(writer, space, now);
  if (!writing.allowed) return writing;
  if (!opening.openNow) return no("space_not_open");
  if (writer.circle === "listens") return no("not_your_turn");
  return message.versions >= versionsPerMessage ? no("limit_reached") : yes;
}

export function mayPin(
  writer: Pick<Writer, "acceptedVersion" | "facilitator">,
  space: Judged,
  pinned: number,
): Verdict {
  if (!writer.facilitator) return no("not_allowed");
  const reading = mayRead(writer, space);
  if (!reading.allowed) return reading;
  return pinned >= pinnedPerSpace ? no("limit_reached") : yes;
}
