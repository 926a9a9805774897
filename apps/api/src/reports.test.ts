import { getAccount } from "@telar/contracts/accounts";
import { listSpaceDecisions } from "@telar/contracts/events";
import type { MessageId, ReportId } from "@telar/contracts/ids";
import { deleteMessage, postMessage } from "@telar/contracts/messages";
import { getOwnLoad, hideMessage, moderateParticipant } from "@telar/contracts/moderation";
import { listNotices } from "@telar/contracts/notices";
import { addFacilitator, stopFacilitating } from "@telar/contracts/participants";
import type { Person } from "@telar/contracts/person";
import {
  assignReport,
  decideReport,
  getReport,
  listOwnReports,
  listReports,
  noteReport,
  passReport,
  readAnswers,
  reportMessage,
  reportParticipant,
} from "@telar/contracts/reports";
import { removePast } from "@telar/database/retention";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf, type Room } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
const steward = await hub.steward();
afterAll(hub.release);

const told = { reason: "hurtful", words: "Me dolió" } as const;

async function say({ space }: Room, person: Person, body: string): Promise<MessageId> {
  const id = crypto.randomUUID() as MessageId;
  await person.call(postMessage, { space, id, body });
  return id;
}

const seenBy = async (person: Person) =>
  (await person.call(listReports, {})).entries.map(({ id }) => id);

/** Everything on which a report could show itself to somebody. */
async function surfaces(person: Person, { space }: Room): Promise<string> {
  const asked = await Promise.all([
    person.ask(getAccount, {}),
    person.ask(listReports, {}),
    person.ask(listReports, { space }),
    person.ask(listOwnReports, {}),
    person.ask(listNotices, {}),
    person.ask(listSpaceDecisions, { space }),
    person.ask(getOwnLoad, {}),
  ]);
  return (await Promise.all(asked.map((answer) => answer.text()))).join("\n");
}

test("a report is taken on, noted and answered, and whoever made it sees how it stands (M02)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal, fresno } = room;
  const id = await say(room, nogal.person, "Palabras que hieren");
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told });
  expect((await fresno.person.call(listOwnReports, {})).entries).toMatchObject([
    { id: report, state: "new", readBy: "facilitator", alias: "Nogal" },
  ]);
  await nogal.person.call(deleteMessage, { space, id });
  expect(await ceiba.person.call(getReport, { id: report })).toMatchObject({
    message: { id, body: "Palabras que hieren" },
    words: "Me dolió",
    role: "facilitator",
  });
  await ceiba.person.call(assignReport, { id: report, mine: true });
  await ceiba.person.call(noteReport, { id: report, note: "Hablé con alguien" });
  const read = await copal.person.call(getReport, { id: report });
  expect(read).toMatchObject({
    state: "assigned",
    assignee: { name: "Ceiba", you: false },
    notes: [{ name: "Ceiba", you: false, note: "Hablé con alguien" }],
  });
  expect(JSON.stringify(read)).not.toContain("Fresno");
  await ceiba.person.call(decideReport, { id: report, state: "decided", answer: "Lo hablamos" });
  expect((await fresno.person.call(getAccount, {})).notices).toContainEqual({
    kind: "report_answered",
  });
  const {
    entries: [own],
  } = await fresno.person.call(listOwnReports, {});
  expect(own).toMatchObject({ state: "decided", answer: "Lo hablamos", seen: false });
  expect(JSON.stringify(own)).not.toContain("Ceiba");
  await fresno.person.call(readAnswers, {});
  expect((await fresno.person.call(getAccount, {})).notices).not.toContainEqual({
    kind: "report_answered",
  });
  expect(await ceiba.person.call(getOwnLoad, {})).toEqual({ acts: 0, reports: 1, appeals: 0 });
  expect(await copal.person.call(getOwnLoad, {})).toEqual({ acts: 0, reports: 0, appeals: 0 });
  expect(
    await problemOf(copal.person, decideReport, { id: report, state: "no_action", answer: "Nada" }),
  ).toBe("already_done");
});

test("whoever reports is named only if they allow it", async () => {
  const { space, ceiba, nogal, fresno } = await openRoom(hub);
  const about = { space, id: nogal.place, ...told };
  await fresno.person.call(reportParticipant, { ...about, showName: true });
  expect((await ceiba.person.call(listReports, {})).entries[0]).toMatchObject({
    reporter: "Fresno",
  });
});

test("a report about somebody who facilitates goes outside the space, and reaches them on no surface (P14)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, fresno, sabino } = room;
  const before = await surfaces(ceiba.person, room);
  const { report } = await fresno.person.call(reportParticipant, {
    ...{ space, id: ceiba.place, reason: "harassment", words: "Me busca de noche", showName: true },
  });
  expect(await seenBy(sabino)).toEqual([report]);
  expect(await seenBy(copal.person)).toEqual([]);
  await sabino.call(assignReport, { id: report, mine: true });
  await sabino.call(noteReport, { id: report, note: "Me toca" });
  expect(await surfaces(ceiba.person, room)).toBe(before);
  const none = "00000000-0000-4000-8000-000000000000" as ReportId;
  for (const id of [report, none]) {
    expect(await problemOf(ceiba.person, getReport, { id })).toBe("not_found");
    expect(await problemOf(ceiba.person, assignReport, { id, mine: true })).toBe("not_found");
    expect(await problemOf(ceiba.person, noteReport, { id, note: "x" })).toBe("not_found");
    expect(await problemOf(ceiba.person, passReport, { id })).toBe("not_found");
    const decision = { id, state: "no_action", answer: "Nada" } as const;
    expect(await problemOf(ceiba.person, decideReport, decision)).toBe("not_found");
  }
  await sabino.call(decideReport, { id: report, state: "decided", answer: "Ya no facilita" });
  expect(await surfaces(ceiba.person, room)).toBe(before);
});

test("it goes to those who coordinate, whoever steps down or is named, then to stewards (P14)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal, fresno, sabino, group } = room;
  const { report } = await fresno.person.call(reportParticipant, {
    space,
    id: ceiba.place,
    ...told,
  });
  await ceiba.person.call(addFacilitator, { space, id: nogal.place });
  await ceiba.person.call(stopFacilitating, { space });
  expect(await seenBy(sabino)).toEqual([report]);
  for (const { person } of [ceiba, copal, nogal]) expect(await seenBy(person)).toEqual([]);
  expect(await seenBy(steward)).not.toContain(report);
  expect((await sabino.call(getReport, { id: report })).role).toBe("coordinator");
  await hub.owner`
    update memberships set roles = '{member}' where group_id = ${group} and 'coordinator' = any (roles)`;
  expect(await seenBy(sabino)).toEqual([]);
  expect(await seenBy(steward)).toContain(report);
  expect((await fresno.person.call(listOwnReports, {})).entries[0]).toMatchObject({
    readBy: "steward",
  });
});

test("whoever is named to facilitate after a report was made does not judge it, and coordinates as before (P14)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal, fresno, sabino, group } = room;
  const guaje = await room.newcomer("Guaje");
  const about = { space, id: nogal.place, ...told };
  const { report } = await fresno.person.call(reportParticipant, about);
  await ceiba.person.call(addFacilitator, { space, id: guaje.place });
  expect(await seenBy(guaje.person)).toEqual([]);
  for (const { person } of [ceiba, copal]) expect(await seenBy(person)).toEqual([report]);
  const later = await fresno.person.call(reportMessage, {
    ...{ space, id: await say(room, nogal.person, "Otra vez"), ...told },
  });
  expect(await seenBy(guaje.person)).toEqual([later.report]);
  await hub.owner`
    update memberships set roles = '{member,coordinator}' where group_id = ${group}
      and account_id = (select account_id from participants where id = ${guaje.place})`;
  await ceiba.person.call(passReport, { id: report });
  expect(await seenBy(guaje.person)).toContain(report);
  expect(await seenBy(sabino)).toEqual([report]);
});

test("somebody who facilitates and coordinates is one person: a report about them reaches neither (P14)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, fresno, sabino, group } = room;
  await hub.owner`update participants set facilitator = false where id = ${copal.place}`;
  await hub.owner`
    update memberships set roles = '{member,coordinator}' where group_id = ${group}
      and account_id = (select account_id from participants where id = ${ceiba.place})`;
  const before = await surfaces(ceiba.person, room);
  const { report } = await fresno.person.call(reportParticipant, {
    space,
    id: ceiba.place,
    ...told,
  });
  expect(await seenBy(sabino)).toEqual([report]);
  expect(await surfaces(ceiba.person, room)).toBe(before);
});

test("to somebody outside the space: nobody who facilitates reads it, even if they coordinate (P14)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal, fresno, sabino, group } = room;
  await hub.owner`
    update memberships set roles = '{member,coordinator}' where group_id = ${group}
      and account_id = (select account_id from participants where id = ${ceiba.place})`;
  const about = { space, id: nogal.place, ...told, outside: true };
  const { report } = await fresno.person.call(reportParticipant, about);
  expect(await seenBy(sabino)).toEqual([report]);
  for (const { person } of [ceiba, copal]) expect(await seenBy(person)).toEqual([]);
});

test("passed on, a report leaves those who had it", async () => {
  const { space, ceiba, copal, nogal, fresno, sabino } = await openRoom(hub);
  const { report } = await fresno.person.call(reportParticipant, {
    space,
    id: nogal.place,
    ...told,
  });
  await ceiba.person.call(passReport, { id: report });
  expect(await seenBy(copal.person)).toEqual([]);
  expect(await seenBy(sabino)).toEqual([report]);
  await sabino.call(passReport, { id: report });
  expect(await seenBy(steward)).toContain(report);
  expect(await problemOf(steward, passReport, { id: report })).toBe("not_allowed");
});

test("with a report in hand those outside the space act on whom it is about, and on nobody else (M01)", async () => {
  const room = await openRoom(hub);
  const { space, nogal, fresno, sabino } = room;
  const id = await say(room, nogal.person, "Amenaza");
  const other = await say(room, fresno.person, "Otra cosa");
  const reason = "No se amenaza a nadie";
  expect(await problemOf(sabino, hideMessage, { space, id, reason })).toBe("not_found");
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told, outside: true });
  expect(await problemOf(sabino, hideMessage, { space, id: other, reason })).toBe("not_found");
  await sabino.call(hideMessage, { space, id, reason, report });
  const act = { space, id: nogal.place, act: "mute", reason, report } as const;
  await sabino.call(moderateParticipant, act);
  expect(await problemOf(sabino, moderateParticipant, { ...act, id: fresno.place })).toBe(
    "not_found",
  );
  const none = "00000000-0000-4000-8000-000000000000" as ReportId;
  expect(await problemOf(sabino, moderateParticipant, { ...act, report: none })).toBe("not_found");
  expect(
    await problemOf(room.ceiba.person, moderateParticipant, { ...act, id: fresno.place }),
  ).toBe("not_found");
  await sabino.call(decideReport, { id: report, state: "decided", answer: "Se ocultó" });
  expect(await problemOf(sabino, moderateParticipant, act)).toBe("not_found");
});

test("nobody reports themselves, the same twice, or what is no longer there", async () => {
  const room = await openRoom(hub);
  const { space, nogal, fresno } = room;
  const about = { space, id: nogal.place, ...told };
  expect(await problemOf(nogal.person, reportParticipant, about)).toBe("not_allowed");
  await fresno.person.call(reportParticipant, about);
  expect(await problemOf(fresno.person, reportParticipant, about)).toBe("already_done");
  const id = crypto.randomUUID() as MessageId;
  expect(await problemOf(fresno.person, reportMessage, { space, id, ...told })).toBe("not_found");
});

test("what is told many times at the same moment is told once, and twenty is the most that waits", async () => {
  const room = await openRoom(hub);
  const { space, nogal, fresno } = room;
  const tell = (id: MessageId) => fresno.person.ask(reportMessage, { space, id, ...told });
  const id = await say(room, nogal.person, "Una vez");
  const same = await Promise.all(Array.from({ length: 6 }, () => tell(id)));
  expect(same.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  const ids = await Promise.all(
    Array.from({ length: 24 }, (_, n) => say(room, nogal.person, `Otra ${n}`)),
  );
  const answers = await Promise.all(ids.map(tell));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
});

test("a report ends ninety days after it was decided, with the words it kept (T20)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, nogal, fresno } = room;
  const id = await say(room, nogal.person, "Canario de palabras");
  const { report } = await fresno.person.call(reportMessage, { space, id, ...told });
  await ceiba.person.call(noteReport, { id: report, note: "Nota" });
  await ceiba.person.call(decideReport, { id: report, state: "no_action", answer: "Lo leímos" });
  const [kept] =
    await hub.owner`select ends_on - current_date as days from reports where id = ${report}`;
  expect(kept?.days).toBe(90);
  await hub.owner`update reports set ends_on = current_date - 1 where id = ${report}`;
  expect(await seenBy(ceiba.person)).toEqual([]);
  const jobs = hub.as("telar_jobs");
  expect((await removePast(jobs)).reports).toBe(1);
  await jobs.end();
  const [left] = await hub.owner`
    select (select count(*) from reports where id = ${report}) + (select count(*) from report_notes where report_id = ${report})
      + (select count(*) from reporters where report_id = ${report}) as rows`;
  expect(left?.rows).toBe(0);
});
