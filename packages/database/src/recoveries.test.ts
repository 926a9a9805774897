import { randomUUID } from "node:crypto";
import type { AccountId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs, type Claims } from "./acting.ts";
import type { Sql } from "./connection.ts";
import * as notices from "./notices.ts";
import * as recoveries from "./recoveries.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

const run = <Result>(claims: Claims, work: (sql: Sql) => Promise<Result>) =>
  actAs(database, claims, work);

async function withCodes(...codes: string[]): Promise<AccountId> {
  const account = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${account}, ${account})`;
  await run({ account }, (sql) => recoveries.changeCodes(sql, account, codes));
  return account;
}

const opensAt = new Date("2027-01-01T12:00:00Z");
const ask = (account: AccountId, codeHash: string) =>
  run({ account }, (sql) => recoveries.addRecovery(sql, { account, codeHash, opensAt }));
const find = (account: AccountId) =>
  run({ account }, (sql) => recoveries.findRecovery(sql, account));
const count = (account: AccountId) =>
  run({ account }, (sql) => recoveries.countCodes(sql, account));

test("a new sheet takes the place of the earlier one and of a recovery that waits on it", async () => {
  const account = await withCodes("one", "two");
  await ask(account, "one");
  await run({ account }, (sql) => recoveries.changeCodes(sql, account, ["three"]));
  expect(await count(account)).toBe(1);
  expect(await find(account)).toBeUndefined();
});

test("a code is looked up by its owner or for a name that was given, and removed by its owner only", async () => {
  const account = await withCodes("one", "two");
  const has = (claims: Claims, code = "one") =>
    run(claims, (sql) => recoveries.hasCode(sql, account, code));
  const stranger = { account: await withCodes() };
  expect(await has({ account })).toBe(true);
  expect(await has({ signInName: account })).toBe(true);
  expect(await has(stranger)).toBe(false);
  expect(await has({ signInName: account }, "three")).toBe(false);
  for (const claims of [stranger, { signInName: account }])
    await run(claims, (sql) => recoveries.removeCode(sql, account, "one"));
  expect(await count(account)).toBe(2);
  await run({ account }, (sql) => recoveries.removeCode(sql, account, "one"));
  expect(await count(account)).toBe(1);
});

test("a recovery waits on one of the account's codes, and one at a time", async () => {
  const account = await withCodes("one", "two");
  await expect(ask(account, "nine")).rejects.toThrow("foreign key");
  await ask(account, "one");
  await expect(ask(account, "two")).rejects.toThrow("recoveries_pkey");
  expect(await find(account)).toEqual({ opensAt });
  expect(await run({ signInName: account }, (sql) => recoveries.findRecovery(sql, account))).toBe(
    undefined,
  );
});

test("stopping a recovery uses its code up and no other", async () => {
  const account = await withCodes("one", "two");
  const stop = () => run({ account }, (sql) => recoveries.stopRecovery(sql, account));
  await expect(stop()).rejects.toMatchObject({ code: "not_found" });
  await ask(account, "one");
  await stop();
  expect(await find(account)).toBeUndefined();
  expect(await run({ account }, (sql) => recoveries.hasCode(sql, account, "two"))).toBe(true);
  expect(await count(account)).toBe(1);
});

test("a person is told of a recovery that waits and of how many codes are left", async () => {
  const account = await withCodes("one", "two");
  const told = () => run({ account }, (sql) => notices.getAccountNotice(sql, account));
  expect(await told()).toMatchObject({ opensAt: null, codesLeft: 2 });
  await ask(account, "two");
  expect(await told()).toMatchObject({ opensAt, codesLeft: 2 });
});

test("the waits that began this week are counted, those of another week forgotten", async () => {
  const account = await withCodes("one", "two", "three");
  const begun = () => run({ account }, (sql) => recoveries.countRecoveriesThisWeek(sql, account));
  const askAndStop = async (code: string) => {
    await ask(account, code);
    await run({ account }, (sql) => recoveries.stopRecovery(sql, account));
  };
  expect(await begun()).toBe(0);
  await askAndStop("one");
  await askAndStop("two");
  expect(await begun()).toBe(2);
  await owner`update accounts set recoveries_week = recoveries_week - 7 where id = ${account}`;
  expect(await begun()).toBe(0);
  await askAndStop("three");
  expect(await begun()).toBe(1);
});
