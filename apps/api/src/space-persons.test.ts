import { askAppeal, decideAppeal } from "@telar/contracts/appeals";
import type { AccountId, MessageId, ModerationActId, ParticipantId } from "@telar/contracts/ids";
import { listMessages, postMessage } from "@telar/contracts/messages";
import { listOwnActs, moderateParticipant } from "@telar/contracts/moderation";
import { acceptOneToOne, askOneToOne } from "@telar/contracts/one-to-ones";
import { joinSpace, leaveSpace, listParticipants } from "@telar/contracts/participants";
import type { Person } from "@telar/contracts/person";
import { listOpen } from "@telar/database/news";
import { afterAll, expect, test } from "vitest";
import { type Inhabitant, openRoom, problemOf, type Room } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
const messaging = hub.as("telar_messaging");
afterAll(async () => {
  await messaging.end();
  await hub.release();
});

const reason = "Amenazó a alguien";

const comeAs = (person: Person, { space, group }: Room, alias: string) =>
  person.call(joinSpace, { space, through: group, alias, rulesVersion: 1 });

/** Somebody who is there under another alias now; their earlier place. */
async function renamed(room: Room, alias: string): Promise<{ person: Person; old: ParticipantId }> {
  const { person, place } = await room.newcomer(`${alias} de antes`);
  await person.call(leaveSpace, { space: room.space });
  await comeAs(person, room, alias);
  return { person, old: place };
}

const post = (person: Person, { space }: Pick<Room, "space">) =>
  person.call(postMessage, { space, id: crypto.randomUUID() as MessageId, body: "Hola" });
const problemOfPosting = (person: Person, { space }: Pick<Room, "space">) =>
  problemOf(person, postMessage, { space, id: crypto.randomUUID() as MessageId, body: "Hola" });

const aliases = async ({ space, fresno }: Room) =>
  (await fresno.person.call(listParticipants, { space })).entries.map(({ alias }) => alias);

/** Whether the socket would bring them what is said there. */
async function follows({ space }: Room, place: ParticipantId): Promise<boolean> {
  const [row] = await hub.owner<{ account: AccountId }[]>`
    select account_id as account from participants where id = ${place}`;
  if (!row) throw new Error("Nobody has this place.");
  return (await listOpen(messaging, [{ ...row, space }])).size > 0;
}

const newestAct = async (person: Person) =>
  (await person.call(listOwnActs, {})).entries[0]?.id as ModerationActId;

async function takeBack({ copal }: Room, person: Person): Promise<void> {
  const id = await newestAct(person);
  await person.call(askAppeal, { id, words: "No fue así" });
  await copal.person.call(decideAppeal, { id, decision: "take_back", answer: "Es cierto" });
}

test.each(["remove", "ban"] as const)(
  "by an earlier alias, %s reaches whoever is there under another, and taken back it brings that one back (M01)",
  async (act) => {
    const room = await openRoom(hub);
    const { space, ceiba } = room;
    const { person, old } = await renamed(room, "Mezquite");
    expect(await follows(room, old)).toBe(true);
    await ceiba.person.call(moderateParticipant, { space, id: old, act, reason });
    expect(await problemOf(person, listMessages, { space })).toBe("not_allowed");
    expect(await problemOfPosting(person, room)).toBe("not_allowed");
    expect(await aliases(room)).not.toContain("Mezquite");
    expect(await follows(room, old)).toBe(false);
    await takeBack(room, person);
    await post(person, room);
    expect(await aliases(room)).toContain("Mezquite");
    expect(await aliases(room)).not.toContain("Mezquite de antes");
  },
);

test("whoever leaves just before they are removed can only ask, until that is taken back (M01)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, nogal } = room;
  await nogal.person.call(leaveSpace, { space });
  const removal = { space, id: nogal.place, act: "remove", reason } as const;
  await ceiba.person.call(moderateParticipant, removal);
  expect(await problemOf(ceiba.person, moderateParticipant, removal)).toBe("not_found");
  await takeBack(room, nogal.person);
  expect(await aliases(room)).not.toContain("Nogal");
  expect(await comeAs(nogal.person, room, "Nogal")).toEqual({ standing: "joined" });
  await nogal.person.call(leaveSpace, { space });
  await ceiba.person.call(moderateParticipant, removal);
  expect(await comeAs(nogal.person, room, "Otro nogal")).toEqual({ standing: "asked" });
});

test.each(["Nogal", "Otro nogal"])(
  "whoever comes in as %s while they are being removed only asks (M01)",
  async (alias) => {
    const room = await openRoom(hub);
    const { person, place } = room.nogal;
    await person.call(leaveSpace, { space: room.space });
    const joining = await hub.owner.begin(async (removal) => {
      await removal`update participants set state = 'removed' where id = ${place}`;
      const done = comeAs(person, room, alias);
      await expect.poll(waiting).toBeGreaterThan(0);
      return { done };
    });
    expect(await joining.done).toEqual({ standing: "asked" });
  },
);

const waiting = async () =>
  (
    await hub.owner`
  select from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`
  ).count;

test("what somebody was asked to keep to goes with them from alias to alias (M01)", async () => {
  const room = await openRoom(hub);
  const { space, ceiba } = room;
  const { person, old } = await renamed(room, "Mezquite");
  const act = { space, id: old, reason, days: 2 } as const;
  await ceiba.person.call(moderateParticipant, { ...act, act: "slow_down", minutes: 60 });
  expect(await post(person, room)).toMatchObject({ outcome: "posted" });
  expect(await post(person, room)).toMatchObject({ outcome: "queued" });
  await person.call(leaveSpace, { space });
  await comeAs(person, room, "Mezquite de antes");
  expect(await post(person, room)).toMatchObject({ outcome: "queued" });
  await person.call(leaveSpace, { space });
  await comeAs(person, room, "Mezquite");
  await ceiba.person.call(moderateParticipant, { ...act, act: "mute" });
  expect(await problemOfPosting(person, room)).toBe("muted");
  await person.call(leaveSpace, { space });
  await comeAs(person, room, "Mezquite de hoy");
  expect(await problemOfPosting(person, room)).toBe("muted");
  await takeBack(room, person);
  expect(await post(person, room)).toMatchObject({ outcome: "queued" });
});

test("what is slow in a space is slow for one person under two aliases (P09)", async () => {
  const room = await openRoom(hub, { slowMinutes: 10 });
  const { person } = await renamed(room, "Mezquite");
  expect(await post(person, room)).toMatchObject({ outcome: "posted" });
  await person.call(leaveSpace, { space: room.space });
  await comeAs(person, room, "Mezquite de antes");
  expect(await post(person, room)).toMatchObject({ outcome: "queued" });
});

test("a mute holds between two who met there, in what they opened before it and after", async () => {
  const room = await openRoom(hub);
  const { space, ceiba, copal, nogal, fresno } = room;
  const open = async ({ person, place }: Inhabitant) => {
    await nogal.person.call(askOneToOne, { space, id: place });
    return person.call(acceptOneToOne, { space, id: nogal.place });
  };
  const before = await open(fresno);
  await ceiba.person.call(moderateParticipant, { space, id: nogal.place, act: "mute", reason });
  const after = await open(copal);
  for (const between of [before, after])
    expect(await problemOfPosting(nogal.person, between)).toBe("muted");
  await post(fresno.person, before);
  await takeBack(room, nogal.person);
  for (const between of [before, after]) await post(nogal.person, between);
});

test.each(["space", "hub"] as const)(
  "whoever is banned from the %s is nobody there, though their place were to stand",
  async (from) => {
    const room = await openRoom(hub);
    const { space, nogal } = room;
    expect(await follows(room, nogal.place)).toBe(true);
    await hub.owner`
      insert into bans (space_id, account_id, alias, reason)
      select ${from === "space" ? space : null}, account_id, 'Nogal', 'x' from participants where id = ${nogal.place}`;
    expect(await problemOf(nogal.person, listMessages, { space })).toBe("not_allowed");
    expect(await problemOfPosting(nogal.person, room)).toBe("not_allowed");
    expect(await follows(room, nogal.place)).toBe(false);
  },
);
