import { randomUUID } from "node:crypto";
import type { AccountId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as accounts from "./accounts.ts";
import { actAs, type Claims } from "./acting.ts";
import type { Sql } from "./connection.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

const run = <Result>(claims: Claims, work: (sql: Sql) => Promise<Result>) =>
  actAs(database, claims, work);

async function newAccount(signInName: string, passphraseHash: string | null = "hash") {
  const id = randomUUID() as AccountId;
  await run({ account: id }, (sql) =>
    accounts.addAccount(sql, { id, signInName, passphraseHash, language: "es" }),
  );
  return id;
}

const get = (id: AccountId) => run({ account: id }, (sql) => accounts.getAccount(sql, id));

test("a sign-in name is one person's, however it is written", async () => {
  await newAccount("Árbol Grande");
  await expect(newAccount("ÁRBOL grande")).rejects.toMatchObject({
    code: "name_taken",
    fields: { signInName: "taken" },
  });
  await newAccount("Arbol Grande");
});

test("an account is found by a name that was claimed, and by no other", async () => {
  const id = await newAccount("Ceiba");
  const find = (claimed: string) =>
    run({ signInName: accounts.comparedName(claimed) }, (sql) =>
      accounts.findAccountByName(sql, "CEIBA"),
    );
  expect(await find("ceiba")).toEqual({ id, passphraseHash: "hash" });
  expect(await find("copal")).toBeUndefined();
});

test("a person reads and changes their own account, and what is left out stays", async () => {
  const id = await newAccount("Copal");
  const pausedUntil = new Date("2027-01-01T08:00:00Z");
  const change = (what: accounts.AccountChange) =>
    run({ account: id }, (sql) => accounts.changeAccount(sql, id, what));
  await change({ language: "en", pausedUntil });
  await change({ zone: "America/Tijuana", dataSaver: false, safetySeen: true });
  expect(await get(id)).toMatchObject({
    signInName: "copal",
    language: "en",
    zone: "America/Tijuana",
    dataSaver: false,
    safetySeen: true,
    pausedUntil,
    passphraseHash: "hash",
  });
  await change({ pausedUntil: null, passphraseHash: "another" });
  expect(await get(id)).toMatchObject({ pausedUntil: null, passphraseHash: "another" });
});

test("nobody reads, changes or removes somebody else's account", async () => {
  const [id, account] = [await newAccount("Encino"), await newAccount("Fresno")];
  await expect(run({ account }, (sql) => accounts.getAccount(sql, id))).rejects.toMatchObject({
    code: "not_signed_in",
  });
  await run({ account }, (sql) => accounts.changeAccount(sql, id, { language: "en" }));
  await run({ account }, (sql) => accounts.removeAccount(sql, id));
  expect(await get(id)).toMatchObject({ language: "es" });
});

test("an account held for a change makes the next change wait", async () => {
  const id = await newAccount("Guaje");
  const order: string[] = [];
  const second = Promise.withResolvers<void>();
  await run({ account: id }, async (sql) => {
    await accounts.getAccountForChange(sql, id);
    run({ account: id }, async (other) => {
      await accounts.getAccountForChange(other, id);
      order.push("second");
    }).then(second.resolve, second.reject);
    while ((await waiting()) === 0) await new Promise((wake) => setTimeout(wake, 5));
    order.push("first");
  });
  await second.promise;
  expect(order).toEqual(["first", "second"]);
});

async function waiting(): Promise<number> {
  const { count } = await owner`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return count;
}

test("with an account goes what is its own, and what was written keeps its alias", async () => {
  const id = await newAccount("Nogal");
  const group = randomUUID();
  await owner`insert into groups (id, name, kind) values (${group}, 'Tejido', 'victim_network')`;
  await owner`
    insert into memberships (group_id, account_id, alias) values (${group}, ${id}, 'Nogal')`;
  await owner`insert into recovery_codes (account_id, code_hash) values (${id}, 'code')`;
  await owner`insert into recoveries values (${id}, 'code', now())`;
  await run({ account: id }, (sql) => accounts.removeAccount(sql, id));
  const [kept] = await owner`select account_id, alias from memberships where group_id = ${group}`;
  expect({ ...kept }).toEqual({ accountId: null, alias: "Nogal" });
  expect(await owner`select from recovery_codes where account_id = ${id}`).toHaveLength(0);
});
