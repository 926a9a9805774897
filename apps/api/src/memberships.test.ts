import { setTimeout as wait } from "node:timers/promises";
import { closeAccount, getAccount } from "@telar/contracts/accounts";
import { listEvents, type StreamName } from "@telar/contracts/events";
import { foundGroup, getGroup, listGroups } from "@telar/contracts/groups";
import type { GroupId, MembershipId } from "@telar/contracts/ids";
import {
  acceptInvitation,
  inviteToGroup,
  listGroupInvitations,
} from "@telar/contracts/invitations";
import {
  changeAlias,
  changeRoles,
  leaveGroup,
  listMemberships,
  removeMember,
} from "@telar/contracts/memberships";
import { afterAll, expect, test } from "vitest";
import { createTestHub, joinToo } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
afterAll(hub.release);

async function ownId(person: Person, group: GroupId): Promise<MembershipId> {
  const { inside } = await person.call(getGroup, { group });
  if (!inside) throw new Error("This person is not in the group.");
  return inside.you.id;
}

async function lastEvent(person: Person, group: GroupId) {
  const { entries } = await person.call(listEvents, { stream: `group:${group}` as StreamName });
  return entries[0];
}

const readsNothing = async (person: Person, group: GroupId) => {
  const answers = [
    await person.ask(getGroup, { group }),
    await person.ask(listMemberships, { group }),
    await person.ask(listGroupInvitations, { group }),
    await person.ask(listEvents, { stream: `group:${group}` as StreamName }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
};

test("members read who is in their group, page by page", async () => {
  const { group, coordinator } = await hub.group();
  await hub.owner`
    insert into memberships (group_id, alias) select ${group}, 'Nogal ' || lpad(n::text, 3, '0')
    from generate_series(1, 60) n`;
  const first = await coordinator.call(listMemberships, { group });
  expect(first.entries).toHaveLength(50);
  const second = await coordinator.call(listMemberships, { group, after: first.next });
  expect(second.next).toBeUndefined();
  const aliases = [...first.entries, ...second.entries].map(({ alias }) => alias);
  expect(new Set(aliases).size).toBe(61);
  expect(aliases).toEqual(aliases.toSorted(new Intl.Collator("es").compare));
  const neighbour = await hub.group();
  await expect(neighbour.coordinator.call(listMemberships, { group })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(
    neighbour.coordinator.call(listMemberships, { group: neighbour.group, after: first.next }),
  ).rejects.toMatchObject({ code: "invalid_input" });
});

test("a coordinator gives roles, and the log says who did", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made);
  const id = await ownId(member, group);
  await expect(
    member.call(changeRoles, { group, id, roles: ["facilitator"] }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await coordinator.call(changeRoles, { group, id, roles: ["facilitator", "signatory"] });
  const { inside } = await member.call(getGroup, { group });
  expect(inside?.you.roles).toEqual(["member", "facilitator", "signatory"]);
  expect((await lastEvent(member, group))?.event).toEqual({
    kind: "roles.changed",
    membership: id,
    by: await ownId(coordinator, group),
    roles: ["facilitator", "signatory"],
  });
});

test("the people of an institution neither facilitate nor sign", async () => {
  const steward = await hub.steward();
  const { group } = await steward.call(foundGroup, {
    name: "Oficina",
    kind: "institution",
    languages: [],
    capabilities: [],
    alias: "Ocote",
  });
  const made = { group, coordinator: steward };
  const id = await ownId(await hub.member(made), group);
  for (const role of ["facilitator", "signatory"] as const) {
    await expect(steward.call(changeRoles, { group, id, roles: [role] })).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(steward.call(inviteToGroup, { group, roles: [role] })).rejects.toMatchObject({
      code: "not_allowed",
    });
  }
  await steward.call(changeRoles, { group, id, roles: ["coordinator"] });
});

test("the last coordinator cannot step down, leave or be removed", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  await hub.member(made);
  const id = await ownId(coordinator, group);
  const last = { code: "last_coordinator" };
  await expect(coordinator.call(changeRoles, { group, id, roles: [] })).rejects.toMatchObject(last);
  await expect(coordinator.call(leaveGroup, { group })).rejects.toMatchObject(last);
});

test.each(["steps down", "leaves", "removes the other"])(
  "of two coordinators of whom each %s at the same moment, one stays",
  async (act) => {
    const made = await hub.group();
    const { group } = made;
    const pair = [made.coordinator, await hub.member(made, ["coordinator"])];
    await hub.member(made);
    const ids = await Promise.all(pair.map((person) => ownId(person, group)));
    const acts = pair.map((person, turn) => () => {
      if (act === "leaves") return person.call(leaveGroup, { group });
      const id = ids[act === "steps down" ? turn : 1 - turn] as MembershipId;
      return act === "steps down"
        ? person.call(changeRoles, { group, id, roles: [] })
        : person.call(removeMember, { group, id, reason: "Acuerdo de asamblea" });
    });
    const ended = await whileHeld(group, acts);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [row] = await hub.owner<[{ count: number }]>`
      select count(*) from memberships
      where group_id = ${group} and ended_on is null and 'coordinator' = any (roles)`;
    expect(row.count).toBe(1);
  },
);

/** Starts all acts while the group is held, so that each waits at the same place, and lets go. */
async function whileHeld(group: GroupId, acts: (() => Promise<unknown>)[]) {
  let started: Promise<PromiseSettledResult<unknown>[]> | undefined;
  await hub.owner.begin(async (sql) => {
    await sql`select from groups where id = ${group} for update`;
    started = Promise.allSettled(acts.map((act) => act()));
    for (let waiting = 0; waiting < acts.length; await wait(10)) {
      const [row] = await sql<[{ count: number }]>`
        select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      waiting = row.count;
    }
  });
  return (await started) ?? [];
}

test("whoever leaves reads nothing any more, and the log says that they left", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made);
  const id = await ownId(member, group);
  await member.call(leaveGroup, { group });
  await readsNothing(member, group);
  await expect(member.call(leaveGroup, { group })).rejects.toMatchObject({ code: "not_found" });
  expect((await lastEvent(coordinator, group))?.event).toEqual({
    kind: "membership.left",
    membership: id,
  });
});

test("whoever is removed reads nothing any more, and the reason stands in the log", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made);
  const id = await ownId(member, group);
  const reason = "Compartió lo que se dijo en el círculo.";
  await coordinator.call(removeMember, { group, id, reason });
  await readsNothing(member, group);
  expect((await lastEvent(coordinator, group))?.event).toMatchObject({
    kind: "membership.removed",
    membership: id,
    reason,
  });
  await expect(coordinator.call(removeMember, { group, id, reason })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("who takes an earlier alias while they are removed stays out", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const person = (await hub.group()).coordinator;
  await joinToo(person, made, "Encino viejo");
  await person.call(changeAlias, { group, alias: "Encino nuevo" });
  const id = await ownId(person, group);
  const acts = [
    () => coordinator.call(removeMember, { group, id, reason: "Acuerdo de asamblea" }),
    () => person.call(changeAlias, { group, alias: "Encino viejo" }),
  ];
  const [removed] = await whileHeld(group, acts);
  expect(removed?.status).toBe("fulfilled");
  await readsNothing(person, group);
});

test("whoever changed their alias meanwhile is removed by what they were before", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made);
  const id = await ownId(member, group);
  await member.call(changeAlias, { group, alias: "Copal de después" });
  const now = await ownId(member, group);
  await coordinator.call(removeMember, { group, id, reason: "Acuerdo de asamblea" });
  await readsNothing(member, group);
  expect((await lastEvent(coordinator, group))?.event).toMatchObject({ membership: now });
});

test("an alias changes three times a month and no more", async () => {
  const made = await hub.group();
  const { group } = made;
  const member = await hub.member(made);
  for (const alias of ["Guaje uno", "Guaje dos", "Guaje uno"])
    await member.call(changeAlias, { group, alias });
  await expect(member.call(changeAlias, { group, alias: "Guaje tres" })).rejects.toMatchObject({
    code: "not_yet",
  });
});

test.each(["is removed", "leaves", "stops coordinating", "closes their account"])(
  "no invitation of a group stays open once a coordinator %s",
  async (how) => {
    const made = await hub.group();
    const { group, coordinator } = made;
    const second = await hub.member(made, ["coordinator"]);
    const { code } = await second.call(inviteToGroup, { group, roles: ["coordinator"] });
    const id = await ownId(second, group);
    await second.call(changeAlias, { group, alias: "Nogal otra vez" });
    expect((await coordinator.call(listGroupInvitations, { group }))[0]?.state).toBe("open");
    if (how === "leaves") await second.call(leaveGroup, { group });
    else if (how === "closes their account") await second.call(closeAccount, {});
    else if (how === "is removed")
      await coordinator.call(removeMember, { group, id, reason: "Acuerdo de asamblea" });
    else {
      const now = await ownId(second, group);
      await coordinator.call(changeRoles, { group, id: now, roles: [] });
    }
    await expect(
      (await hub.group()).coordinator.call(acceptInvitation, { code, alias: "Nogal de nuevo" }),
    ).rejects.toMatchObject({ code: "invitation_not_open" });
  },
);

test("whoever is in a group that was closed leaves it, even as the only coordinator", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  await hub.member(made);
  await hub.owner`update groups set closed = true where id = ${group}`;
  await coordinator.call(leaveGroup, { group });
  expect((await coordinator.call(getAccount, {})).memberships).toEqual([]);
});

test("the log does not say who invited whom", async () => {
  const made = await hub.group();
  await hub.member(made);
  const { entries } = await made.coordinator.call(listEvents, {
    stream: `group:${made.group}` as StreamName,
  });
  expect(entries.map(({ event }) => event.kind)).toEqual(["membership.began", "group.founded"]);
});

test("only coordinators remove, and nobody removes themselves", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const [member, other] = [await hub.member(made), await hub.member(made)];
  const refused = { code: "not_allowed" };
  const remove = async (by: Person, target: Person) =>
    by.call(removeMember, { group, id: await ownId(target, group), reason: "Porque sí" });
  await expect(remove(member, other)).rejects.toMatchObject(refused);
  await expect(remove(coordinator, coordinator)).rejects.toMatchObject(refused);
});

test("whoever left comes back by a new invitation, and nobody takes their alias meanwhile", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const person = (await hub.group()).coordinator;
  await joinToo(person, made, "Ceiba de antes");
  const id = await ownId(person, group);
  await person.call(leaveGroup, { group });
  const other = (await hub.group()).coordinator;
  const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
  await expect(
    other.call(acceptInvitation, { code, alias: "ceiba de antes" }),
  ).rejects.toMatchObject({ code: "name_taken", fields: { alias: "taken" } });
  await person.call(acceptInvitation, { code, alias: "Ceiba de antes" });
  expect(await ownId(person, group)).toBe(id);
});

test("another alias leaves what happened under the old one", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const person = (await hub.group()).coordinator;
  await joinToo(person, made, "Ocote viejo");
  await person.call(changeAlias, { group, alias: "Ocote nuevo" });
  const stream = `group:${group}` as StreamName;
  const { entries } = await coordinator.call(listEvents, { stream });
  const told = entries.map(({ event, names }) => [event.kind, Object.values(names)]);
  expect(told).toContainEqual(["membership.began", ["Ocote viejo"]]);
  expect(told[0]).toEqual(["alias.changed", ["Ocote nuevo"]]);
  const taken = { group, alias: "OCOTE VIEJO" };
  await expect(coordinator.call(changeAlias, taken)).rejects.toMatchObject({ code: "name_taken" });
  await person.call(changeAlias, taken);
});

test("a group dissolves when its last person leaves", async () => {
  const { group, coordinator } = await hub.group("Brasa");
  await hub.owner`update groups set name_visibility = 'public' where id = ${group}`;
  await coordinator.call(leaveGroup, { group });
  expect((await coordinator.call(listGroups, { name: "brasa" })).entries).toEqual([]);
  await expect(hub.newcomer().call(getGroup, { group })).rejects.toMatchObject({
    code: "not_found",
  });
});
