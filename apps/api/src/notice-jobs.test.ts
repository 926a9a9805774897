import { startPause } from "@telar/contracts/accounts";
import type { SpaceId } from "@telar/contracts/ids";
import {
  changeNoticeSettings,
  getNoticeSettings,
  letThrough,
  listNotices,
  readNotices,
  subscribePush,
} from "@telar/contracts/notices";
import { signOut } from "@telar/contracts/sessions";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { tellEverybody } from "./notice-jobs.ts";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { openRoom } from "./testing/posting.ts";

const hub = await createTestHub();
const database = hub.as("telar_jobs");
const logged: string[] = [];
const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });

/** What the push services, strangers' servers, were sent. */
let received: Request[] = [];
let answer = () => new HttpResponse(null, { status: 201 });
const service = setupServer(
  http.post("https://push.example.net/:device", ({ request }) => {
    received.push(request);
    return answer();
  }),
);
beforeAll(() => service.listen({ onUnhandledFrame: "error" }));
afterEach(async () => {
  received = [];
  answer = () => new HttpResponse(null, { status: 201 });
  await hub.owner`delete from notice_settings`;
  await hub.owner`delete from push_subscriptions`;
  await hub.owner`delete from notices`;
});
afterAll(async () => {
  service.close();
  await database.end();
  await hub.release();
});

/** On the clock of Mexico City, six hours behind UTC all year. */
const clock = (time: string, day = "2031-03-10") => new Date(`${day}T${time}:00-06:00`);
const round = (time: string, day?: string) =>
  tellEverybody({ database, push: hub.push, log, now: () => clock(time, day) });
const endpoint = (device: string) => `https://push.example.net/${device}`;
const pushedTo = () => received.map(({ url }) => new URL(url).pathname.slice(1));
const kindsOf = async (person: Person) =>
  (await person.call(listNotices, {})).map(({ news }) => news.kind);
const tenMinutesLater = () => hub.owner`update push_subscriptions set next_at = now()`;

const usual = { own: "off", digestHour: 18, quietFrom: "21:00", quietTo: "08:00" } as const;
const choose = (person: Person, parts: object) =>
  person.call(changeNoticeSettings, { ...usual, digest: [], atOnce: [], ...parts });

/** Somebody in a space who wants to hear of it as it comes, on one device. */
async function listener(parts: (space: SpaceId) => object = (space) => ({ atOnce: [space] })) {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const device = crypto.randomUUID();
  await choose(person, parts(room.space));
  await person.call(subscribePush, { endpoint: endpoint(device) });
  return { ...room, person, device };
}

test("everything is off until somebody switches it on (P04)", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const settings = await person.call(getNoticeSettings, {});
  expect(settings).toMatchObject({ ...usual, people: [], push: { here: false } });
  expect(settings.spaces.map(({ rhythm }) => rhythm)).toEqual(["off"]);
  await person.call(subscribePush, { endpoint: endpoint("quiet") });
  await room.post(room.coordinator, "Hola");
  await round("12:00");
  expect([received, await kindsOf(person)]).toEqual([[], []]);
});

test("a push says nothing: no body, and headers that are the same for every person and every news (P04)", async () => {
  const { person, device, coordinator, post } = await listener();
  await post(coordinator, "Palabras que nadie más lee");
  await round("12:00");
  expect(pushedTo()).toEqual([device]);
  const [push] = received as [Request];
  expect(await push.text()).toBe("");
  const { authorization = "", ...headers } = Object.fromEntries(push.headers);
  expect(headers).toMatchObject({
    ttl: "14400",
    topic: "telar",
    urgency: "normal",
    "content-length": "0",
  });
  const claims = JSON.parse(
    atob(authorization.split(".")[1]?.replace(/-/g, "+").replace(/_/g, "/") ?? ""),
  );
  expect(claims).toEqual({
    aud: "https://push.example.net",
    sub: hub.push.contact,
    exp: expect.any(Number),
  });
  expect(authorization).toContain(`k=${hub.push.publicKey}`);
  expect(await kindsOf(person)).toEqual(["new_messages"]);
});

test("a message at 23:00 yields no push before 08:00, and one then (P03)", async () => {
  const { person, coordinator, post } = await listener();
  await post(coordinator, "Es tarde");
  for (const [time, day] of [
    ["23:00", "2031-03-10"],
    ["03:00", "2031-03-11"],
    ["07:59", "2031-03-11"],
  ] as const)
    await round(time, day);
  expect([received, await kindsOf(person)]).toEqual([[], []]);
  await round("08:00", "2031-03-11");
  expect([received.length, await kindsOf(person)]).toEqual([1, ["new_messages"]]);
});

test("only somebody whom the person named is heard in the quiet hours (P03)", async () => {
  const { person, space, coordinator, facilitating, post, device } = await listener();
  await person.call(letThrough, { space, id: facilitating });
  await post(coordinator, "¿Estás bien?");
  await round("23:00");
  expect(pushedTo()).toEqual([device]);
  await expect(
    person.call(letThrough, { space, id: crypto.randomUUID() as never }),
  ).rejects.toThrow("not_found");
});

test("what was sent on its way in the evening does not ring at night (P03)", async () => {
  const { coordinator, post } = await listener();
  await post(coordinator, "Buenas noches");
  await round("20:50");
  expect(received[0]?.headers.get("ttl")).toBe("600");
});

test("what waits for its turn at a device waits for the morning too", async () => {
  const { coordinator, post } = await listener();
  await post(coordinator, "Uno");
  answer = () => new HttpResponse(null, { status: 503 });
  await round("20:55");
  await tenMinutesLater();
  await round("21:05");
  expect(received).toHaveLength(1);
  await round("08:00", "2031-03-11");
  expect(received).toHaveLength(2);
});

test("while somebody rests nothing is told, and afterwards once (P06)", async () => {
  const { person, coordinator, post } = await listener();
  await person.call(startPause, { length: "until_i_return" });
  await post(coordinator, "Uno");
  await post(coordinator, "Dos");
  await round("12:00");
  expect([received, await kindsOf(person)]).toEqual([[], []]);
  await hub.owner`update accounts set paused_until = null`;
  await round("12:01");
  expect([received.length, await kindsOf(person)]).toEqual([1, ["new_messages"]]);
});

test("a digest comes once a day at its hour, with one entry a space and one push for all", async () => {
  const { person, space, coordinator, post, device } = await listener((own) => ({ digest: [own] }));
  for (const word of ["Uno", "Dos", "Tres"]) await post(coordinator, word);
  await round("12:00");
  expect(received).toEqual([]);
  await round("18:10");
  await tenMinutesLater();
  await post(coordinator, "Cuatro");
  await round("18:40");
  expect(pushedTo()).toEqual([device]);
  expect(await person.call(listNotices, {})).toMatchObject([
    { news: { kind: "new_messages", space, title: "Palabra" }, seen: false },
  ]);
  await round("18:10", "2031-03-11");
  expect([received.length, await kindsOf(person)]).toEqual([2, ["new_messages"]]);
});

test("a device hears of several things at once, and not again for ten minutes", async () => {
  const { coordinator, post, device } = await listener();
  await post(coordinator, "Uno");
  await post(coordinator, "Dos");
  await round("12:00");
  await post(coordinator, "Tres");
  await round("12:01");
  expect(pushedTo()).toEqual([device]);
  await tenMinutesLater();
  await round("12:11");
  await tenMinutesLater();
  await round("12:30");
  expect(pushedTo()).toEqual([device, device]);
});

test("what somebody has seen meanwhile is not pushed any more", async () => {
  const { person, coordinator, post } = await listener();
  await post(coordinator, "Uno");
  answer = () => new HttpResponse(null, { status: 500 });
  await round("12:00");
  await person.call(readNotices, {});
  await tenMinutesLater();
  await round("12:30");
  expect(received).toHaveLength(1);
});

test("one's own messages are no news, nor what was there before one asked", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  await room.post(room.coordinator, "De antes");
  await choose(person, { atOnce: [room.space] });
  await room.post(person, "Mío");
  await round("12:00");
  expect(await kindsOf(person)).toEqual([]);
});

test("an answer concerns its author: among their notices at once, on their devices if they asked for it", async () => {
  const { person, space, coordinator, post } = await listener(() => ({ own: "at_once" }));
  const id = crypto.randomUUID() as never;
  await post(person, "¿Quién viene?", { id });
  await post(coordinator, "Yo", { replyTo: id });
  await post(coordinator, "Y otra más", { replyTo: id });
  await post(person, "Gracias", { replyTo: id });
  expect(await person.call(listNotices, {})).toMatchObject([{ news: { kind: "answered", space } }]);
  await round("12:00");
  await tenMinutesLater();
  await round("12:30");
  expect(received).toHaveLength(1);
  expect(await kindsOf(coordinator)).toEqual([]);
});

test.each([404, 410, 401, 403])("an address that answers %i is forgotten", async (status) => {
  const { person, coordinator, post } = await listener();
  answer = () => new HttpResponse(null, { status });
  await post(coordinator, "Uno");
  await round("12:00");
  expect((await person.call(getNoticeSettings, {})).push.here).toBe(false);
});

test("a service that fails is asked again later and later, and at last no more", async () => {
  const { coordinator, post } = await listener();
  answer = () => HttpResponse.error() as never;
  await post(coordinator, "Uno");
  const waits: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await round("12:00");
    const [row] = await hub.owner`
      select round(extract(epoch from next_at - now()) / 60)::int as minutes from push_subscriptions`;
    if (row) waits.push(row.minutes);
    await tenMinutesLater();
  }
  expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1280]);
  expect(await hub.owner`select from push_subscriptions`).toHaveLength(0);
});

test("a service that leads elsewhere, or answers without end, gets nothing more from the hub", async () => {
  const { coordinator, post } = await listener();
  answer = () =>
    new HttpResponse(null, { status: 302, headers: { location: "https://127.0.0.1/" } });
  await post(coordinator, "Uno");
  await round("12:00");
  answer = () =>
    new HttpResponse(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(65_536)) }), {
      status: 201,
    }) as never;
  await tenMinutesLater();
  await round("12:30");
  expect(received).toHaveLength(2);
});

test("a device is told nothing once its session has ended", async () => {
  const { person, coordinator, post } = await listener();
  await person.call(signOut, {});
  await post(coordinator, "Uno");
  await round("12:00");
  expect(received).toEqual([]);
});

test("whoever left a space, or has not said yes to its new rules, hears no more of it", async () => {
  const { person, coordinator, space, post } = await listener();
  await hub.owner`update spaces set rules_version = 2 where id = ${space}`;
  await hub.owner`update participants set accepted_version = 2 where space_id = ${space} and facilitator`;
  await post(coordinator, "Con otras reglas");
  await round("12:00");
  expect(received).toEqual([]);
  await hub.owner`update participants set state = 'left' where space_id = ${space} and not facilitator`;
  expect(await hub.owner`select from space_notices where space_id = ${space}`).toHaveLength(0);
  expect(await kindsOf(person)).toEqual([]);
});

test("the log says how many, and nothing of whom or where", async () => {
  const { coordinator, post, device, space } = await listener();
  await post(coordinator, "Uno");
  await round("12:00");
  const text = logged.join("");
  expect(text).toContain('"pushed":1');
  for (const piece of [device, space, "push.example.net"]) expect(text).not.toContain(piece);
});
