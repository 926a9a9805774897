import type { HubEvent } from "@telar/contracts/events";
import type { AccountId, MessageId, SpaceId } from "@telar/contracts/ids";
import {
  acknowledgeMessage,
  deleteMessage,
  editMessage,
  findMessages,
  getMessage,
  listMessages,
  listMessageVersions,
  listPinned,
  type Posting,
  pinMessage,
  postMessage,
} from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import { findCircle } from "@telar/database/circles";
import type { Sql } from "@telar/database/connection";
import { spaceStream } from "@telar/database/events";
import { listPlacesWith } from "@telar/database/message-words";
import * as messages from "@telar/database/messages";
import { getSpaceRow } from "@telar/database/spaces";
import { circleAt, mayHoldCircles, partIn } from "@telar/rules/circles";
import {
  isReadFirst,
  lackingNote,
  mayAnswer,
  mayEdit,
  mayPin,
  mayRead,
} from "@telar/rules/messages";
import { openingAt } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import { filtersHit } from "./filters.ts";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import type { PostingRequest } from "./posting-plan.ts";
import { serveOperation } from "./serve-operation.ts";
import { takeTurns } from "./turns.ts";

const pageSize = 50;
/** So that those who look for something leave connections to those who read and write. */
const searchesAtOnce = { person: 1, hub: 4 };

export function serveMessages(frame: Frame): void {
  serveReading(frame);
  serveWriting(frame);
  serveAnswering(frame);
}

/** The caller's place, once they said yes to the rules as they are. */
export async function placeToRead(sql: Sql, space: SpaceId, account: AccountId) {
  const place = await messages.getOwnPlace(sql, space, account);
  demand(mayRead(place, place));
  return place;
}

/** The writer knows those who are in; whoever is not is told as when they read. */
export function post(
  { database, writer }: Frame,
  { account, claims }: LiveSession,
  request: Omit<PostingRequest, "account">,
): Promise<Posting> {
  return writer.post({ account, ...request }).catch(async (problem) => {
    if (problem instanceof HubError && problem.code === "not_found")
      await actAs(database, claims, (sql) => messages.getOwnPlace(sql, request.space, account));
    throw problem;
  });
}

function serveReading(frame: Frame): void {
  const readIn = <Result>(
    { claims, account }: LiveSession,
    space: SpaceId,
    work: (sql: Sql, reading: messages.Reading) => Promise<Result>,
  ) =>
    actAs(frame.database, claims, async (sql) => {
      const { id } = await placeToRead(sql, space, account);
      return work(sql, { space, reader: id });
    });

  serveOperation(frame, listMessages, ({ space, before, after, day }, { session }) =>
    readIn(session, space, async (sql, reading) => {
      // Read first: whoever follows from there misses nothing of what is written meanwhile.
      const upTo = await messages.getStreamPlace(sql, space);
      const from =
        day === undefined
          ? after !== undefined && after + 1
          : await messages.findPlaceOfDay(sql, space, session.account, day);
      const span = from ? { from } : { before: before ?? Number.MAX_SAFE_INTEGER };
      const entries = await messages.listMessages(sql, reading, span, pageSize);
      const first = entries[0]?.place ?? before ?? (from || 0);
      const last = entries.at(-1)?.place ?? first;
      return { entries, upTo, ...(await messages.lookAround(sql, space, first, last)) };
    }),
  );

  serveOperation(frame, listPinned, ({ space }, { session }) =>
    readIn(session, space, messages.listPinned),
  );

  const turn = takeTurns(searchesAtOnce, 2);
  serveOperation(frame, findMessages, ({ space, words, before }, { session }) =>
    turn(session.account, () =>
      readIn(session, space, async (sql, reading) => {
        const places = await listPlacesWith(sql, space, words, before, pageSize + 1);
        const entries = await messages.listMessagesAt(sql, reading, places.slice(0, pageSize));
        const next = places[pageSize - 1];
        return { entries, ...(places.length > pageSize && { next }) };
      }),
    ),
  );

  serveOperation(frame, getMessage, ({ space, id }, { session }) =>
    readIn(session, space, (sql, reading) => messages.getMessage(sql, reading, id)),
  );

  serveOperation(frame, listMessageVersions, ({ space, id }, { session }) =>
    readIn(session, space, async (sql, reading) => {
      await messages.getMessage(sql, reading, id);
      return messages.listVersions(sql, space, id);
    }),
  );
}

/** Nobody may read or write more or less after these. */
const harmless = { changesAccess: false };

/** What happened to a message is told to those who follow once it is committed. */
async function changeIn(
  { database, wake }: Frame,
  { claims }: LiveSession,
  space: SpaceId,
  work: (sql: Sql) => Promise<{ event: HubEvent; endsOn: string } | undefined>,
): Promise<Record<string, never>> {
  const happened = await actAs(database, claims, async (sql) => {
    const done = await work(sql);
    if (done) await messages.appendMessageEvent(sql, space, done.event, done.endsOn);
    return done;
  });
  if (happened) wake([spaceStream(space)]);
  return {};
}

function serveWriting(frame: Frame): void {
  serveOperation(
    frame,
    postMessage,
    ({ space, id, as, ...words }, { session }) =>
      post(frame, session, { space, id, as, words, turn: "new" }),
    harmless,
  );

  serveOperation(
    frame,
    editMessage,
    ({ space, id, body, note }, { session }) =>
      changeIn(frame, session, space, async (sql) => {
        const place = await messages.getOwnPlace(sql, space, session.account);
        const row = await getSpaceRow(sql, space);
        const message = await shownForChange(sql, space, id);
        const now = new Date();
        const { versions, expiresOn } = message;
        const edited = { yours: message.author === place.id, versions };
        const writer = { ...place, circle: await partInCircle(sql, place, space) };
        demand(mayEdit(writer, row, openingAt(row, now), edited, now));
        const lacking = lackingNote(row, note);
        if (lacking)
          throw new HubError(lacking.because, undefined, { fields: { note: "missing" } });
        if (message.note === note && message.body === body) return undefined;
        if (isReadFirst(place, row) || (await filtersHit(sql, space, note, body)).length > 0)
          throw new HubError("read_first");
        await messages.changeWords(sql, space, id, { note, body });
        return { event: { kind: "message.edited", message: id }, endsOn: expiresOn };
      }),
    harmless,
  );

  serveOperation(
    frame,
    deleteMessage,
    ({ space, id }, { session }) =>
      changeIn(frame, session, space, async (sql) => {
        const place = await messages.getOwnPlace(sql, space, session.account);
        const { author, state, expiresOn } = await messages.getMessageForChange(sql, space, id);
        if (author !== place.id) throw new HubError("not_allowed");
        if (state === "deleted") return undefined;
        await messages.markDeleted(sql, space, id);
        return { event: { kind: "message.deleted", message: id }, endsOn: expiresOn };
      }),
    harmless,
  );
}

/** Without holding the circle: an edit beside the end of a turn may come before it. */
async function partInCircle(sql: Sql, { id, kind }: messages.OwnPlace, space: SpaceId) {
  const found = mayHoldCircles(kind) ? await findCircle(sql, space) : undefined;
  return partIn(found && circleAt(found, found.now), id);
}

function serveAnswering(frame: Frame): void {
  serveOperation(
    frame,
    pinMessage,
    ({ space, id, pinned }, { session }) =>
      changeIn(frame, session, space, async (sql) => {
        const place = await messages.getOwnPlace(sql, space, session.account);
        const count = pinned ? await messages.countPinned(sql, space) : 0;
        demand(mayPin(place, place, count));
        const message = await shownForChange(sql, space, id);
        if (message.pinned === pinned) return undefined;
        await messages.markPinned(sql, space, id, pinned);
        const kind = pinned ? "message.pinned" : "message.unpinned";
        return { event: { kind, message: id }, endsOn: message.expiresOn };
      }),
    harmless,
  );

  serveOperation(
    frame,
    acknowledgeMessage,
    ({ space, id, acknowledgement }, { session }) =>
      actAs(frame.database, session.claims, async (sql) => {
        const place = await messages.getOwnPlace(sql, space, session.account);
        demand(mayAnswer(place, place, new Date()));
        const reading = { space, reader: place.id };
        const { yours, state } = await messages.getMessage(sql, reading, id);
        if (yours) throw new HubError("not_allowed");
        if (state !== "shown") throw new HubError("not_found");
        await messages.changeAcknowledgement(sql, reading, id, acknowledgement);
        return {};
      }),
    harmless,
  );
}

/** What was deleted or hidden has nothing to change any more. */
async function shownForChange(sql: Sql, space: SpaceId, id: MessageId) {
  const message = await messages.getMessageForChange(sql, space, id);
  if (message.state !== "shown") throw new HubError("not_found");
  return message;
}
