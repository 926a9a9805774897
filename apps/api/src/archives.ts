import { ArchiveLine, measureArchive, takeArchive } from "@telar/contracts/archives";
import type { ParticipantId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as archives from "@telar/database/archives";
import type { Sql } from "@telar/database/connection";
import { findSession } from "@telar/database/sessions";
import { createArchivesOnTheirWay } from "./archives-on-their-way.ts";
import type { Frame } from "./frame.ts";
import { findLiveSession, type LiveSession } from "./live-session.ts";
import { hashOf } from "./secret.ts";
import { serveOperation } from "./serve-operation.ts";

/** Around the words of each entry. */
const frameBytes = 200;

export function serveArchives(frame: Frame): void {
  const { app, database } = frame;
  const onTheirWay = createArchivesOnTheirWay();
  const measure = async ({ claims }: LiveSession) => {
    const { entries, bytes } = await actAs(database, claims, archives.measureOwnWriting);
    return { entries, bytes: bytes + (entries + 1) * frameBytes };
  };

  serveOperation(frame, measureArchive, async (_, { session }) => {
    return onTheirWay.find(session.account) ?? (await measure(session));
  });

  app.on(takeArchive.method, takeArchive.path, async (c) => {
    c.set("operation", `${takeArchive.method} ${takeArchive.path}`);
    const session = await findLiveSession(c, frame);
    if (!session) throw new HubError("not_signed_in");
    if (!session.fresh) throw new HubError("confirmation_needed");
    const one = onTheirWay.begin(session.account, await measure(session));
    const pages = listPages(frame, session);
    const stop = () => onTheirWay.end(session.account, one);
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(stream) {
        try {
          const { value: lines, done } = await pages.next();
          const entries = lines?.filter(isEntry).length ?? 0;
          if (!onTheirWay.move(session.account, one, entries)) throw new HubError("not_allowed");
          if (lines) stream.enqueue(encode(lines));
          if (!done) return;
          stop();
          stream.close();
        } catch (problem) {
          stop();
          throw problem;
        }
      },
      cancel: stop,
    });
    c.header("content-type", "application/x-ndjson; charset=utf-8");
    c.header("content-disposition", 'attachment; filename="archivo.ndjson"');
    return c.body(body);
  });
}

const isEntry = ({ line }: ArchiveLine) =>
  line === "message" || line === "waiting" || line === "acknowledgement";

/** Checked, so that nothing extra leaves. */
const encode = (lines: ArchiveLine[]) =>
  new TextEncoder().encode(
    lines.map((line) => `${JSON.stringify(ArchiveLine.parse(line))}\n`).join(""),
  );

/** A transaction for each page: memory and locks stay small however much there is. It ends with the session. */
async function* listPages(
  { database }: Frame,
  { claims, account, cookie }: LiveSession,
): AsyncGenerator<ArchiveLine[], undefined> {
  const read = async <Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> => {
    if (!(await findSession(database, hashOf(cookie.token)))) throw new HubError("not_signed_in");
    return actAs(database, claims, work);
  };
  let entries = 0;
  yield [await read((sql) => archives.getOwnPerson(sql, account))];
  for (const { id, line } of await read(archives.listOwnPlaces)) {
    yield [line];
    for (const list of [
      archives.listOwnMessages,
      archives.listOwnWaiting,
      archives.listOwnAcknowledgements,
    ] as EntryList[]) {
      let after: unknown;
      do {
        const page = await read((sql) => list(sql, id, after));
        yield page.lines;
        entries += page.lines.length;
        after = page.after;
      } while (after !== undefined);
    }
  }
  yield [{ line: "end", entries }];
}

type EntryList = (
  sql: Sql,
  place: ParticipantId,
  after: unknown,
) => Promise<archives.EntryPage<unknown>>;
