import { randomUUID } from "node:crypto";
import type { AccountId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs, type Claims } from "./acting.ts";
import type { Sql } from "./connection.ts";
import * as passkeys from "./passkeys.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

const run = <Result>(claims: Claims, work: (sql: Sql) => Promise<Result>) =>
  actAs(database, claims, work);

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}

async function newPasskey(account: AccountId, name = "Teléfono") {
  const credentialId = randomUUID();
  const credentialHash = `hash of ${credentialId}`;
  const made = {
    account,
    name,
    credentialId,
    credentialHash,
    publicKey: new Uint8Array([1, 2, 3]),
    counter: 4,
    transports: ["internal"],
  };
  const id = await run({ account }, (sql) => passkeys.addPasskey(sql, made));
  return { ...made, id };
}

test("a challenge is heard once, by whoever shows it, and knows for whom it was made", async () => {
  const account = await newAccount();
  const secret = randomUUID();
  await run({ secret }, (sql) => passkeys.addChallenge(sql, secret, account));
  const take = (shown: string) =>
    run({ secret: shown }, (sql) => passkeys.takeChallenge(sql, secret));
  expect(await take("another")).toBeUndefined();
  expect(await take(secret)).toEqual({ account });
  expect(await take(secret)).toBeUndefined();
});

test("a challenge for making a passkey is past after five minutes", async () => {
  const secret = randomUUID();
  const account = await newAccount();
  await run({ secret }, (sql) => passkeys.addChallenge(sql, secret, account));
  await owner`
    update passkey_challenges set ends_at = ends_at - interval '5 minutes' where challenge_hash = ${secret}`;
  expect(await run({ secret }, (sql) => passkeys.takeChallenge(sql, secret))).toBeUndefined();
});

test("a sign-in challenge is answered once, and nothing makes it new", async () => {
  const secret = randomUUID();
  const answer = () => run({ secret }, (sql) => passkeys.markAnswered(sql, secret));
  await answer();
  expect(await run({ secret }, (sql) => passkeys.takeChallenge(sql, secret))).toBeUndefined();
  await expect(answer()).rejects.toMatchObject({ code: "wrong_sign_in" });
});

test("a passkey is found by whoever shows its credential, and by nobody else", async () => {
  const account = await newAccount();
  const { id, credentialId, credentialHash } = await newPasskey(account);
  const find = (claims: Claims) => run(claims, (sql) => passkeys.findPasskey(sql, credentialHash));
  expect(await find({ secret: credentialHash })).toEqual({
    id,
    account,
    credentialId,
    publicKey: Buffer.from([1, 2, 3]),
    counter: 4,
  });
  expect(await find({ account: await newAccount() })).toBeUndefined();
});

test("a passkey that is known is not added again", async () => {
  const account = await newAccount();
  const known = await newPasskey(account);
  const other = await newAccount();
  await expect(
    run({ account: other }, (sql) => passkeys.addPasskey(sql, { ...known, account: other })),
  ).rejects.toMatchObject({ code: "already_done" });
});

test("a person lists their own passkeys", async () => {
  const account = await newAccount();
  const { id, credentialId } = await newPasskey(account, "Tableta");
  await newPasskey(await newAccount());
  expect(await run({ account }, (sql) => passkeys.listPasskeys(sql, account))).toEqual([
    { id, credentialId, name: "Tableta", transports: ["internal"], usedThisWeek: true },
  ]);
});

test("use is kept by the week, and a counter never goes back", async () => {
  const account = await newAccount();
  const { id } = await newPasskey(account);
  await owner`update passkeys set used_week = used_week - 14 where id = ${id}`;
  const counters: unknown[] = [];
  for (const counter of [9, 2]) {
    await run({ account }, (sql) => passkeys.markUsed(sql, id, counter));
    const [row] = await owner`
      select counter, used_week = date_trunc('week', current_date) as now from passkeys where id = ${id}`;
    counters.push({ ...row });
  }
  expect(counters).toEqual(Array(2).fill({ counter: 9, now: true }));
});

test("only its owner removes a passkey", async () => {
  const account = await newAccount();
  const { id } = await newPasskey(account);
  const remove = (who: AccountId) =>
    run({ account: who }, (sql) => passkeys.removePasskey(sql, who, id));
  await expect(remove(await newAccount())).rejects.toMatchObject({ code: "not_found" });
  await remove(account);
  await expect(remove(account)).rejects.toMatchObject({ code: "not_found" });
});
