import { once } from "node:events";
import {
  type AddressInfo,
  createServer,
  connect as dial,
  type Server,
  type Socket,
} from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { MessageId, SpaceId } from "@telar/contracts/ids";
import type { Posting } from "@telar/contracts/messages";
import { connect } from "@telar/database/connection";
import { isUnavailable } from "@telar/database/errors";
import { createCast, type Somebody } from "@telar/database/testing/cast";
import { createTestDatabase } from "@telar/database/testing/database";
import { createSpaceCast } from "@telar/database/testing/space-cast";
import { afterAll, expect, test } from "vitest";
import { createMessageWriter } from "./message-writer.ts";
import type { PostingRequest } from "./posting-plan.ts";

/** A way to PostgreSQL that can break and be away. */
class Way {
  readonly #target: URL;
  readonly #open = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  get url(): string {
    return Object.assign(new URL(this.#target), { host: `127.0.0.1:${this.#port}` }).href;
  }

  async open(): Promise<void> {
    const server = createServer((near) => {
      if (!server.listening) return void near.destroy();
      const far = dial(Number(this.#target.port), this.#target.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#open.add(one);
        one
          .setNoDelay()
          .pipe(other)
          .on("error", () => {});
        one.once("close", () => this.#open.delete(one) && other.destroy());
      }
    }).listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  break(): void {
    for (const one of this.#open) Math.random() < 0.5 ? one.destroy() : one.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = this.#server && once(this.#server, "close");
    this.#server?.close();
    this.break();
    await closed;
  }
}

const { owner, as, login, release } = await createTestDatabase();
const { role, url } = login("telar_api");
const way = new Way(url);
await way.open();
const database = connect({ role, url: way.url });
afterAll(async () => {
  await database.end({ timeout: 1 });
  await way.close();
  await release();
});

const cast = createCast({ owner, as });
const spaceCast = createSpaceCast(owner);
const group = await cast.group();
const people = await Promise.all(
  Array.from({ length: 8 }, (_, n) => cast.member(group, `Ceiba ${n}`)),
);

async function openSpace(): Promise<SpaceId> {
  const space = await spaceCast.space(group, {});
  for (const [n, { id }] of people.entries())
    await spaceCast.place(space, { membership: id, alias: `Copal ${n}` });
  return space;
}

const message = (n: number, space: SpaceId, body = `Mensaje ${n}`): PostingRequest => ({
  account: (people[n % people.length] as Somebody).account,
  space,
  id: crypto.randomUUID() as MessageId,
  words: { body, note: "" },
  turn: "new",
});

test("while PostgreSQL is away messages are refused and not held; with it back the next goes out", async () => {
  const space = await openSpace();
  const writer = createMessageWriter(database, () => {});
  await way.close();
  const asked = Array.from({ length: 600 }, (_, n) => writer.post(message(n, space)));
  const answers = await Promise.allSettled(asked);
  for (const answer of answers)
    expect(answer.status === "rejected" && isUnavailable(answer.reason)).toBe(true);
  await way.open();
  expect(await writer.post(message(0, space))).toEqual({ outcome: "posted", place: 1 });
}, 10_000);

test("what still waits when the database is closed is refused", async () => {
  const ending = connect({ role, url: way.url }, 1);
  const writer = createMessageWriter(ending, () => {});
  await ending.end();
  await expect(writer.post(message(0, await openSpace()))).rejects.toMatchObject({
    code: "CONNECTION_ENDED",
  });
}, 5000);

/** Each sends again what was not answered with yes or no; one of them writes such as the table refuses. */
async function writeUntil(stopped: () => boolean, space: SpaceId) {
  const places = new Map<MessageId, number>();
  const writer = createMessageWriter(database, () => {});
  let [refused, unavailable, longestMs] = [0, 0, 0];
  const send = async (request: PostingRequest): Promise<Posting | Error> => {
    const began = performance.now();
    const answer = await writer.post(request).catch((problem: Error) => problem);
    longestMs = Math.max(longestMs, performance.now() - began);
    if (!(answer instanceof Error && isUnavailable(answer))) return answer;
    unavailable += 1;
    await sleep(10);
    return send(request);
  };
  const writeWell = async (n: number) => {
    while (!stopped()) {
      const request = message(n, space);
      const answer = await send(request);
      expect(answer).toMatchObject({ outcome: "posted" });
      if ("place" in answer) places.set(request.id, answer.place);
    }
  };
  const writeTooMuch = async () => {
    while (!stopped()) {
      expect(await send(message(0, space, "x".repeat(4001)))).toMatchObject({ code: "23514" });
      refused += 1;
      await sleep(100);
    }
  };
  await Promise.all([writeTooMuch(), ...Array.from({ length: 64 }, (_, n) => writeWell(n))]);
  return { places, refused, unavailable, longestMs };
}

test("PostgreSQL that breaks off at random moments under load loses and doubles nothing, and leaves nobody without an answer", async () => {
  const space = await openSpace();
  let stopped = false;
  const writing = writeUntil(() => stopped, space);
  for (let count = 1; count <= 25; count += 1) {
    await sleep(50 + Math.random() * 100);
    if (count % 5 > 0) way.break();
    else {
      await way.close();
      await sleep(200);
      await way.open();
    }
  }
  await sleep(200);
  stopped = true;
  const { places, refused, unavailable, longestMs } = await writing;
  const stored = await owner<{ id: MessageId; place: number }[]>`
    select id, place from messages where space_id = ${space} order by place`;
  process.stdout.write(
    `writer: 25 breaks, ${places.size} acknowledged, ${unavailable} asked to come again, longest answer ${Math.round(longestMs)} ms\n`,
  );
  expect(new Map(stored.map(({ id, place }) => [id, place]))).toEqual(places);
  expect(stored.map(({ place }) => place)).toEqual(stored.map((_, at) => at + 1));
  expect(refused).toBeGreaterThan(0);
  expect(unavailable).toBeGreaterThan(0);
  expect(longestMs).toBeLessThan(10_000);
}, 60_000);
