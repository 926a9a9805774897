import { getAccount } from "@telar/contracts/accounts";
import { askAppeal, decideAppeal, listAppeals } from "@telar/contracts/appeals";
import { listSpaceDecisions } from "@telar/contracts/events";
import { getOwnLoad, listOwnActs } from "@telar/contracts/moderation";
import {
  addFacilitator,
  listParticipants,
  removeFacilitator,
  stopFacilitating,
} from "@telar/contracts/participants";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf, type Room } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
const steward = await hub.steward();
afterAll(hub.release);

const reason = "Hace un mes que no responde";

async function facilitating({ space, fresno }: Room): Promise<string[]> {
  const { entries } = await fresno.person.call(listParticipants, { space });
  return entries.filter(({ facilitator }) => facilitator).map(({ alias }) => alias);
}

test("whoever is relieved is told why, and the space reads it without their name or whose decision it was (M01)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, fresno } = room;
  await ceiba.person.call(removeFacilitator, { space, id: copal.place, reason });
  expect(await facilitating(room)).toEqual(["Ceiba"]);
  const { entries: acts } = await copal.person.call(listOwnActs, {});
  expect(acts).toMatchObject([{ act: "relieve", role: "facilitator", reason, seen: false }]);
  const { notices } = await copal.person.call(getAccount, {});
  expect(notices).toContainEqual({ kind: "decision", act: acts[0]?.id });
  const log = await fresno.person.call(listSpaceDecisions, { space });
  expect(log.entries.map(({ event }) => event)).toEqual([
    { kind: "facilitator.removed", role: "facilitator", reason },
  ]);
  expect(JSON.stringify([acts, log])).not.toMatch(new RegExp(`${ceiba.place}|${copal.place}`));
  expect(await ceiba.person.call(getOwnLoad, {})).toMatchObject({ acts: 1 });
});

test("who relieves: those who facilitate, somebody else, with a reason; a second time changes nothing", async () => {
  const { space, sabino, ceiba, copal, nogal } = await openRoom(hub);
  const input = { space, id: copal.place, reason };
  for (const [person, problem] of [
    [nogal.person, "not_allowed"],
    [copal.person, "not_allowed"],
    [sabino, "not_allowed"],
    [steward, "not_found"],
  ] as const)
    expect(await problemOf(person, removeFacilitator, input)).toBe(problem);
  const without = { ...input, reason: "" };
  expect(await problemOf(ceiba.person, removeFacilitator, without)).toBe("invalid_input");
  await ceiba.person.call(removeFacilitator, input);
  await ceiba.person.call(removeFacilitator, input);
  expect((await copal.person.call(listOwnActs, {})).entries).toHaveLength(1);
});

test("open peer support keeps two who facilitate, and who is relieved is not told of what did not happen", async () => {
  const room = await openRoom(hub, { kind: "peer_support" });
  const { space, ceiba, copal } = room;
  const input = { space, id: copal.place, reason };
  expect(await problemOf(ceiba.person, removeFacilitator, input)).toBe("two_facilitators_needed");
  expect(await facilitating(room)).toEqual(["Ceiba", "Copal"]);
  expect((await copal.person.call(listOwnActs, {})).entries).toEqual([]);
});

test("somebody else looks again, and taken back they facilitate as before", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal } = room;
  await ceiba.person.call(addFacilitator, { space, id: nogal.place });
  await ceiba.person.call(removeFacilitator, { space, id: copal.place, reason });
  const [act] = (await copal.person.call(listOwnActs, {})).entries;
  if (!act) throw new Error("Nobody was told.");
  await copal.person.call(askAppeal, { id: act.id, words: "Estuve enferma" });
  const waiting = [ceiba, copal, nogal].map(async ({ person }) =>
    (await person.call(listAppeals, {})).entries.map(({ id }) => id),
  );
  expect(await Promise.all(waiting)).toEqual([[], [], [act.id]]);
  const decision = { id: act.id, decision: "take_back", answer: "Es cierto" } as const;
  expect(await problemOf(ceiba.person, decideAppeal, decision)).toBe("not_found");
  await nogal.person.call(decideAppeal, decision);
  expect(await facilitating(room)).toEqual(["Ceiba", "Copal", "Nogal"]);
  const log = await copal.person.call(listSpaceDecisions, { space });
  expect(log.entries[0]?.event).toMatchObject({ kind: "act.taken_back", act: "relieve" });
});

test("upheld, they do not facilitate again", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal } = room;
  await ceiba.person.call(addFacilitator, { space, id: nogal.place });
  await ceiba.person.call(removeFacilitator, { space, id: copal.place, reason });
  const [act] = (await copal.person.call(listOwnActs, {})).entries;
  if (!act) throw new Error("Nobody was told.");
  await copal.person.call(askAppeal, { id: act.id, words: "Estuve enferma" });
  const decision = { id: act.id, decision: "uphold", answer: "Descansa un rato" } as const;
  await nogal.person.call(decideAppeal, decision);
  expect(await facilitating(room)).toEqual(["Ceiba", "Nogal"]);
});

test("whoever puts the task down says no reason, and nothing was decided about them", async () => {
  const room = await openRoom(hub);
  const { space, copal, nogal } = room;
  await copal.person.call(stopFacilitating, { space });
  await copal.person.call(stopFacilitating, { space });
  expect(await facilitating(room)).toEqual(["Ceiba"]);
  expect((await copal.person.call(listOwnActs, {})).entries).toEqual([]);
  expect((await nogal.person.call(listSpaceDecisions, { space })).entries).toEqual([]);
});
