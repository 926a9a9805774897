import {
  acceptAgreement,
  changeAgreement,
  changeConvener,
  foundCoalition,
  getCoalition,
  inviteGroup,
  leaveCoalition,
  listCoalitions,
} from "@telar/contracts/coalitions";
import { listEvents, type StreamName } from "@telar/contracts/events";
import { changeProfile, foundGroup } from "@telar/contracts/groups";
import type { CoalitionId, GroupId } from "@telar/contracts/ids";
import { changeRoles, type Role } from "@telar/contracts/memberships";
import { afterAll, expect, test, vi } from "vitest";
import { createTestHub, joinToo, newAlias } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { logOf, placeOf } from "./testing/places.ts";

const hub = await createTestHub();
afterAll(hub.release);

const members = "members" as const;
const hidden = {
  about: members,
  region: members,
  languages: members,
  capabilities: members,
  contact: members,
};

/** A group whose name others see, so that it can be invited. */
async function seenGroup(name = `Grupo ${newAlias()}`) {
  const made = await hub.group(name);
  await made.coordinator.call(changeProfile, {
    group: made.group,
    name,
    languages: [],
    capabilities: [],
    visibility: { ...hidden, name: "peers" },
  });
  return made;
}

const agreement = "Nos cuidamos y decidimos en común.";

async function founded() {
  const convening = await hub.group();
  const { coalition } = await convening.coordinator.call(foundCoalition, {
    group: convening.group,
    name: "Encuentro",
    agreement,
  });
  const invite = (group: GroupId) => convening.coordinator.call(inviteGroup, { coalition, group });
  return { coalition, ...convening, invite };
}

async function joined() {
  const made = await founded();
  const other = await seenGroup();
  await made.invite(other.group);
  await other.coordinator.call(acceptAgreement, {
    coalition: made.coalition,
    group: other.group,
    agreementVersion: 1,
  });
  return { ...made, other };
}

const see = (person: Person, coalition: CoalitionId) => person.call(getCoalition, { coalition });
const stateOf = async (person: Person, coalition: CoalitionId, group: GroupId) =>
  (await see(person, coalition)).groups.find((one) => one.group === group)?.state;

test("a group founds a coalition, another is invited, reads the agreement and comes in", async () => {
  const { coalition, group, coordinator, invite } = await founded();
  const other = await seenGroup("Raíces");
  const member = await hub.member(other);
  await expect(see(other.coordinator, coalition)).rejects.toMatchObject({ code: "not_found" });
  await invite(other.group);
  expect(await see(other.coordinator, coalition)).toMatchObject({
    name: "Encuentro",
    agreement,
    agreementVersion: 1,
    coordinatorOf: [other.group],
  });
  expect(await member.call(listCoalitions, {})).toEqual([
    {
      id: coalition,
      name: "Encuentro",
      state: "invited",
      convener: false,
      group: other.group,
      groupName: "Raíces",
    },
  ]);
  await other.coordinator.call(acceptAgreement, {
    coalition,
    group: other.group,
    agreementVersion: 1,
  });
  expect(await stateOf(coordinator, coalition, other.group)).toBe("member");
  expect(await logOf(member, `coalition:${coalition}`)).toEqual([
    { kind: "coalition.group_joined", group: other.group },
    { kind: "coalition.group_invited", group: other.group },
    { kind: "coalition.founded", group },
  ]);
  const by = (await placeOf(other.coordinator, other.group)).id;
  expect((await logOf(member, `group:${other.group}`)).slice(0, 2)).toEqual([
    { kind: "group.joined_coalition", coalition, by },
    { kind: "group.invited_to_coalition", coalition },
  ]);
});

test("institutions never convene, but come in where they are invited", async () => {
  const { coalition, coordinator, invite } = await founded();
  const office = await seenGroup();
  await hub.owner`update groups set kind = 'institution' where id = ${office.group}`;
  await expect(
    office.coordinator.call(foundCoalition, { group: office.group, name: "Mesa", agreement }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await invite(office.group);
  const yes = { coalition, group: office.group, agreementVersion: 1 };
  await office.coordinator.call(acceptAgreement, yes);
  await expect(
    coordinator.call(changeConvener, { coalition, group: office.group, convener: true }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("only groups whose name others see are invited, by who convenes", async () => {
  const { coalition, invite, other } = await joined();
  const { group: unseen } = await hub.group();
  await expect(invite(unseen)).rejects.toMatchObject({ code: "not_found" });
  await expect(invite(other.group)).rejects.toMatchObject({ code: "already_done" });
  const third = await seenGroup();
  await expect(
    other.coordinator.call(inviteGroup, { coalition, group: third.group }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("a steward who convenes invites no group that hides its name", async () => {
  const made = await founded();
  const steward = await hub.steward();
  await joinToo(steward, made);
  const { id } = await placeOf(steward, made.group);
  const roles: Role[] = ["coordinator"];
  await made.coordinator.call(changeRoles, { group: made.group, id, roles });
  const { group } = await hub.group();
  await expect(
    steward.call(inviteGroup, { coalition: made.coalition, group }),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("an invitation is declined without a reason, and others do not learn whose it was", async () => {
  const { coalition, coordinator, invite, other } = await joined();
  const third = await seenGroup("Sauces");
  await invite(third.group);
  await hub.owner`update groups set name_visibility = 'members' where id = ${third.group}`;
  expect(await stateOf(other.coordinator, coalition, third.group)).toBeUndefined();
  await third.coordinator.call(leaveCoalition, { coalition, group: third.group });
  const stream = `coalition:${coalition}` as StreamName;
  for (const reader of [other.coordinator, coordinator]) {
    const { entries } = await reader.call(listEvents, { stream });
    const event = { kind: "coalition.group_declined", group: third.group };
    expect(entries[0]).toMatchObject({ event, names: {} });
  }
  expect(await third.coordinator.call(listCoalitions, {})).toEqual([]);
  await expect(see(third.coordinator, coalition)).rejects.toMatchObject({ code: "not_found" });
  const yes = { coalition, group: third.group, agreementVersion: 1 };
  await expect(third.coordinator.call(acceptAgreement, yes)).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a new text asks every group again, and nobody says yes to words they have not seen", async () => {
  const { coalition, coordinator, other } = await joined();
  const change = (text: string, agreementVersion: number) =>
    coordinator.call(changeAgreement, { coalition, agreement: text, agreementVersion });
  await expect(change(agreement, 1)).rejects.toMatchObject({ code: "already_done" });
  await change("Nos cuidamos, y nadie habla sola por todas.", 1);
  await expect(change("Otra idea sobre lo mismo.", 1)).rejects.toMatchObject({
    code: "changed_meanwhile",
  });
  expect(await stateOf(other.coordinator, coalition, other.group)).toBe("asked_again");
  const accept = (agreementVersion: number) =>
    other.coordinator.call(acceptAgreement, { coalition, group: other.group, agreementVersion });
  await expect(accept(1)).rejects.toMatchObject({ code: "changed_meanwhile" });
  await accept(2);
  await expect(accept(2)).rejects.toMatchObject({ code: "already_done" });
  expect((await logOf(coordinator, `coalition:${coalition}`))[0]).toEqual({
    kind: "coalition.agreement_accepted",
    group: other.group,
    version: 2,
  });
  await expect(
    other.coordinator.call(changeAgreement, {
      coalition,
      agreement: "Esto lo escribo yo.",
      agreementVersion: 2,
    }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("a group leaves without a reason, keeps what stood, and reads nothing newer (G03)", async () => {
  const { coalition, coordinator, other } = await joined();
  const before = await see(other.coordinator, coalition);
  await other.coordinator.call(leaveCoalition, { coalition, group: other.group });
  await coordinator.call(changeAgreement, {
    coalition,
    agreement: "Palabras que ya no les tocan.",
    agreementVersion: 1,
  });
  const after = await see(other.coordinator, coalition);
  expect(after).toEqual({ ...before, coordinatorOf: [], leftOn: expect.any(String) });
  const stream = `coalition:${coalition}` as StreamName;
  await expect(other.coordinator.call(listEvents, { stream })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await other.coordinator.call(listCoalitions, {})).toMatchObject([{ state: "left" }]);
  await expect(
    other.coordinator.call(leaveCoalition, { coalition, group: other.group }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("the last convener names who follows before it leaves, and does not step down alone", async () => {
  const { coalition, group, coordinator, other } = await joined();
  await expect(coordinator.call(leaveCoalition, { coalition, group })).rejects.toMatchObject({
    code: "last_convener",
  });
  await expect(
    coordinator.call(changeConvener, { coalition, group, convener: false }),
  ).rejects.toMatchObject({ code: "last_convener" });
  await coordinator.call(leaveCoalition, { coalition, group, nextConvener: other.group });
  expect((await see(other.coordinator, coalition)).groups).toMatchObject([
    { group: other.group, convener: true },
  ]);
  expect((await logOf(other.coordinator, `coalition:${coalition}`)).slice(0, 2)).toEqual([
    { kind: "coalition.group_left", group },
    { kind: "coalition.convener_changed", group: other.group, convener: true },
  ]);
});

test("conveners ask others to convene, and each steps down for itself", async () => {
  const { coalition, group, coordinator, other } = await joined();
  const change = (person: Person, whose: GroupId, convener: boolean) =>
    person.call(changeConvener, { coalition, group: whose, convener });
  await change(coordinator, other.group, true);
  await change(coordinator, other.group, true);
  await expect(change(coordinator, other.group, false)).rejects.toMatchObject({
    code: "not_allowed",
  });
  await change(coordinator, group, false);
  await expect(change(coordinator, group, true)).rejects.toMatchObject({ code: "not_allowed" });
  const log = await logOf(coordinator, `coalition:${coalition}`);
  expect(log.filter(({ kind }) => kind === "coalition.convener_changed")).toEqual([
    { kind: "coalition.convener_changed", group, convener: false },
    { kind: "coalition.convener_changed", group: other.group, convener: true },
  ]);
});

test("of two conveners who leave at the same moment the second one is asked who follows", async () => {
  const { coalition, group, coordinator, other, invite } = await joined();
  const third = await seenGroup();
  await invite(third.group);
  await third.coordinator.call(acceptAgreement, {
    coalition,
    group: third.group,
    agreementVersion: 1,
  });
  await coordinator.call(changeConvener, { coalition, group: other.group, convener: true });
  const answers = await hub.owner.begin(async (sql) => {
    await sql`select from coalitions where id = ${coalition} for update`;
    const started = [
      coordinator.call(leaveCoalition, { coalition, group }),
      other.coordinator.call(leaveCoalition, { coalition, group: other.group }),
    ];
    await vi.waitFor(async () => {
      const blocked = await hub.owner`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      expect(blocked).toHaveLength(2);
    });
    return { done: Promise.allSettled(started) };
  });
  const settled = await answers.done;
  expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(settled).toContainEqual(
    expect.objectContaining({ reason: expect.objectContaining({ code: "last_convener" }) }),
  );
});

test("a coalition ends with its last group, and its invitations with it", async () => {
  const { coalition, group, coordinator, invite } = await founded();
  const other = await seenGroup();
  await invite(other.group);
  await coordinator.call(leaveCoalition, { coalition, group });
  await expect(see(other.coordinator, coalition)).rejects.toMatchObject({ code: "not_found" });
  expect(await see(coordinator, coalition)).toMatchObject({ groups: [{ group }] });
});

test("a person with two groups answers for each", async () => {
  const { coalition, coordinator, group, invite } = await founded();
  const { id } = await placeOf(coordinator, group);
  await hub.owner`
    insert into foundings (account_id, state)
    select account_id, 'approved' from memberships where id = ${id}`;
  const second = await coordinator.call(foundGroup, {
    name: "Segundo",
    kind: "expert_network",
    languages: [],
    capabilities: [],
    alias: newAlias(),
  });
  await hub.owner`update groups set name_visibility = 'peers' where id = ${second.group}`;
  await invite(second.group);
  await coordinator.call(acceptAgreement, {
    coalition,
    group: second.group,
    agreementVersion: 1,
  });
  expect((await see(coordinator, coalition)).coordinatorOf.sort()).toEqual(
    [group, second.group].sort(),
  );
  await coordinator.call(leaveCoalition, { coalition, group: second.group });
  expect(await coordinator.call(listCoalitions, {})).toMatchObject([
    { group, state: "member" },
    { group: second.group, state: "left" },
  ]);
  expect((await see(coordinator, coalition)).leftOn).toBeUndefined();
});

test("members who do not coordinate read and do not decide", async () => {
  const { coalition, group, other } = await joined();
  const member = await hub.member(other);
  expect(await see(member, coalition)).toMatchObject({ coordinatorOf: [] });
  await expect(
    member.call(leaveCoalition, { coalition, group: other.group }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(
    member.call(acceptAgreement, { coalition, group: other.group, agreementVersion: 1 }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(
    member.call(foundCoalition, { group: other.group, name: "Otra", agreement }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(
    member.call(foundCoalition, { group, name: "Otra", agreement }),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("a group that said no twice is not asked again this month", async () => {
  const { coalition, invite } = await founded();
  const { group, coordinator } = await seenGroup();
  for (const _ of ["first", "second"]) {
    await invite(group);
    await coordinator.call(leaveCoalition, { coalition, group });
  }
  await expect(invite(group)).rejects.toMatchObject({ code: "not_yet" });
  await hub.owner`
    update events set happened_on = happened_on - 30 where stream = ${`coalition:${coalition}`}`;
  await invite(group);
});
