import { randomUUID } from "node:crypto";
import { getAccount } from "@telar/contracts/accounts";
import { listEvents, type StreamName } from "@telar/contracts/events";
import {
  changeProfile,
  foundGroup,
  type GroupCard,
  getGroup,
  listGroups,
  ProfileVisibility,
  Visibility,
} from "@telar/contracts/groups";
import { closeGroup } from "@telar/contracts/hub";
import type { GroupId } from "@telar/contracts/ids";
import {
  inviteToGroup,
  joinByInvitation,
  listGroupInvitations,
} from "@telar/contracts/invitations";
import { listMemberships } from "@telar/contracts/memberships";
import type { Cursor } from "@telar/contracts/paging";
import { afterAll, expect, test } from "vitest";
import { createTestHub, joinToo, newAlias, testPassphrase } from "./testing/hub.ts";
import { meetBehind } from "./testing/meeting.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
afterAll(hub.release);

const everywhere = (level: Visibility): ProfileVisibility =>
  ProfileVisibility.parse(
    Object.fromEntries(Object.keys(ProfileVisibility.shape).map((field) => [field, level])),
  );

const profile = {
  about: "Buscamos juntas.",
  region: "Sierra Norte",
  languages: ["es", "zap"],
  capabilities: ["search"],
  contact: "Radio comunitaria, los jueves",
} as const;

const write = (
  { group, coordinator }: { group: GroupId; coordinator: Person },
  name: string,
  visibility: ProfileVisibility,
) =>
  coordinator.call(changeProfile, {
    group,
    name,
    ...profile,
    languages: [...profile.languages],
    capabilities: [...profile.capabilities],
    visibility,
  });

/** Every page, as somebody who follows each link finds them. */
async function crawl(person: Person, filter: object = {}): Promise<GroupCard[]> {
  const found: GroupCard[] = [];
  let after: Cursor | undefined;
  do {
    const page = await person.call(listGroups, { ...filter, ...(after && { after }) });
    expect(page.entries.length).toBeLessThanOrEqual(25);
    found.push(...page.entries);
    after = page.next;
  } while (after);
  return found;
}

test("a crawl without a session finds only what was set public (G04)", async () => {
  const marks = new Map<Visibility, string>();
  for (const level of Visibility.options) {
    const made = await hub.group();
    const mark = `G04 ${level} ${randomUUID()}`;
    marks.set(level, mark);
    await write(made, mark, everywhere(level));
    await write(await hub.group(), `G04 reservada ${level}`, {
      ...everywhere(level),
      name: "public",
    });
  }
  const visitor = hub.newcomer();
  const text = JSON.stringify(await crawl(visitor));
  for (const [level, mark] of marks) expect(text.includes(mark)).toBe(level === "public");
  for (const filter of [{ region: "sierra" }, { language: "zap" }, { capability: "search" }]) {
    const names = (await crawl(visitor, { ...filter, name: "g04" })).map(({ name }) => name);
    expect(names).toEqual([marks.get("public"), "G04 reservada public"]);
  }
  const all = await crawl(visitor, { name: "g04 reservada" });
  expect(all.map(({ name, profile: shown }) => [name, shown.region])).toEqual([
    ["G04 reservada coalition", undefined],
    ["G04 reservada members", undefined],
    ["G04 reservada peers", undefined],
    ["G04 reservada public", "Sierra Norte"],
  ]);
});

test("somebody with an account finds what was set for peers too, and a steward no more than that", async () => {
  for (const level of Visibility.options)
    await write(await hub.group(), `Q ${level}`, everywhere(level));
  const { coordinator } = await hub.group();
  for (const person of [coordinator, await hub.steward()])
    expect((await crawl(person, { name: "q " })).map(({ name }) => name)).toEqual([
      "Q peers",
      "Q public",
    ]);
});

test("cards carry region, languages and capabilities, and not the long text", async () => {
  await write(await hub.group(), "Tarjeta", everywhere("public"));
  const [card] = await crawl(hub.newcomer(), { name: "tarjeta" });
  const { region, languages, capabilities } = profile;
  expect(card?.profile).toEqual({ region, languages, capabilities });
});

test("a page goes on where the one before ended, whatever the names are written with", async () => {
  const long = "語".repeat(119);
  await hub.owner`
    insert into groups (name, kind, name_visibility)
    select ${long} || chr(19968 + n), 'victim_network', 'public' from generate_series(1, 60) n`;
  const found = await crawl(hub.newcomer(), { name: "語" });
  expect(new Set(found.map(({ id }) => id)).size).toBe(60);
  expect(found).toHaveLength(60);
});

test("the cursor of another list, or a changed one, is refused", async () => {
  const after = "WyJhIiwiYiJd.0000000000000000000000" as Cursor;
  await expect(hub.newcomer().call(listGroups, { after })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { after: "wrong_form" },
  });
});

test("members see their group from inside, everyone else only what it shows", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  await write(made, "Tejido", { ...everywhere("public"), about: "members" });
  const inside = await member.call(getGroup, { group: made.group });
  expect(inside).toMatchObject({
    name: "Tejido",
    profile,
    inside: {
      you: { you: true, roles: ["member"] },
      visibility: { name: "public", about: "members", region: "public" },
      twoCoordinators: false,
      coordinators: [{ you: false }],
      memberCount: 2,
    },
  });
  const { about: _, ...shown } = profile;
  const { coordinator: neighbour } = await hub.group();
  for (const person of [hub.newcomer(), neighbour, await hub.steward()]) {
    const outside = await person.call(getGroup, { group: made.group });
    expect(outside.profile).toEqual(shown);
    expect(outside.inside).toBeUndefined();
  }
});

test("a group that is hidden does not exist for others", async () => {
  const { group } = await hub.group();
  const answers = await Promise.all(
    [group, randomUUID() as GroupId].map(async (id) => {
      const { request: _, ...problem } = (await (
        await hub.newcomer().ask(getGroup, { group: id })
      ).json()) as Record<string, unknown>;
      return problem;
    }),
  );
  expect(answers[0]).toEqual({ status: 404, code: "not_found" });
  expect(answers[1]).toEqual(answers[0]);
});

test("a second coordinator ends the reminder", async () => {
  const made = await hub.group();
  await hub.member(made, ["coordinator"]);
  const { inside } = await made.coordinator.call(getGroup, { group: made.group });
  expect(inside).toMatchObject({ twoCoordinators: true, memberCount: 2 });
  expect(inside?.coordinators).toHaveLength(2);
});

test("only a coordinator changes the profile, and the group's log says so", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made, ["facilitator"]);
  await expect(
    write({ group, coordinator: member }, "Otro", everywhere("public")),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await write(made, "Otro", everywhere("public"));
  const { entries } = await member.call(listEvents, { stream: `group:${group}` as StreamName });
  const { inside } = await coordinator.call(getGroup, { group });
  expect(entries[0]?.event).toEqual({ kind: "group.changed", by: inside?.you.id });
});

test("no field is shown to more people than the name is", async () => {
  const made = await hub.group();
  await write(made, "Reservada", { ...everywhere("public"), name: "peers", contact: "members" });
  const { inside } = await made.coordinator.call(getGroup, { group: made.group });
  expect(inside?.visibility).toEqual({ ...everywhere("peers"), contact: "members" });
});

test("a group starts hidden from everyone but its members", async () => {
  const { group, coordinator } = await hub.group();
  const { inside } = await coordinator.call(getGroup, { group });
  expect(inside?.visibility).toEqual(everywhere("members"));
});

test("a person founds as many groups as they were granted", async () => {
  const { coordinator } = await hub.group();
  const again = {
    name: "Otra",
    kind: "victim_network" as const,
    languages: [],
    capabilities: [],
    alias: "Ceiba",
  };
  await expect(coordinator.call(foundGroup, again)).rejects.toMatchObject({ code: "not_allowed" });
  const steward = await hub.steward();
  for (let turn = 0; turn < 2; turn += 1) await steward.call(foundGroup, again);
});

test("of groups founded at the same moment none is too many", async () => {
  const steward = await hub.steward();
  const [{ limit, has } = { limit: 0, has: 0 }] = await hub.owner<{ limit: number; has: number }[]>`
    select groups as limit, (select count(*) from groups) as has from hub`;
  await hub.owner`update hub set groups = ${has + 1}`;
  const made = { kind: "institution" as const, languages: [], capabilities: [] };
  const founded = await meetBehind(
    hub,
    (sql) => sql`lock table groups in share mode`,
    ["Ceiba", "Copal", "Encino"].map(
      (alias) => () => steward.call(foundGroup, { ...made, name: `Red de ${alias}`, alias }),
    ),
  );
  await hub.owner`update hub set groups = ${limit}`;
  expect(founded.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("the hub holds as many groups as its limit says", async () => {
  const steward = await hub.steward();
  const [{ groups }] = await hub.owner<[{ groups: number }]>`select groups from hub`;
  await hub.owner`update hub set groups = 1`;
  const made = { name: "Otra", kind: "institution" as const, languages: [], capabilities: [] };
  await expect(steward.call(foundGroup, { ...made, alias: "Ceiba" })).rejects.toMatchObject({
    code: "limit_reached",
  });
  await hub.owner`update hub set groups = ${groups}`;
});

test("a closed group is a plain line to its members, open to stewards, and nothing to others", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  await write(made, "Cerrada", everywhere("public"));
  const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
  const steward = await hub.steward();
  await hub.owner`update groups set closed = true where id = ${group}`;
  const line = { id: group, name: "Cerrada", kind: "victim_network", closed: true, profile: {} };
  expect(await coordinator.call(getGroup, { group })).toEqual(line);
  expect(await steward.call(getGroup, { group })).toEqual(line);
  await expect(hub.newcomer().call(getGroup, { group })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await crawl(coordinator, { name: "cerrada" })).toEqual([]);
  const refused = { code: "not_allowed" };
  await expect(write(made, "Otra", everywhere("public"))).rejects.toMatchObject(refused);
  await expect(coordinator.call(inviteToGroup, { group, roles: [] })).rejects.toMatchObject(
    refused,
  );
  await expect(coordinator.call(listGroupInvitations, { group })).rejects.toMatchObject(refused);
  await expect(coordinator.call(listMemberships, { group })).rejects.toMatchObject(refused);
  await expect(
    hub.newcomer().call(joinByInvitation, {
      code,
      signInName: newAlias(),
      alias: newAlias(),
      passphrase: testPassphrase,
      device: "own",
    }),
  ).rejects.toMatchObject({ code: "invitation_not_open" });
  await steward.call(closeGroup, { group, closed: false, reason: "Ya se aclaró" });
  expect((await coordinator.call(getGroup, { group })).inside).toBeDefined();
});

test("a closed group is closed to the groups beside it in a coalition too", async () => {
  const [closed, beside] = [await hub.group(), await hub.group()];
  const [{ id }] = await hub.owner<[{ id: string }]>`
    insert into coalitions (name, agreement) values ('Encuentro', 'Nos cuidamos.') returning id`;
  for (const { group } of [closed, beside])
    await hub.owner`
      insert into coalition_groups (coalition_id, group_id, state) values (${id}, ${group}, 'member')`;
  const { group } = closed;
  expect(await beside.coordinator.call(getGroup, { group })).toMatchObject({ id: group });
  await hub.owner`update groups set closed = true where id = ${group}`;
  await expect(beside.coordinator.call(getGroup, { group })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("two aliases of one person share no id in any answer (G01)", async () => {
  const first = await hub.group();
  const second = await hub.group();
  const person = await hub.member(first);
  await joinToo(person, second);
  const { memberships } = await person.call(getAccount, {});
  const idsIn = async ({ group, coordinator }: typeof first) => {
    const answers = [
      await coordinator.call(getGroup, { group }),
      await coordinator.call(listMemberships, { group }),
      await coordinator.call(listEvents, { stream: `group:${group}` as StreamName }),
    ];
    return new Set(JSON.stringify(answers).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g));
  };
  const [here, there] = [await idsIn(first), await idsIn(second)];
  expect(memberships).toHaveLength(2);
  expect(memberships.filter(({ id }) => here.has(id))).toHaveLength(1);
  expect([...here].filter((id) => there.has(id))).toEqual([]);
});
