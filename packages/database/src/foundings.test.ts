import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { GroupKind } from "@telar/contracts/groups";
import type { AccountId, FoundingId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import * as foundings from "./foundings.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}
const steward = await newAccount();
await owner`insert into stewards (account_id, alias) values (${steward}, 'Ahuehuete')`;

const wish = {
  name: "Red del Sur",
  kind: "victim_network",
  region: null,
  purpose: "Buscar juntas.",
  alias: "Ceiba",
} as const;
const ask = (account: AccountId, name: string = wish.name) =>
  actAs(database, { account }, (sql) => foundings.addWish(sql, account, { ...wish, name }));

test("a wish is read by who asked and by stewards", async () => {
  const account = await newAccount();
  const { id } = await ask(account);
  const mine = await actAs(database, { account }, (sql) => foundings.listOwnWishes(sql, account));
  expect(mine).toEqual([{ ...wish, id, state: "asked", answer: null }]);
  expect(await actAs(database, { account: steward }, foundings.listOpenWishes)).toContainEqual(
    mine[0],
  );
  expect(await actAs(database, { account: await newAccount() }, foundings.listOpenWishes)).toEqual(
    [],
  );
});

test("whoever counts open wishes waits for the one who is about to add another", async () => {
  const account = await newAccount();
  const count = (then: () => Promise<void>) =>
    actAs(database, { account }, async (sql) => {
      const open = await foundings.countOpenWishesForChange(sql, account);
      await then();
      await foundings.addWish(sql, account, wish);
      return open;
    });
  let second = Promise.resolve(0);
  const first = await count(async () => {
    second = count(async () => {});
    await waiting();
  });
  expect([first, await second]).toEqual([0, 1]);
});

/** Until somebody waits for a lock. */
async function waiting(): Promise<void> {
  for (let found = 0; found === 0; await wait(10)) {
    const rows = await owner`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    found = rows.count;
  }
}

test("a wish is answered once, by a steward", async () => {
  const account = await newAccount();
  const { id } = await ask(account);
  const answer = (by: AccountId, wanted: FoundingId = id) =>
    actAs(database, { account: by }, (sql) =>
      foundings.markAnswered(sql, wanted, { state: "declined", answer: "Platiquemos antes." }),
    );
  await expect(answer(await newAccount())).rejects.toMatchObject({ code: "not_found" });
  await answer(steward);
  await expect(answer(steward)).rejects.toMatchObject({ code: "already_done" });
  const [mine] = await actAs(database, { account }, (sql) => foundings.listOwnWishes(sql, account));
  expect(mine).toMatchObject({ state: "declined", answer: "Platiquemos antes." });
});

test("a grant founds one group: what was approved, or what an invitation leaves open", async () => {
  const account = await newAccount();
  const use = (name: string, kind: GroupKind = wish.kind) =>
    actAs(database, { account }, (sql) => foundings.useGrant(sql, account, { name, kind }));
  await expect(use("Raíz")).rejects.toMatchObject({ code: "not_allowed" });
  for (const name of ["Raíz", "Tallo"]) {
    const { id } = await ask(account, name);
    await actAs(database, { account: steward }, (sql) =>
      foundings.markAnswered(sql, id, { state: "approved" }),
    );
  }
  await expect(use("Flor")).rejects.toMatchObject({ code: "not_allowed" });
  await expect(use("Tallo", "institution")).rejects.toMatchObject({ code: "not_allowed" });
  const secret = randomUUID();
  await owner`
    insert into invitations (purpose, token_hash, ending, expires_at)
    values ('founding', ${secret}, 'ABCD', now() + interval '1 hour')`;
  await actAs(database, { account, secret }, (sql) => foundings.addGrant(sql, account));
  await use("Tallo");
  const left = await actAs(database, { account }, (sql) => foundings.listOwnWishes(sql, account));
  expect(left.map(({ name }) => name)).toEqual(["Raíz"]);
  await use("Flor");
  await use("Raíz");
  expect(await actAs(database, { account }, (sql) => foundings.hasGrant(sql, account))).toBe(false);
  await expect(use("Flor")).rejects.toMatchObject({ code: "not_allowed" });
});
