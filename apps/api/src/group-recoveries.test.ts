import {
  agreeToGroupRecovery,
  agreeToGroupRecoveryAsSteward,
  askGroupRecovery,
  listGroupRecoveries,
  listOpenGroupRecoveries,
  refuseGroupRecovery,
  stopGroupRecovery,
} from "@telar/contracts/group-recoveries";
import type { GroupRecoveryId } from "@telar/contracts/ids";
import { leaveGroup } from "@telar/contracts/memberships";
import { afterAll, expect, test, vi } from "vitest";
import { createTestHub, joinToo } from "./testing/hub.ts";
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
  const ask = () =>
    asker.call(askGroupRecovery, { group, candidate: named, reason: "Ya no responde" });
  await ask();
  const [open] = await asker.call(listGroupRecoveries, { group });
  const id = open?.id as GroupRecoveryId;
  return { made, group, coordinator, asker, candidate, third, named, ask, id };
}

const coordinates = async (person: Person, group: Parameters<typeof placeOf>[1]) =>
  (await placeOf(person, group)).roles.includes("coordinator");

test("two members and a steward together give a group its coordination back, and everybody reads it (G05)", async () => {
  const { group, candidate, asker, third, coordinator, named, id } = await asked();
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
  for (const reader of [candidate, asker, third, coordinator]) {
    const [done, agreed] = await logOf(reader, `group:${group}`);
    expect(done).toEqual({ kind: "group_recovery.done", membership: named });
    expect(agreed).toMatchObject({ kind: "group_recovery.agreed", steward: expect.any(String) });
  }
});

test("the steward may come first, and the candidate may be one of the two", async () => {
  const { group, candidate, id } = await asked();
  expect(await steward.call(agreeToGroupRecoveryAsSteward, { id })).toEqual({ done: false });
  expect(await candidate.call(agreeToGroupRecovery, { group, id })).toEqual({ done: true });
  expect(await coordinates(candidate, group)).toBe(true);
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
  const { group, candidate, third, named, id } = await asked();
  const answers = await hub.owner.begin(async (sql) => {
    await sql`select from groups where id = ${group} for update`;
    const started = [
      third.call(agreeToGroupRecovery, { group, id }),
      steward.call(agreeToGroupRecoveryAsSteward, { id }),
    ];
    await vi.waitFor(async () => {
      const blocked = await hub.owner`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      expect(blocked).toHaveLength(2);
    });
    return { done: Promise.all(started) };
  });
  expect((await answers.done).filter(({ done }) => done)).toHaveLength(1);
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
