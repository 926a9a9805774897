import { createTestDatabase } from "@telar/database/testing/database";
import { pino } from "pino";
import { afterAll, expect, test, vi } from "vitest";
import { startJobs } from "./jobs.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);

const round = 300_000;
const plant = () =>
  owner`insert into sign_in_tries values (${crypto.randomUUID()}, 5, 0, now() - interval '2 days')`;
const left = async () => (await owner`select from sign_in_tries`).count;

function logger() {
  const lines: string[] = [];
  return { lines, log: pino({ base: null }, { write: (line: string) => void lines.push(line) }) };
}

test("what is past its time goes at the start and every five minutes, and the log tells counts only", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { lines, log } = logger();
  await plant();
  const jobs = startJobs(as("telar_jobs"), log);
  await vi.waitFor(async () => expect(await left()).toBe(0));
  await plant();
  vi.advanceTimersByTime(round);
  await vi.waitFor(async () => expect(await left()).toBe(0));
  await jobs.close();
  await plant();
  vi.advanceTimersByTime(round);
  expect(await left()).toBe(1);
  vi.useRealTimers();
  expect(lines.map((line) => JSON.parse(line).removed.signInTries)).toEqual([1, 1]);
  expect(Object.keys(JSON.parse(lines[0] ?? "")).sort()).toEqual([
    "level",
    "msg",
    "recovered",
    "removed",
    "time",
  ]);
});

test("closing waits for the round under way", async () => {
  await plant();
  const { lines, log } = logger();
  await startJobs(as("telar_jobs"), log).close();
  expect(lines).toHaveLength(1);
  expect(await left()).toBe(0);
});

test("a round that fails is told without its words, and the next round tries again", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { lines, log } = logger();
  await owner`revoke delete on sign_in_tries from telar_jobs`;
  const jobs = startJobs(as("telar_jobs"), log);
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  await owner`grant delete on sign_in_tries to telar_jobs`;
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 40, cause: "42501" });
  expect(lines[0]).not.toContain("sign_in_tries");
  vi.advanceTimersByTime(round);
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  await jobs.close();
  vi.useRealTimers();
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ level: 30 });
});

test("a round completes the recovery of a group whose wait is over", async () => {
  const [group, candidate] = [crypto.randomUUID(), crypto.randomUUID()];
  const account = crypto.randomUUID();
  await owner`insert into accounts (id, sign_in_name) values (${account}, ${account})`;
  await owner`insert into groups (id, name, kind) values (${group}, 'Tejido', 'victim_network')`;
  await owner`
    insert into memberships (id, group_id, account_id, alias)
    values (${candidate}, ${group}, ${account}, 'Copal'), (${account}, ${group}, null, 'Encino')`;
  await owner`insert into stewards (id, account_id, alias) values (${group}, ${account}, 'Sabino')`;
  await owner`
    insert into group_recoveries (id, group_id, candidate_id, asked_by, reason, opens_at)
    values (${group}, ${group}, ${candidate}, ${candidate}, 'Hace falta', now())`;
  await owner`
    insert into group_recovery_agreements (recovery_id, membership_id, steward_id)
    values (${group}, ${candidate}, null), (${group}, ${account}, null), (${group}, null, ${group})`;
  const { lines, log } = logger();
  await startJobs(as("telar_jobs"), log).close();
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ recovered: 1 });
  const [{ roles } = { roles: [] }] = await owner`
    select roles from memberships where id = ${candidate}`;
  expect(roles).toContain("coordinator");
});
