import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "@telar/database/connection";
import { bringEndsNearer, removeExpired } from "@telar/database/expiry";
import { listDue } from "@telar/database/waiting-messages";
import type { Logger } from "pino";
import type { MessageWriter } from "./message-writer.ts";
import { startRounds, warn } from "./rounds.ts";

const waiting = "messages wait for the next round";
const dueEveryMs = 5_000;
const duePerRound = 200;
const expiryEveryMs = 300_000;
const shorteningEveryMs = 5_000;
const rowsAtOnce = 250;
/** How long it rests after each few, beside how long they took, while people write. */
const pausesPerWork = 4;

/**
 * Posts what slow mode held back when its time comes, brings ends nearer after a shorter rule, and removes what is past its
 * end. `database`: `telar_jobs`.
 */
export function startMessageJobs(
  database: Database,
  writer: MessageWriter,
  log: Logger,
): { close(): Promise<void> } {
  const repeat = (everyMs: number, work: (signal: AbortSignal) => Promise<unknown>) =>
    startRounds({ waiting, log, everyMs }, async (signal) => void (await work(signal)));
  const running = [
    repeat(dueEveryMs, () => postDue(database, writer, log)),
    repeat(shorteningEveryMs, (signal) =>
      fewAtATime(() => bringEndsNearer(database, rowsAtOnce), signal),
    ),
    repeat(expiryEveryMs, (signal) =>
      fewAtATime(async () => (await removeExpired(database, rowsAtOnce)) > 0, signal),
    ),
  ];
  return {
    async close() {
      await Promise.all(running.map((rounds) => rounds.close()));
    },
  };
}

async function postDue(database: Database, writer: MessageWriter, log: Logger): Promise<void> {
  const due = await listDue(database, duePerRound);
  const tell = (error: unknown) => warn(log, waiting, error);
  await Promise.all(due.map((one) => writer.post({ ...one, turn: "due" }).catch(tell)));
}

/** Until nothing more is to be done, so that no statement holds up those who write. */
async function fewAtATime(work: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    if (!(await work())) return;
    const pauseMs = (performance.now() - began) * pausesPerWork;
    await pause(pauseMs, undefined, { signal }).catch(() => {});
  }
}
