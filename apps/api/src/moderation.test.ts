import { getAccount } from "@telar/contracts/accounts";
import { askAppeal, decideAppeal, listAppeals } from "@telar/contracts/appeals";
import { listSpaceDecisions } from "@telar/contracts/events";
import type { MessageId } from "@telar/contracts/ids";
import { getMessage, listMessages, postMessage } from "@telar/contracts/messages";
import {
  getOwnLoad,
  getWithheldMessage,
  hideMessage,
  listOwnActs,
  moderateParticipant,
  showMessage,
} from "@telar/contracts/moderation";
import { joinSpace } from "@telar/contracts/participants";
import type { Person } from "@telar/contracts/person";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);
const room = await openRoom(hub);
const { space, ceiba, copal, nogal, fresno } = room;

const said = async (person: Person, body = "Unas palabras") => {
  const id = crypto.randomUUID() as MessageId;
  await person.call(postMessage, { space, id, body });
  return id;
};

test("a hidden message loses its words for everybody, and gets them back when it is shown", async () => {
  const id = await said(nogal.person, "Algo que hiere");
  await ceiba.person.call(hideMessage, { space, id, reason: "Hiere a alguien" });
  const reading = await copal.person.call(getMessage, { space, id });
  expect(reading).toMatchObject({ state: "hidden" });
  expect(JSON.stringify(reading)).not.toContain("hiere");
  expect(await nogal.person.call(getWithheldMessage, { space, id })).toMatchObject({
    body: "Algo que hiere",
  });
  expect(await problemOf(fresno.person, getWithheldMessage, { space, id })).toBe("not_found");
  await copal.person.call(showMessage, { space, id, reason: "Lo hablamos" });
  expect(await fresno.person.call(getMessage, { space, id })).toMatchObject({
    state: "shown",
    body: "Algo que hiere",
  });
});

test("past its last day nobody reads what was hidden, neither its author nor who judges", async () => {
  const id = await said(nogal.person, "Algo de ayer");
  await ceiba.person.call(hideMessage, { space, id, reason: "Hiere a alguien" });
  await hub.owner`update messages set expires_on = current_date - 1 where id = ${id}`;
  for (const { person } of [nogal, ceiba])
    expect(await problemOf(person, getWithheldMessage, { space, id })).toBe("not_found");
});

test("its person is told why, members read it in the log, and nobody reads by whom", async () => {
  const id = await said(nogal.person);
  await ceiba.person.call(hideMessage, { space, id, reason: "No toca aquí" });
  const {
    entries: [act],
  } = await nogal.person.call(listOwnActs, {});
  expect(act).toMatchObject({ act: "hide", role: "facilitator", reason: "No toca aquí" });
  expect(act?.words).toEqual({ note: "", body: "Unas palabras" });
  const { notices } = await nogal.person.call(getAccount, {});
  expect(notices).toContainEqual({ kind: "decision", act: act?.id });
  const log = await fresno.person.call(listSpaceDecisions, { space });
  expect(log.entries[0]?.event).toEqual({
    kind: "message.hidden",
    message: id,
    role: "facilitator",
    reason: "No toca aquí",
  });
  const all = JSON.stringify([act, log, await fresno.person.call(listMessages, { space })]);
  expect(all).not.toContain(ceiba.place);
});

test("an appeal goes to somebody else, and taking it back undoes what was decided", async () => {
  const id = await said(nogal.person, "Lo digo con respeto");
  await ceiba.person.call(hideMessage, { space, id, reason: "Parecía otra cosa" });
  const act = (await nogal.person.call(listOwnActs, {})).entries.find(({ words }) =>
    words?.body.includes("respeto"),
  );
  if (!act) throw new Error("Nobody was told.");
  await nogal.person.call(askAppeal, { id: act.id, words: "No quise herir" });
  const waiting = {
    person: (person: Person) => person.call(listAppeals, {}).then(({ entries }) => entries),
  };
  expect(await waiting.person(ceiba.person)).toEqual([]);
  expect(await waiting.person(nogal.person)).toEqual([]);
  expect(await waiting.person(fresno.person)).toEqual([]);
  expect(
    await problemOf(ceiba.person, decideAppeal, {
      id: act.id,
      decision: "uphold",
      answer: "Sigue",
    }),
  ).toBe("not_found");
  expect(await waiting.person(copal.person)).toMatchObject([
    { id: act.id, words: "No quise herir", message: { body: "Lo digo con respeto" } },
  ]);
  const answer = "Se entendió mal";
  await copal.person.call(decideAppeal, { id: act.id, decision: "take_back", answer });
  expect(await fresno.person.call(getMessage, { space, id })).toMatchObject({ state: "shown" });
  expect(
    (await nogal.person.call(listOwnActs, {})).entries.find((one) => one.id === act.id),
  ).toMatchObject({
    seen: false,
    appeal: { state: "taken_back", answer },
  });
  expect(await problemOf(nogal.person, askAppeal, { id: act.id, words: "Otra vez" })).toBe(
    "already_done",
  );
  expect(await copal.person.call(getOwnLoad, {})).toMatchObject({ appeals: 1 });
});

test("who was asked to pause does not write, and neither does a new alias of theirs (M01)", async () => {
  const someone = await room.newcomer("Guaje");
  const place = { space, id: someone.place };
  await ceiba.person.call(moderateParticipant, { ...place, act: "mute", reason: "Un respiro" });
  const message = { space, id: crypto.randomUUID() as MessageId, body: "Hola" };
  expect(await problemOf(someone.person, postMessage, message)).toBe("muted");
});

test("who is slowed down waits between messages, and the others do not (M01)", async () => {
  const someone = await room.newcomer("Pirul");
  await copal.person.call(moderateParticipant, {
    ...{ space, id: someone.place, act: "slow_down", reason: "Con calma", minutes: 60, days: 2 },
  });
  const post = () =>
    someone.person.call(postMessage, { space, id: crypto.randomUUID() as MessageId, body: "Hola" });
  expect(await post()).toMatchObject({ outcome: "posted" });
  expect(await post()).toMatchObject({ outcome: "queued" });
  await said(fresno.person);
  await said(fresno.person);
});

test("who is banned from a space comes in under no other alias; after a removal one may ask (M01)", async () => {
  const banned = await room.newcomer("Ocote");
  const removed = await room.newcomer("Zapote");
  for (const [who, act] of [
    [banned, "ban"],
    [removed, "remove"],
  ] as const)
    await ceiba.person.call(moderateParticipant, {
      ...{ space, id: who.place, act, reason: "Amenazó a alguien" },
    });
  const joining = { space, through: room.group, rulesVersion: 1 };
  expect(await problemOf(banned.person, joinSpace, { ...joining, alias: "Otro ocote" })).toBe(
    "banned",
  );
  expect(await removed.person.call(joinSpace, { ...joining, alias: "Otro zapote" })).toEqual({
    standing: "asked",
  });
  expect((await banned.person.call(listOwnActs, {})).entries[0]).toMatchObject({ act: "ban" });
});

test("a member judges nobody, and nobody judges themselves (M01)", async () => {
  const id = await said(ceiba.person);
  const reason = "Porque sí";
  expect(await problemOf(fresno.person, hideMessage, { space, id, reason })).toBe("not_found");
  expect(await problemOf(ceiba.person, hideMessage, { space, id, reason })).toBe("not_found");
  for (const act of ["warn", "slow_down", "mute", "remove", "ban"] as const) {
    const onCeiba = { space, id: ceiba.place, act, reason };
    expect(await problemOf(fresno.person, moderateParticipant, onCeiba)).toBe("not_found");
    expect(await problemOf(ceiba.person, moderateParticipant, onCeiba)).toBe("not_found");
  }
  await copal.person.call(hideMessage, { space, id, reason });
});
