import { no, type Verdict, yes } from "./verdict.ts";

const dayMs = 24 * 3600 * 1000;

/** Seven days from now, and on to the end of that day: the hour in which somebody asked stands nowhere. */
export function endOfWait(now: Date): Date {
  return new Date(Math.ceil(now.getTime() / dayMs + 7) * dayMs);
}

/**
 * When an account opens for somebody who showed a recovery code. A wait that has begun stays as it was told to the
 * account's devices; without one, a device that may say no is given seven days to say it. The one that asks counts
 * too, and so does one that ended lately: it may have been taken together with the sheet.
 */
export function opensForRecovery(
  account: { waitsUntil?: Date | undefined; devices: number; deviceEndedLately: boolean },
  now: Date,
): Date {
  if (account.waitsUntil) return account.waitsUntil;
  return account.devices > 0 || account.deviceEndedLately ? endOfWait(now) : now;
}

const beginningsPerWeek = 3;

/** A recovery or a hand-over that one begins calls upon others, each time, and is not for wearing them out. */
export function mayBeginAgain(begunThisWeek: number): Verdict {
  return begunThisWeek >= beginningsPerWeek ? no("weekly_limit") : yes;
}

const fewCodes = 2;

/** One is reminded of the sheet while there is still a code to come back with. */
export function hasFewCodes(left: number): boolean {
  return left <= fewCodes;
}
