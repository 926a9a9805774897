import type { Attachment } from "@telar/contracts/attachments";
import { listSpaceDecisions } from "@telar/contracts/events";
import type { MessageId, SpaceId } from "@telar/contracts/ids";
import { deleteMessage, postMessage } from "@telar/contracts/messages";
import { hideMessage } from "@telar/contracts/moderation";
import { acceptOneToOne, askOneToOne } from "@telar/contracts/one-to-ones";
import type { Person } from "@telar/contracts/person";
import { decideReport, getReport, passReport, reportMessage } from "@telar/contracts/reports";
import { afterAll, expect, test } from "vitest";
import { type Inhabitant, openRoom, problemOf, type Room } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";
import { upload } from "./testing/uploads.ts";

const hub = await createTestHub();
const steward = await hub.steward();
const stranger = (await hub.group()).coordinator;
afterAll(hub.release);

const told = { reason: "harassment", words: "Me mandó esto" } as const;
const answer = { state: "decided", answer: "Lo hablamos" } as const;

async function send({ person }: Inhabitant, space: SpaceId) {
  const sent = await upload(hub, person, space, `Una lista ${crypto.randomUUID()}`);
  const id = crypto.randomUUID() as MessageId;
  await person.call(postMessage, { space, id, body: "Mira", attachments: [sent.id] });
  return { id, sent };
}

const open = async (person: Person, space: SpaceId, { id }: Attachment) =>
  (
    await hub.app.request(`/api/spaces/${space}/attachments/${id}`, {
      headers: { cookie: person.cookieHeader },
    })
  ).status;

/** Who opens it, of everybody that could want to. */
async function openedBy(room: Room, sent: Attachment): Promise<string[]> {
  const people = {
    ceiba: room.ceiba.person,
    nogal: room.nogal.person,
    fresno: room.fresno.person,
    sabino: room.sabino,
    steward,
    stranger,
  };
  const statuses = Object.entries(people).map(
    async ([name, person]) => [name, await open(person, room.space, sent)] as const,
  );
  return (await Promise.all(statuses)).filter(([, is]) => is === 200).map(([name]) => name);
}

const inside = ["ceiba", "nogal", "fresno"];

test("what came with a reported message is opened from outside by whoever judges it, while they do (M02)", async () => {
  const room = await openRoom(hub);
  const { space, nogal, fresno, sabino } = room;
  const [{ id, sent }, other] = [await send(nogal, space), await send(nogal, space)];
  expect(await openedBy(room, sent)).toEqual(inside);
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told, outside: true });
  expect((await sabino.call(getReport, { id: report })).attachments).toEqual([sent]);
  expect(await openedBy(room, sent)).toEqual([...inside, "sabino"]);
  expect(await openedBy(room, other.sent)).toEqual(inside);
  await sabino.call(passReport, { id: report });
  expect(await openedBy(room, sent)).toEqual([...inside, "steward"]);
  await steward.call(decideReport, { id: report, ...answer });
  expect((await steward.call(getReport, { id: report })).attachments).toEqual([]);
  expect(await openedBy(room, sent)).toEqual(inside);
});

test("hidden, it stays with those who judge it, and leaves those outside with their answer", async () => {
  const room = await openRoom(hub);
  const { space, nogal, fresno, sabino } = room;
  const { id, sent } = await send(nogal, space);
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told, outside: true });
  await sabino.call(hideMessage, { space, id, reason: "Hiere", report });
  expect(await openedBy(room, sent)).toEqual(["ceiba", "nogal", "sabino"]);
  await sabino.call(decideReport, { id: report, ...answer });
  expect(await openedBy(room, sent)).toEqual(["ceiba", "nogal"]);
});

test("a report past its last day, and a message past its own, open nothing", async () => {
  const room = await openRoom(hub);
  const { space, nogal, fresno, sabino } = room;
  const { id, sent } = await send(nogal, space);
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told, outside: true });
  await hub.owner`update reports set ends_on = current_date - 1 where id = ${report}`;
  expect(await open(sabino, space, sent)).toBe(404);
  await hub.owner`update reports set ends_on = current_date + 9 where id = ${report}`;
  expect(await open(sabino, space, sent)).toBe(200);
  await hub.owner`update messages set expires_on = current_date - 1 where id = ${id}`;
  expect(await open(sabino, space, sent)).toBe(404);
});

test("what its author deletes is gone for those who judge it, and the report goes on with its words", async () => {
  const { space, ceiba, nogal, fresno } = await openRoom(hub);
  const { id, sent } = await send(nogal, space);
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told });
  expect((await ceiba.person.call(getReport, { id: report })).attachments).toEqual([sent]);
  await nogal.person.call(deleteMessage, { space, id });
  expect(await ceiba.person.call(getReport, { id: report })).toMatchObject({
    message: { body: "Mira" },
    attachments: [],
  });
});

test("between two people, those who facilitate where they met open what was reported, and nothing else", async () => {
  const { space, ceiba, nogal, fresno } = await openRoom(hub);
  await fresno.person.call(askOneToOne, { space, id: nogal.place });
  const asker = { space, id: fresno.place };
  const { space: talk } = await nogal.person.call(acceptOneToOne, asker);
  const [{ id, sent }, other] = [await send(nogal, talk), await send(nogal, talk)];
  expect(await open(ceiba.person, talk, sent)).toBe(404);
  const { report } = await fresno.person.call(reportMessage, { space: talk, id, ...told });
  expect((await ceiba.person.call(getReport, { id: report })).attachments).toEqual([sent]);
  expect(await open(ceiba.person, talk, sent)).toBe(200);
  expect(await open(ceiba.person, talk, other.sent)).toBe(404);
});

test("a report about one who facilitates reaches nobody who facilitates there, nor what others say of them (P14)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, fresno, sabino } = room;
  const { id, sent } = await send(ceiba, space);
  const lines = () => ceiba.person.call(listSpaceDecisions, { space });
  const before = await lines();
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told });
  expect((await sabino.call(getReport, { id: report })).attachments).toEqual([sent]);
  expect(await open(sabino, space, sent)).toBe(200);
  for (const { person } of [ceiba, copal])
    expect(await problemOf(person, getReport, { id: report })).toBe("not_found");
  expect(await lines()).toEqual(before);
});
