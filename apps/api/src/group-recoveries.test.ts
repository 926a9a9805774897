import { closeAccount, getAccount } from "@telar/contracts/accounts";
import {
  agreeToGroupRecovery,
  agreeToGroupRecoveryAsSteward,
  askGroupRecovery,
  listGroupRecoveries,
  listOpenGroupRecoveries,
  refuseGroupRecovery,
  stopGroupRecovery,
} from "@telar/contracts/group-recoveries";
import { closeGroup } from "@telar/contracts/hub";
import type { GroupRecoveryId } from "@telar/contracts/ids";
import { leaveGroup } from "@telar/contracts/memberships";
import { completeGroupRecoveries } from "@telar/database/group-recoveries";
import { afterAll, expect, test, vi } from "vitest";
import { createTestHub, joinToo } from "./testing/hub.ts";
import { atGroup, meetBehind } from "./testing/meeting.ts";
import type { Person } from "./testing/person.ts";
import { logOf, placeOf } from "./testing/places.ts";

const hub = await createTestHub();
const steward = await hub.steward();
afterAll(hub.release);

/** One member proposes another, in a group whose coordinator no longer answers. */
async function asked() {
  const made = await hub.group();
  const { group, coordinator } = made;
  const [asker, candidate, third] = [
    await hub.member(made),
    await hub.member(made),
    await hub.member(made),
  ] as const;
  const named = (await placeOf(candidate, group)).id;
  const ask = async () => {
    await asker.call(askGroupRecovery, { group, candidate: named, reason: "Ya no responde" });
    return idOf(asker, group);
  };
  return { made, group, coordinator, asker, candidate, third, named, ask, id: await ask() };
}

/** The same in a group that nobody coordinates any more. */
async function askedAlone() {
  const open = await asked();
  await open.coordinator.call(closeAccount, {});
  return open;
}

/** Everybody needed has agreed, in a group that has a coordinator. */
async function waiting() {
  const open = await asked();
  const { group, third, id } = open;
  await third.call(agreeToGroupRecovery, { group, id });
  expect(await steward.call(agreeToGroupRecoveryAsSteward, { id })).toEqual({ done: false });
  return open;
}

type Group = Parameters<typeof placeOf>[1];

const idOf = async (person: Person, group: Group) =>
  (await person.call(listGroupRecoveries, { group }))[0]?.id as GroupRecoveryId;
const coordinates = async (person: Person, group: Group) =>
  (await placeOf(person, group)).roles.includes("coordinator");
const noticesOf = async (person: Person) =>
  (await person.call(getAccount, {})).notices.filter(({ kind }) => kind === "group_recovery_asked");

const jobs = hub.as("telar_jobs");
const endOfWait = async () => {
  await hub.owner`update group_recoveries set opens_at = now() where opens_at is not null`;
  await completeGroupRecoveries(jobs);
};

test("two members and a steward together give a group its coordination back, and everybody reads it (G05)", async () => {
  const { group, candidate, asker, third, named, id } = await askedAlone();
  expect(await third.call(listGroupRecoveries, { group })).toMatchObject([
    { membersAgreed: 1, stewardAgreed: false, youAgreed: false, reason: "Ya no responde" },
  ]);
  expect(await third.call(agreeToGroupRecovery, { group, id })).toEqual({ done: false });
  expect(await coordinates(candidate, group)).toBe(false);
  expect(await steward.call(listOpenGroupRecoveries, {})).toContainEqual(
    expect.objectContaining({ id, group, membersAgreed: 2, youAgreedAsSteward: false }),
  );
  expect(await steward.call(agreeToGroupRecoveryAsSteward, { id })).toEqual({ done: true });
  expect(await coordinates(candidate, group)).toBe(true);
  expect(await third.call(listGroupRecoveries, { group })).toEqual([]);
  for (const reader of [candidate, asker, third]) {
    const [done, agreed] = await logOf(reader, `group:${group}`);
    expect(done).toEqual({ kind: "group_recovery.done", membership: named });
    expect(agreed).toMatchObject({ kind: "group_recovery.agreed", steward: expect.any(String) });
  }
});

test("the steward may come first, and the candidate may be one of the two", async () => {
  const { group, candidate, id } = await askedAlone();
  expect(await steward.call(agreeToGroupRecoveryAsSteward, { id })).toEqual({ done: false });
  expect(await candidate.call(agreeToGroupRecovery, { group, id })).toEqual({ done: true });
  expect(await coordinates(candidate, group)).toBe(true);
});

test("while somebody coordinates, the last agreement begins a wait of seven days, and everybody reads until when", async () => {
  const { group, candidate, third, named } = await waiting();
  expect(await coordinates(candidate, group)).toBe(false);
  const [open] = await third.call(listGroupRecoveries, { group });
  const days = (Date.parse(open?.opensAt ?? "") - Date.now()) / (24 * 3600 * 1000);
  expect(days).toBeGreaterThanOrEqual(7);
  expect(days).toBeLessThan(8);
  expect(open?.opensAt).toMatch(/T00:00:00\.000Z$/);
  const opensOn = open?.opensAt?.slice(0, 10);
  expect((await logOf(third, `group:${group}`))[0]).toEqual({
    kind: "group_recovery.waits",
    membership: named,
    opensOn,
  });
  expect(await steward.call(listOpenGroupRecoveries, {})).toContainEqual(
    expect.objectContaining({ group, opensAt: open?.opensAt }),
  );
});

test("every coordinator is told of the wait and any of them stops it, under their alias", async () => {
  const { made, group, coordinator, candidate, third, id } = await waiting();
  const second = await hub.member(made, ["coordinator"]);
  const [open] = await third.call(listGroupRecoveries, { group });
  for (const person of [coordinator, second])
    expect(await noticesOf(person)).toMatchObject([
      { group, recovery: id, opensAt: open?.opensAt },
    ]);
  expect(await noticesOf(third)).toEqual([]);
  await second.call(stopGroupRecovery, { group, id });
  const by = (await placeOf(second, group)).id;
  expect((await logOf(third, `group:${group}`))[0]).toEqual({ kind: "group_recovery.stopped", by });
  await endOfWait();
  expect(await coordinates(candidate, group)).toBe(false);
  expect(await noticesOf(coordinator)).toEqual([]);
});

test("after the wait the candidate coordinates beside the others, without anybody doing more", async () => {
  const { group, coordinator, candidate, third, named } = await waiting();
  await completeGroupRecoveries(jobs);
  expect(await coordinates(candidate, group)).toBe(false);
  await endOfWait();
  await expect.poll(() => coordinates(candidate, group), { timeout: 2000 }).toBe(true);
  expect(await coordinates(coordinator, group)).toBe(true);
  expect((await logOf(third, `group:${group}`))[0]).toEqual({
    kind: "group_recovery.done",
    membership: named,
  });
});

test("one more agreement neither shortens the wait nor starts it over", async () => {
  const { group, candidate, third, id } = await waiting();
  const until = async () => (await third.call(listGroupRecoveries, { group }))[0]?.opensAt;
  const before = await until();
  await hub.owner`update group_recoveries set opens_at = opens_at - interval '2 days' where id = ${id}`;
  expect(await candidate.call(agreeToGroupRecovery, { group, id })).toEqual({ done: false });
  expect(Date.parse(before ?? "") - Date.parse((await until()) ?? "")).toBe(2 * 24 * 3600 * 1000);
  expect(
    (await logOf(third, `group:${group}`)).filter((one) => one.kind.endsWith("waits")),
  ).toHaveLength(1);
});

test("whoever agreed and leaves takes the wait with them, and it begins anew", async () => {
  const { group, candidate, third, asker, id } = await waiting();
  await third.call(leaveGroup, { group });
  const [open] = await asker.call(listGroupRecoveries, { group });
  expect(open).toMatchObject({ membersAgreed: 1, stewardAgreed: true });
  expect(open?.opensAt).toBeUndefined();
  await candidate.call(agreeToGroupRecovery, { group, id });
  expect((await asker.call(listGroupRecoveries, { group }))[0]?.opensAt).toBeDefined();
});

test("a steward who closes the group ends the wait: in it nobody could stop anything", async () => {
  const { group, candidate } = await waiting();
  await steward.call(closeGroup, { group, closed: true, reason: "Hay que hablar" });
  await steward.call(closeGroup, { group, closed: false, reason: "Ya hablamos" });
  expect(await candidate.call(listGroupRecoveries, { group })).toEqual([]);
});

test("three proposals a week are enough, also when they are taken back", async () => {
  const { group, asker, ask, id } = await asked();
  await asker.call(stopGroupRecovery, { group, id });
  for (const _ of ["second", "third"])
    await asker.call(stopGroupRecovery, { group, id: await ask() });
  await expect(ask()).rejects.toMatchObject({ code: "weekly_limit" });
  await hub.owner`update events set happened_on = happened_on - 7 where stream = ${`group:${group}`}`;
  await ask();
});

test("members alone do not suffice, however many", async () => {
  const { group, candidate, third, id } = await asked();
  for (const person of [candidate, third])
    expect(await person.call(agreeToGroupRecovery, { group, id })).toEqual({ done: false });
  await expect(third.call(agreeToGroupRecovery, { group, id })).rejects.toMatchObject({
    code: "already_done",
  });
});

test("of the last two agreements at the same moment one completes it, once", async () => {
  const { group, candidate, third, named, id } = await askedAlone();
  const answers = await meetBehind(hub, atGroup(group), [
    () => third.call(agreeToGroupRecovery, { group, id }),
    () => steward.call(agreeToGroupRecoveryAsSteward, { id }),
  ]);
  const done = answers.map((answer) => answer.status === "fulfilled" && answer.value.done);
  expect(done.toSorted()).toEqual([false, true]);
  expect(await coordinates(candidate, group)).toBe(true);
  const log = await logOf(third, `group:${group}`);
  expect(log.filter(({ kind }) => kind === "group_recovery.done")).toEqual([
    { kind: "group_recovery.done", membership: named },
  ]);
});

test("a steward agrees from a session confirmed just now", async () => {
  const { id } = await asked();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
  try {
    await expect(steward.call(agreeToGroupRecoveryAsSteward, { id })).rejects.toMatchObject({
      code: "confirmation_needed",
    });
  } finally {
    vi.useRealTimers();
  }
});

test("a steward who is a member too counts once, as the one or as the other", async () => {
  const { made, group, candidate, id } = await asked();
  const both = await hub.steward();
  await joinToo(both, made);
  await both.call(agreeToGroupRecovery, { group, id });
  await expect(both.call(agreeToGroupRecoveryAsSteward, { id })).rejects.toMatchObject({
    code: "already_done",
  });
  const other = await asked();
  await joinToo(both, other.made);
  await both.call(agreeToGroupRecoveryAsSteward, { id: other.id });
  await expect(
    both.call(agreeToGroupRecovery, { group: other.group, id: other.id }),
  ).rejects.toMatchObject({ code: "already_done" });
  expect(await both.call(listGroupRecoveries, { group: other.group })).toMatchObject([
    { membersAgreed: 1, stewardAgreed: true, youAgreed: false, youAgreedAsSteward: true },
  ]);
  expect(await candidate.call(agreeToGroupRecovery, { group, id })).toEqual({ done: false });
});

test("no steward says yes to themselves", async () => {
  const made = await hub.group();
  const { group } = made;
  const [asker, both] = [await hub.member(made), await hub.steward()];
  await joinToo(both, made);
  const candidate = (await placeOf(both, group)).id;
  await asker.call(askGroupRecovery, { group, candidate, reason: "Ya no responde" });
  const [open] = await both.call(listOpenGroupRecoveries, {});
  const mine = (await both.call(listOpenGroupRecoveries, {})).find((one) => one.group === group);
  expect(open).toBeDefined();
  await expect(
    both.call(agreeToGroupRecoveryAsSteward, { id: mine?.id as GroupRecoveryId }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("a coordinator, the candidate or who proposed stops it, a steward refuses it, and others do not", async () => {
  for (const whose of ["coordinator", "candidate", "asker"] as const) {
    const { group, id, third, ask, ...people } = await asked();
    await expect(third.call(stopGroupRecovery, { group, id })).rejects.toMatchObject({
      code: "not_allowed",
    });
    await people[whose].call(stopGroupRecovery, { group, id });
    const by = (await placeOf(people[whose], group)).id;
    expect((await logOf(third, `group:${group}`))[0]).toEqual({
      kind: "group_recovery.stopped",
      by,
    });
    await ask();
  }
  const { group, id, third } = await asked();
  await expect(third.call(refuseGroupRecovery, { id })).rejects.toMatchObject({
    code: "not_allowed",
  });
  await steward.call(refuseGroupRecovery, { id });
  expect((await logOf(third, `group:${group}`))[0]).toMatchObject({
    kind: "group_recovery.stopped",
    steward: expect.any(String),
  });
  await expect(steward.call(agreeToGroupRecoveryAsSteward, { id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("whoever coordinates neither proposes nor agrees, and one recovery is open at a time", async () => {
  const { group, coordinator, named, ask, id } = await asked();
  const reason = "Ya no responde";
  await expect(
    coordinator.call(askGroupRecovery, { group, candidate: named, reason }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(coordinator.call(agreeToGroupRecovery, { group, id })).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(ask()).rejects.toMatchObject({ code: "already_done" });
});

test("a recovery ends when its candidate leaves, and belongs to its own group", async () => {
  const { made, group, candidate, third, id } = await asked();
  const elsewhere = await hub.group();
  const stranger = await hub.member(elsewhere);
  const inBoth = elsewhere.coordinator;
  await joinToo(inBoth, made);
  for (const operation of [agreeToGroupRecovery, stopGroupRecovery])
    await expect(inBoth.call(operation, { group: elsewhere.group, id })).rejects.toMatchObject({
      code: "not_found",
    });
  await expect(stranger.call(listGroupRecoveries, { group })).rejects.toMatchObject({
    code: "not_found",
  });
  await candidate.call(leaveGroup, { group });
  expect(await third.call(listGroupRecoveries, { group })).toEqual([]);
  await expect(third.call(agreeToGroupRecovery, { group, id })).rejects.toMatchObject({
    code: "not_found",
  });
});
