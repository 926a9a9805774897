const firstMs = 5_000;
const longestMs = 6 * 60 * 60_000;
/** After so long a peer counts as unreachable; it catches up when it returns. */
const givenUpMs = 7 * 24 * 60 * 60_000;

/**
 * When to try again after so many failed tries: full jitter under a doubling bound, so that many hubs do not come back at the
 * same moment; never before the moment the peer asked for. `random` in [0, 1).
 */
export function nextTry(
  { attempts, now, retryAfter }: { attempts: number; now: Date; retryAfter?: Date | undefined },
  random: () => number,
): Date {
  const bound = Math.min(longestMs, firstMs * 2 ** Math.min(attempts, 30));
  const at = now.getTime() + random() * bound;
  return new Date(Math.max(at, Math.min(retryAfter?.getTime() ?? 0, now.getTime() + longestMs)));
}

export const isGivenUp = (since: Date, now: Date) => now.getTime() - since.getTime() >= givenUpMs;

/** Whether to try again at all; what a peer will never take is set aside and shown to stewards. */
export function outcomeOf(status: number): "done" | "later" | "set_aside" {
  if (status >= 200 && status < 300) return "done";
  const passing = [408, 409, 425, 429];
  return status >= 400 && status < 500 && !passing.includes(status) ? "set_aside" : "later";
}
