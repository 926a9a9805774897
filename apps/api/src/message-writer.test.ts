import type { StreamName } from "@telar/contracts/events";
import type { MessageId, SpaceId } from "@telar/contracts/ids";
import { createCast, type Somebody } from "@telar/database/testing/cast";
import { createTestDatabase } from "@telar/database/testing/database";
import { createSpaceCast } from "@telar/database/testing/space-cast";
import { afterAll, expect, test, vi } from "vitest";
import { createMessageWriter } from "./message-writer.ts";
import type { PostingRequest } from "./posting-plan.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);
const cast = createCast({ owner, as });
const spaceCast = createSpaceCast(owner);
const group = await cast.group();
const people = await Promise.all(
  Array.from({ length: 8 }, (_, n) => cast.member(group, `Ceiba ${n}`)),
);
const database = as("telar_api");

async function openSpace(settings = {}): Promise<SpaceId> {
  const space = await spaceCast.space(group, settings);
  for (const [n, { id }] of people.entries())
    await spaceCast.place(space, { membership: id, alias: `Copal ${n}` });
  return space;
}

const person = (n: number) => people[n % people.length] as Somebody;
const message = (n: number, space: SpaceId, body = `Mensaje ${n}`): PostingRequest => ({
  account: person(n).account,
  space,
  id: crypto.randomUUID() as MessageId,
  words: { body, note: "" },
  turn: "new",
});
const range = (length: number) => Array.from({ length }, (_, n) => n);
const placesIn = async (space: SpaceId) =>
  (
    await owner<{ place: number }[]>`
      select m.place from messages m join events e on e.stream = 'space:' || m.space_id and e.place = m.place
        and e.event = jsonb_build_object('kind', 'message.posted', 'message', m.id) and e.ends_on = m.expires_on
      where m.space_id = ${space} order by m.place`
  ).map(({ place }) => place);

/** Holds somebody's places, so that whoever writes with them waits. */
async function whileHeld(who: Somebody, work: () => Promise<void>): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`select from participants where account_id = ${who.account} for update`;
    await work();
  });
}

test("many people's messages in many spaces are written in few transactions, in places without gaps", async () => {
  const spaces = [await openSpace(), await openSpace(), await openSpace()];
  const woken: StreamName[][] = [];
  const writer = createMessageWriter(database, (streams) => void woken.push(streams));
  const requests = range(300).map((n) => message(n, spaces[n % 3] as SpaceId));
  const answers = await Promise.all(requests.map((request) => writer.post(request)));
  for (const [n, space] of spaces.entries()) {
    expect(await placesIn(space)).toEqual(range(100).map((place) => place + 1));
    const said = answers.filter((_, index) => index % 3 === n);
    expect(said).toEqual(range(100).map((place) => ({ outcome: "posted", place: place + 1 })));
  }
  expect(woken.length).toBeLessThanOrEqual(3);
  expect(new Set(woken.flat())).toEqual(new Set(spaces.map((space) => `space:${space}`)));
});

test("what one may not, and what the table refuses, fails nobody else's message", async () => {
  const [space, closed] = [await openSpace(), await openSpace({ state: "closed" })];
  const writer = createMessageWriter(database, () => {});
  const broken = message(2, space, "x".repeat(4001));
  const stranger = { ...message(3, space), account: (await cast.stranger()).account };
  const requests = [message(0, space), message(1, closed), broken, stranger, message(4, space)];
  const answers = await Promise.allSettled(requests.map((request) => writer.post(request)));
  expect(answers).toMatchObject([
    { status: "fulfilled" },
    { reason: { code: "space_not_open" } },
    { reason: { code: "23514" } },
    { reason: { code: "not_found" } },
    { status: "fulfilled" },
  ]);
  expect(await placesIn(space)).toEqual([1, 2]);
});

test("nobody writes with somebody else's place, in a batch with them too", async () => {
  const [space, other] = [await openSpace(), await spaceCast.space(group)];
  await spaceCast.place(other, { membership: person(0).id, alias: "Ceiba" });
  const writer = createMessageWriter(database, () => {});
  const answers = await Promise.allSettled(
    [message(0, other), message(1, other), message(1, space)].map((one) => writer.post(one)),
  );
  expect(answers).toMatchObject([
    { value: { outcome: "posted" } },
    { reason: { code: "not_found" } },
    { value: { outcome: "posted" } },
  ]);
});

test("an id twice in one batch is one message, somebody else's id is taken, and nobody goes alone for it", async () => {
  const space = await openSpace();
  const woken: StreamName[][] = [];
  const writer = createMessageWriter(database, (streams) => void woken.push(streams));
  const first = message(0, space);
  const foreign = { ...message(1, space), id: first.id };
  const answers = await Promise.allSettled([first, first, foreign].map((one) => writer.post(one)));
  expect(answers).toMatchObject([
    { value: { outcome: "posted", place: 1 } },
    { value: { outcome: "posted", place: 1 } },
    { reason: { code: "already_done" } },
  ]);
  expect(await placesIn(space)).toEqual([1]);
  expect(woken).toHaveLength(1);
});

test("two writers with the same messages at once write each once and wait for each other in one order", async () => {
  const spaces = [await openSpace(), await openSpace()];
  const writers = [as("telar_api"), as("telar_api")].map((one) =>
    createMessageWriter(one, () => {}),
  );
  for (const round of range(5)) {
    const requests = range(60).map((n) => message(n + round, spaces[n % 2] as SpaceId));
    const sent = [requests, requests.toReversed()].map((list, n) =>
      Promise.all(list.map((request) => writers[n]?.post(request))),
    );
    const [forth = [], back = []] = await Promise.all(sent);
    expect(back.toReversed()).toEqual(forth);
  }
  for (const space of spaces) expect(await placesIn(space)).toEqual(range(150).map((n) => n + 1));
});

test("slow mode gives each message its turn, also within one batch and from two writers", async () => {
  const space = await openSpace({ slowMinutes: 2 });
  const writers = range(2).map(() => createMessageWriter(database, () => {}));
  const answers = await Promise.all(
    range(6).map((n) => writers[n % 2]?.post({ ...message(0, space) })),
  );
  const posted = answers.filter((answer) => answer?.outcome === "posted");
  const times = answers.flatMap((answer) => (answer?.outcome === "queued" ? answer.goesAt : []));
  expect(posted).toHaveLength(1);
  const [first = "", ...others] = times.toSorted();
  const sinceFirst = others.map((time) => Date.parse(time) - Date.parse(first));
  expect(sinceFirst).toEqual([1, 2, 3, 4].map((turn) => turn * 120_000));
});

test("whose membership ends while their message waits is refused, and the others go out", async () => {
  const space = await openSpace();
  const gone = await cast.member(group, "Nogal");
  const place = await spaceCast.place(space, { membership: gone.id, alias: "Nogal" });
  // Held last, so that it can still end while the writer waits for the others.
  await owner`update participants set id = ${place.replace(/^.{8}/, "ffffffff")} where id = ${place}`;
  const writer = createMessageWriter(database, () => {});
  let answers: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
  await whileHeld(person(0), async () => {
    const late = { ...message(1, space), account: gone.account };
    answers = Promise.allSettled([message(0, space), late].map((one) => writer.post(one)));
    await vi.waitFor(async () => {
      const blocked = await owner`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      expect(blocked).toHaveLength(1);
    });
    await owner`update memberships set ended_on = current_date where id = ${gone.id}`;
  });
  expect(await answers).toMatchObject([
    { value: { outcome: "posted" } },
    { reason: { code: "not_found" } },
  ]);
  expect(await placesIn(space)).toEqual([1]);
});

test("more than the writer holds is refused at once, and what it holds is written", async () => {
  const space = await openSpace();
  const writer = createMessageWriter(database, () => {});
  let held: Promise<unknown>[] = [];
  await whileHeld(person(0), async () => {
    held = range(5_000).map((n) => writer.post(message(n, space)));
    await expect(writer.post(message(0, space))).rejects.toMatchObject({
      code: "unavailable",
      retryAfterSeconds: 5,
    });
  });
  expect(await Promise.all(held)).toHaveLength(5_000);
  expect(await placesIn(space)).toHaveLength(5_000);
}, 60_000);
