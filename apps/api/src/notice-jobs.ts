import * as announcements from "@telar/database/announcements";
import type { Database } from "@telar/database/connection";
import {
  announcementFor,
  mayReach,
  minutesBetweenPushes,
  minutesUntilNextTry,
  pushFailuresMax,
  secondsUntilQuiet,
} from "@telar/rules/notices";
import pLimit from "p-limit";
import type { Logger } from "pino";
import { openEndpoint, type PushKeys, sendPush } from "./push.ts";
import { startRounds } from "./rounds.ts";

const everyMs = 60_000;
const rowsAtOnce = 200;
const pushesAtOnce = 8;
/** A device that is off for longer hears of it at the next push. */
const secondsToLive = 4 * 3600;

interface NoticeJobs {
  /** Connected as `telar_jobs`. */
  database: Database;
  push?: PushKeys | undefined;
  log: Logger;
  now?(): Date;
}

/** Tells people what waits for them, each when they want to hear of it, now and every minute. */
export const startNoticeJobs = (jobs: NoticeJobs) =>
  startRounds({ waiting: "notices wait for the next round", log: jobs.log, everyMs }, (signal) =>
    tellEverybody(jobs, signal),
  );

/** One round: first what people find among their notices, then what their devices are told. */
export async function tellEverybody(
  { database, push, log, now = () => new Date() }: NoticeJobs,
  signal?: AbortSignal,
): Promise<void> {
  let told = 0;
  for await (const person of everyPage(
    (after) => announcements.listPeopleToTell(database, rowsAtOnce, after),
    ({ account }) => account,
    signal,
  )) {
    const announcement = announcementFor(person, now());
    if (!announcement) continue;
    await announcements.announce(database, person.account, announcement);
    told += 1;
  }
  const pushed = push ? await sendPushes(database, push, now, signal) : 0;
  log.info({ told, pushed }, "notices");
}

async function sendPushes(
  database: Database,
  push: PushKeys,
  now: () => Date,
  signal: AbortSignal | undefined,
): Promise<number> {
  const atOnce = pLimit(pushesAtOnce);
  const sending: Promise<number>[] = [];
  for await (const one of everyPage(
    (after) => announcements.listPushesToSend(database, rowsAtOnce, after),
    ({ session }) => session,
    signal,
  )) {
    if (!mayReach(one, now(), { named: one.passes }).allowed) continue;
    sending.push(atOnce(() => (signal?.aborted ? 0 : deliver(database, push, one, now(), signal))));
    if (sending.length % rowsAtOnce === 0) await Promise.all(sending);
  }
  return (await Promise.all(sending)).reduce((sum, sent) => sum + sent, 0);
}

async function deliver(
  database: Database,
  push: PushKeys,
  one: announcements.PushToSend,
  now: Date,
  signal?: AbortSignal,
): Promise<number> {
  const { session, failures } = one;
  const endpoint = openEndpoint(push, session, one.sealedEndpoint);
  const seconds = one.passes ? secondsToLive : secondsUntilQuiet(one, now, secondsToLive);
  const outcome = endpoint ? await sendPush(push, endpoint, seconds, signal) : "gone";
  if (outcome === "gone" || (outcome === "later" && failures + 1 >= pushFailuresMax))
    await announcements.removePush(database, session);
  else if (outcome === "sent")
    await announcements.markPushed(database, session, {
      failures: 0,
      minutes: minutesBetweenPushes,
    });
  else
    await announcements.markPushed(database, session, {
      failures: failures + 1,
      minutes: minutesUntilNextTry(failures + 1),
    });
  return outcome === "sent" ? 1 : 0;
}

/** Row by row, one page after the other. */
async function* everyPage<Row>(
  list: (after?: string) => Promise<Row[]>,
  placeOf: (row: Row) => string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row> {
  let after: string | undefined;
  while (!signal?.aborted) {
    const rows = await list(after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return;
    after = placeOf(last);
  }
}
