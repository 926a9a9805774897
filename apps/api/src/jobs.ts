import type { Database } from "@telar/database/connection";
import { completeGroupRecoveries } from "@telar/database/group-recoveries";
import { removePast } from "@telar/database/retention";
import type { Logger } from "pino";

/** Often, because strangers can cause rows too: a count for each name they try to sign in with. */
const everyMs = 300_000;

/** Deletes what is past its time and completes what has waited long enough, now and every five minutes. `database` is connected as `telar_jobs`. */
export function startJobs(database: Database, log: Logger): { close(): Promise<void> } {
  let running = Promise.resolve();
  const run = () => {
    running = running.then(() => doRound(database, log));
  };
  run();
  const timer = setInterval(run, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}

/** A failed round is told and tried again at the next one: what it missed is still past its time then. */
async function doRound(database: Database, log: Logger): Promise<void> {
  try {
    const removed = await removePast(database);
    log.info({ removed, recovered: await completeGroupRecoveries(database) }, "retention");
  } catch (error) {
    const cause = error instanceof Error && "code" in error ? String(error.code) : "unexpected";
    log.warn({ cause }, "retention waits for the next round");
  }
}
