const waitMs = 7 * 24 * 3600 * 1000;

/**
 * When an account opens for somebody who showed a recovery code. A wait that has begun stays as it was told to the
 * account's devices; without one, a device that may say no is given seven days to say it. The one that asks counts
 * too: it may have been taken together with the sheet.
 */
export function opensForRecovery(
  { waitsUntil, devices }: { waitsUntil?: Date | undefined; devices: number },
  now: Date,
): Date {
  if (waitsUntil) return waitsUntil;
  return devices > 0 ? new Date(now.getTime() + waitMs) : now;
}

const fewCodes = 2;

/** One is reminded of the sheet while there is still a code to come back with. */
export function hasFewCodes(left: number): boolean {
  return left <= fewCodes;
}
