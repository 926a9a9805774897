import type { AccountId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs, actInTurns } from "./acting.ts";
import type { Sql } from "./connection.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);
const database = as("telar_api");
const account = "019a0000-0000-4000-8000-000000000001" as AccountId;

const settings = (sql: typeof database | Parameters<Parameters<typeof actAs>[2]>[0]) => sql`
  select coalesce(current_setting('app.account', true), '') as account,
    coalesce(current_setting('app.secret', true), '') as secret`;

/** What nobody but who shows a secret may write. */
const secret = "shown";
const write = (sql: Sql) => sql`insert into passkey_challenges (challenge_hash) values (${secret})`;
const written = () => owner`select from passkey_challenges`;

test("claims count inside the transaction, and for nobody after it", async () => {
  const inside = await actAs(database, { account, secret: "it's \\ hidden" }, settings);
  expect(inside[0]).toEqual({ account, secret: "it's \\ hidden" });
  const after = await Promise.all(Array.from({ length: 20 }, () => settings(database)));
  expect(after.map(([row]) => row)).toEqual(Array(20).fill({ account: "", secret: "" }));
});

test("a refusal inside undoes everything", async () => {
  const work = actAs(database, { secret }, async (sql) => {
    await write(sql);
    throw new Error("no");
  });
  await expect(work).rejects.toThrow("no");
  expect(await written()).toHaveLength(0);
});

test("a failed query that nobody heeded does not pass for a commit", async () => {
  const work = actAs(database, { secret }, async (sql) => {
    await write(sql);
    await sql`select 1 / 0`.catch(() => undefined);
  });
  await expect(work).rejects.toThrow("division by zero");
  expect(await written()).toHaveLength(0);
});

test("many at once each act under their own claims", async () => {
  const secrets = Array.from({ length: 50 }, (_, index) => `secret ${index}`);
  const seen = await Promise.all(
    secrets.map((secret) => actAs(database, { secret }, async (sql) => (await settings(sql))[0])),
  );
  expect(seen.map((row) => row?.secret)).toEqual(secrets);
});

test("a connection that ends in the middle fails the transaction and leaves the pool whole", async () => {
  const work = actAs(database, { secret }, async (sql) => {
    const [row] = await sql`select pg_backend_pid() as pid`;
    await owner`select pg_terminate_backend(${row?.pid})`;
    await write(sql);
  });
  await expect(work).rejects.toThrow();
  expect(await written()).toHaveLength(0);
  expect(await actAs(database, { account }, settings)).toMatchObject([{ account }]);
});

test("turns on one connection are each committed when they answer, under claims of their own", async () => {
  const seen: unknown[] = [];
  await actInTurns(database, async (turn) => {
    await turn({ secret, account }, async (sql, finish) => {
      const writing = write(sql);
      finish();
      await writing;
    });
    seen.push(await written());
    await turn({ account }, async (sql) => seen.push((await settings(sql))[0]));
  });
  expect(seen).toMatchObject([[{}], { account, secret: "" }]);
  await owner`delete from passkey_challenges`;
});

test("a turn that fails undoes itself and leaves those before it", async () => {
  const work = actInTurns(database, async (turn) => {
    await turn({ secret }, write);
    await turn({ secret: "other" }, async (sql, finish) => {
      const writing = Promise.all([write(sql), sql`select 1 / 0`]);
      finish();
      await writing;
    });
  });
  await expect(work).rejects.toThrow();
  expect(await written()).toHaveLength(1);
  await owner`delete from passkey_challenges`;
});

test("a failed query that nobody heeded does not pass for a finished turn", async () => {
  let answered = false;
  const work = actInTurns(database, async (turn) => {
    await turn({ secret }, async (sql) => {
      await write(sql);
      await sql`select 1 / 0`.catch(() => undefined);
    });
    answered = true;
  });
  await expect(work).rejects.toThrow("rolled back");
  expect(answered).toBe(false);
  expect(await written()).toHaveLength(0);
});

test("a connection that ends in the middle of a turn fails it and leaves the pool whole", async () => {
  const work = actInTurns(database, async (turn) => {
    await turn({ secret }, async (sql, finish) => {
      const [row] = await sql`select pg_backend_pid() as pid`;
      await owner`select pg_terminate_backend(${row?.pid})`;
      const writing = write(sql);
      finish();
      await writing;
    });
  });
  await expect(work).rejects.toThrow();
  expect(await written()).toHaveLength(0);
  expect(await database`select`).toHaveLength(1);
});
