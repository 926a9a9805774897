import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";

interface Rounds {
  /** What the log says of a round that failed: its work is done at the next one. */
  waiting: string;
  log: Logger;
  everyMs: number;
}

/** Does `work` now, and again so long after it ended. `close` waits for what is being done, which hears `signal`. */
export function startRounds(
  { waiting, log, everyMs }: Rounds,
  work: (signal: AbortSignal) => Promise<void>,
): { close(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => warn(log, waiting, error));
      await pause(everyMs, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    async close() {
      stopping.abort();
      await running;
    },
  };
}

export function warn(log: Logger, waiting: string, error: unknown): void {
  const cause = error instanceof Error && "code" in error ? String(error.code) : "unexpected";
  log.warn({ cause }, waiting);
}
