import type { MessageId } from "@telar/contracts/ids";
import {
  discardWaiting,
  listMessages,
  listWaiting,
  postMessage,
  sendDraft,
} from "@telar/contracts/messages";
import { leaveSpace } from "@telar/contracts/participants";
import { pino } from "pino";
import { afterAll, expect, test, vi } from "vitest";
import { startMessageJobs } from "./message-jobs.ts";
import { createMessageWriter } from "./message-writer.ts";
import { createTestHub } from "./testing/hub.ts";
import { newMessageId, openRoom } from "./testing/posting.ts";

const hub = await createTestHub();
const jobsDatabase = hub.as("telar_jobs");
const apiDatabase = hub.as("telar_api");
afterAll(async () => {
  await Promise.all([jobsDatabase.end(), apiDatabase.end()]);
  await hub.release();
});

const log = pino({ level: "silent" });
const refusal = (code: string) => expect.objectContaining({ code });
const passMinutes = (minutes: number) => hub.owner`
  update waiting_messages set goes_at = goes_at - ${minutes} * interval '1 minute' where why = 'slow_mode'`;

async function runJobsUntil(check: () => Promise<void>): Promise<void> {
  const jobs = startMessageJobs(
    jobsDatabase,
    createMessageWriter(apiDatabase, () => {}),
    log,
  );
  try {
    await vi.waitFor(check);
  } finally {
    await jobs.close();
  }
}

test("the second message within the interval waits with its time, and goes when it comes (P09)", async () => {
  const room = await openRoom(hub, { slowMinutes: 2 });
  const { coordinator, space } = room;
  await room.post(coordinator, "Primero");
  const id = newMessageId();
  const queued = await room.post(coordinator, "Segundo", { id });
  expect(queued).toMatchObject({ outcome: "queued" });
  expect(await room.post(coordinator, "Segundo", { id })).toEqual(queued);
  expect(await coordinator.call(listWaiting, { space })).toEqual([
    {
      id,
      why: "slow_mode",
      note: "",
      body: "Segundo",
      goesAt: (queued as { goesAt: string }).goesAt,
    },
  ]);
  await passMinutes(3);
  await runJobsUntil(async () => {
    const { entries } = await coordinator.call(listMessages, { space });
    expect(entries.map(({ body }) => body)).toEqual(["Primero", "Segundo"]);
  });
  expect(await coordinator.call(listWaiting, { space })).toEqual([]);
  expect(await room.post(coordinator, "Segundo", { id })).toEqual({ outcome: "posted", place: 2 });
});

test("taking back the last one gives its turn back", async () => {
  const room = await openRoom(hub, { slowMinutes: 2 });
  const { coordinator, space } = room;
  await room.post(coordinator, "Primero");
  const id = newMessageId();
  const second = await room.post(coordinator, "Segundo", { id });
  await coordinator.call(discardWaiting, { space, id });
  expect(await room.post(coordinator, "Otro")).toEqual(second);
  await expect(coordinator.call(discardWaiting, { space, id })).rejects.toEqual(
    refusal("not_found"),
  );
});

test("what is due and may no longer be posted goes back to its author as a draft", async () => {
  const room = await openRoom(hub, { slowMinutes: 2 });
  const { person } = await room.enter();
  await room.post(person, "Primero");
  await room.post(person, "Segundo");
  await hub.owner`update spaces set state = 'closed' where id = ${room.space}`;
  await passMinutes(3);
  await runJobsUntil(async () => {
    const [waiting] = await person.call(listWaiting, room);
    expect(waiting).toMatchObject({ why: "draft", body: "Segundo" });
  });
});

test("outside its hours a space keeps what is written as a draft that only its author sees, and takes it later (P07)", async () => {
  const room = await openRoom(hub, { facilitatedHours: true });
  const { person } = await room.enter();
  const id = newMessageId();
  const where = { space: room.space, id };
  expect(await room.post(person, "Después", { id })).toEqual({ outcome: "kept_as_draft" });
  const tomorrow = ((new Date().getUTCDay() + 1) % 7) + 1;
  await hub.owner`insert into space_hours values (${room.space}, ${tomorrow}, '10:00', '11:00')`;
  const again = await person.call(sendDraft, where);
  expect(again).toMatchObject({ outcome: "kept_as_draft", opensAt: expect.any(String) });
  expect(await room.post(person, "Después", { id })).toEqual(again);
  expect(await room.coordinator.call(listWaiting, room)).toEqual([]);
  await expect(room.coordinator.call(sendDraft, where)).rejects.toEqual(refusal("not_found"));
  await expect(room.coordinator.call(discardWaiting, where)).rejects.toEqual(refusal("not_found"));
  await hub.owner`update spaces set facilitated_hours = false where id = ${room.space}`;
  expect(await person.call(sendDraft, where)).toEqual({ outcome: "posted", place: 1 });
  expect(await person.call(listWaiting, room)).toEqual([]);
  expect(await person.call(sendDraft, where)).toEqual({ outcome: "posted", place: 1 });
});

test("a newcomer's first messages are held for those who facilitate, and others do not see them", async () => {
  const room = await openRoom(hub, { holdsFirst: 1 });
  const { person } = await room.enter();
  expect(await room.post(person, "Hola")).toEqual({ outcome: "held" });
  expect((await room.coordinator.call(listMessages, room)).entries).toEqual([]);
  expect((await person.call(listWaiting, room))[0]).toMatchObject({ why: "held", body: "Hola" });
  const id = (await person.call(listWaiting, room))[0]?.id as MessageId;
  const [place] = await hub.owner`
    select account_id as account from participants where space_id = ${room.space} and not facilitator`;
  const released = { account: place?.account, space: room.space, id, turn: "released" as const };
  await createMessageWriter(apiDatabase, () => {}).post(released);
  expect(await room.post(person, "Otra vez")).toEqual({ outcome: "posted", place: 2 });
});

test("nobody keeps more than twenty messages waiting in a space", async () => {
  const room = await openRoom(hub, { facilitatedHours: true });
  const posting = Array.from({ length: 21 }, () => room.post(room.coordinator, "Después"));
  const refused = (await Promise.allSettled(posting)).filter(({ status }) => status === "rejected");
  expect(refused).toMatchObject([{ reason: { code: "limit_reached" } }]);
});

test("what somebody did not say yet goes with their place", async () => {
  const room = await openRoom(hub, { facilitatedHours: true });
  const { person } = await room.enter();
  await room.post(person, "Después");
  await person.call(leaveSpace, room);
  const left = await hub.owner`select from waiting_messages where space_id = ${room.space}`;
  expect(left).toHaveLength(0);
  await expect(
    person.call(postMessage, { ...room, id: newMessageId(), body: "Hola" }),
  ).rejects.toEqual(refusal("not_allowed"));
});

test("the clock of whoever writes counts nowhere", async () => {
  const room = await openRoom(hub, { slowMinutes: 1 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 23 * 3_600_000 });
  try {
    await room.post(room.coordinator, "Mañana");
    const queued = await room.post(room.coordinator, "Pasado mañana");
    const goesAt = Date.parse((queued as { goesAt: string }).goesAt);
    const [{ now }] = await hub.owner<[{ now: Date }]>`select now()`;
    expect(goesAt - now.getTime()).toBeLessThanOrEqual(60_000);
  } finally {
    vi.useRealTimers();
  }
});
