import { randomUUID } from "node:crypto";
import type { AccountId, GroupId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import * as hub from "./hub.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

const profile = {
  name: "Telar del Sur",
  about: "Nos cuidamos.",
  languages: ["es", "nah"] as ("es" | "nah")[],
  contact: "radio comunitaria",
};
const limits = { invitationHours: 24, openInvitations: 5, groups: 40, membersPerGroup: 60 };

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}

const steward = await newAccount();
await owner`insert into stewards (account_id, alias) values (${steward}, 'Ahuehuete')`;

async function newGroup(name: string, ...roles: string[][]): Promise<GroupId> {
  const id = randomUUID() as GroupId;
  await owner`insert into groups (id, name, kind) values (${id}, ${name}, 'victim_network')`;
  for (const [place, held] of roles.entries())
    await owner`
      insert into memberships (group_id, account_id, alias, roles)
      values (${id}, ${await newAccount()}, ${`Ceiba ${place}`}, ${held})`;
  return id;
}

test("what the hub says of itself changes by a steward only, and everyone reads it", async () => {
  await actAs(database, { account: await newAccount() }, (sql) => hub.changeHub(sql, profile));
  expect(await actAs(database, {}, hub.getHub)).toMatchObject({ name: "Telar" });
  await actAs(database, { account: steward }, (sql) => hub.changeHub(sql, profile));
  expect(await actAs(database, {}, hub.getHub)).toEqual(profile);
});

test("limits change by a steward only", async () => {
  await actAs(database, { account: await newAccount() }, (sql) => hub.changeLimits(sql, limits));
  expect(await actAs(database, {}, hub.getLimits)).not.toEqual(limits);
  await actAs(database, { account: steward }, (sql) => hub.changeLimits(sql, limits));
  expect(await actAs(database, {}, hub.getLimits)).toEqual(limits);
});

test("every group counts towards the hub's limit, seen or not", async () => {
  const before = await actAs(database, {}, hub.countGroupsForChange);
  await newGroup("Raíz");
  expect(await actAs(database, {}, hub.countGroupsForChange)).toBe(before + 1);
});

test("a steward pages through every group by name, with counts", async () => {
  const made = [
    await newGroup("Árbol", ["member", "coordinator"], ["member"]),
    await newGroup("Arroyo", ["member", "coordinator"]),
    await newGroup("Zacate"),
  ];
  await actAs(database, { account: steward }, async (sql) => {
    const all = await hub.listStewardedGroups(sql, undefined, 50);
    const found = all.filter(({ id }) => made.includes(id));
    expect(found.map(({ name }) => name)).toEqual(["Árbol", "Arroyo", "Zacate"]);
    expect(found.map((group) => [group.memberCount, group.coordinatorCount])).toEqual([
      [2, 1],
      [1, 1],
      [0, 0],
    ]);
    const [first] = await hub.listStewardedGroups(sql, undefined, 1);
    const rest = await hub.listStewardedGroups(sql, [first?.name ?? "", first?.id ?? ""], 50);
    expect(rest).toEqual(all.slice(1));
  });
});

test("a group closes once, and opens once", async () => {
  const group = await newGroup("Fogón");
  const mark = (closed: boolean) =>
    actAs(database, { account: steward }, (sql) => hub.markGroupClosed(sql, group, closed));
  await mark(true);
  await expect(mark(true)).rejects.toMatchObject({ code: "already_done" });
  await mark(false);
  await expect(mark(false)).rejects.toMatchObject({ code: "already_done" });
});

test("a steward sees a group's people only while claiming to inspect it", async () => {
  const group = await newGroup("Milpa", ["member", "coordinator"], ["member"]);
  await owner`insert into profile_entries (group_id, field, value, visibility) values (${group}, 'about', 'Somos', 'members')`;
  const read = (claims: { account?: AccountId; inspectedGroup?: GroupId }) =>
    actAs(database, claims, async (sql) => {
      const entries = await sql`select from profile_entries where group_id = ${group}`;
      const members = await hub.listInspectedMembers(sql, group, steward);
      return { members: members.map(({ alias, you }) => [alias, you]), entries: entries.count };
    });
  const nothing = { members: [], entries: 0 };
  expect(await read({ account: steward })).toEqual(nothing);
  expect(await read({ account: await newAccount(), inspectedGroup: group })).toEqual(nothing);
  expect(await read({ account: steward, inspectedGroup: group })).toEqual({
    members: [
      ["Ceiba 0", false],
      ["Ceiba 1", false],
    ],
    entries: 1,
  });
});
