import type { GroupKind } from "@telar/contracts/groups";
import type { Role } from "@telar/contracts/memberships";
import type {
  FacilitatedHours,
  SpaceKind,
  SpaceSettings,
  SpaceState,
} from "@telar/contracts/spaces";
import { Temporal } from "temporal-polyfill";
import { mayConvene } from "./groups.ts";
import { coordinates } from "./memberships.ts";
import { no, type Verdict, yes } from "./verdict.ts";

/** Closed spaces count too: they stay where they can be opened again. */
export const spacesPerOwner = 100;

/** Of one person in one space. */
const aliasesPerMonth = 3;

/** A peer-support space opens, and stays open, with so many who facilitate. */
const facilitatorsNeeded = 2;

/** Fewer than so many readers are not counted out loud. */
export const readersShownFrom = 5;

const plain: SpaceSettings = {
  keepsDays: 90,
  slowMinutes: 0,
  noteRequired: false,
  admission: false,
  holdsFirst: 0,
  facilitatedHours: false,
  weeklyHoursMax: 12,
  guests: false,
};

const careful: SpaceSettings = {
  ...plain,
  keepsDays: 30,
  slowMinutes: 2,
  noteRequired: true,
  admission: true,
  holdsFirst: 1,
  facilitatedHours: true,
};

export function defaultsFor(kind: SpaceKind): SpaceSettings {
  return { ...(kind === "peer_support" ? careful : plain) };
}

/** Institutions never come into peer support, whatever is ticked. */
export function fittingSettings(kind: SpaceKind, { guests }: SpaceSettings): Verdict {
  return kind === "peer_support" && guests ? no("not_allowed") : yes;
}

/** Whoever coordinates the group, or one that convenes the coalition, makes its spaces; institutions are guests. */
export function mayFound(place: { roles: Role[]; kind: GroupKind }, spaces: number): Verdict {
  if (!coordinates(place)) return no("not_allowed");
  const convening = mayConvene(place.kind);
  if (!convening.allowed) return convening;
  return spaces >= spacesPerOwner ? no("limit_reached") : yes;
}

/** What rules look at of somebody before a space: `mayChange` as in the contract, and their place there. */
export interface Standpoint {
  mayChange: boolean;
  facilitator: boolean;
}

/** Title, rules and settings are up to those who coordinate the space's owner. */
export function mayChange({ mayChange: allowed }: Pick<Standpoint, "mayChange">): Verdict {
  return allowed ? yes : no("not_allowed");
}

/** Hours, opening and closing: also up to those who facilitate. */
export function mayRun({ mayChange: allowed, facilitator }: Standpoint): Verdict {
  return allowed || facilitator ? yes : no("not_allowed");
}

/** Letting people in, naming others who facilitate, keeping shifts. */
export function mayFacilitate({ facilitator }: Pick<Standpoint, "facilitator">): Verdict {
  return facilitator ? yes : no("not_allowed");
}

/**
 * A space that nobody facilitates any more gets somebody from those who coordinate its owner. Guests from institutions
 * facilitate nowhere.
 */
export function mayNameFacilitator(
  standpoint: Standpoint,
  target: { guest: boolean },
  facilitators: number,
): Verdict {
  const naming = facilitators === 0 ? mayChange(standpoint) : mayFacilitate(standpoint);
  return naming.allowed && target.guest ? no("not_allowed") : naming;
}

/** Members of institutions come in only as guests, and never into peer support. */
export function mayJoin(
  space: { kind: SpaceKind; state: SpaceState; guests: boolean },
  through: GroupKind,
): Verdict {
  if (through === "institution" && (!space.guests || space.kind === "peer_support"))
    return no("not_allowed");
  return space.state === "closed" ? no("space_not_open") : yes;
}

/** Each alias is taken for ever: whoever comes and goes does not use up those of the others. */
export function mayTakeAlias(others: number): Verdict {
  return others >= aliasesPerMonth ? no("limit_reached") : yes;
}

/**
 * Whether somebody is in at once or asks first: after a removal always, else where admission is asked for, unless nobody is
 * left who could let in those who coordinate.
 */
export function standingOnJoining(
  { admission }: { admission: boolean },
  person: { removed: boolean; mayChange: boolean },
  facilitators: number,
): "asked" | "joined" {
  const takesOver = person.mayChange && facilitators === 0;
  return person.removed || (admission && !takesOver) ? "asked" : "joined";
}

export function mayOpen(kind: SpaceKind, facilitators: number): Verdict {
  const enough = kind !== "peer_support" || facilitators >= facilitatorsNeeded;
  return enough ? yes : no("two_facilitators_needed");
}

/** By stepping down or by leaving: first another person facilitates, or the space is closed. */
export function mayStopFacilitating(
  space: { kind: SpaceKind; state: SpaceState },
  facilitators: number,
): Verdict {
  return space.state === "open" ? mayOpen(space.kind, facilitators - 1) : yes;
}

/** What decides whether messages are taken. */
export interface OpeningTimes {
  state: SpaceState;
  facilitatedHours: boolean;
  hours: FacilitatedHours[];
  /** In which the hours are meant. */
  zone: string;
}

/**
 * Whether a space takes messages now and, if only its hours are over, when they begin again. The clock on the wall of the
 * space's zone counts: an hour that summer time leaves out is not there, one that comes twice counts twice.
 */
export function openingAt(
  space: OpeningTimes,
  now: Date,
): { openNow: true } | { openNow: false; opensAt?: Date } {
  if (space.state !== "open") return { openNow: false };
  if (!space.facilitatedHours) return { openNow: true };
  const wall = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(space.zone);
  if (isWithin(space.hours, wall)) return { openNow: true };
  const opensAt = nextOpening(space.hours, wall);
  return { openNow: false, ...(opensAt && { opensAt }) };
}

function isWithin(hours: FacilitatedHours[], wall: Temporal.ZonedDateTime): boolean {
  const clock = wall.toPlainTime().toString({ smallestUnit: "minute" });
  return hours.some(
    ({ weekday, opens, closes }) =>
      weekday === wall.dayOfWeek && opens <= clock && (clock < closes || closes === lastMinute),
  );
}

/** No form can say 24:00: what closes in the last minute of a day is open until its end. */
const lastMinute = "23:59";

/** Far enough for an opening whose next turn falls into an hour that is left out. */
const searchedDays = 15;

/** The first moment at which the clock enters an opening: where one begins, or where the clock itself jumps. */
function nextOpening(hours: FacilitatedHours[], now: Temporal.ZonedDateTime): Date | undefined {
  const jump = now.getTimeZoneTransition("next");
  const moments = jump ? [jump] : [];
  for (let day = 0; day < searchedDays; day += 1) {
    const date = now.toPlainDate().add({ days: day });
    for (const { opens } of hours.filter(({ weekday }) => weekday === date.dayOfWeek)) {
      const wall = date.toPlainDateTime(opens);
      for (const disambiguation of ["earlier", "later"] as const)
        moments.push(wall.toZonedDateTime(now.timeZoneId, { disambiguation }));
    }
  }
  const times = moments
    .filter((moment) => isWithin(hours, moment))
    .map(({ epochMilliseconds }) => epochMilliseconds)
    .filter((time) => time > now.epochMilliseconds);
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}
