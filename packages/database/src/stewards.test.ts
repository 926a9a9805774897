import { randomUUID } from "node:crypto";
import type { AccountId, StewardId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import * as stewards from "./stewards.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}

/** With the claims of somebody who holds an open invitation to it. */
async function add(account: AccountId, alias: string): Promise<void> {
  const secret = randomUUID();
  await owner`
    insert into invitations (purpose, token_hash, ending, expires_at)
    values ('stewardship', ${secret}, 'ABCD', now() + interval '1 hour')`;
  await actAs(database, { account, secret }, (sql) => stewards.addSteward(sql, account, alias));
}

async function newSteward(alias: string): Promise<AccountId> {
  const account = await newAccount();
  await add(account, alias);
  return account;
}

test("a hub has no steward until the first one comes", async () => {
  expect(await stewards.hasSteward(owner)).toBe(false);
  await newSteward("Ahuehuete");
  expect(await stewards.hasSteward(owner)).toBe(true);
});

test("an alias belongs to one steward, and a person is a steward once", async () => {
  const account = await newSteward("Ceiba");
  await expect(newSteward("CEIBA")).rejects.toMatchObject({ code: "name_taken" });
  await expect(add(account, "Copal")).rejects.toMatchObject({ code: "already_done" });
});

test("a person finds their own stewardship, and whoever has none is not allowed", async () => {
  const account = await newSteward("Encino");
  const member = await newAccount();
  const own = await actAs(database, { account }, (sql) => stewards.getOwnStewardship(sql, account));
  expect(own.alias).toBe("Encino");
  await actAs(database, { account: member }, async (sql) => {
    expect(await stewards.findOwnStewardship(sql, member)).toBeUndefined();
  });
  await expect(
    actAs(database, { account: member }, (sql) => stewards.getOwnStewardship(sql, member)),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("whoever has an account sees who cares for the hub, and nobody else does", async () => {
  await newSteward("Fresno");
  const member = await newAccount();
  const seen = await actAs(database, { account: member }, stewards.listStewards);
  expect(seen.map(({ alias }) => alias)).toContain("Fresno");
  expect(await actAs(database, {}, stewards.listStewards)).toHaveLength(0);
});

test("while one transaction ends a stewardship, another waits", async () => {
  const account = await newSteward("Guaje");
  let second: Promise<unknown> = Promise.resolve();
  await actAs(database, { account }, async (sql) => {
    await stewards.listStewardsForChange(sql);
    second = actAs(database, { account }, stewards.listStewardsForChange);
    const first = await Promise.race([
      second.then(() => "passed"),
      new Promise((resolve) => setTimeout(resolve, 200, "waits")),
    ]);
    expect(first).toBe("waits");
  });
  await second;
});

test("a stewardship ends once, and behind the wall only by a steward", async () => {
  const account = await newSteward("Nogal");
  const other = await newSteward("Ocote");
  const member = await newAccount();
  const { id } = await actAs(database, { account }, (sql) =>
    stewards.getOwnStewardship(sql, account),
  );
  const remove = (by: AccountId, which: StewardId) =>
    actAs(database, { account: by }, (sql) => stewards.removeSteward(sql, which));
  await expect(remove(member, id)).rejects.toMatchObject({ code: "not_found" });
  await remove(other, id);
  const open = await owner`select from invitations where not revoked`;
  expect(open).toHaveLength(0);
  await expect(remove(other, id)).rejects.toMatchObject({ code: "not_found" });
});
