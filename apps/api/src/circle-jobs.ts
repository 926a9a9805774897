import { listDueCircles } from "@telar/database/circles";
import type { Database } from "@telar/database/connection";
import { spaceStream } from "@telar/database/events";
import type { Logger } from "pino";
import { settleCircles } from "./circle-turns.ts";
import type { Wake } from "./message-writer.ts";
import { startRounds } from "./rounds.ts";

const everyMs = 2_000;
const circlesPerRound = 50;

/** Passes the word on where nobody did in time, so that a circle never waits for whoever is not there. `database`: `telar_jobs`. */
export const startCircleJobs = (database: Database, wake: Wake, log: Logger) =>
  startRounds({ waiting: "circles wait for the next round", log, everyMs }, () =>
    passDue(database, wake),
  );

async function passDue(database: Database, wake: Wake): Promise<void> {
  const due = await listDueCircles(database, circlesPerRound);
  if (due.length === 0) return;
  await database.begin((sql) => settleCircles(sql, due));
  wake(due.map(spaceStream));
}
