import { randomUUID } from "node:crypto";
import type { GroupExportId } from "@telar/contracts/exports";
import type { AccountId, GroupId, StewardId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import * as exports from "./exports.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}

async function newSteward(alias: string): Promise<{ account: AccountId; id: StewardId }> {
  const account = await newAccount();
  const [row] = await owner<[{ id: StewardId }]>`
    insert into stewards (account_id, alias) values (${account}, ${alias}) returning id`;
  return { account, id: row.id };
}

async function newGroup(): Promise<{ group: GroupId; coordinator: AccountId }> {
  const group = randomUUID() as GroupId;
  const coordinator = await newAccount();
  await owner`insert into groups (id, name, kind) values (${group}, 'Raíz', 'victim_network')`;
  await owner`
    insert into memberships (group_id, account_id, alias, roles)
    values (${group}, ${coordinator}, 'Copal', '{member,coordinator}')`;
  return { group, coordinator };
}

const asker = await newSteward("Ahuehuete");
const other = await newSteward("Ceiba");
const ask = (group: GroupId, { account, id } = asker) =>
  actAs(database, { account }, (sql) =>
    exports.addExport(sql, { group, askedBy: id, reason: "Respaldo" }),
  );
const lapse = (id: GroupExportId) =>
  owner`update group_exports set ends_on = current_date - 1, agreed = true where id = ${id}`;

test("a steward asks once for a group, and again after it lapsed", async () => {
  const { group } = await newGroup();
  const first = await ask(group);
  await expect(ask(group)).rejects.toMatchObject({ code: "already_done" });
  await lapse(first);
  const second = await ask(group);
  expect(second).not.toBe(first);
  const row = await actAs(database, asker, (sql) => exports.getExport(sql, second));
  expect(row).toMatchObject({ group, agreed: false, askedByAlias: "Ahuehuete", groupName: "Raíz" });
});

test("nobody asks in another steward's name", async () => {
  const { group } = await newGroup();
  await expect(
    actAs(database, { account: other.account }, (sql) =>
      exports.addExport(sql, { group, askedBy: asker.id, reason: "Respaldo" }),
    ),
  ).rejects.toMatchObject({ code: "42501" });
});

test("an export is listed to stewards and to the group's coordinators while it is under way", async () => {
  const { group, coordinator } = await newGroup();
  const elsewhere = await newGroup();
  const id = await ask(group);
  const listed = async (account: AccountId, where: GroupId[] | "anywhere") => {
    const rows = await actAs(database, { account }, (sql) => exports.listExports(sql, where));
    return rows.some((row) => row.id === id);
  };
  expect(await listed(other.account, "anywhere")).toBe(true);
  expect(await listed(coordinator, [group])).toBe(true);
  expect(await listed(other.account, [elsewhere.group])).toBe(false);
  expect(await listed(elsewhere.coordinator, "anywhere")).toBe(false);
  await lapse(id);
  expect(await listed(other.account, "anywhere")).toBe(false);
});

test("coordinators are told of what others asked for until somebody agreed", async () => {
  const { group, coordinator } = await newGroup();
  const told = (account: AccountId) =>
    actAs(database, { account }, (sql) => exports.listGroupsAskedFor(sql, account));
  const id = await ask(group);
  const both = await newSteward("Sabino");
  await owner`
    insert into memberships (group_id, account_id, alias, roles)
    values (${group}, ${both.account}, 'Sabino', '{member,coordinator}')`;
  expect(await told(coordinator)).toEqual([{ group, groupName: "Raíz" }]);
  expect(await told(other.account)).toEqual([]);
  await actAs(database, { account: other.account }, (sql) => exports.markAgreed(sql, id));
  expect(await told(coordinator)).toEqual([]);
  await ask(group, both);
  expect(await told(both.account)).toEqual([]);
  expect(await told(coordinator)).toEqual([{ group, groupName: "Raíz" }]);
});

test("an export that lapsed is not found", async () => {
  const { group } = await newGroup();
  const id = await ask(group);
  await lapse(id);
  for (const get of [exports.getExport, exports.getExportForChange])
    await expect(actAs(database, asker, (sql) => get(sql, id))).rejects.toMatchObject({
      code: "not_found",
    });
});

test("an agreement gives seven more days, and never comes from who asked", async () => {
  const { group } = await newGroup();
  const id = await ask(group);
  await owner`update group_exports set ends_on = current_date where id = ${id}`;
  const agree = (account: AccountId) =>
    actAs(database, { account }, (sql) => exports.markAgreed(sql, id));
  await expect(agree(asker.account)).rejects.toMatchObject({ code: "42501" });
  await agree(other.account);
  const [row] = await owner`
    select agreed, ends_on - current_date as days from group_exports where id = ${id}`;
  expect(row).toEqual({ agreed: true, days: 7 });
});

test("who looks at an export to change it makes others wait, and they find what was left", async () => {
  const { group } = await newGroup();
  const id = await ask(group);
  let second: Promise<unknown> = Promise.resolve();
  await actAs(database, asker, async (sql) => {
    await exports.getExportForChange(sql, id);
    second = actAs(database, asker, (later) => exports.getExportForChange(later, id));
    const first = await Promise.race([
      second.then(() => "passed"),
      new Promise((resolve) => setTimeout(resolve, 200, "waits")),
    ]);
    expect(first).toBe("waits");
    second.catch(() => {});
    await exports.removeExport(sql, id);
  });
  await expect(second).rejects.toMatchObject({ code: "not_found" });
});

test("what a steward asked for ends with the stewardship", async () => {
  const { group } = await newGroup();
  const passing = await newSteward("Encino");
  const id = await ask(group, passing);
  await owner`delete from stewards where id = ${passing.id}`;
  await expect(actAs(database, asker, (sql) => exports.getExport(sql, id))).rejects.toMatchObject({
    code: "not_found",
  });
});
