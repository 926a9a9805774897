import {
  endCircle,
  getCircle,
  joinCircle,
  leaveCircle,
  openCircle,
  passTurn,
  startCircle,
} from "@telar/contracts/circles";
import type { SpaceId } from "@telar/contracts/ids";
import {
  deleteMessage,
  editMessage,
  listMessages,
  listWaiting,
  sendDraft,
} from "@telar/contracts/messages";
import { moderateParticipant, releaseHeld } from "@telar/contracts/moderation";
import { leaveSpace } from "@telar/contracts/participants";
import { closeSpace } from "@telar/contracts/spaces";
import { pino } from "pino";
import { afterAll, expect, test, vi } from "vitest";
import { startCircleJobs } from "./circle-jobs.ts";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { logOf } from "./testing/places.ts";
import { newMessageId, openRoom } from "./testing/posting.ts";

const hub = await createTestHub();
const jobsDatabase = hub.as("telar_jobs");
afterAll(async () => {
  await jobsDatabase.end();
  await hub.release();
});

const question = "¿Qué nos sostiene?";
const said = { outcome: "posted", place: expect.any(Number) };
const listened = { outcome: "kept_as_draft", circle: true };

/** A circle that three joined and nobody started: Ceiba, Copal and Fresno, in this order. */
async function gathered(settings: Parameters<typeof openRoom>[1] = {}, rounds = 1) {
  const room = await openRoom(hub, { kind: "peer_support", ...settings });
  const { space, coordinator } = room;
  const [ceiba, copal, fresno] = [
    await room.enter("Ceiba"),
    await room.enter("Copal"),
    await room.enter("Fresno"),
  ];
  await coordinator.call(openCircle, { space, question, turnMinutes: 5, rounds });
  for (const { person } of [ceiba, copal, fresno]) await person.call(joinCircle, { space });
  return { ...room, ceiba, copal, fresno };
}

async function started(settings: Parameters<typeof openRoom>[1] = {}, rounds = 1) {
  const there = await gathered(settings, rounds);
  await there.coordinator.call(startCircle, { space: there.space });
  return there;
}

/** As if so much time had gone by. */
const passMinutes = (space: SpaceId, minutes: number) => hub.owner`
  update circles set turn_ends_at = turn_ends_at - ${minutes} * interval '1 minute' where space_id = ${space}`;
const circleOf = async (person: Person, space: SpaceId) =>
  (await person.call(getCircle, { space })).circle;
/** Who still comes, by alias. */
async function coming(person: Person, space: SpaceId) {
  const circle = await circleOf(person, space);
  return circle?.coming.map((id) => circle.order.find((one) => one.id === id)?.alias);
}
async function untilJobsRan(check: () => Promise<void>) {
  const woken: string[] = [];
  const jobs = startCircleJobs(
    jobsDatabase,
    (streams) => void woken.push(...streams),
    pino({ level: "silent" }),
  );
  try {
    await vi.waitFor(check, { timeout: 5000 });
  } finally {
    await jobs.close();
  }
  return woken;
}
const refusal = (code: string) => expect.objectContaining({ code });

test("a circle goes round once: each speaks in turn, or passes without a word, and it ends (P22)", async () => {
  const room = await gathered();
  const { space, coordinator, ceiba, copal, fresno } = room;
  expect(await circleOf(ceiba.person, space)).toEqual({
    ...{ question, turnMinutes: 5, rounds: 1, round: 1, state: "gathering" },
    order: [ceiba, copal, fresno].map(({ id, alias }) => ({ id, alias })),
    coming: [],
    you: { joined: true },
  });
  expect(await room.post(copal.person, "Antes de empezar")).toEqual(said);
  await coordinator.call(startCircle, { space });
  await coordinator.call(startCircle, { space });
  expect(await circleOf(ceiba.person, space)).toMatchObject({
    state: "running",
    coming: [ceiba.id, copal.id, fresno.id],
    you: { speaksUntil: expect.stringMatching(/:00\.000Z$/) },
  });
  expect((await circleOf(copal.person, space))?.you).toEqual({ joined: true });
  expect((await circleOf(coordinator, space))?.you).toEqual({ joined: false });
  expect(await room.post(ceiba.person, "Uno")).toEqual(said);
  expect(await room.post(ceiba.person, "Dos")).toEqual(said);
  await ceiba.person.call(passTurn, { space });
  await copal.person.call(passTurn, { space });
  expect(await coming(ceiba.person, space)).toEqual(["Fresno"]);
  expect(await room.post(fresno.person, "Tres")).toEqual(said);
  await fresno.person.call(passTurn, { space });
  expect(await copal.person.call(getCircle, { space })).toEqual({ ended: true });
  expect(await room.post(copal.person, "Después")).toEqual(said);
});

test("whoever does not have the word keeps a draft, those who facilitate too, and sends it later", async () => {
  const room = await started();
  const { space, coordinator, ceiba, copal } = room;
  const id = newMessageId();
  expect(await room.post(copal.person, "Me adelanto", { id })).toEqual(listened);
  expect(await room.post(copal.person, "Me adelanto", { id })).toEqual(listened);
  expect(await room.post(coordinator, "Un aviso")).toEqual(listened);
  await expect(copal.person.call(passTurn, { space })).rejects.toEqual(
    refusal("changed_meanwhile"),
  );
  await ceiba.person.call(passTurn, { space });
  expect(await copal.person.call(sendDraft, { space, id })).toEqual(said);
  expect(await copal.person.call(listWaiting, { space })).toEqual([]);
  expect(await coordinator.call(listWaiting, { space })).toMatchObject([{ why: "draft" }]);
});

test("whoever listens changes no words of before until it is their turn or the circle ends; deleting waits for nothing", async () => {
  const { space, coordinator, ceiba, copal, fresno, ...room } = await gathered();
  const [id, other] = [newMessageId(), newMessageId()];
  await room.post(copal.person, "Antes", { id });
  await room.post(fresno.person, "También antes", { id: other });
  const change = (body: string) => copal.person.call(editMessage, { space, id, body });
  await change("Mientras se juntan");
  await coordinator.call(startCircle, { space });
  await expect(change("Encima de Ceiba")).rejects.toEqual(refusal("not_your_turn"));
  await fresno.person.call(deleteMessage, { space, id: other });
  await passMinutes(space, 5);
  await change("Ya me toca");
  await passMinutes(space, 5);
  await expect(change("Encima de Fresno")).rejects.toEqual(refusal("not_your_turn"));
  await coordinator.call(endCircle, { space });
  await change("Terminó");
  expect((await ceiba.person.call(listMessages, { space })).entries).toMatchObject([
    { body: "Terminó" },
    { state: "deleted" },
  ]);
});

test("whoever has the word is not slowed down, and what waits for its time stays out (P09)", async () => {
  const room = await openRoom(hub, { slowMinutes: 2 });
  const { space, coordinator } = room;
  const [ceiba, copal] = [await room.enter("Ceiba"), await room.enter("Copal")];
  await room.post(copal.person, "Primero");
  expect(await room.post(copal.person, "Segundo")).toMatchObject({ outcome: "queued" });
  await coordinator.call(openCircle, { space, question, turnMinutes: 5 });
  for (const { person } of [ceiba, copal]) await person.call(joinCircle, { space });
  await coordinator.call(startCircle, { space });
  for (const body of ["Uno", "Dos", "Tres"])
    expect(await room.post(ceiba.person, body)).toEqual(said);
  await ceiba.person.call(passTurn, { space });
  expect(await room.post(copal.person, "Cuatro")).toEqual(said);
});

test("three who are not there keep nobody waiting, in order, with one more chance (P22)", async () => {
  const room = await started();
  const { space, coordinator, fresno } = room;
  const guaje = await room.enter("Guaje");
  await guaje.person.call(joinCircle, { space });
  await passMinutes(space, 15);
  expect(await coming(guaje.person, space)).toEqual(["Guaje", "Ceiba", "Copal", "Fresno"]);
  expect(await room.post(fresno.person, "Tarde")).toEqual(listened);
  expect(await room.post(guaje.person, "Ya me toca")).toEqual(said);
  await guaje.person.call(passTurn, { space });
  expect(await coming(guaje.person, space)).toEqual(["Ceiba", "Copal", "Fresno"]);
  await passMinutes(space, 10);
  expect(await room.post(fresno.person, "Llegué")).toEqual(said);
  await passMinutes(space, 5);
  expect(await coordinator.call(getCircle, { space })).toEqual({ ended: true });
});

test("with nobody there the jobs carry the circle on, wake who follows, and end it", async () => {
  const { space, ceiba, copal } = await started();
  await passMinutes(space, 5);
  const woken = await untilJobsRan(async () => {
    const [row] = await hub.owner`select turn from circles where space_id = ${space}`;
    expect(row?.turn).toBe(copal.id);
  });
  expect(woken).toContain(`space:${space}`);
  expect((await logOf(ceiba.person, `space:${space}`))[0]).toEqual({
    kind: "circle.turn_passed",
    participant: copal.id,
  });
  await passMinutes(space, 60);
  await untilJobsRan(async () => {
    expect(await hub.owner`select from circles where space_id = ${space}`).toHaveLength(0);
  });
  expect((await logOf(ceiba.person, `space:${space}`))[0]).toEqual({ kind: "circle.ended" });
  expect(await ceiba.person.call(getCircle, { space })).toEqual({ ended: true });
});

test("a turn that is passed on and runs out at the same moment passes once", async () => {
  const { space, ceiba, copal } = await started();
  await passMinutes(space, 5);
  const [passed] = await Promise.all([
    ceiba.person.ask(passTurn, { space }),
    untilJobsRan(async () => {
      const [row] = await hub.owner`select turn from circles where space_id = ${space}`;
      expect(row?.turn).toBe(copal.id);
    }),
  ]);
  expect(passed.status).toBe(409);
  expect(await coming(ceiba.person, space)).toEqual(["Copal", "Fresno", "Ceiba"]);
  const turns = (await logOf(ceiba.person, `space:${space}`)).filter(
    ({ kind }) => kind === "circle.turn_passed",
  );
  expect(turns).toHaveLength(2);
});

test("of two who pass the same turn on at once only the first does", async () => {
  const { space, ceiba } = await started();
  const answers = await Promise.all([1, 2, 3].map(() => ceiba.person.ask(passTurn, { space })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect(await coming(ceiba.person, space)).toEqual(["Copal", "Fresno"]);
});

test("a message and the end of its turn come one after the other, whichever is first", async () => {
  const room = await started();
  const { space, ceiba, copal } = room;
  let posting: Promise<unknown> | undefined;
  let passing: Promise<unknown> | undefined;
  await hub.owner.begin(async (sql) => {
    await sql`select from circles where space_id = ${space} for update`;
    passing = ceiba.person.call(passTurn, { space });
    await waitingForLock();
    posting = room.post(ceiba.person, "Lo último");
  });
  await passing;
  expect(await posting).toEqual(listened);
  expect(await room.post(copal.person, "Sigo yo")).toEqual(said);

  async function waitingForLock() {
    await vi.waitFor(async () => {
      const rows = await hub.owner`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(rows.length).toBeGreaterThan(0);
    });
  }
});

test("those who facilitate end it at any time, also while somebody writes, and nobody's words are lost", async () => {
  const room = await started();
  const { space, coordinator, ceiba, copal } = room;
  const writing = Array.from({ length: 12 }, (_, n) =>
    room.post((n % 2 ? ceiba : copal).person, `Palabra ${n}`),
  );
  await expect(ceiba.person.call(endCircle, { space })).rejects.toEqual(refusal("not_allowed"));
  const [, ...outcomes] = await Promise.all([coordinator.call(endCircle, { space }), ...writing]);
  await coordinator.call(endCircle, { space });
  const { entries } = await copal.person.call(listMessages, { space });
  const drafts = await copal.person.call(listWaiting, { space });
  expect(entries.length + drafts.length).toBe(12);
  expect(outcomes.filter(({ outcome }) => outcome === "posted")).toHaveLength(entries.length);
  expect(await room.post(copal.person, "Ya puedo")).toEqual(said);
  const left = await hub.owner`select from circle_seats where space_id = ${space}`;
  expect(left).toHaveLength(0);
});

test("whoever joins while it runs comes last; whoever leaves makes room, and has no second turn on return", async () => {
  const room = await started();
  const { space, ceiba, copal, fresno } = room;
  const guaje = await room.enter("Guaje");
  await guaje.person.call(joinCircle, { space });
  await guaje.person.call(joinCircle, { space });
  expect(await coming(guaje.person, space)).toEqual(["Ceiba", "Copal", "Fresno", "Guaje"]);
  await copal.person.call(leaveCircle, { space });
  await copal.person.call(leaveCircle, { space });
  await ceiba.person.call(leaveCircle, { space });
  expect(await coming(guaje.person, space)).toEqual(["Fresno", "Guaje"]);
  await ceiba.person.call(joinCircle, { space });
  expect(await coming(guaje.person, space)).toEqual(["Fresno", "Guaje"]);
  await fresno.person.call(leaveSpace, { space });
  expect(await coming(guaje.person, space)).toEqual(["Guaje"]);
  expect((await circleOf(guaje.person, space))?.order.map(({ alias }) => alias)).toEqual([
    "Guaje",
    "Ceiba",
  ]);
});

test("in a second round everybody has the word again, in the same order", async () => {
  const { space, ceiba, copal, fresno } = await started({}, 2);
  for (const { person } of [ceiba, copal, fresno]) await person.call(passTurn, { space });
  expect(await circleOf(ceiba.person, space)).toMatchObject({
    round: 2,
    coming: [ceiba.id, copal.id, fresno.id],
  });
});

test("a newcomer's words that are read first count as spoken, and come in when they are released", async () => {
  const room = await started({ holdsFirst: 1 });
  const { space, coordinator, ceiba } = room;
  const id = newMessageId();
  expect(await room.post(ceiba.person, "Soy nueva", { id })).toEqual({ outcome: "held" });
  await passMinutes(space, 5);
  expect(await coming(ceiba.person, space)).toEqual(["Copal", "Fresno"]);
  await coordinator.call(releaseHeld, { space, id });
  const { entries } = await ceiba.person.call(listMessages, { space });
  expect(entries).toMatchObject([{ body: "Soy nueva" }]);
});

test("a circle is opened by who facilitates, where there is none, in an open space, and starts with two", async () => {
  const room = await openRoom(hub);
  const { space, coordinator } = room;
  const ceiba = await room.enter("Ceiba");
  const open = (person: Person, where = space) =>
    person.call(openCircle, { space: where, question, turnMinutes: 5 });
  await expect(open(ceiba.person)).rejects.toEqual(refusal("not_allowed"));
  await expect(coordinator.call(startCircle, { space })).rejects.toEqual(refusal("not_found"));
  await expect(ceiba.person.call(joinCircle, { space })).rejects.toEqual(refusal("not_found"));
  await open(coordinator);
  await expect(open(coordinator)).rejects.toEqual(refusal("already_done"));
  await ceiba.person.call(joinCircle, { space });
  await expect(coordinator.call(startCircle, { space })).rejects.toEqual(refusal("not_yet"));
  await coordinator.call(closeSpace, { space });
  expect(await ceiba.person.call(getCircle, { space })).toEqual({ ended: false });
  await expect(open(coordinator)).rejects.toEqual(refusal("space_not_open"));
  const announcing = await openRoom(hub, { kind: "announcement" });
  await expect(open(announcing.coordinator, announcing.space)).rejects.toEqual(
    refusal("not_allowed"),
  );
});

test("nothing tells who was silent: events name whose turn it becomes, and go with the day", async () => {
  const { space, ceiba, copal } = await started();
  await ceiba.person.call(passTurn, { space });
  const log = await logOf(ceiba.person, `space:${space}`);
  expect(log).toEqual([
    { kind: "circle.turn_passed", participant: copal.id },
    { kind: "circle.turn_passed", participant: ceiba.id },
    { kind: "circle.started" },
    { kind: "circle.changed" },
    { kind: "circle.changed" },
    { kind: "circle.changed" },
    { kind: "circle.opened" },
  ]);
  const kept = await hub.owner`
    select from events where stream = ${`space:${space}`} and ends_on > current_date`;
  expect(kept).toHaveLength(0);
});

test("who was asked to pause takes no seat, and keeps the one they have", async () => {
  const { space, coordinator, ceiba, enter } = await gathered();
  const late = await enter("Nogal");
  for (const { id } of [ceiba, late])
    await coordinator.call(moderateParticipant, { space, id, act: "mute", reason: "Un respiro" });
  await expect(late.person.call(joinCircle, { space })).rejects.toMatchObject({ code: "muted" });
  await ceiba.person.call(joinCircle, { space });
});
