import { listEvents, type StreamName } from "@telar/contracts/events";
import { leaveGroup } from "@telar/contracts/memberships";
import {
  acknowledgeMessage,
  deleteMessage,
  editMessage,
  findMessages,
  getMessage,
  listMessages,
  listMessageVersions,
  listPinned,
  type Message,
  pinMessage,
  postMessage,
} from "@telar/contracts/messages";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { newMessageId, openRoom } from "./testing/posting.ts";

const hub = await createTestHub();
afterAll(hub.release);

const refusal = (code: string) => expect.objectContaining({ code });
const bodies = (entries: Message[]) => entries.map(({ body }) => body);

test("what somebody posts is read by the others in order, and by nobody outside", async () => {
  const room = await openRoom(hub);
  const { space, coordinator } = room;
  const ceiba = await room.enter();
  expect(await room.post(ceiba.person, "Buenos días")).toEqual({ outcome: "posted", place: 1 });
  await room.post(coordinator, "Bienvenida");
  const page = await ceiba.person.call(listMessages, { space });
  expect(page).toMatchObject({ upTo: 2, earlier: false, later: false });
  expect(page.entries).toMatchObject([
    {
      body: "Buenos días",
      yours: true,
      author: { id: ceiba.id, alias: ceiba.alias, facilitator: false },
    },
    { body: "Bienvenida", yours: false, author: { id: room.facilitating, facilitator: true } },
  ]);
  expect(page.entries[0]?.at).toMatch(/:00\.000Z$/);
  const aside = await hub.member(room);
  await expect(aside.call(listMessages, { space })).rejects.toEqual(refusal("not_allowed"));
  await expect(room.post(aside, "Hola")).rejects.toEqual(refusal("not_allowed"));
  const stranger = (await hub.group()).coordinator;
  await expect(stranger.call(listMessages, { space })).rejects.toEqual(refusal("not_found"));
  await expect(room.post(stranger, "Hola")).rejects.toEqual(refusal("not_found"));
});

test("what one person wrote does not go out as another who came in on the same device", async () => {
  const room = await openRoom(hub);
  const [ceiba, nogal] = [await room.enter(), await room.enter()];
  const words = { space: room.space, body: "Esto lo escribió Ceiba", as: ceiba.id };
  const late = nogal.person.call(postMessage, { ...words, id: newMessageId() });
  await expect(late).rejects.toEqual(refusal("not_found"));
  const own = await ceiba.person.call(postMessage, { ...words, id: newMessageId() });
  expect(own).toEqual({ outcome: "posted", place: 1 });
});

test("whoever left the group neither reads nor writes any more", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  await room.post(person, "Me voy");
  await person.call(leaveGroup, { group: room.group });
  await expect(person.call(listMessages, room)).rejects.toEqual(refusal("not_found"));
  await expect(room.post(person, "Hola")).rejects.toEqual(refusal("not_found"));
  const [left] = (await room.coordinator.call(listMessages, room)).entries;
  expect(left?.body).toBe("Me voy");
});

test("the same message sent again, ten times at once and once more, is one message", async () => {
  const room = await openRoom(hub);
  const id = newMessageId();
  const send = () => room.post(room.coordinator, "Una vez", { id });
  const answers = await Promise.all(Array.from({ length: 10 }, send));
  answers.push(await send());
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ outcome: "posted", place: 1 })]),
  );
  expect((await room.coordinator.call(listMessages, room)).entries).toHaveLength(1);
  const { person } = await room.enter();
  await expect(room.post(person, "Otra", { id })).rejects.toEqual(refusal("already_done"));
});

test("pages hold fifty and go on in both directions", async () => {
  const room = await openRoom(hub);
  await Promise.all(Array.from({ length: 120 }, (_, n) => room.post(room.coordinator, `n ${n}`)));
  const read = (span: object) =>
    room.coordinator.call(listMessages, { space: room.space, ...span });
  const places = async (span: object) => {
    const { entries, earlier, later } = await read(span);
    return [entries[0]?.place, entries.at(-1)?.place, earlier, later];
  };
  expect(await places({})).toEqual([71, 120, true, false]);
  expect(await places({ before: 71 })).toEqual([21, 70, true, true]);
  expect(await places({ before: 21 })).toEqual([1, 20, false, true]);
  expect(await places({ after: 20 })).toEqual([21, 70, true, true]);
  expect(await places({ after: 100 })).toEqual([101, 120, true, false]);
  expect(await read({ after: 120 })).toMatchObject({ entries: [], earlier: true, later: false });
  expect(await read({ before: 1 })).toMatchObject({ entries: [], earlier: false, later: true });
});

test("a day begins where the reader lives", async () => {
  const room = await openRoom(hub);
  for (const body of ["uno", "dos", "tres"]) await room.post(room.coordinator, body);
  await hub.owner`
    update messages set posted_at = ('2026-03-' || (place + 9) || 'T05:59:00Z')::timestamptz
    where space_id = ${room.space}`;
  const read = async (day: string) =>
    bodies((await room.coordinator.call(listMessages, { space: room.space, day })).entries);
  // 05:59 in Greenwich is still the day before in Mexico City.
  expect(await read("2026-03-10")).toEqual(["dos", "tres"]);
  expect(await read("2026-03-11")).toEqual(["tres"]);
  expect(await read("2026-01-01")).toEqual(["uno", "dos", "tres"]);
  expect(await read("2026-12-01")).toEqual(["uno", "dos", "tres"]);
});

test("a text behind a note opens with a tap and not in lists (P05)", async () => {
  const room = await openRoom(hub, { noteRequired: true });
  const id = newMessageId();
  await expect(room.post(room.coordinator, "Sin nota")).rejects.toMatchObject({
    code: "invalid_input",
    fields: { note: "missing" },
  });
  await room.post(room.coordinator, "Lo que soñé anoche", { id, note: "Un sueño" });
  const { person } = await room.enter();
  await room.post(person, "Te leo", { note: "Respuesta", replyTo: id });
  const listed = await person.ask(listMessages, { space: room.space });
  const text = await listed.text();
  expect(text).not.toContain("anoche");
  expect(JSON.parse(text).entries[1].replyTo.about).toBe("Un sueño");
  const found = await person.ask(findMessages, { space: room.space, words: "soñé" });
  expect(await found.text()).not.toContain("anoche");
  expect((await person.call(getMessage, { space: room.space, id })).body).toBe(
    "Lo que soñé anoche",
  );
});

test("an answer is one to a message of the same space", async () => {
  const room = await openRoom(hub);
  const other = await openRoom(hub);
  const id = newMessageId();
  await other.post(other.coordinator, "En otro lugar", { id });
  await expect(room.post(room.coordinator, "¿Qué?", { replyTo: id })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { replyTo: "not_an_option" },
  });
});

test("words are found without accents and in other forms, in the note too, latest first", async () => {
  const room = await openRoom(hub);
  const post = (body: string, note = "") => room.post(room.coordinator, body, { note });
  await post("Las víctimas se organizan");
  await post("Sobre la organización", "Reunión");
  await post("Nada que ver");
  const find = async (words: string) =>
    bodies((await room.coordinator.call(findMessages, { space: room.space, words })).entries);
  expect(await find("victima")).toEqual(["Las víctimas se organizan"]);
  expect(await find("organizacion")).toContain("Las víctimas se organizan");
  expect(await find("organizacion")).toHaveLength(2);
  expect(await find("reunion")).toHaveLength(1);
  expect(await find("%' or true --")).toEqual([]);
  const stranger = (await hub.group()).coordinator;
  await expect(
    stranger.call(findMessages, { space: room.space, words: "victima" }),
  ).rejects.toEqual(refusal("not_found"));
});

test("search looks for words only: quotes and minus signs ask for nothing else", async () => {
  const room = await openRoom(hub);
  await room.post(room.coordinator, "Montaña y río");
  await room.post(room.coordinator, "Río y montaña");
  const find = async (words: string) =>
    bodies((await room.coordinator.call(findMessages, { space: room.space, words })).entries);
  expect(await find('"río y montaña"')).toHaveLength(2);
  expect(await find("río -montaña")).toHaveLength(2);
  expect(await find("-montaña")).toHaveLength(2);
  expect(await find("río or nada")).toEqual([]);
});

test("one person looks for something once at a time, and holds up nobody else", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  await room.post(room.coordinator, "Otra vez");
  const find = (who: Person) => who.ask(findMessages, { space: room.space, words: "vez" });
  const [own, others] = await Promise.all([
    Promise.all(Array.from({ length: 6 }, () => find(room.coordinator))),
    find(person),
  ]);
  expect(own.map(({ status }) => status).sort()).toEqual([200, 503, 503, 503, 503, 503]);
  expect(own.find(({ status }) => status === 503)?.headers.get("retry-after")).toBe("2");
  expect(others.status).toBe(200);
  expect((await find(room.coordinator)).status).toBe(200);
});

test("search goes on page by page", async () => {
  const room = await openRoom(hub);
  await Promise.all(Array.from({ length: 60 }, () => room.post(room.coordinator, "Otra vez")));
  const find = (before?: number) =>
    room.coordinator.call(findMessages, { space: room.space, words: "vez", before });
  const first = await find();
  expect(first).toMatchObject({ next: 11 });
  expect(first.entries).toHaveLength(50);
  const rest = await find(first.next);
  expect(rest.entries.map(({ place }) => place)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(rest).not.toHaveProperty("next");
});

test("an edit keeps what was said before for members to read; the same words again are none", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const id = newMessageId();
  const where = { space: room.space, id };
  await room.post(person, "A las cinco", { id });
  await person.call(editMessage, { ...where, body: "A las seis", note: "Hora" });
  await person.call(editMessage, { ...where, body: "A las seis", note: "Hora" });
  expect(await room.coordinator.call(listMessageVersions, where)).toEqual([
    { note: "", body: "A las cinco" },
  ]);
  expect(await room.coordinator.call(getMessage, where)).toMatchObject({
    body: "A las seis",
    note: "Hora",
    edited: true,
  });
  await expect(room.coordinator.call(editMessage, { ...where, body: "No" })).rejects.toEqual(
    refusal("not_allowed"),
  );
  const other = await room.enter();
  await expect(other.person.call(editMessage, { ...where, body: "No" })).rejects.toEqual(
    refusal("not_found"),
  );
});

test("deleting takes every word away at once and leaves a place for the answers", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const id = newMessageId();
  const where = { space: room.space, id };
  await room.post(person, "Palabra primera", { id });
  await room.post(room.coordinator, "Te leo", { replyTo: id });
  await person.call(editMessage, { ...where, body: "Palabra segunda", note: "Nota tercera" });
  await room.coordinator.call(pinMessage, { ...where, pinned: true });
  await room.coordinator.call(acknowledgeMessage, { ...where, acknowledgement: "thank_you" });
  await expect(room.coordinator.call(deleteMessage, where)).rejects.toEqual(refusal("not_allowed"));
  await person.call(deleteMessage, where);
  await person.call(deleteMessage, where);
  const [left] = await hub.owner`
    select (select count(*) from message_versions where message_id = ${id})
        + (select count(*) from acknowledgements where message_id = ${id}) as rows,
      (select string_agg(m::text, '') from messages m) ~ 'primera|segunda|tercera' as words`;
  expect({ ...left }).toEqual({ rows: 0, words: false });
  const { entries } = await room.coordinator.call(listMessages, room);
  expect(entries[0]).toMatchObject({ state: "deleted", pinned: false });
  expect(entries[0]).not.toHaveProperty("body");
  expect(entries[1]?.replyTo).toMatchObject({ id, about: "" });
  expect(await room.coordinator.call(listPinned, room)).toEqual([]);
  for (const operation of [editMessage, pinMessage, acknowledgeMessage])
    await expect(
      person.ask(operation, { ...where, body: "Otra", pinned: true } as never),
    ).resolves.toMatchObject({ ok: false });
});

test("those who facilitate pin and unpin, and the log of the space tells it by ids only", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const id = newMessageId();
  const where = { space: room.space, id };
  await room.post(person, "Nos vemos el sábado", { id });
  await expect(person.call(pinMessage, { ...where, pinned: true })).rejects.toEqual(
    refusal("not_allowed"),
  );
  await room.coordinator.call(pinMessage, { ...where, pinned: true });
  expect(bodies(await person.call(listPinned, room))).toEqual(["Nos vemos el sábado"]);
  await room.coordinator.call(pinMessage, { ...where, pinned: false });
  await room.coordinator.call(pinMessage, { ...where, pinned: false });
  const stream = `space:${room.space}` as StreamName;
  const { entries } = await person.call(listEvents, { stream });
  expect(entries.map(({ event }) => event)).toEqual([
    { kind: "message.unpinned", message: id },
    { kind: "message.pinned", message: id },
    { kind: "message.posted", message: id },
  ]);
});

test("only the author learns who answered without words, and nobody how many", async () => {
  const room = await openRoom(hub);
  const [ceiba, copal] = [await room.enter(), await room.enter()];
  const id = newMessageId();
  const where = { space: room.space, id };
  await room.post(ceiba.person, "Hoy cuesta", { id });
  await copal.person.call(acknowledgeMessage, { ...where, acknowledgement: "thank_you" });
  await copal.person.call(acknowledgeMessage, { ...where, acknowledgement: "i_am_with_you" });
  const mine = await ceiba.person.call(getMessage, where);
  expect(mine.acknowledgements).toEqual([{ alias: copal.alias, kind: "i_am_with_you" }]);
  expect((await copal.person.call(getMessage, where)).acknowledged).toBe("i_am_with_you");
  for (const { person } of [copal, { person: room.coordinator }])
    expect(await person.call(getMessage, where)).not.toHaveProperty("acknowledgements");
  await copal.person.call(acknowledgeMessage, where);
  expect((await ceiba.person.call(getMessage, where)).acknowledgements).toEqual([]);
  await expect(
    ceiba.person.call(acknowledgeMessage, { ...where, acknowledgement: "thank_you" }),
  ).rejects.toEqual(refusal("not_allowed"));
});

test("after the rules changed everybody says yes again before they read or write", async () => {
  const room = await openRoom(hub);
  await room.post(room.coordinator, "Antes");
  await hub.owner`update spaces set rules_version = 2 where id = ${room.space}`;
  await expect(room.coordinator.call(listMessages, room)).rejects.toEqual(refusal("rules_changed"));
  await expect(room.post(room.coordinator, "Después")).rejects.toEqual(refusal("rules_changed"));
});

test("a closed space is read and takes no messages", async () => {
  const room = await openRoom(hub);
  const id = newMessageId();
  await room.post(room.coordinator, "Antes", { id });
  await hub.owner`update spaces set state = 'closed' where id = ${room.space}`;
  await expect(room.post(room.coordinator, "Después")).rejects.toEqual(refusal("space_not_open"));
  await expect(
    room.coordinator.call(editMessage, { space: room.space, id, body: "Otra" }),
  ).rejects.toEqual(refusal("space_not_open"));
  expect(bodies((await room.coordinator.call(listMessages, room)).entries)).toEqual(["Antes"]);
  await room.coordinator.call(deleteMessage, { space: room.space, id });
});

test("what ended today is no longer shown, before anybody removes it", async () => {
  const room = await openRoom(hub);
  const id = newMessageId();
  await room.post(room.coordinator, "De paso", { id });
  await hub.owner`update messages set expires_on = current_date - 1 where id = ${id}`;
  expect((await room.coordinator.call(listMessages, room)).entries).toEqual([]);
  expect(
    (await room.coordinator.call(findMessages, { space: room.space, words: "paso" })).entries,
  ).toEqual([]);
  await expect(room.coordinator.call(getMessage, { space: room.space, id })).rejects.toEqual(
    refusal("not_found"),
  );
});

test.each([
  ["nothing", "", 400],
  ["signs that nobody sees", "\u200b\u2060", 400],
  ["a zero byte", "a\u0000b", 400],
  ["more than a message holds", "a".repeat(4001), 400],
  ["100,000 emoji", "😀".repeat(100_000), 413],
  ["2,000 emoji", "😀".repeat(2000), 200],
  ["a turned direction", "abc\u202edef", 200],
])("%s as a message gets a clear answer", async (_, body, status) => {
  const room = await openRoom(hub);
  const answer = await room.coordinator.ask(postMessage, {
    space: room.space,
    id: newMessageId(),
    body,
  });
  expect(answer.status).toBe(status);
  const { entries } = await room.coordinator.call(listMessages, room);
  expect(bodies(entries)).toEqual(status === 200 ? [body.replace("\u202e", "")] : []);
});

test("writing a message recalls the session, and an ended session is out within the second (T16)", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  await room.post(person, "Aquí");
  await hub.owner`delete from sessions where account_id =
    (select account_id from participants where space_id = ${room.space} and not facilitator)`;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await expect(room.post(person, "Todavía")).rejects.toEqual(refusal("not_signed_in"));
});
