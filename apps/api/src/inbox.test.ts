import { getAccount } from "@telar/contracts/accounts";
import { askAppeal, decideAppeal } from "@telar/contracts/appeals";
import { blockParticipant } from "@telar/contracts/blocks";
import { deleteMessage, postMessage } from "@telar/contracts/messages";
import { hideMessage, listOwnActs } from "@telar/contracts/moderation";
import { listLatest, listNotices, readNotices, removeNotice } from "@telar/contracts/notices";
import { askOneToOne } from "@telar/contracts/one-to-ones";
import {
  admitParticipant,
  joinSpace,
  leaveSpace,
  listAdmissions,
} from "@telar/contracts/participants";
import { decideReport, listReports, reportMessage } from "@telar/contracts/reports";
import { changeSpace, foundSpace, getSpace } from "@telar/contracts/spaces";
import { defaultsFor } from "@telar/rules/spaces";
import { afterAll, expect, test } from "vitest";
import { openRoom as openFacilitatedRoom } from "./testing/facilitated-rooms.ts";
import { createTestHub, newAlias } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { newMessageId, openRoom } from "./testing/posting.ts";

const hub = await createTestHub();
afterAll(hub.release);

const newsOf = async (person: Person) =>
  (await person.call(listNotices, {})).map(({ news }) => news);
const kindsOf = async (person: Person) => (await newsOf(person)).map(({ kind }) => kind);
const newsWait = async (person: Person) =>
  (await person.call(getAccount, {})).notices.some(({ kind }) => kind === "news_waits");

test("asking to come in is told to those who facilitate, being let in to whoever asked", async () => {
  const { group, coordinator } = await hub.group();
  const rules = "Nos cuidamos.";
  const { space } = await coordinator.call(foundSpace, {
    ...{ group, kind: "working", title: "Círculo", purpose: "Pensar", rules, alias: newAlias() },
    settings: { ...defaultsFor("working"), admission: true },
  });
  const person = await hub.member({ group, coordinator });
  await person.call(joinSpace, { space, through: group, alias: newAlias(), rulesVersion: 1 });
  expect(await newsOf(coordinator)).toEqual([{ kind: "admission_asked", space, title: "Círculo" }]);
  const [asking] = await coordinator.call(listAdmissions, { space });
  await coordinator.call(admitParticipant, { space, id: asking?.id as never });
  expect(await newsOf(person)).toEqual([{ kind: "admitted", space, title: "Círculo" }]);

  const { settings } = await person.call(getSpace, { space });
  await coordinator.call(changeSpace, {
    ...{ space, title: "Círculo", purpose: "Pensar", rules: "Otras.", settings, rulesVersion: 1 },
  });
  expect(await kindsOf(person)).toEqual(["admitted", "rules_changed"]);
  expect(await kindsOf(coordinator)).toEqual(["admission_asked"]);

  await person.call(leaveSpace, { space });
  expect(await newsOf(person)).toEqual([]);
});

test("an answer is told once until it is seen, by place and without words of anybody", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const asked = newMessageId();
  const answer = newMessageId();
  await room.post(person, "¿Quién viene?", { id: asked });
  await room.post(room.coordinator, "Palabras de respuesta", { id: answer, replyTo: asked });
  await room.post(room.coordinator, "Otra", { replyTo: asked });
  const [notice, ...more] = await person.call(listNotices, {});
  expect(more).toEqual([]);
  expect(notice).toEqual({
    id: expect.any(String),
    day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    seen: false,
    news: { kind: "answered", space: room.space, title: "Palabra", message: answer },
  });
  // A page may recall the account of a second ago.
  await expect.poll(() => newsWait(person), { timeout: 3000 }).toBe(true);
  await person.call(readNotices, {});
  expect(await newsWait(person)).toBe(false);
  await room.post(room.coordinator, "Una más", { replyTo: asked });
  expect((await person.call(listNotices, {})).map(({ seen }) => seen)).toEqual([false, true]);
  const stored = await hub.owner`select to_jsonb(n)::text as text from notices n`;
  for (const { text } of stored) {
    expect(text).not.toMatch(/Palabra|Otra|Quién/);
    expect(text).not.toMatch(/\d\d:\d\d/);
  }
});

test("whoever is blocked, deleted what they asked or answered themselves, causes no notice", async () => {
  const room = await openRoom(hub);
  const { person, id: place } = await room.enter();
  const other = await room.enter();
  const asked = newMessageId();
  await room.post(person, "Hola", { id: asked });
  await person.call(blockParticipant, { space: room.space, id: other.id });
  await room.post(other.person, "Respuesta", { replyTo: asked });
  await room.post(person, "Me respondo", { replyTo: asked });
  await person.call(deleteMessage, { space: room.space, id: asked });
  await room.post(room.coordinator, "Tarde", { replyTo: asked }).catch(() => undefined);
  expect(await kindsOf(person)).toEqual([]);
  expect(place).not.toBe(other.id);
});

test("what is decided about somebody, asked again and answered is told to whom it concerns, by nobody's name", async () => {
  const { space, ceiba, copal, nogal, fresno } = await openFacilitatedRoom(hub);
  const id = newMessageId();
  await nogal.person.call(postMessage, { space, id, body: "Algo que hiere" });
  await fresno.person.call(reportMessage, { space, id, reason: "hurtful" });
  expect(await kindsOf(copal.person)).toEqual(["report_waits"]);
  expect(await kindsOf(ceiba.person)).toEqual(["report_waits"]);
  expect(await kindsOf(nogal.person)).toEqual([]);

  await copal.person.call(hideMessage, { space, id, reason: "Hiere a alguien" });
  const {
    entries: [act],
  } = await nogal.person.call(listOwnActs, {});
  expect(await newsOf(nogal.person)).toEqual([{ kind: "decided", decision: act?.id }]);
  expect(await newsWait(nogal.person)).toBe(false);
  await nogal.person.call(askAppeal, { id: act?.id as never, words: "No quise herir" });
  expect(await kindsOf(ceiba.person)).toContain("appeal_waits");
  expect(await kindsOf(copal.person)).not.toContain("appeal_waits");
  const decided = { id: act?.id as never, decision: "take_back", answer: "Lo hablamos" } as const;
  await ceiba.person.call(decideAppeal, decided);
  expect(await kindsOf(nogal.person)).toEqual(["appeal_answered", "decided"]);

  const {
    entries: [report],
  } = await copal.person.call(listReports, { space });
  const answer = {
    id: report?.id as never,
    state: "decided",
    answer: "Gracias por contarlo",
  } as const;
  await copal.person.call(decideReport, answer);
  expect(await newsOf(fresno.person)).toEqual([{ kind: "report_answered", report: report?.id }]);
});

test("somebody who asks for a conversation is announced without their name, unless they are blocked", async () => {
  const { space, nogal, fresno, copal } = await openFacilitatedRoom(hub);
  await nogal.person.call(blockParticipant, { space, id: copal.place });
  await copal.person.call(askOneToOne, { space, id: nogal.place });
  expect(await newsOf(nogal.person)).toEqual([]);
  await fresno.person.call(askOneToOne, { space, id: nogal.place });
  expect(await newsOf(nogal.person)).toEqual([
    { kind: "one_to_one_asked", space, title: "Palabra" },
  ]);
});

test("somebody removes what is theirs, and nobody else's", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const id = newMessageId();
  await room.post(person, "Hola", { id });
  await room.post(room.coordinator, "Hola", { replyTo: id });
  const [notice] = await person.call(listNotices, {});
  const mine = { id: notice?.id as never };
  await expect(room.coordinator.call(removeNotice, mine)).rejects.toThrow("not_found");
  await person.call(removeNotice, mine);
  await expect(person.call(removeNotice, mine)).rejects.toThrow("not_found");
  expect(await person.call(listNotices, {})).toEqual([]);
});

test("where each of one's spaces stands is said by others' messages only, and kept nowhere (P01)", async () => {
  const room = await openRoom(hub);
  const { person, id } = await room.enter();
  await room.post(person, "Hola");
  expect(await person.call(listLatest, {})).toEqual([]);
  await room.post(room.coordinator, "Hola");
  await room.post(person, "Otra vez");
  expect(await person.call(listLatest, {})).toEqual([
    { space: room.space, title: "Palabra", you: id, latest: 2 },
  ]);
  const written = await hub.owner`select from space_notices`;
  expect(written).toHaveLength(0);
});
