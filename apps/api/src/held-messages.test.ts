import { askAppeal, decideAppeal } from "@telar/contracts/appeals";
import { changeFilters, listFilters } from "@telar/contracts/filters";
import type { MessageId } from "@telar/contracts/ids";
import { editMessage, listMessages, listWaiting, postMessage } from "@telar/contracts/messages";
import { listHeld, listOwnActs, refuseHeld, releaseHeld } from "@telar/contracts/moderation";
import type { Person } from "@telar/contracts/person";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf, type Room } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

async function write({ space }: Room, person: Person, body: string) {
  const id = crypto.randomUUID() as MessageId;
  return { id, ...(await person.call(postMessage, { space, id, body })) };
}

const bodies = async ({ space, fresno }: Room) =>
  (await fresno.person.call(listMessages, { space })).entries.map(({ body }) => body);

test("one of the space's words holds a message, however it is written, and nothing is lost", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal, fresno } = room;
  await ceiba.person.call(changeFilters, { space, words: ["palo", "golpe*"] });
  expect(await copal.person.call(listFilters, { space })).toEqual(["golpe*", "palo"]);
  expect(await problemOf(nogal.person, listFilters, { space })).toBe("not_allowed");
  const held = await write(room, nogal.person, "Un P.Á.L.O y golpear");
  expect(held.outcome).toBe("held");
  expect((await write(room, nogal.person, "Un paloma")).outcome).toBe("posted");
  expect((await ceiba.person.call(listHeld, { space })).entries).toMatchObject([
    { id: held.id, alias: "Nogal", words: expect.arrayContaining(["palo", "golpe*"]) },
  ]);
  expect(await problemOf(fresno.person, listHeld, { space })).toBe("not_allowed");
  expect(await problemOf(fresno.person, releaseHeld, { space, id: held.id })).toBe("not_allowed");
  await copal.person.call(releaseHeld, { space, id: held.id });
  expect(await bodies(room)).toContain("Un P.Á.L.O y golpear");
});

test("an edit does not get past the words that are read first", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, nogal } = room;
  await ceiba.person.call(changeFilters, { space, words: ["palo"] });
  const { id } = await write(room, nogal.person, "Nada");
  expect(await problemOf(nogal.person, editMessage, { space, id, body: "Un palo" })).toBe(
    "read_first",
  );
});

test("while a newcomer's messages are read first, so is what they change", async () => {
  const room = await openRoom(hub, { holdsFirst: 2 });
  const { ceiba, nogal, space } = room;
  const change = (id: MessageId, body: string) =>
    problemOf(nogal.person, editMessage, { space, id, body });
  const first = await write(room, nogal.person, "Hola");
  await ceiba.person.call(releaseHeld, { space, id: first.id });
  expect(await change(first.id, "Te busco")).toBe("read_first");
  expect(await bodies(room)).toEqual(["Hola"]);
  const second = await write(room, nogal.person, "Otra vez yo");
  await ceiba.person.call(releaseHeld, { space, id: second.id });
  expect(await change(first.id, "Hola a todas")).toBe(undefined);
});

test("nobody writes under the id of what waits for somebody else, whether it is posted or waits too", async () => {
  const room = await openRoom(hub, { holdsFirst: 1, slowMinutes: 10 });
  const { ceiba, fresno, nogal, space } = room;
  const { id } = await write(room, nogal.person, "Mi primera palabra");
  const under = (person: Person) =>
    problemOf(person, postMessage, { space, id, body: "Otra cosa" });
  expect(await under(ceiba.person)).toBe("already_done");
  await write(room, ceiba.person, "Hola");
  for (const { person } of [ceiba, fresno]) expect(await under(person)).toBe("already_done");
  expect(await under(nogal.person)).toBe(undefined);
  await ceiba.person.call(releaseHeld, { space, id });
  expect(await bodies(room)).toContain("Mi primera palabra");
});

test("what waits stays no longer than what is said there", async () => {
  const daysLeft = async (keepsDays: number) => {
    const room = await openRoom(hub, { holdsFirst: 1, keepsDays });
    await write(room, room.nogal.person, "Mi primera palabra");
    const [row] = await hub.owner`
      select ends_on - current_date as days from waiting_messages where space_id = ${room.space}`;
    return row?.days;
  };
  expect([await daysLeft(1), await daysLeft(90)]).toEqual([1, 30]);
});

test("a newcomer's first messages wait, and those of who facilitates do not", async () => {
  const room = await openRoom(hub, { holdsFirst: 1 });
  const { ceiba, nogal, space } = room;
  expect((await write(room, ceiba.person, "Hola")).outcome).toBe("posted");
  const first = await write(room, nogal.person, "Hola, soy nueva");
  expect(first.outcome).toBe("held");
  await ceiba.person.call(releaseHeld, { space, id: first.id });
  expect((await write(room, nogal.person, "Otra vez yo")).outcome).toBe("posted");
});

test("whoever facilitates does not release what they wrote themselves", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal } = room;
  await ceiba.person.call(changeFilters, { space, words: ["palo"] });
  const { id } = await write(room, ceiba.person, "Un palo");
  expect((await ceiba.person.call(listHeld, { space })).entries).toEqual([]);
  expect(await problemOf(ceiba.person, releaseHeld, { space, id })).toBe("not_allowed");
  await copal.person.call(releaseHeld, { space, id });
});

test("what is not published goes back to its author with a reason, and an appeal can still bring it in", async () => {
  const room = await openRoom(hub, { holdsFirst: 1 });
  const { space, ceiba, copal, nogal } = room;
  const { id } = await write(room, nogal.person, "Mi primera palabra");
  await ceiba.person.call(refuseHeld, { space, id, reason: "Nombra a alguien" });
  expect(await nogal.person.call(listWaiting, { space })).toMatchObject([{ id, why: "draft" }]);
  expect(await problemOf(ceiba.person, releaseHeld, { space, id })).toBe("not_found");
  const {
    entries: [act],
  } = await nogal.person.call(listOwnActs, {});
  if (!act) throw new Error("Nobody was told.");
  expect(act).toMatchObject({ act: "refuse", reason: "Nombra a alguien" });
  await nogal.person.call(askAppeal, { id: act.id, words: "No nombra a nadie" });
  const decision = { id: act.id, decision: "take_back", answer: "Es cierto" } as const;
  expect(await problemOf(ceiba.person, decideAppeal, decision)).toBe("not_found");
  await copal.person.call(decideAppeal, decision);
  expect(await bodies(room)).toEqual(["Mi primera palabra"]);
});
