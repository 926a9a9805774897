import type { SessionId, SpaceId } from "@telar/contracts/ids";
import type { Follow } from "@telar/contracts/live";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { gapMax } from "./feed.ts";
import type { Listener } from "./testing/listener.ts";
import { type Place, World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.release());

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
const numbered = (count: number, from = 1) => upTo(count).map((at) => `Mensaje ${at + from - 1}`);

async function twoOf(alias = "Ceiba"): Promise<{ author: Place; reader: Place }> {
  const made = await world.space();
  return { author: await world.place(made, alias), reader: await world.place(made, "Nogal") };
}

const hears = (listener: Listener, places: number[], withinMs = 8000) =>
  vi.waitFor(() => expect(listener.places).toEqual(places), withinMs);

test("a follower hears a message as everybody in the space may know it", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session);
  expect(await listener.follow(reader.space)).toBeUndefined();
  const [id] = await world.post(author, "Nos vemos a las ocho");
  await hears(listener, [1]);
  expect(listener.heard).toEqual([
    {
      space: reader.space,
      upTo: 1,
      gone: [],
      messages: [
        {
          id,
          place: 1,
          author: { id: author.participant, alias: "Ceiba", facilitator: false },
          at: expect.stringMatching(/:00\.000Z$/),
          body: "Nos vemos a las ocho",
          state: "shown",
          edited: false,
          pinned: false,
        },
      ],
    },
  ]);
});

test("many writers at once are heard once each and in order", async () => {
  const { author, reader } = await twoOf();
  const listeners = [0, 1, 2].map(() => world.listener(reader.session));
  await Promise.all(listeners.map((listener) => listener.follow(reader.space)));
  await Promise.all(upTo(300).map((at) => world.post(author, `Mensaje ${at}`)));
  for (const listener of listeners) await hears(listener, upTo(300));
  const [first] = listeners;
  expect(first?.heard.length).toBeLessThan(150);
});

test("whoever comes with an older place hears what lies after it, while others go on", async () => {
  const { author, reader } = await twoOf();
  const near = world.listener(reader.session);
  await near.follow(reader.space);
  await world.post(author, ...numbered(900));
  const [late, later] = [world.listener(reader.session), world.listener(reader.session)];
  await Promise.all([late.follow(reader.space, 450), later.follow(reader.space, 899)]);
  await world.post(author, "Y uno más");
  await hears(near, upTo(901));
  await hears(late, upTo(901).slice(450));
  await hears(later, [900, 901]);
});

test("what another process wrote is heard within two seconds", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session);
  await listener.follow(reader.space);
  await world.write(author, ["Desde otro lado"]);
  await vi.waitFor(() => expect(listener.places).toEqual([1]), 2000);
});

test("one commit that wakes many spaces reaches each of them", async () => {
  const pairs = await Promise.all(upTo(12).map(() => twoOf()));
  const listener = world.listener(await sessionInAll(pairs.map(({ author }) => author)));
  for (const { author } of pairs) await listener.follow(author.space);
  for (const { author } of pairs) await world.write(author, ["Aviso"]);
  world.messaging.wake(pairs.map(({ author }) => `space:${author.space}`));
  await vi.waitFor(() => expect(listener.heard).toHaveLength(12));
  expect(new Set(listener.heard.map(({ space }) => space)).size).toBe(12);
});

/** Somebody with a place in all of them. */
async function sessionInAll(places: Place[]): Promise<SessionId> {
  const [first] = places;
  if (!first) throw new Error("No places.");
  for (const { space, group } of places.slice(1)) {
    await world.owner`insert into memberships (group_id, account_id, alias) values (${group}, ${first.account}, 'Copal')`;
    await world.owner`
      insert into participants (space_id, account_id, group_id, alias, state, accepted_version)
      values (${space}, ${first.account}, ${group}, 'Copal', 'joined', 1)`;
  }
  return first.session;
}

test("a message behind a note comes without its text, and an answer names what it answers", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session);
  await listener.follow(reader.space);
  const [noted] = await world.write(author, ["Lo que pasó"], { note: "Habla de una detención" });
  await world.write(author, ["Aquí estamos"], noted && { replyTo: noted });
  world.messaging.wake([`space:${reader.space}`]);
  await hears(listener, [1, 2]);
  const [one, two] = listener.heard.flatMap(({ messages }) => messages);
  expect(one).toMatchObject({ note: "Habla de una detención" });
  expect(one).not.toHaveProperty("body");
  expect(two?.replyTo).toEqual({ id: noted, alias: "Ceiba", about: "Habla de una detención" });
});

test("an edit is told as the message stands now; deleted, expired and hidden words are not told", async () => {
  const { author, reader } = await twoOf();
  const [kept, deleted, expired, hidden] = await world.write(author, [
    "uno",
    "dos",
    "tres",
    "cuatro",
  ]);
  if (!kept || !deleted || !expired || !hidden) throw new Error("Not written.");
  await world.owner`update messages set body = 'uno, mejor dicho', edited = true where id = ${kept}`;
  await world.happen(reader.space, "message.edited", kept);
  await world.owner`update messages set body = '', state = 'deleted' where id = ${deleted}`;
  await world.happen(reader.space, "message.deleted", deleted);
  await world.owner`update messages set expires_on = current_date - 1 where id = ${expired}`;
  await world.owner`update messages set body = '', state = 'hidden' where id = ${hidden}`;
  const listener = world.listener(reader.session);
  await listener.follow(reader.space);
  await vi.waitFor(() => expect(listener.heard.at(-1)?.upTo).toBe(6));
  expect(listener.bodies).toEqual(["uno, mejor dicho", undefined]);
  expect(listener.heard.flatMap(({ gone }) => gone)).toEqual([deleted, expired]);
  await world.owner`delete from messages where id = ${kept}`;
  await world.happen(reader.space, "message.deleted", kept);
  await vi.waitFor(() => expect(listener.heard.at(-1)).toMatchObject({ upTo: 7, gone: [kept] }));
});

test("after messaging ended and came again, everybody has everything once", async () => {
  const { author, reader } = await twoOf();
  const listeners = upTo(5).map(() => world.listener(reader.session));
  for (const listener of listeners) await listener.follow(reader.space);
  await world.post(author, ...numbered(3));
  for (const listener of listeners) await hears(listener, upTo(3));
  await world.stop();
  await world.write(author, numbered(250, 4));
  await world.start();
  await world.post(author, "Al final");
  for (const listener of listeners) await hears(listener, upTo(254));
});

test("whoever lies too far behind, or names a place that is not there yet, starts over", async () => {
  const { author, reader } = await twoOf();
  await world.write(author, numbered(gapMax + 1));
  const listener = world.listener(reader.session);
  await listener.follow(reader.space, 0);
  await vi.waitFor(() => expect(listener.startOvers).toEqual([reader.space]));
  await listener.follow(reader.space, gapMax + 2);
  await vi.waitFor(() => expect(listener.startOvers).toHaveLength(2));
  await listener.follow(reader.space, gapMax);
  await hears(listener, [gapMax + 1]);
});

test("a socket that never reads is told to start over, and little waits for it meanwhile", async () => {
  const { author, reader } = await twoOf();
  const [stuck, other] = [world.listener(reader.session), world.listener(reader.session)];
  await Promise.all([stuck.follow(reader.space), other.follow(reader.space)]);
  const raw = (
    stuck.socket.io.engine.transport as unknown as {
      ws: { _socket: { pause(): void; resume(): void } };
    }
  ).ws._socket;
  raw.pause();
  const long = "ñandú ".repeat(600);
  for (let round = 0; round < 40; round += 1) {
    await world.post(author, ...upTo(100).map(() => long));
    await hears(other, upTo(100 * (round + 1)));
  }
  raw.resume();
  await vi.waitFor(() => expect(stuck.startOvers).toEqual([reader.space]), 8000);
  expect(stuck.places).toEqual(upTo(stuck.places.length));
  // All that waited: what the two systems' buffers hold, and two batches.
  expect(stuck.places.length).toBeLessThan(2000);
}, 60_000);

test("nobody is let in without a session, or from another origin", async () => {
  const stranger = world.listener(crypto.randomUUID());
  await vi.waitFor(() => expect(stranger.refusals).toEqual(["not_signed_in"]));
  const { reader } = await twoOf();
  for (const headers of [
    { origin: "https://mal.example" },
    { origin: "null" },
    {},
    { "sec-fetch-site": "cross-site" },
  ])
    for (const transport of ["websocket", "polling"]) {
      if (Object.keys(headers).length === 0 && transport === "polling") continue;
      const foreign = world.listener(reader.session, {
        transports: [transport],
        extraHeaders: { cookie: reader.session, ...headers },
        reconnection: false,
      });
      await vi.waitFor(() => expect(foreign.refusals).toHaveLength(1));
      expect(foreign.socket.connected).toBe(false);
    }
});

test("strangers take no socket, however many they ask for", async () => {
  const knock = (cookie: string) =>
    fetch(`${world.url}/api/live/?EIO=4&transport=polling`, { headers: { cookie } });
  const { reader } = await twoOf();
  expect((await knock("")).status).toBe(403);
  expect((await knock(reader.session)).status).toBe(200);
});

test("long polling hears the same where a proxy lets no websocket through", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session, { transports: ["polling"] });
  await listener.follow(reader.space);
  await world.post(author, ...numbered(3));
  await hears(listener, [1, 2, 3]);
  await world.post(author, "Cuatro");
  await hears(listener, [1, 2, 3, 4]);
});

test("what is forged is refused, and the connection goes on", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session);
  const ask = (request: unknown) =>
    new Promise((done) => listener.socket.emit("follow", request as Follow, done));
  for (const request of [
    undefined,
    null,
    "space",
    [],
    {},
    { space: reader.space },
    { space: reader.space, after: -1 },
    { space: reader.space, after: 1.5 },
    { space: reader.space, after: Number.MAX_VALUE },
    { space: `space:${reader.space}`, after: 0 },
    { space: "hub", after: 0 },
    { space: "' or true --", after: 0 },
    { space: [reader.space], after: 0 },
  ])
    expect(await ask(request)).toBe("invalid_input");
  listener.socket.emit("unfollow", { toString: "no" } as unknown as SpaceId);
  listener.socket.emit("presence" as "unfollow", "no" as SpaceId);
  listener.socket.emit("follow", { space: reader.space, after: 0 }, "no" as unknown as () => void);
  expect(await ask({ space: reader.space, after: 0 })).toBeUndefined();
  await world.post(author, "Sigue");
  await hears(listener, [1]);
});

test("a connection that begins with polling goes on as a websocket and misses nothing", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session, { transports: ["polling", "websocket"] });
  await listener.follow(reader.space);
  await Promise.all(upTo(30).map((at) => world.post(author, `Mensaje ${at}`)));
  await vi.waitFor(() => expect(listener.socket.io.engine.transport.name).toBe("websocket"));
  await world.post(author, "Ya por el otro camino");
  await hears(listener, upTo(31));
});

test("a request that is too large ends the connection", async () => {
  const { reader } = await twoOf();
  const listener = world.listener(reader.session, { reconnection: false });
  await vi.waitFor(() => expect(listener.socket.connected).toBe(true));
  listener.socket.emit("unfollow", "x".repeat(10_000) as SpaceId);
  await vi.waitFor(() => expect(listener.socket.connected).toBe(false));
});

test("one socket follows so many spaces, and one session has so many sockets", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session);
  const asked = upTo(25).map(() => listener.follow(crypto.randomUUID() as SpaceId));
  const answers = await Promise.all(asked);
  expect(answers.filter((answer) => answer === "not_found")).toHaveLength(20);
  expect(answers.filter((answer) => answer === "limit_reached")).toHaveLength(5);
  const many = upTo(25).map(() => world.listener(author.session));
  await vi.waitFor(() => {
    expect(many.filter(({ socket }) => socket.connected)).toHaveLength(20);
    expect(many.flatMap(({ refusals }) => refusals)).toEqual(upTo(5).map(() => "limit_reached"));
  });
});

test("whoever stops following hears nothing more", async () => {
  const { author, reader } = await twoOf();
  const [gone, other] = [world.listener(reader.session), world.listener(reader.session)];
  await Promise.all([gone.follow(reader.space), other.follow(reader.space)]);
  gone.socket.emit("unfollow", reader.space);
  await gone.follow(crypto.randomUUID() as SpaceId);
  await world.post(author, "Uno");
  await hears(other, [1]);
  await gone.follow(crypto.randomUUID() as SpaceId);
  expect(gone.places).toEqual([]);
});

test("1,000 sockets that come back at once all have everything, once", async () => {
  const { author, reader } = await twoOf();
  const sessions = await Promise.all(upTo(50).map(() => world.session(reader.account)));
  const crowd = sessions.flatMap((session) => upTo(20).map(() => world.listener(session)));
  await Promise.all(crowd.map((listener) => listener.follow(reader.space)));
  await world.post(author, "Antes");
  for (const listener of crowd) await hears(listener, [1], 30_000);
  await world.stop();
  await world.write(author, numbered(20, 2));
  await world.start();
  for (const listener of crowd) await hears(listener, upTo(21), 30_000);
  for (const { socket } of crowd) socket.close();
}, 90_000);

test("while nobody can be looked up, clients keep trying, and come in by themselves", async () => {
  const { author, reader } = await twoOf();
  await world.owner`alter table sessions rename to sessions_away`;
  const listener = world.listener(reader.session);
  await vi.waitFor(() => expect(world.problems.length).toBeGreaterThan(2));
  await world.owner`alter table sessions_away rename to sessions`;
  expect(await listener.follow(reader.space)).toBeUndefined();
  await world.post(author, "Ya estamos");
  await hears(listener, [1]);
});
