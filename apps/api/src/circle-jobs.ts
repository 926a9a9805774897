import { setTimeout as pause } from "node:timers/promises";
import { listDueCircles } from "@telar/database/circles";
import type { Database } from "@telar/database/connection";
import { spaceStream } from "@telar/database/events";
import type { Logger } from "pino";
import { settleCircles } from "./circle-turns.ts";
import type { Wake } from "./message-writer.ts";

const everyMs = 2_000;
const circlesPerRound = 50;

/** Passes the word on where nobody did in time, so that a circle never waits for whoever is not there. `database`: `telar_jobs`. */
export function startCircleJobs(
  database: Database,
  wake: Wake,
  log: Logger,
): { close(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await passDue(database, wake).catch((error: unknown) => {
        const cause = error instanceof Error && "code" in error ? String(error.code) : "unexpected";
        log.warn({ cause }, "circles wait for the next round");
      });
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

async function passDue(database: Database, wake: Wake): Promise<void> {
  const due = await listDueCircles(database, circlesPerRound);
  if (due.length === 0) return;
  await database.begin((sql) => settleCircles(sql, due));
  wake(due.map(spaceStream));
}
