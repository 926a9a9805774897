import type {
  AccountId,
  AttachmentId,
  MessageId,
  ParticipantId,
  SpaceId,
} from "@telar/contracts/ids";
import type { Posting } from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import type {
  AuthorRow,
  PostingChanges,
  PostingGround,
  WaitingRow,
} from "@telar/database/postings";
import { partIn } from "@telar/rules/circles";
import { wordsHit } from "@telar/rules/filters";
import {
  afterPosting,
  type Decision,
  decidePosting,
  type Turn,
  type Writer,
} from "@telar/rules/messages";
import { openingAt } from "@telar/rules/spaces";

interface Words {
  body: string;
  note: string;
  replyTo?: MessageId | undefined;
  attachments?: AttachmentId[] | undefined;
}

/** A message to write: its words, or one that waits under this id already. */
export interface PostingRequest {
  account: AccountId;
  space: SpaceId;
  id: MessageId;
  /** Left out: whoever the caller is there. */
  as?: ParticipantId | undefined;
  /** Left out: those that wait. */
  words?: Words | undefined;
  turn: Turn;
}

/** What each request gets; a number stands for the message that is posted at this index of `changes`. */
export type Outcome = Posting | HubError | number;

export interface PostingPlan {
  outcomes: Outcome[];
  changes: PostingChanges;
}

type Author = AuthorRow & Pick<Writer, "waiting" | "circle"> & { opening: Opening };

type Ground = PostingGround & {
  /** Who has the word, in the spaces that have a circle. */
  circles: ReadonlyMap<SpaceId, { turn: ParticipantId | null }>;
};

/** Decides one request after the other, so that a batch comes to what each alone would have come to. */
export function planPostings(requests: PostingRequest[], ground: Ground): PostingPlan {
  const known = index(ground);
  const changes: PostingChanges = {
    posted: [],
    waiting: [],
    released: [],
    authors: [],
    attached: [],
    spoke: [],
  };
  const done = new Map<string, { account: AccountId; outcome: Outcome }>();
  const outcomes = requests.map((request) => {
    const key = keyOf(request);
    const before = done.get(key);
    if (before)
      return before.account === request.account ? before.outcome : new HubError("already_done");
    const outcome = planOne(request, known, changes, ground.now);
    if (!(outcome instanceof HubError)) done.set(key, { account: request.account, outcome });
    return outcome;
  });
  const moved = (author: Author, { mayPostFrom, firstMessages }: AuthorRow) =>
    author.mayPostFrom !== mayPostFrom || author.firstMessages !== firstMessages;
  changes.authors = ground.authors.flatMap((row) => {
    const author = known.authors.get(`${row.space} ${row.account}`);
    return author && moved(author, row) ? [author] : [];
  });
  return { outcomes, changes };
}

const keyOf = ({ space, id }: { space: SpaceId; id: MessageId }) => `${space} ${id}`;

type Known = ReturnType<typeof index>;

function index({ now, authors, messages, waiting, taken, ...ground }: Ground) {
  const waitingOf = Map.groupBy(waiting, ({ author }) => author);
  return {
    authors: new Map<string, Author>(
      authors.map((row) => [
        `${row.space} ${row.account}`,
        {
          ...row,
          waiting: waitingOf.get(row.id)?.length ?? 0,
          opening: openingAt(row, now),
          circle: partIn(ground.circles.get(row.space), row.id),
        },
      ]),
    ),
    messages: new Map(messages.map((message) => [keyOf(message), message])),
    waiting: new Map(waiting.map((row) => [keyOf(row), row])),
    taken: new Map(taken.map((row) => [keyOf(row), row.author])),
    filters: ground.filters,
    attachments: new Map(ground.attachments.map((one) => [one.id, one])),
  };
}

function planOne(
  request: PostingRequest,
  known: Known,
  changes: PostingChanges,
  now: Date,
): Outcome {
  const author = known.authors.get(`${request.space} ${request.account}`);
  if (!author || (request.as && request.as !== author.id)) return new HubError("not_found");
  const before = known.waiting.get(keyOf(request));
  const again = sentBefore(request, author, known, before && author);
  if (again) return again;
  const words = wordsOf(request, known, before);
  if (words instanceof HubError) return words;
  if (!mayName(request, author, known))
    return new HubError("invalid_input", undefined, { fields: { attachments: "not_an_option" } });
  const kept = decide(request, words, author, known, now);
  if (kept.outcome === "refuse")
    return new HubError(kept.because, undefined, kept.fields && { fields: kept.fields });
  known.authors.set(
    `${request.space} ${request.account}`,
    afterPosting(author, author, kept, request.turn, now),
  );
  for (const id of request.words?.attachments ?? []) {
    known.attachments.delete(id);
    changes.attached.push({ id, message: request.id });
  }
  if (author.circle === "speaks") changes.spoke.push(request.space);
  const row = { space: request.space, id: request.id, author: author.id, ...words };
  if (kept.outcome === "post") {
    if (before) changes.released.push(row);
    return changes.posted.push({ ...row, keepsDays: author.keepsDays }) - 1;
  }
  changes.waiting.push({ ...row, ...waitingFor(kept) });
  return answerOf(kept, author);
}

/** What may no longer be posted when its turn comes goes back to its author. */
function decide(
  { space, turn }: PostingRequest,
  { note, body }: Pick<WaitingRow, "note" | "body">,
  author: Author,
  known: Known,
  now: Date,
): Decision {
  const filtered = wordsHit(known.filters.get(space) ?? [], note, body).length > 0;
  const decision = decidePosting(author, author, author.opening, { note, turn, filtered }, now);
  const itsTurn = turn === "due" || turn === "released";
  return itsTurn && decision.outcome === "refuse" ? { outcome: "keep_as_draft" } : decision;
}

/** The same message sent again: what it was answered before, and nothing is written. */
function sentBefore(
  request: PostingRequest,
  author: Author,
  known: Known,
  waiting: Author | undefined,
): Outcome | undefined {
  const posted = known.messages.get(keyOf(request));
  if (posted?.author === author.id) return { outcome: "posted", place: posted.place };
  const taken = known.taken.get(keyOf(request)) ?? author.id;
  if (posted || taken !== author.id)
    return new HubError(request.words ? "already_done" : "not_found");
  const waits = known.waiting.get(keyOf(request));
  return waits && waiting && request.words ? asItWaits(waits, waiting) : undefined;
}

/** Its own words, or those that wait; an answer is one to a message of the same space. */
function wordsOf(
  { space, words }: PostingRequest,
  known: Known,
  waits: WaitingRow | undefined,
): Pick<WaitingRow, "note" | "body" | "replyTo"> | HubError {
  if (!words)
    return waits
      ? { note: waits.note, body: waits.body, replyTo: waits.replyTo }
      : new HubError("not_found");
  const { note, body, replyTo } = words;
  if (replyTo && !known.messages.has(keyOf({ space, id: replyTo })))
    return new HubError("invalid_input", undefined, { fields: { replyTo: "not_an_option" } });
  return { note, body, replyTo: replyTo ?? null };
}

/** Its attachments are the author's own, of this space, and in no other message. */
function mayName({ space, words }: PostingRequest, author: Author, known: Known): boolean {
  const { attachments = [] } = words ?? {};
  return (
    new Set(attachments).size === attachments.length &&
    attachments.every((id) => {
      const waits = known.attachments.get(id);
      return waits?.author === author.id && waits.space === space;
    })
  );
}

type Opening = ReturnType<typeof openingAt>;

type Kept = Exclude<Decision, { outcome: "post" } | { outcome: "refuse" }>;

function waitingFor(decision: Kept): Pick<WaitingRow, "why" | "goesAt"> {
  if (decision.outcome === "queue") return { why: "slow_mode", goesAt: decision.goesAt };
  return { why: decision.outcome === "hold" ? "held" : "draft", goesAt: null };
}

function answerOf(decision: Kept, { circle }: Pick<Author, "circle">): Posting {
  if (decision.outcome === "queue")
    return { outcome: "queued", goesAt: decision.goesAt.toISOString() };
  if (decision.outcome === "hold") return { outcome: "held" };
  const { opensAt } = decision;
  return {
    outcome: "kept_as_draft",
    ...(opensAt && { opensAt: opensAt.toISOString() }),
    ...(circle === "listens" && { circle: true }),
  };
}

/** The same message sent again while it waits. */
function asItWaits({ why, goesAt }: WaitingRow, author: Author): Posting {
  if (why === "slow_mode" && goesAt) return answerOf({ outcome: "queue", goesAt }, author);
  if (why === "held") return { outcome: "held" };
  const opensAt = author.opening.openNow ? undefined : author.opening.opensAt;
  return answerOf({ outcome: "keep_as_draft", ...(opensAt && { opensAt }) }, author);
}
