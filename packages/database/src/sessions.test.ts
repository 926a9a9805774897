import { randomUUID } from "node:crypto";
import type { AccountId, SessionId } from "@telar/contracts/ids";
import type { Device } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import type { Sql } from "./connection.ts";
import * as sessions from "./sessions.ts";
import * as tries from "./sign-in-tries.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}

const run = <Result>(account: AccountId, work: (sql: Sql) => Promise<Result>) =>
  actAs(database, { account }, work);

async function open(account: AccountId, device: Device = "own"): Promise<SessionId> {
  const tokenHash = randomUUID();
  await run(account, (sql) =>
    sessions.addSession(sql, { account, tokenHash, device, name: "Teléfono" }),
  );
  const found = await sessions.findSession(database, tokenHash);
  if (!found) throw new Error("the session was not opened");
  return found.id;
}

const idsOf = async (account: AccountId) =>
  (await run(account, (sql) => sessions.listSessions(sql, account))).map(({ id }) => id);

test("a session is found by the hash of its token until its end", async () => {
  const account = await newAccount();
  const tokenHash = randomUUID();
  const made = { account, tokenHash, device: "shared", name: "" } as const;
  await run(account, (sql) => sessions.addSession(sql, made));
  expect(await sessions.findSession(database, tokenHash)).toMatchObject({
    account,
    device: "shared",
    usedThisWeek: true,
    steward: false,
  });
  expect(await sessions.findSession(database, "another")).toBeUndefined();
  await owner`
    update sessions set ends_on = date_trunc('week', current_date - 7) where token_hash = ${tokenHash}`;
  expect(await sessions.findSession(database, tokenHash)).toBeUndefined();
});

test.each([
  ["own", 30],
  ["shared", 1],
] as const)(
  "a session on %s device outlives its %i days to the next Monday",
  async (device, days) => {
    const id = await open(await newAccount(), device);
    const [row] = await owner<{ left: number; weekday: number }[]>`
    select ends_on - current_date as left, extract(isodow from ends_on)::integer as weekday
    from sessions where id = ${id}`;
    expect(row?.weekday).toBe(1);
    expect(row?.left).toBeGreaterThan(days);
    expect(row?.left).toBeLessThanOrEqual(days + 7);
  },
);

test("use is kept by the week", async () => {
  const account = await newAccount();
  const id = await open(account);
  await owner`update sessions set used_week = used_week - 7 where id = ${id}`;
  const used = async () =>
    (await run(account, (sql) => sessions.listSessions(sql, account)))[0]?.usedThisWeek;
  expect(await used()).toBe(false);
  await sessions.markUsed(database, account, id);
  expect(await used()).toBe(true);
});

test("a session that nobody used last week or this one is not listed", async () => {
  const account = await newAccount();
  const id = await open(account);
  await owner`update sessions set used_week = used_week - 14 where id = ${id}`;
  expect(await idsOf(account)).toEqual([]);
});

test("only its owner removes a session", async () => {
  const [account, other] = [await newAccount(), await newAccount()];
  const id = await open(account);
  const remove = (who: AccountId) => run(who, (sql) => sessions.removeSession(sql, account, id));
  await expect(remove(other)).rejects.toMatchObject({ code: "not_found" });
  await remove(account);
  expect(await idsOf(account)).toEqual([]);
});

test("every session ends at once, or every one but the kept", async () => {
  const account = await newAccount();
  const kept = await open(account);
  await open(account);
  await run(account, (sql) => sessions.removeSessions(sql, account, kept));
  expect(await idsOf(account)).toEqual([kept]);
  await run(account, (sql) => sessions.removeSessions(sql, account));
  expect(await idsOf(account)).toEqual([]);
});

test.each([
  ["its owner's own device", "own", 0, true],
  ["a shared device", "shared", 0, false],
  ["a device that lay idle", "own", 14, false],
] as const)("when %s ends the account keeps the week of it: %s", async (_, device, idle, kept) => {
  const account = await newAccount();
  const lately = () => run(account, (sql) => sessions.hasDeviceEndedLately(sql, account));
  const id = await open(account, device);
  await owner`update sessions set used_week = used_week - ${idle}::integer where id = ${id}`;
  await run(account, (sql) => sessions.removeSessions(sql, account, id));
  expect(await lately()).toBe(false);
  await run(account, (sql) => sessions.removeSession(sql, account, id));
  expect(await lately()).toBe(kept);
  const shift = (days: number) =>
    owner`update accounts set device_ended_week = device_ended_week - ${days}::integer where id = ${account}`;
  await shift(7);
  expect(await lately()).toBe(kept);
  await shift(7);
  expect(await lately()).toBe(false);
});

test("own devices are counted: live, and not shared", async () => {
  const account = await newAccount();
  const [, there, idle] = [await open(account), await open(account), await open(account)];
  await open(account, "shared");
  await owner`update sessions set used_week = used_week - 14 where id = ${idle}`;
  const count = () => run(account, (sql) => sessions.countOwnDevices(sql, account));
  expect(await count()).toBe(2);
  await run(account, (sql) => sessions.removeSession(sql, account, there));
  expect(await count()).toBe(1);
});

test("a name has five tries, then waits, then has five again", async () => {
  const take = (name: string) =>
    actAs(database, { signInName: "ceiba" }, (sql) => tries.takeTry(sql, tries.signInAt(name)));
  for (const name of ["Ceiba", "CEIBA", "ceiba", "Ceiba", "ceiba"])
    expect(await take(name)).toHaveProperty("before");
  expect(await take("ceiba")).toBeGreaterThan(14 * 60);
  await owner`update sign_in_tries set window_ends_at = now()`;
  expect(await take("ceiba")).toHaveProperty("before");
});

test("of a hundred tries at the same moment five are taken", async () => {
  const taken = await Promise.all(
    Array.from({ length: 100 }, () =>
      actAs(database, { signInName: "copal" }, (sql) =>
        tries.takeTry(sql, tries.signInAt("copal")),
      ),
    ),
  );
  expect(taken.filter((seconds) => typeof seconds !== "number")).toHaveLength(5);
});

test("forgotten tries count no more", async () => {
  const run = <Result>(work: (sql: Sql) => Promise<Result>) =>
    actAs(database, { signInName: "encino" }, work);
  for (let tried = 0; tried < 6; tried += 1)
    await run((sql) => tries.takeTry(sql, tries.signInAt("Encino")));
  await run((sql) => tries.forgetTries(sql, tries.signInAt("ENCINO")));
  expect(await run((sql) => tries.takeTry(sql, tries.signInAt("encino")))).toHaveProperty("before");
});

test("a try that is given back leaves no trace: not of a first one, nor of one that shut the name", async () => {
  const at = tries.signInAt("fresno");
  const run = <Result>(work: (sql: Sql) => Promise<Result>) =>
    actAs(database, { signInName: "fresno" }, work);
  const take = () => run((sql) => tries.takeTry(sql, at));
  const comeAndGo = async () => {
    const taken = await take();
    if (typeof taken !== "number") await run((sql) => tries.giveTryBack(sql, at, taken));
  };
  const kept = () => owner`select * from sign_in_tries where sign_in_name = 'fresno'`;
  await comeAndGo();
  expect(await kept()).toHaveLength(0);
  for (const _ of "four") await take();
  const before = [...(await kept())];
  await comeAndGo();
  expect([...(await kept())]).toEqual(before);
});
