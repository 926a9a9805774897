import { listStrayFiles } from "@telar/database/attachments";
import type { Database } from "@telar/database/connection";
import type { Logger } from "pino";
import type { Files } from "./files.ts";
import { startRounds } from "./rounds.ts";

const everyMs = 300_000;
/** Longer than an upload takes from its first byte to its row. */
const graceMs = 3_600_000;
const askedAtOnce = 500;

/** Removes files that nothing leads to any more. `database` is connected as `telar_jobs`. */
export const startFileJobs = (database: Database, files: Files, log: Logger) =>
  startRounds({ waiting: "files wait for the next round", log, everyMs }, async () => {
    log.info({ removed: await removeStrayFiles(database, files) }, "files");
  });

/** Answers how many. The files are listed before the rows are asked for, so that a new one is never taken for a stray. */
export async function removeStrayFiles(
  database: Database,
  files: Files,
  before = new Date(Date.now() - graceMs),
): Promise<number> {
  let removed = 0;
  const removeFrom = async (hashes: string[]) => {
    const stray = await listStrayFiles(database, hashes);
    for (const hash of stray) await files.remove(hash);
    removed += stray.length;
  };
  let listed: string[] = [];
  for await (const hash of files.listOld(before)) {
    listed.push(hash);
    if (listed.length < askedAtOnce) continue;
    await removeFrom(listed);
    listed = [];
  }
  await removeFrom(listed);
  return removed;
}
