import { getAccount } from "@telar/contracts/accounts";
import { listEvents, type StreamName } from "@telar/contracts/events";
import {
  agreeToGroupExport,
  askGroupExport,
  type GroupExportId,
  listGroupExports,
  refuseGroupExport,
  takeGroupExport,
} from "@telar/contracts/exports";
import type { GroupId } from "@telar/contracts/ids";
import { acceptInvitation, inviteAsSteward } from "@telar/contracts/invitations";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
afterAll(hub.release);
const asker = await hub.steward();
const other = await hub.steward();
const reason = "Respaldo antes de mudar de servidor";

const ask = async (group: GroupId) => (await asker.call(askGroupExport, { group, reason })).id;
const kindsIn = async (reader: Person, group: GroupId) => {
  const { entries } = await reader.call(listEvents, { stream: `group:${group}` as StreamName });
  return entries.map(({ event }) => event.kind);
};
const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "yes",
    (error) => error.code,
  );

test("every member reads the whole course of an export in the group's log", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  const id = await ask(made.group);
  await made.coordinator.call(agreeToGroupExport, { id });
  await asker.call(takeGroupExport, { id });
  expect((await kindsIn(member, made.group)).slice(0, 3)).toEqual([
    "export.taken",
    "export.agreed",
    "export.asked",
  ]);
  const { entries } = await member.call(listEvents, {
    stream: `group:${made.group}` as StreamName,
  });
  expect(entries[2]?.event).toMatchObject({ kind: "export.asked", reason });
});

test("an export holds the group's profile, aliases, roles and log, and no account", async () => {
  const made = await hub.group("Hilos del Norte");
  await hub.member(made, ["signatory"]);
  const id = await ask(made.group);
  await made.coordinator.call(agreeToGroupExport, { id });
  const answer = await asker.ask(takeGroupExport, { id });
  const text = await answer.text();
  const taken = takeGroupExport.output.parse(JSON.parse(text));
  expect(taken.name).toBe("Hilos del Norte");
  expect(taken.profile).toEqual({ languages: ["es"] });
  expect(taken.members.map(({ roles }) => roles.toSorted())).toEqual(
    expect.arrayContaining([
      ["coordinator", "member"],
      ["member", "signatory"],
    ]),
  );
  expect(taken.log.map(({ event }) => event.kind)).toEqual([
    "export.agreed",
    "export.asked",
    "membership.began",
    "group.founded",
  ]);
  const accounts = await hub.owner<{ id: string; signInName: string }[]>`
    select id, sign_in_name from accounts`;
  for (const { id: account, signInName } of accounts) {
    expect(text).not.toContain(account);
    expect(text).not.toContain(`"${signInName}"`);
  }
});

test("an export holds the whole log, however long", async () => {
  const { group, coordinator } = await hub.group();
  await hub.owner`
    insert into events (stream, place, event)
    select 'group:' || ${group}::text, n, '{"kind": "export.refused"}' from generate_series(2, 1300) as n`;
  await hub.owner`update streams set last_place = 1300 where name = ${`group:${group}`}`;
  const id = await ask(group);
  await coordinator.call(agreeToGroupExport, { id });
  const { log } = await asker.call(takeGroupExport, { id });
  expect(log.map(({ place }) => place)).toEqual(Array.from({ length: 1302 }, (_, n) => 1302 - n));
});

test("who asked never agrees, not even as a coordinator of the group", async () => {
  const made = await hub.group();
  const both = await hub.member(made, ["coordinator"]);
  const { code } = await asker.call(inviteAsSteward, { purpose: "stewardship" });
  await both.call(acceptInvitation, { code, alias: "Tejocote" });
  const { id } = await both.call(askGroupExport, { group: made.group, reason });
  expect(await refusal(both.call(agreeToGroupExport, { id }))).toBe("not_allowed");
  expect(await refusal(made.coordinator.call(agreeToGroupExport, { id }))).toBe("yes");
});

test("a steward agrees only for a group that nobody coordinates, and only who was one before", async () => {
  const { group } = await hub.group();
  const id = await ask(group);
  const agree = () => refusal(other.call(agreeToGroupExport, { id }));
  expect(await agree()).toBe("not_allowed");
  await hub.owner`update memberships set roles = '{member}' where group_id = ${group}`;
  expect(await agree()).toBe("not_allowed");
  await hub.owner`update stewards set since = current_date - 1`;
  expect(await agree()).toBe("yes");
});

test("nobody outside the group and the stewards learns of an export", async () => {
  const made = await hub.group();
  const { coordinator: stranger } = await hub.group();
  const member = await hub.member(made);
  const id = await ask(made.group);
  for (const person of [stranger, member]) {
    expect(await person.call(listGroupExports, {})).toEqual([]);
    expect(await refusal(person.call(agreeToGroupExport, { id }))).toBe("not_found");
    expect(await refusal(person.call(refuseGroupExport, { id }))).toBe("not_found");
    expect(await refusal(person.call(takeGroupExport, { id }))).toBe("not_found");
  }
  expect(await refusal(stranger.call(askGroupExport, { group: made.group, reason }))).toBe(
    "not_allowed",
  );
});

test("an export is listed with what each may know of it", async () => {
  const made = await hub.group("Cántaro");
  const id = await ask(made.group);
  const find = async (person: Person) =>
    (await person.call(listGroupExports, {})).find((each) => each.id === id);
  const seen = { groupName: "Cántaro", reason, state: "asked" };
  expect(await find(asker)).toMatchObject({ ...seen, youAsked: true });
  expect(await find(other)).toMatchObject({ ...seen, youAsked: false });
  expect(await find(made.coordinator)).toMatchObject({ ...seen, youAsked: false });
  await made.coordinator.call(agreeToGroupExport, { id });
  expect(await find(asker)).toMatchObject({ state: "agreed" });
});

test("coordinators find on every page that an export waits for their answer", async () => {
  const { group, coordinator } = await hub.group("Barro");
  const id = await ask(group);
  const told = async () => (await coordinator.call(getAccount, {})).notices;
  expect(await told()).toContainEqual({ kind: "export_asked", group, groupName: "Barro" });
  await coordinator.call(refuseGroupExport, { id });
  expect(await told()).not.toContainEqual(expect.objectContaining({ kind: "export_asked" }));
});

test("an export is taken after somebody agreed, by who asked, once", async () => {
  const { group, coordinator } = await hub.group();
  const id = await ask(group);
  expect(await refusal(asker.call(takeGroupExport, { id }))).toBe("not_yet");
  await coordinator.call(agreeToGroupExport, { id });
  expect(await refusal(other.call(takeGroupExport, { id }))).toBe("not_allowed");
  expect(await refusal(coordinator.call(takeGroupExport, { id }))).toBe("not_allowed");
  const tries = await Promise.all(
    [1, 2, 3].map(() => refusal(asker.call(takeGroupExport, { id }))),
  );
  expect(tries.sort()).toEqual(["not_found", "not_found", "yes"]);
  expect(
    (await kindsIn(coordinator, group)).filter((kind) => kind === "export.taken"),
  ).toHaveLength(1);
});

test("an export that nobody took in seven days is gone", async () => {
  const { group, coordinator } = await hub.group();
  const id = await ask(group);
  await coordinator.call(agreeToGroupExport, { id });
  const lapse = (days: number) =>
    hub.owner`update group_exports set ends_on = ends_on - ${days}::integer where id = ${id}`;
  await lapse(7);
  expect((await asker.call(listGroupExports, {})).some((each) => each.id === id)).toBe(true);
  await lapse(1);
  expect(await refusal(asker.call(takeGroupExport, { id }))).toBe("not_found");
  expect(await refusal(asker.call(askGroupExport, { group, reason }))).toBe("yes");
});

test("whoever may agree can refuse, and who asked takes it back", async () => {
  const { group, coordinator } = await hub.group();
  for (const person of [coordinator, other, asker]) {
    const id = await ask(group);
    await person.call(refuseGroupExport, { id });
    expect(await refusal(asker.call(agreeToGroupExport, { id }))).toBe("not_found");
  }
  const { entries } = await coordinator.call(listEvents, {
    stream: `group:${group}` as StreamName,
  });
  const refused = entries.filter(({ event }) => event.kind === "export.refused");
  expect(refused.map(({ event }) => Object.keys(event).toSorted())).toEqual([
    ["kind", "steward"],
    ["kind", "steward"],
    ["by", "kind"],
  ]);
});

test("an agreement counts once", async () => {
  const { group, coordinator } = await hub.group();
  const id = await ask(group);
  await coordinator.call(agreeToGroupExport, { id });
  expect(await refusal(coordinator.call(agreeToGroupExport, { id }))).toBe("already_done");
});

test("a steward asks for a group that exists, once at a time", async () => {
  const { group } = await hub.group();
  await ask(group);
  expect(await refusal(asker.call(askGroupExport, { group, reason }))).toBe("already_done");
  const nowhere = crypto.randomUUID() as GroupId;
  expect(await refusal(asker.call(askGroupExport, { group: nowhere, reason }))).toBe("not_found");
  expect(
    await refusal(asker.call(takeGroupExport, { id: nowhere as never as GroupExportId })),
  ).toBe("not_found");
});
