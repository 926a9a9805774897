import type { StreamName } from "@telar/contracts/events";
import type { Posting } from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import { actInTurns, type Turn } from "@telar/database/acting";
import type { Database } from "@telar/database/connection";
import { brokenConstraint, isUnavailable } from "@telar/database/errors";
import { spaceStream } from "@telar/database/events";
import { placesOf, readGround, writePostings } from "@telar/database/postings";
import { settleCircles } from "./circle-turns.ts";
import { type Outcome, type PostingRequest, planPostings } from "./posting-plan.ts";

/** Writes what people post: many people's messages in one transaction, each judged alone. */
export interface MessageWriter {
  post(request: PostingRequest): Promise<Posting>;
}

/** In messages. A full batch stays far below the time that a statement may take. */
const batchMax = 256;
const waitingMax = 5_000;

/** Hears, after each commit, in which streams something was posted; it must not throw. `busy`: more is being written already. */
export type Wake = (streams: StreamName[], busy?: boolean) => void;

interface Waiting {
  request: PostingRequest;
  resolve(posting: Posting): void;
  reject(problem: unknown): void;
}

export function createMessageWriter(database: Database, wake: Wake): MessageWriter {
  const waiting: Waiting[] = [];
  let writing = false;

  function writeNext(): void {
    if (writing || waiting.length === 0) return;
    writing = true;
    void writeWaiting(database, waiting, wake).finally(() => {
      writing = false;
      writeNext();
    });
  }

  return {
    post(request) {
      if (waiting.length >= waitingMax)
        return Promise.reject(new HubError("unavailable", undefined, { retryAfterSeconds: 5 }));
      return new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        // What arrives in the same turn goes together.
        if (waiting.length === 1) setImmediate(writeNext);
      });
    },
  };
}

/** Batch after batch, until nobody waits. If one fails as a whole, each of it goes alone, so that nobody's message fails because of another. */
async function writeWaiting(database: Database, waiting: Waiting[], wake: Wake): Promise<void> {
  let batch: Waiting[] | undefined;
  try {
    await actInTurns(database, async (turn) => {
      for (batch = take(waiting); batch.length > 0; batch = take(waiting)) {
        const outcomes = await writeTogether(turn, batch);
        for (const [index, one] of batch.entries()) answer(one, outcomes[index]);
        const posted = batch.filter((_, index) => isPosted(outcomes[index]));
        const streams = new Set(posted.map(({ request }) => spaceStream(request.space)));
        if (streams.size > 0) wake([...streams], waiting.length > 0);
      }
    });
  } catch (error) {
    // Without a transaction nothing was taken yet: whoever waits hears that PostgreSQL is away.
    batch ??= take(waiting);
    if (batch.length > 1 && !isUnavailable(error))
      for (const one of batch) await writeWaiting(database, [one], wake);
    else for (const { reject } of batch) reject(asRefusal(error));
  }
}

const take = (waiting: Waiting[]) => waiting.splice(0, batchMax);

const isPosted = (outcome: Posting | HubError | undefined) =>
  outcome !== undefined && "outcome" in outcome && outcome.outcome === "posted";

function answer({ resolve, reject }: Waiting, outcome: Posting | HubError | undefined): void {
  if (outcome === undefined || outcome instanceof HubError) reject(outcome);
  else resolve(outcome);
}

function writeTogether(turn: Turn, batch: Waiting[]): Promise<(Posting | HubError)[]> {
  const requests = batch.map(({ request }) => request);
  const asked = requests.map(askedOf);
  return turn({ places: placesOf(asked) }, async (sql, finish) => {
    const ground = await readGround(sql, asked);
    const circles =
      ground.circled.length > 0 ? await settleCircles(sql, ground.circled) : new Map();
    const { outcomes, changes } = planPostings(requests, { ...ground, circles });
    const writing = writePostings(sql, changes);
    finish();
    const places = await writing;
    return outcomes.map((outcome) => placed(outcome, places));
  });
}

const askedOf = ({ account, space, id, words }: PostingRequest) => ({
  account,
  space,
  id,
  replyTo: words?.replyTo,
  attachments: words?.attachments,
});

function placed(outcome: Outcome, places: number[]): Posting | HubError {
  if (typeof outcome !== "number") return outcome;
  const place = places[outcome];
  if (place === undefined) throw new Error("A message was posted without a place.");
  return { outcome: "posted", place };
}

const walled = "42501";
const lockTimeout = "55P03";

/** The same id by somebody else at the same moment; a place that ended between reading and writing. */
function asRefusal(error: unknown): unknown {
  const constraint = brokenConstraint(error);
  if (constraint === "message_once" || constraint === "waiting_messages_pkey")
    return new HubError("already_done");
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === lockTimeout)
    return new HubError("unavailable", undefined, { retryAfterSeconds: 5, cause: error });
  return code === walled ? new HubError("not_found", undefined, { cause: error }) : error;
}
