import { randomUUID } from "node:crypto";
import type { AccountId, GroupId, MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import type { Sql } from "./connection.ts";
import { appendEvent, groupStream } from "./events.ts";
import * as memberships from "./memberships.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}

async function newGroup(name = "Tejido"): Promise<GroupId> {
  const id = randomUUID() as GroupId;
  await owner`insert into groups (id, name, kind) values (${id}, ${name}, 'expert_network')`;
  return id;
}

/** With the claims of somebody who holds an open invitation into the group. */
async function join(group: GroupId, account: AccountId, alias: string, roles: Role[] = []) {
  const secret = randomUUID();
  await owner`
    insert into invitations (purpose, group_id, roles, token_hash, ending, expires_at)
    values ('membership', ${group}, ${roles}, ${secret}, 'ABCD', now() + interval '1 hour')`;
  return actAs(database, { account, secret }, (sql) =>
    memberships.addMembership(sql, { group, account, alias, roles }),
  );
}

const asMember = <Result>(account: AccountId, work: (sql: Sql) => Promise<Result>) =>
  actAs(database, { account }, work);
const end = (account: AccountId, id: MembershipId) =>
  asMember(account, (sql) => memberships.markEnded(sql, id));

test("a place is its owner's own, and nobody else's", async () => {
  const group = await newGroup();
  const account = await newAccount();
  const id = await join(group, account, "Ceiba", ["facilitator"]);
  const own = (who: AccountId) =>
    asMember(who, (sql) => memberships.getOwnMembership(sql, group, who));
  expect(await own(account)).toMatchObject({
    id,
    group,
    alias: "Ceiba",
    roles: ["member", "facilitator"],
    kind: "expert_network",
  });
  await expect(own(await newAccount())).rejects.toMatchObject({ code: "not_found" });
  await owner`update groups set closed = true where id = ${group}`;
  await expect(own(account)).rejects.toMatchObject({ code: "not_allowed" });
});

test("nobody enters a group without an invitation, once it has people", async () => {
  const group = await newGroup();
  await join(group, await newAccount(), "Ceiba");
  const account = await newAccount();
  await expect(
    asMember(account, (sql) =>
      memberships.addMembership(sql, { group, account, alias: "Copal", roles: [] }),
    ),
  ).rejects.toThrow("row-level security");
});

test("an alias belongs for good to who had it first, however it is written", async () => {
  const group = await newGroup();
  const account = await newAccount();
  const first = await join(group, account, "Ceiba");
  await expect(join(group, await newAccount(), "ceiba")).rejects.toMatchObject({
    code: "name_taken",
    fields: { alias: "taken" },
  });
  await expect(join(group, account, "Copal")).rejects.toMatchObject({ code: "already_done" });
  await end(account, first);
  await expect(join(group, await newAccount(), "Ceiba")).rejects.toMatchObject({
    code: "name_taken",
  });
});

test("whoever comes back takes up their old alias, or begins anew under another", async () => {
  const group = await newGroup();
  const account = await newAccount();
  const first = await join(group, account, "Ceiba", ["coordinator"]);
  await end(account, first);
  expect(await join(group, account, "Ceiba", ["signatory"])).toBe(first);
  const back = await asMember(account, (sql) => memberships.getOwnMembership(sql, group, account));
  expect(back.roles).toEqual(["member", "signatory"]);
  await end(account, first);
  expect(await join(group, account, "Copal")).not.toBe(first);
});

test("another alias is another place with the same roles, and the old one stays taken", async () => {
  const group = await newGroup();
  const account = await newAccount();
  const first = await join(group, account, "Ceiba", ["facilitator"]);
  const change = (place: MembershipId, alias: string) =>
    asMember(account, (sql) => memberships.changeAlias(sql, place, alias));
  const second = await change(first, "Copal");
  expect(second).not.toBe(first);
  const own = await asMember(account, (sql) => memberships.getOwnMembership(sql, group, account));
  expect(own).toMatchObject({ id: second, alias: "Copal", roles: ["member", "facilitator"] });
  const [old] = await owner`select alias, ended_on from memberships where id = ${first}`;
  expect(old).toMatchObject({ alias: "Ceiba", endedOn: expect.any(String) });
  await expect(join(group, await newAccount(), "Ceiba")).rejects.toMatchObject({
    code: "name_taken",
  });
  expect(await change(second, "COPAL")).toBe(second);
  expect(await change(second, "Ceiba")).toBe(first);
  await join(group, await newAccount(), "Nogal");
  await expect(change(first, "Nogal")).rejects.toMatchObject({ code: "name_taken" });
});

test("a place that has ended takes no other alias", async () => {
  const group = await newGroup();
  const account = await newAccount();
  const first = await join(group, account, "Ceiba");
  const change = (place: MembershipId, alias: string) =>
    asMember(account, (sql) => memberships.changeAlias(sql, place, alias));
  const second = await change(first, "Copal");
  await owner`update memberships set ended_on = current_date where id = ${second}`;
  for (const alias of ["Ceiba", "copal"])
    await expect(change(second, alias)).rejects.toMatchObject({ code: "not_found" });
  const inside =
    await owner`select from memberships where group_id = ${group} and ended_on is null`;
  expect(inside).toHaveLength(0);
});

test("a place is found by the id of an earlier alias, in its own group", async () => {
  const group = await newGroup();
  const [reader, account] = [await newAccount(), await newAccount()];
  await join(group, reader, "Encino");
  const first = await join(group, account, "Ceiba");
  const id = await asMember(account, (sql) => memberships.changeAlias(sql, first, "Copal"));
  const find = (wanted: GroupId, earlier = first) =>
    asMember(reader, (sql) => memberships.getMembershipThatGoesOn(sql, wanted, earlier));
  expect(await find(group)).toMatchObject({ id, alias: "Copal" });
  expect(await find(group, id)).toMatchObject({ id });
  await expect(find(await newGroup())).rejects.toMatchObject({ code: "not_found" });
});

test("aliases that somebody took during a month are counted in one group", async () => {
  const group = await newGroup();
  const account = await newAccount();
  const id = await join(group, account, "Ceiba");
  const count = () =>
    asMember(account, (sql) => memberships.countAliasChanges(sql, group, account));
  expect(await count()).toBe(0);
  await asMember(account, (sql) =>
    appendEvent(sql, groupStream(group), { kind: "alias.changed", membership: id }),
  );
  expect(await count()).toBe(1);
  await owner`update events set happened_on = current_date - 30 where stream = ${groupStream(group)}`;
  expect(await count()).toBe(0);
});

test("what waited for an answer does not pass to another alias", async () => {
  const group = await newGroup();
  const [from, to] = [await newAccount(), await newAccount()];
  const offering = await join(group, from, "Ceiba", ["coordinator"]);
  const asked = await join(group, to, "Copal");
  await owner`
    insert into hand_overs (group_id, from_membership_id, to_membership_id, stays_coordinator)
    values (${group}, ${offering}, ${asked}, true)`;
  await asMember(to, (sql) => memberships.changeAlias(sql, asked, "Nogal"));
  expect(await owner`select from hand_overs where group_id = ${group}`).toHaveLength(0);
});

test("somebody's place is found by id in its own group until it ends", async () => {
  const group = await newGroup();
  const reader = await newAccount();
  await join(group, reader, "Ceiba");
  const other = await newAccount();
  const id = await join(group, other, "Copal");
  const find = (wanted: GroupId) =>
    asMember(reader, (sql) => memberships.getMembership(sql, wanted, id));
  expect(await find(group)).toMatchObject({ id, alias: "Copal" });
  await expect(find(await newGroup())).rejects.toMatchObject({ code: "not_found" });
  await end(other, id);
  await expect(find(group)).rejects.toMatchObject({ code: "not_found" });
});

test("people are listed page by page, by alias, for members only", async () => {
  const group = await newGroup();
  const reader = await newAccount();
  for (const alias of ["Pirul", "Árbol"]) await join(group, await newAccount(), alias);
  await join(group, reader, "Encino");
  const list = (who: AccountId, after?: readonly [string, string], limit = 10) =>
    asMember(who, (sql) => memberships.listMemberships(sql, group, who, { after, limit }));
  const all = await list(reader);
  expect(all.map(({ alias, you }) => [alias, you])).toEqual([
    ["Árbol", false],
    ["Encino", true],
    ["Pirul", false],
  ]);
  const [first] = await list(reader, undefined, 1);
  expect(await list(reader, [first?.alias ?? "", first?.id ?? ""])).toEqual(all.slice(1));
  expect(await list(await newAccount())).toEqual([]);
});

test("who is in a group is counted as far as one sees it", async () => {
  const group = await newGroup();
  const reader = await newAccount();
  await join(group, await newAccount(), "Pirul", ["coordinator"]);
  await join(group, reader, "Encino");
  const count = (who: AccountId) => asMember(who, (sql) => memberships.countMembers(sql, group));
  expect(await count(reader)).toEqual({ members: 2, coordinators: 1 });
  expect(await count(await newAccount())).toEqual({ members: 0, coordinators: 0 });
});

test("roles change as a whole, and member always stays among them", async () => {
  const group = await newGroup();
  const account = await newAccount();
  const id = await join(group, account, "Ceiba", ["signatory"]);
  const coordinator = await newAccount();
  await join(group, coordinator, "Copal", ["coordinator"]);
  await asMember(coordinator, (sql) => memberships.changeRoles(sql, id, ["facilitator"]));
  const own = await asMember(account, (sql) => memberships.getOwnMembership(sql, group, account));
  expect(own.roles).toEqual(["member", "facilitator"]);
});

test("one's own places are listed by the name of the group", async () => {
  const account = await newAccount();
  for (const name of ["Órbita", "Nido", "Ocaso"])
    await join(await newGroup(name), account, "Ceiba");
  const own = await asMember(account, (sql) => memberships.listOwnMemberships(sql, account));
  expect(own.map(({ groupName }) => groupName)).toEqual(["Nido", "Ocaso", "Órbita"]);
});

test("whoever is about to leave holds the group and sees who stays", async () => {
  const group = await newGroup();
  const account = await newAccount();
  await join(group, account, "Ceiba", ["coordinator"]);
  await join(group, await newAccount(), "Copal");
  await join(await newGroup(), account, "Ceiba");
  const list = (only?: GroupId) =>
    asMember(account, (sql) => memberships.listOwnMembershipsForChange(sql, account, only));
  expect(await list(group)).toMatchObject([{ group, members: 2, coordinators: 1 }]);
  expect(await list()).toHaveLength(2);
});

test("a place ends once, and what waited for an answer ends with it", async () => {
  const group = await newGroup();
  const from = await newAccount();
  const to = await newAccount();
  const offering = await join(group, from, "Ceiba", ["coordinator"]);
  const asked = await join(group, to, "Copal");
  await owner`
    insert into hand_overs (group_id, from_membership_id, to_membership_id, stays_coordinator)
    values (${group}, ${offering}, ${asked}, true)`;
  await end(to, asked);
  expect(await owner`select from hand_overs where group_id = ${group}`).toHaveLength(0);
  await expect(end(to, asked)).rejects.toMatchObject({ code: "not_found" });
});
