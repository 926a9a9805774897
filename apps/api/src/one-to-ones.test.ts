import { blockParticipant } from "@telar/contracts/blocks";
import type { MessageId, ParticipantId } from "@telar/contracts/ids";
import {
  deleteMessage,
  editMessage,
  listMessages,
  listMessageVersions,
  postMessage,
} from "@telar/contracts/messages";
import { moderateParticipant } from "@telar/contracts/moderation";
import {
  acceptOneToOne,
  askOneToOne,
  closeOneToOne,
  listOneToOnes,
  refuseOneToOne,
} from "@telar/contracts/one-to-ones";
import type { Person } from "@telar/contracts/person";
import { listReports, reportMessage } from "@telar/contracts/reports";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

const conversationsOf = (person: Person) => person.call(listOneToOnes, {});
const message = (body: string) => ({ id: crypto.randomUUID() as MessageId, body });

test("a conversation opens when both want it, between these two only, and each can end it (P16)", async () => {
  const { space, nogal, fresno, ceiba } = await openRoom(hub, { keepsDays: 7 });
  await nogal.person.call(askOneToOne, { space, id: fresno.place });
  expect((await conversationsOf(fresno.person)).asking).toMatchObject([
    { id: nogal.place, alias: "Nogal" },
  ]);
  const { space: between } = await fresno.person.call(acceptOneToOne, { space, id: nogal.place });
  expect((await conversationsOf(nogal.person)).conversations).toMatchObject([
    { space: between, alias: "Fresno", open: true, keepsDays: 7 },
  ]);
  await nogal.person.call(postMessage, { space: between, ...message("Hola") });
  expect((await fresno.person.call(listMessages, { space: between })).entries).toMatchObject([
    { body: "Hola", author: { alias: "Nogal" } },
  ]);
  expect(await problemOf(ceiba.person, listMessages, { space: between })).toBe("not_found");
  expect(await problemOf(ceiba.person, closeOneToOne, { space: between })).toBe("not_found");
  await fresno.person.call(closeOneToOne, { space: between });
  expect(
    await problemOf(nogal.person, postMessage, { space: between, ...message("¿Estás?") }),
  ).toBe("space_not_open");
});

test("between two each changes and deletes their own words only, and what it said before stays readable", async () => {
  const { space, nogal, fresno } = await openRoom(hub);
  await nogal.person.call(askOneToOne, { space, id: fresno.place });
  const { space: between } = await fresno.person.call(acceptOneToOne, { space, id: nogal.place });
  const { id, body } = message("Nos vemos en la plaza");
  const where = { space: between, id };
  await nogal.person.call(postMessage, { ...where, body });
  expect(await problemOf(fresno.person, editMessage, { ...where, body: "Otra" })).toBe("not_found");
  expect(await problemOf(fresno.person, deleteMessage, where)).toBe("not_found");
  await nogal.person.call(editMessage, { ...where, body: "Nos vemos en casa" });
  const read = async () => (await fresno.person.call(listMessages, { space: between })).entries;
  expect(await read()).toMatchObject([{ body: "Nos vemos en casa", edited: true }]);
  expect(await fresno.person.call(listMessageVersions, where)).toEqual([{ note: "", body }]);
  await fresno.person.call(closeOneToOne, { space: between });
  expect(await problemOf(nogal.person, editMessage, { ...where, body: "Ya no" })).toBe(
    "space_not_open",
  );
  await nogal.person.call(deleteMessage, where);
  expect(await read()).toMatchObject([{ state: "deleted" }]);
  expect(JSON.stringify(await read())).not.toContain("Nos vemos");
  expect(await fresno.person.call(listMessageVersions, where)).toEqual([]);
});

test("refused, blocked, not answered and not there look the same to whoever asked (P16)", async () => {
  const { space, nogal, fresno, copal, ceiba } = await openRoom(hub);
  await copal.person.call(blockParticipant, { space, id: nogal.place });
  for (const { place } of [fresno, copal, ceiba])
    await nogal.person.call(askOneToOne, { space, id: place });
  const nobody = "00000000-0000-4000-8000-000000000000" as ParticipantId;
  expect(await nogal.person.call(askOneToOne, { space, id: nobody })).toEqual({});
  await fresno.person.call(refuseOneToOne, { space, id: nogal.place });
  const { asked, conversations } = await conversationsOf(nogal.person);
  expect(asked.map(({ alias }) => alias)).toEqual(["Ceiba", "Copal", "Fresno"]);
  expect(new Set(asked.map((one) => Object.keys(one).join())).size).toBe(1);
  expect(conversations).toEqual([]);
  await nogal.person.call(askOneToOne, { space, id: fresno.place });
  for (const { person } of [fresno, copal])
    expect((await conversationsOf(person)).asking).toEqual([]);
  for (const { person } of [fresno, copal, ceiba])
    expect((await conversationsOf(person)).conversations).toEqual([]);
});

test("whoever asked cannot accept in the other's place", async () => {
  const { space, nogal, fresno } = await openRoom(hub);
  await nogal.person.call(askOneToOne, { space, id: fresno.place });
  expect(await problemOf(nogal.person, acceptOneToOne, { space, id: fresno.place })).toBe(
    "not_found",
  );
  expect(await problemOf(nogal.person, acceptOneToOne, { space, id: nogal.place })).toBe(
    "not_found",
  );
});

test("a report from a conversation reaches those who facilitate where the two met", async () => {
  const { space, nogal, fresno, ceiba } = await openRoom(hub);
  await nogal.person.call(askOneToOne, { space, id: fresno.place });
  const { space: between } = await fresno.person.call(acceptOneToOne, { space, id: nogal.place });
  const sent = message("Algo que asusta");
  await nogal.person.call(postMessage, { space: between, ...sent });
  await fresno.person.call(reportMessage, {
    ...{ space: between, id: sent.id, reason: "threat", words: "Me da miedo" },
  });
  expect((await ceiba.person.call(listReports, {})).entries).toMatchObject([
    { message: { body: "Algo que asusta" }, role: "facilitator" },
  ]);
  expect((await nogal.person.call(listReports, {})).entries).toEqual([]);
});

test("whoever is taken out of a space has no conversations from there any more", async () => {
  const { space, nogal, fresno, ceiba } = await openRoom(hub);
  await nogal.person.call(askOneToOne, { space, id: fresno.place });
  const { space: between } = await fresno.person.call(acceptOneToOne, { space, id: nogal.place });
  await ceiba.person.call(moderateParticipant, {
    ...{ space, id: nogal.place, act: "remove", reason: "Insiste donde no debe" },
  });
  expect(await problemOf(nogal.person, postMessage, { space: between, ...message("Oye") })).toBe(
    "space_not_open",
  );
});
