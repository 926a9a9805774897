import type { Rhythm } from "@telar/contracts/notices";
import { Temporal } from "temporal-polyfill";
import { no, type Verdict, yes } from "./verdict.ts";

export const devicesPerAccount = 5;
export const peopleLetThrough = 20;

/** What decides when somebody may be told. */
export interface Rest {
  zone: string;
  pausedUntil: Date | null;
  /** `21:00`, on the clock of the zone; the same twice: no quiet hours. */
  quietFrom: string;
  quietTo: string;
}

/** Quiet hours and pauses hold everything back, but for the people whom somebody named: only the pause holds those. */
export function mayReach(rest: Rest, now: Date, { named }: { named: boolean }): Verdict {
  if (rest.pausedUntil && rest.pausedUntil > now) return no("not_yet");
  return isQuiet(rest, now) && !named ? no("not_yet") : yes;
}

/** Judged by the clock on the wall: an hour that summer time repeats is quiet twice. */
export function isQuiet(rest: Rest, now: Date): boolean {
  return isWithin(rest, wallAt(rest.zone, now).toPlainTime().toString({ smallestUnit: "minute" }));
}

/** From `quietFrom` on, and no longer at `quietTo`; over midnight where that is earlier. */
function isWithin({ quietFrom, quietTo }: Pick<Rest, "quietFrom" | "quietTo">, clock: string) {
  const [begun, over] = [clock >= quietFrom, clock >= quietTo];
  return quietFrom <= quietTo ? begun && !over : begun || !over;
}

/**
 * How long a push may still be under way, in seconds: what a device fetches later than that would ring in the quiet hours.
 * Never more than `longest`.
 */
export function secondsUntilQuiet(rest: Rest, now: Date, longest: number): number {
  if (rest.quietFrom === rest.quietTo) return longest;
  const wall = wallAt(rest.zone, now);
  const jump = wall.getTimeZoneTransition("next");
  const days = [wall.toPlainDate(), wall.toPlainDate().add({ days: 1 })];
  const begins = days.flatMap((day) =>
    (["earlier", "later"] as const).map((disambiguation) =>
      day.toPlainDateTime(rest.quietFrom).toZonedDateTime(rest.zone, { disambiguation }),
    ),
  );
  const times = [...begins, ...(jump ? [jump] : [])]
    .map(({ epochMilliseconds }) => epochMilliseconds)
    .filter((time) => time > now.getTime() && isQuiet(rest, new Date(time)));
  return Math.min(longest, ...times.map((time) => Math.floor((time - now.getTime()) / 1000)));
}

/** Within the hour that begins then; the day it stands for, or undefined while it is not due or has been given. */
export function digestDue(
  { zone, digestHour, digestedOn }: { zone: string; digestHour: number; digestedOn: string | null },
  now: Date,
): string | undefined {
  const today = wallAt(zone, now).toPlainDate();
  const begins = today.toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from({ hour: digestHour }),
  }).epochMilliseconds;
  const sinceMs = now.getTime() - begins;
  const day = today.toString();
  const given = digestedOn !== null && digestedOn >= day;
  return sinceMs >= 0 && sinceMs < hourMs && !given ? day : undefined;
}

const hourMs = 3_600_000;

/** A digest in the quiet hours would never be given. */
export function fittingDigest(
  settings: Pick<Rest, "quietFrom" | "quietTo"> & { digestHour: number },
): Verdict {
  const clock = `${String(settings.digestHour).padStart(2, "0")}:00`;
  return isWithin(settings, clock) ? no("invalid_input") : yes;
}

interface SpaceNews<Space> {
  space: Space;
  rhythm: Exclude<Rhythm, "off">;
  upTo: number;
  /** By somebody whom the person lets through. */
  named: boolean;
}

export interface Waiting<Space> extends Rest {
  /** For what concerns the person themselves. */
  own: Rhythm;
  ownWaits: boolean;
  digestHour: number;
  digestedOn: string | null;
  spaces: SpaceNews<Space>[];
}

export interface Announcement<Space> {
  own: boolean;
  spaces: { space: Space; upTo: number }[];
  digest?: string;
  /** By somebody who may be heard in the quiet hours. */
  throughQuiet: boolean;
}

/** What somebody is told now; undefined: nothing yet. */
export function announcementFor<Space>(
  waiting: Waiting<Space>,
  now: Date,
): Announcement<Space> | undefined {
  const reaches = (named: boolean) => mayReach(waiting, now, { named }).allowed;
  const digest = reaches(false) ? digestDue(waiting, now) : undefined;
  const isDue = (rhythm: Rhythm, named = false) =>
    rhythm === "at_once" ? reaches(named) : rhythm === "digest" && digest !== undefined;
  const own = waiting.ownWaits && isDue(waiting.own);
  const due = waiting.spaces.filter(({ rhythm, named }) => isDue(rhythm, named));
  if (!own && due.length === 0) return undefined;
  return {
    own,
    spaces: due.map(({ space, upTo }) => ({ space, upTo })),
    ...(digest && { digest }),
    throughQuiet: due.some(({ rhythm, named }) => named && rhythm === "at_once"),
  };
}

/** Not before so many minutes after the last one: several things become one sign. */
export const minutesBetweenPushes = 10;

/** After so many failures in a row the device is no longer tried. */
export const pushFailuresMax = 8;

export function minutesUntilNextTry(failures: number): number {
  return Math.min(24 * 60, minutesBetweenPushes * 2 ** failures);
}

function wallAt(zone: string, now: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
}
