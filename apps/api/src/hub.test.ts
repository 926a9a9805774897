import { listEvents, type StreamName } from "@telar/contracts/events";
import { getGroup } from "@telar/contracts/groups";
import {
  changeHub,
  changeLimits,
  closeGroup,
  getHub,
  getLimits,
  inspectGroup,
  listStewardedGroups,
} from "@telar/contracts/hub";
import type { GroupId } from "@telar/contracts/ids";
import { leaveGroup } from "@telar/contracts/memberships";
import { afterAll, expect, test } from "vitest";
import { createTestHub, joinToo } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
afterAll(hub.release);
const steward = await hub.steward();

const newest = async (reader: Person, stream: string) => {
  const { entries } = await reader.call(listEvents, { stream: stream as StreamName });
  return entries[0]?.event;
};
const profile = {
  name: "Telar del Sur",
  about: "Nos cuidamos.",
  languages: ["es" as const, "tzo" as const],
  contact: "radio comunitaria",
};

test("a steward changes what the hub says of itself, and everyone reads it", async () => {
  await steward.call(changeHub, profile);
  const read = await hub.newcomer().call(getHub, {});
  expect(read).toMatchObject(profile);
  expect(read.fingerprint.split(" ")).toHaveLength(12);
  expect(await newest(steward, "hub")).toMatchObject({ kind: "hub.changed" });
});

test("a steward changes the limits, and whoever has an account reads them", async () => {
  const limits = { invitationHours: 24, openInvitations: 5, groups: 900, membersPerGroup: 60 };
  await steward.call(changeLimits, limits);
  expect(await newest(steward, "hub")).toMatchObject({ kind: "limits.changed" });
  const { coordinator } = await hub.group();
  expect(await coordinator.call(getLimits, {})).toEqual(limits);
});

test("a limit outside its range is refused beside its field", async () => {
  const limits = { invitationHours: 0, openInvitations: 501, groups: 900, membersPerGroup: 60 };
  await expect(steward.call(changeLimits, limits)).rejects.toMatchObject({
    code: "invalid_input",
    fields: { invitationHours: "out_of_range", openInvitations: "out_of_range" },
  });
});

test("who is no steward changes nothing and lists nothing", async () => {
  const { group, coordinator } = await hub.group();
  const limits = { invitationHours: 1, openInvitations: 1, groups: 1, membersPerGroup: 2 };
  const reason = "Por revisar";
  for (const attempt of [
    () => coordinator.call(changeHub, profile),
    () => coordinator.call(changeLimits, limits),
    () => coordinator.call(listStewardedGroups, {}),
    () => coordinator.call(closeGroup, { group, closed: true, reason }),
    () => coordinator.call(inspectGroup, { group, reason }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_allowed" });
});

test("a steward sees every group with its counts, a page at a time", async () => {
  const made = await hub.group("Zacatal");
  await hub.member(made);
  await hub.owner`
    insert into groups (name, kind) select 'Grupo ' || lpad(n::text, 3, '0'), 'expert_network'
    from generate_series(1, 60) as n`;
  const first = await steward.call(listStewardedGroups, {});
  expect(first.entries).toHaveLength(50);
  const second = await steward.call(listStewardedGroups, { after: first.next });
  expect(second.next).toBeUndefined();
  const names = [...first.entries, ...second.entries].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const everything = await hub.owner`select from groups`;
  expect(names).toHaveLength(everything.count);
  expect(second.entries).toContainEqual({
    id: made.group,
    name: "Zacatal",
    kind: "victim_network",
    closed: false,
    coordinatorCount: 1,
    memberCount: 2,
  });
});

test("a group closes and opens with a reason that its members read, and nobody else", async () => {
  const { group, coordinator } = await hub.group();
  const { coordinator: stranger } = await hub.group();
  const reason = "Lo pidió su asamblea";
  for (const [closed, kind, tell] of [
    [true, "group.closed", "steward.closed_group"],
    [false, "group.opened", "steward.opened_group"],
  ] as const) {
    await steward.call(closeGroup, { group, closed, reason });
    expect(await coordinator.call(getGroup, { group })).toMatchObject({ closed });
    expect(await newest(coordinator, `group:${group}`)).toMatchObject({ kind, reason });
    const told = await newest(stranger, "hub");
    expect(told).toEqual({ kind: tell, steward: expect.any(String) });
    await expect(
      steward.call(closeGroup, { group, closed, reason: "Otra vez" }),
    ).rejects.toMatchObject({ code: "already_done" });
  }
});

test("a steward closes no group that does not exist", async () => {
  const group = crypto.randomUUID() as GroupId;
  const reason = "Por revisar";
  await expect(steward.call(closeGroup, { group, closed: true, reason })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(steward.call(inspectGroup, { group, reason })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a steward's reading stands in the group's log with its reason before they see anything", async () => {
  const made = await hub.group();
  const member = await hub.member(made, ["signatory"]);
  const { group } = made;
  const reason = "Pidieron ayuda con una alta";
  const { members } = await steward.call(inspectGroup, { group, reason });
  expect(members.map(({ roles }) => roles.toSorted())).toContainEqual(["member", "signatory"]);
  expect(members).toHaveLength(2);
  expect(await newest(member, `group:${group}`)).toMatchObject({ kind: "group.read", reason });
});

test("who left a group is no longer read", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  const { group } = made;
  await member.call(leaveGroup, { group });
  const { members } = await steward.call(inspectGroup, { group, reason: "Por revisar" });
  expect(members).toHaveLength(1);
});

test("that a group was read is told to the hub, without the reason and without which group", async () => {
  const { group } = await hub.group();
  await steward.call(inspectGroup, { group, reason: "Algo delicado" });
  expect(await newest(steward, "hub")).toEqual({
    kind: "steward.read_group",
    steward: expect.any(String),
  });
});

test("a reading that could not be written down gives nothing", async () => {
  const { group, coordinator } = await hub.group();
  await hub.owner`revoke insert on events from telar_walls`;
  const answer = await steward.ask(inspectGroup, { group, reason: "Por revisar" });
  await hub.owner`grant insert on events to telar_walls`;
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("alias");
  expect(await newest(coordinator, `group:${group}`)).toMatchObject({ kind: "group.founded" });
});

test("a steward who is in the group finds themselves in it, and nobody's account", async () => {
  const made = await hub.group();
  await joinToo(steward, made, "Copal de la sierra");
  const { members } = await steward.call(inspectGroup, {
    group: made.group,
    reason: "Por revisar",
  });
  expect(members.filter(({ you }) => you).map(({ alias }) => alias)).toEqual([
    "Copal de la sierra",
  ]);
  expect(Object.keys(members[0] ?? {}).sort()).toEqual(["alias", "id", "roles", "you"]);
});
