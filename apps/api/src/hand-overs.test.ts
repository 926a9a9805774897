import {
  acceptHandOver,
  declineHandOver,
  listHandOvers,
  offerHandOver,
} from "@telar/contracts/hand-overs";
import type { HandOverId } from "@telar/contracts/ids";
import { leaveGroup } from "@telar/contracts/memberships";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import { atGroup, meetBehind } from "./testing/meeting.ts";
import { logOf, placeOf } from "./testing/places.ts";

const hub = await createTestHub();
afterAll(hub.release);

async function offered(staysCoordinator = false) {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made);
  const to = (await placeOf(member, group)).id;
  await coordinator.call(offerHandOver, { group, to, note: "Descansa", staysCoordinator });
  const [offer] = await member.call(listHandOvers, { group });
  return { made, group, coordinator, member, to, id: offer?.id as HandOverId };
}

const rolesOf = async (
  person: Parameters<typeof placeOf>[0],
  group: Parameters<typeof placeOf>[1],
) => (await placeOf(person, group)).roles;

test("accepting moves the coordination in one step, and the log says so", async () => {
  const { group, coordinator, member, to, id } = await offered();
  expect(await coordinator.call(listHandOvers, { group })).toMatchObject([
    { id, note: "Descansa", fromYou: true, toYou: false, staysCoordinator: false },
  ]);
  expect(await rolesOf(member, group)).toEqual(["member"]);
  await member.call(acceptHandOver, { group, id });
  expect(await rolesOf(member, group)).toEqual(["member", "coordinator"]);
  expect(await rolesOf(coordinator, group)).toEqual(["member"]);
  const by = (await placeOf(coordinator, group)).id;
  expect((await logOf(coordinator, `group:${group}`)).slice(0, 2)).toEqual([
    { kind: "hand_over.accepted", by, membership: to, stays: false },
    { kind: "hand_over.offered", by, membership: to },
  ]);
  await expect(member.call(acceptHandOver, { group, id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("whoever stays coordinates beside the other", async () => {
  const { group, coordinator, member, id } = await offered(true);
  await member.call(acceptHandOver, { group, id });
  expect(await rolesOf(coordinator, group)).toContain("coordinator");
  expect(await rolesOf(member, group)).toContain("coordinator");
});

test("only who was asked accepts, and only the two know of the offer", async () => {
  const { made, group, coordinator, id } = await offered();
  const other = await hub.member(made, ["coordinator"]);
  await expect(coordinator.call(acceptHandOver, { group, id })).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(other.call(acceptHandOver, { group, id })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await other.call(listHandOvers, { group })).toEqual([]);
});

test("declining and taking back end the offer with the same line, and no role moves", async () => {
  for (const whose of ["member", "coordinator"] as const) {
    const { group, to, id, ...people } = await offered();
    await people[whose].call(declineHandOver, { group, id });
    expect(await people.member.call(listHandOvers, { group })).toEqual([]);
    expect((await logOf(people.member, `group:${group}`))[0]).toEqual({
      kind: "hand_over.declined",
      membership: to,
    });
    expect(await rolesOf(people.coordinator, group)).toContain("coordinator");
  }
});

test("an offer to somebody who left is refused plainly and is gone", async () => {
  const { made, group, coordinator, member, to, id } = await offered();
  await member.call(leaveGroup, { group });
  expect(await coordinator.call(listHandOvers, { group })).toEqual([]);
  await expect(coordinator.call(declineHandOver, { group, id })).rejects.toMatchObject({
    code: "not_found",
  });
  const again = { group, to, note: "", staysCoordinator: true };
  await expect(coordinator.call(offerHandOver, again)).rejects.toMatchObject({ code: "not_found" });
  const late = await hub.member(made);
  await expect(late.call(acceptHandOver, { group, id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("what was offered by somebody who no longer coordinates cannot be accepted", async () => {
  const { made, group, coordinator, member, id } = await offered();
  const other = await hub.member(made);
  const to = (await placeOf(other, group)).id;
  await coordinator.call(offerHandOver, { group, to, note: "", staysCoordinator: false });
  const [second] = await other.call(listHandOvers, { group });
  await member.call(acceptHandOver, { group, id });
  await expect(
    other.call(acceptHandOver, { group, id: second?.id as HandOverId }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await rolesOf(other, group)).toEqual(["member"]);
});

test("whoever accepts and leaves at the same moment does not leave the group without coordination", async () => {
  const { group, member, id } = await offered();
  const tries = await meetBehind(hub, atGroup(group), [
    () => member.call(acceptHandOver, { group, id }),
    () => member.call(leaveGroup, { group }),
  ]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const left = await hub.owner`
    select from memberships
    where group_id = ${group} and ended_on is null and 'coordinator' = any (roles)`;
  expect(left).toHaveLength(1);
});

test("members, and coordinators to each other, have nothing to hand over", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made);
  const second = await hub.member(made, ["coordinator"]);
  const offer = async (from: typeof member, to: typeof member) =>
    from.call(offerHandOver, {
      group,
      to: (await placeOf(to, group)).id,
      note: "",
      staysCoordinator: true,
    });
  await expect(offer(member, coordinator)).rejects.toMatchObject({ code: "not_allowed" });
  await expect(offer(coordinator, coordinator)).rejects.toMatchObject({ code: "not_allowed" });
  await expect(offer(coordinator, second)).rejects.toMatchObject({ code: "already_done" });
});

test("three offers a week are enough, also when they are taken back", async () => {
  const { group, coordinator, to, id } = await offered();
  const again = () =>
    coordinator.call(offerHandOver, { group, to, note: "", staysCoordinator: true });
  await coordinator.call(declineHandOver, { group, id });
  for (const _ of ["second", "third"]) {
    await again();
    const [open] = await coordinator.call(listHandOvers, { group });
    await coordinator.call(declineHandOver, { group, id: open?.id as HandOverId });
  }
  await expect(again()).rejects.toMatchObject({ code: "weekly_limit" });
  await hub.owner`
    update events set happened_on = happened_on - 7 where stream = ${`group:${group}`}`;
  await again();
});
