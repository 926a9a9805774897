import { changeAccount, closeAccount } from "@telar/contracts/accounts";
import { ArchiveLine, measureArchive, takeArchive } from "@telar/contracts/archives";
import type { AccountId } from "@telar/contracts/ids";
import { leaveGroup } from "@telar/contracts/memberships";
import { acknowledgeMessage, deleteMessage } from "@telar/contracts/messages";
import { leaveSpace } from "@telar/contracts/participants";
import { listSessions, revokeOtherSessions, signIn } from "@telar/contracts/sessions";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { createArchivesOnTheirWay } from "./archives-on-their-way.ts";
import { createTestHub, joinToo, testPassphrase } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { newMessageId, openRoom } from "./testing/posting.ts";

const hub = await createTestHub();
afterAll(hub.release);
afterEach(() => void vi.useRealTimers());

const linesIn = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => ArchiveLine.parse(JSON.parse(line)));
const take = async (person: Person) => linesIn(await (await person.ask(takeArchive, {})).text());
const bodies = (lines: ArchiveLine[]) => lines.flatMap((line) => ("body" in line ? line.body : []));
const refusal = (code: string) => expect.objectContaining({ code });

/** Puts so many messages of one author into a space, before the wall. */
const fill = (space: string, author: string, count: number) => hub.owner`
  insert into messages (space_id, place, id, participant_id, body, expires_on)
  select ${space}, 1000 + n, gen_random_uuid(), ${author}, 'Palabra ' || n, current_date + 1
  from generate_series(1, ${count}::integer) n`;

test("one's archive holds everything one wrote, and nothing that others did (X07)", async () => {
  const room = await openRoom(hub, { slowMinutes: 5 });
  const ceiba = await room.enter();
  const copal = await room.enter();
  const asked = newMessageId();
  await room.post(copal.person, "Palabras de otra persona", { id: asked, note: "Cansancio" });
  await room.post(ceiba.person, "Mi respuesta", { replyTo: asked });
  await room.post(ceiba.person, "Sale después");
  await ceiba.person.call(acknowledgeMessage, {
    ...{ space: room.space, id: asked, acknowledgement: "i_am_with_you" },
  });
  await ceiba.person.call(changeAccount, { zone: "America/Tijuana" });
  const lines = await take(ceiba.person);
  expect(lines).toMatchObject([
    { line: "person", zone: "America/Tijuana", memberships: [{ roles: ["member"] }] },
    { line: "place", space: "Palabra", alias: ceiba.alias, standing: true },
    { line: "message", body: "Mi respuesta", replyTo: { alias: copal.alias, note: "Cansancio" } },
    { line: "waiting", why: "slow_mode", body: "Sale después" },
    { line: "acknowledgement", kind: "i_am_with_you", to: { id: asked } },
    { line: "end", entries: 3 },
  ]);
  const text = JSON.stringify(lines);
  expect(text).not.toContain("Palabras de otra persona");
  expect(text).not.toContain("entra ");
  for (const { id } of await hub.owner`select id from accounts`) expect(text).not.toContain(id);
});

test("what was deleted is in nobody's archive", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const id = newMessageId();
  await room.post(person, "Ya no", { id });
  await person.call(deleteMessage, { space: room.space, id });
  expect(bodies(await take(person))).toEqual([]);
});

test("what somebody wrote comes along from spaces and groups that they left", async () => {
  const room = await openRoom(hub);
  const elsewhere = await openRoom(hub);
  const { person } = await room.enter();
  await joinToo(person, elsewhere);
  await elsewhere.place(person, "Sauce");
  await room.post(person, "Antes de salir del grupo");
  await elsewhere.post(person, "Antes de salir del espacio");
  await person.call(leaveGroup, { group: room.group });
  await person.call(leaveSpace, { space: elsewhere.space });
  const lines = await take(person);
  expect(bodies(lines).sort()).toEqual(["Antes de salir del espacio", "Antes de salir del grupo"]);
  expect(lines.filter((line) => line.line === "place")).toMatchObject([
    { standing: false },
    { standing: false },
  ]);
});

test("an archive needs a session that was confirmed just now", async () => {
  const { coordinator } = await hub.group();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
  expect((await coordinator.ask(takeArchive, {})).status).toBe(403);
  expect((await coordinator.call(measureArchive, {})).entries).toBe(0);
  expect((await hub.newcomer().ask(takeArchive, {})).status).toBe(401);
});

test("many entries come page by page, and how far they are can be seen meanwhile", async () => {
  const room = await openRoom(hub);
  const { person, id } = await room.enter();
  await fill(room.space, id, 1000);
  const size = await person.call(measureArchive, {});
  expect(size).toMatchObject({ entries: 1000 });
  expect(size.done).toBeUndefined();
  const answer = await person.ask(takeArchive, {});
  const reader = answer.body?.getReader();
  for (let pages = 0; pages < 4; pages += 1) await reader?.read();
  const halfway = await person.call(measureArchive, {});
  expect(halfway.entries).toBe(1000);
  expect(halfway.done).toBeGreaterThanOrEqual(400);
  expect(halfway.done).toBeLessThan(1000);
  await reader?.cancel();
  expect((await person.call(measureArchive, {})).done).toBeUndefined();
  const lines = await take(person);
  expect(bodies(lines)).toEqual(Array.from({ length: 1000 }, (_, at) => `Palabra ${at + 1}`));
  expect(lines.at(-1)).toEqual({ line: "end", entries: 1000 });
  expect((await person.call(measureArchive, {})).done).toBeUndefined();
});

test("an archive on its way ends with the session, and when it is asked for again", async () => {
  const room = await openRoom(hub);
  const { person, id, alias } = await room.enter();
  await fill(room.space, id, 1000);
  const begun = await person.ask(takeArchive, {});
  expect(bodies(await take(person))).toHaveLength(1000);
  await expect(begun.text()).rejects.toThrow();
  const again = await person.ask(takeArchive, {});
  const elsewhere = hub.newcomer();
  const [{ name }] = await hub.owner<[{ name: string }]>`
    select sign_in_name as name from accounts
    where id = (select account_id from participants where alias = ${alias})`;
  await elsewhere.call(signIn, { signInName: name, passphrase: testPassphrase, device: "own" });
  expect(await elsewhere.call(listSessions, {})).toHaveLength(2);
  await elsewhere.call(revokeOtherSessions, {});
  await expect(again.text()).rejects.toThrow();
  await expect(person.call(measureArchive, {})).rejects.toEqual(refusal("not_signed_in"));
  await elsewhere.call(closeAccount, {});
  expect((await elsewhere.ask(takeArchive, {})).status).toBe(401);
});

test("so many copies go at once, and one that nobody reads makes room", () => {
  let now = 0;
  const onTheirWay = createArchivesOnTheirWay(() => now);
  const size = { entries: 3, bytes: 300 };
  const people = Array.from({ length: 17 }, (_, at) => `${at}` as AccountId);
  const [first, ...others] = people;
  const last = others.pop();
  if (!first || !last) throw new Error("Nobody is there.");
  const begun = onTheirWay.begin(first, size);
  for (const one of others) onTheirWay.begin(one, size);
  expect(() => onTheirWay.begin(last, size)).toThrow(refusal("unavailable"));
  now = 91_000;
  expect(onTheirWay.find(first)).toBeUndefined();
  onTheirWay.begin(last, size);
  expect(onTheirWay.move(first, begun, 1)).toBe(false);
});
