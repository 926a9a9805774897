import { changeAccount, getAccount } from "@telar/contracts/accounts";
import { acceptAgreement, foundCoalition, inviteGroup } from "@telar/contracts/coalitions";
import { changeProfile, foundGroup } from "@telar/contracts/groups";
import { closeGroup } from "@telar/contracts/hub";
import type { AccountId, MessageId, ParticipantId } from "@telar/contracts/ids";
import { acceptInvitation } from "@telar/contracts/invitations";
import { listMessages, postMessage } from "@telar/contracts/messages";
import { changeNoticeSettings } from "@telar/contracts/notices";
import { acceptOneToOne, askOneToOne } from "@telar/contracts/one-to-ones";
import {
  acceptRules,
  addFacilitator,
  joinSpace,
  listParticipants,
} from "@telar/contracts/participants";
import {
  changeHours,
  changeSpace,
  closeSpace,
  foundSpace,
  getSpace,
  listSpaces,
  openSpace,
} from "@telar/contracts/spaces";
import { listPeopleToTell } from "@telar/database/announcements";
import { listOpen } from "@telar/database/news";
import { defaultsFor } from "@telar/rules/spaces";
import { pino } from "pino";
import { afterAll, expect, test, vi } from "vitest";
import { addFirstInvitation } from "./first-invitation.ts";
import { startMessageJobs } from "./message-jobs.ts";
import { createMessageWriter } from "./message-writer.ts";
import { createTestHub, newAlias, type TestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { logOf, placeOf } from "./testing/places.ts";

const hub = await createTestHub();
const [jobsDatabase, apiDatabase] = [hub.as("telar_jobs"), hub.as("telar_api")];
afterAll(async () => {
  await Promise.all([jobsDatabase.end(), apiDatabase.end()]);
  await hub.release();
});

type Group = Awaited<ReturnType<TestHub["group"]>>;
const text = { title: "Palabra", purpose: "Escucharnos", rules: "Nos cuidamos." };

async function founded(kind: "working" | "announcement" | "peer_support", made?: Group) {
  const own = made ?? (await hub.group());
  const { group, coordinator } = own;
  const { space } = await coordinator.call(foundSpace, {
    ...text,
    group,
    kind,
    alias: "Jacaranda",
  });
  return { made: own, group, coordinator, space };
}

/** Somebody of the group who came in without being asked to wait. */
async function comeIn(
  { made, group, space }: Awaited<ReturnType<typeof founded>>,
  alias = newAlias(),
) {
  const person = await hub.member(made);
  await person.call(joinSpace, { space, through: group, alias, rulesVersion: 1 });
  return person;
}
const idOf = async (person: Person, space: Awaited<ReturnType<typeof founded>>["space"]) => {
  const { you } = await person.call(getSpace, { space });
  if (!you) throw new Error("They are not in that space.");
  return you.id;
};

test("a peer-support space begins careful, and the founder facilitates it under another alias", async () => {
  const { group, coordinator, space } = await founded("peer_support");
  const seen = await coordinator.call(getSpace, { space });
  expect(seen).toMatchObject({
    kind: "peer_support",
    title: "Palabra",
    purpose: "Escucharnos",
    state: "preparing",
    owner: { group },
    standing: "joined",
    facilitating: true,
    mayChange: true,
    rules: { version: 1, text: "Nos cuidamos." },
    settings: defaultsFor("peer_support"),
    zone: "America/Mexico_City",
    hours: [],
    openNow: false,
    crisisCards: [],
    facilitators: [{ alias: "Jacaranda" }],
    you: { alias: "Jacaranda", facilitator: true },
  });
  expect(seen).not.toHaveProperty("readers");
  expect((await logOf(coordinator, `group:${group}`))[0]).toEqual({
    kind: "group.founded_space",
    space,
  });
  expect(await logOf(coordinator, `space:${space}`)).toEqual([
    { kind: "facilitator.began", participant: seen.you?.id },
  ]);
});

test("a working space is open from the start and shows a member what they say yes to", async () => {
  const { made, group, space } = await founded("working");
  const member = await hub.member(made);
  const { alias } = await placeOf(member, group);
  const seen = await member.call(getSpace, { space });
  expect(seen).toMatchObject({ standing: "none", mayChange: false, openNow: true });
  expect(seen.through).toMatchObject([{ group, alias }]);
  expect(seen).not.toHaveProperty("you");
  expect(await member.call(listSpaces, { group })).toMatchObject([
    { id: space, standing: "none", facilitating: false, owner: { group } },
  ]);
});

test("nobody outside the group finds its spaces", async () => {
  const { group, space } = await founded("working");
  const { coordinator: other } = await hub.group();
  await expect(other.call(getSpace, { space })).rejects.toMatchObject({ code: "not_found" });
  expect(await other.call(listSpaces, { group })).toEqual([]);
  expect(await other.call(listSpaces, {})).toEqual([]);
});

test("members found no spaces, nobody for two owners or none, and peers never with guests", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const member = await hub.member(made);
  const wanted = { ...text, group, kind: "working" as const, alias: "Álamo" };
  await expect(member.call(foundSpace, wanted)).rejects.toMatchObject({ code: "not_allowed" });
  const coalition = crypto.randomUUID() as never;
  for (const owners of [{ group: undefined }, { coalition }])
    await expect(coordinator.call(foundSpace, { ...wanted, ...owners })).rejects.toMatchObject({
      code: "invalid_input",
    });
  const settings = { ...defaultsFor("peer_support"), guests: true };
  await expect(
    coordinator.call(foundSpace, { ...wanted, kind: "peer_support", settings }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("a space keeps its founder's own hours unless another zone is named", async () => {
  const { group, coordinator } = await hub.group();
  await coordinator.call(changeAccount, { zone: "America/Tijuana" });
  const zoneOf = async (zone?: string) => {
    const made = { ...text, group, kind: "working" as const, alias: newAlias() };
    const { space } = await coordinator.call(foundSpace, { ...made, ...(zone && { zone }) });
    return (await coordinator.call(getSpace, { space })).zone;
  };
  expect([await zoneOf(), await zoneOf("Europe/Zurich")]).toEqual([
    "America/Tijuana",
    "Europe/Zurich",
  ]);
});

test("the name that somebody signs in with is nobody's alias", async () => {
  const { group, coordinator } = await hub.group();
  const { signInName } = await coordinator.call(getAccount, {});
  await expect(
    coordinator.call(foundSpace, { ...text, group, kind: "working", alias: signInName }),
  ).rejects.toMatchObject({ fields: { alias: "same_as_sign_in_name" } });
});

test("other rules ask everybody again but who wrote them, and other words in the title ask nobody", async () => {
  const made = await founded("working");
  const { coordinator, space } = made;
  const member = await comeIn(made);
  const settings = defaultsFor("working");
  const change = { space, ...text, settings, rulesVersion: 1 };
  expect(await coordinator.call(changeSpace, { ...change, title: "Otra palabra" })).toEqual({
    rulesVersion: 1,
  });
  expect(await member.call(getSpace, { space })).toMatchObject({
    title: "Otra palabra",
    standing: "joined",
  });
  expect(await coordinator.call(changeSpace, { ...change, rules: "Otras." })).toEqual({
    rulesVersion: 2,
  });
  expect(await member.call(getSpace, { space })).toMatchObject({
    standing: "asked_again",
    rules: { version: 2, text: "Otras." },
  });
  expect(await coordinator.call(getSpace, { space })).toMatchObject({ standing: "joined" });
  expect((await logOf(member, `space:${space}`))[0]).toEqual({
    kind: "space.rules_changed",
    version: 2,
  });
  await expect(member.call(listParticipants, { space })).rejects.toMatchObject({
    code: "rules_changed",
  });
  await expect(member.call(acceptRules, { space, rulesVersion: 1 })).rejects.toMatchObject({
    code: "rules_changed",
  });
  await member.call(acceptRules, { space, rulesVersion: 2 });
  expect(await member.call(getSpace, { space })).toMatchObject({ standing: "joined" });
});

test("nobody overwrites rules that they have not read, and members write none", async () => {
  const made = await founded("working");
  const { coordinator, space } = made;
  const member = await comeIn(made);
  const settings = { ...defaultsFor("working"), slowMinutes: 5 };
  const change = { space, ...text, settings, rulesVersion: 1 };
  await expect(member.call(changeSpace, change)).rejects.toMatchObject({ code: "not_allowed" });
  await coordinator.call(changeSpace, change);
  await expect(coordinator.call(changeSpace, change)).rejects.toMatchObject({
    code: "changed_meanwhile",
  });
});

async function untilJobsRan(check: () => Promise<void>) {
  const writer = createMessageWriter(apiDatabase, () => {});
  const jobs = startMessageJobs(jobsDatabase, writer, pino({ level: "silent" }));
  try {
    await vi.waitFor(check, { timeout: 5000 });
  } finally {
    await jobs.close();
  }
}

test("a shorter rule brings the end of what is there nearer, and a longer one takes nothing further", async () => {
  const { coordinator, space } = await founded("working");
  const author = await idOf(coordinator, space);
  await hub.owner`
    insert into messages (space_id, place, id, participant_id, posted_at, expires_on, body) values
      (${space}, 10, gen_random_uuid(), ${author}, now() - interval '10 days', current_date + 80, 'x'),
      (${space}, 11, gen_random_uuid(), ${author}, now() - interval '10 days', current_date + 3, 'x')`;
  await hub.owner`
    insert into events (stream, place, event, happened_on, ends_on) values
      (${`space:${space}`}, 10, '{"kind": "message.posted", "message": "x"}', current_date - 10, current_date + 80),
      (${`space:${space}`}, 11, '{"kind": "message.posted", "message": "y"}', current_date - 10, current_date + 3)`;
  const left = async () => {
    const rows = await hub.owner<{ days: number }[]>`
      select expires_on - current_date as days from messages where space_id = ${space} order by place`;
    const [event] = await hub.owner<{ days: number }[]>`
      select ends_on - current_date as days from events where stream = ${`space:${space}`} and place = 10`;
    return { messages: rows.map(({ days }) => days), event: event?.days };
  };
  const change = (keepsDays: number, rulesVersion: number) =>
    coordinator.call(changeSpace, {
      space,
      ...text,
      rulesVersion,
      settings: { ...defaultsFor("working"), keepsDays },
    });
  await change(30, 1);
  expect(await left()).toEqual({ messages: [80, 3], event: 80 });
  const { id, body } = { id: crypto.randomUUID() as MessageId, body: "Ya con la regla nueva" };
  await coordinator.call(postMessage, { space, id, body });
  const [posted] =
    await hub.owner`select expires_on - current_date as days from messages where id = ${id}`;
  expect(posted?.days).toBe(30);
  await hub.owner`delete from messages where id = ${id}`;
  await untilJobsRan(async () => {
    expect(await left()).toEqual({ messages: [20, 3], event: 20 });
  });
  await change(300, 2);
  expect(await left()).toEqual({ messages: [20, 3], event: 20 });
});

test("peer support opens with two who facilitate, and takes messages in its hours", async () => {
  const made = await founded("peer_support");
  const { coordinator, space } = made;
  await expect(coordinator.call(openSpace, { space })).rejects.toMatchObject({
    code: "two_facilitators_needed",
  });
  const settings = { ...defaultsFor("peer_support"), admission: false };
  await coordinator.call(changeSpace, { space, ...text, settings, rulesVersion: 1 });
  const member = await hub.member(made.made);
  await member.call(joinSpace, { space, through: made.group, alias: "Cuajiote", rulesVersion: 2 });
  await coordinator.call(addFacilitator, { space, id: await idOf(member, space) });
  await member.call(openSpace, { space });
  await member.call(openSpace, { space });
  const closed = await member.call(getSpace, { space });
  expect(closed).toMatchObject({ state: "open", openNow: false });
  expect(closed).not.toHaveProperty("opensAt");
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    opens: "00:00",
    closes: "23:59",
  }));
  const twice = [...always, { weekday: 1, opens: "00:00", closes: "12:00" }];
  await member.call(changeHours, { space, zone: "Europe/Zurich", hours: twice });
  expect(await member.call(getSpace, { space })).toMatchObject({
    zone: "Europe/Zurich",
    hours: always,
  });
  const noon = { weekday: 3, opens: "12:00", closes: "12:01" };
  await member.call(changeHours, { space, zone: "Europe/Zurich", hours: [noon] });
  const seen = await member.call(getSpace, { space });
  expect(seen.openNow || Date.parse(seen.opensAt ?? "") > Date.now()).toBe(true);
  await member.call(closeSpace, { space });
  expect(await member.call(getSpace, { space })).toMatchObject({ state: "closed", openNow: false });
  const kinds = (await logOf(member, `space:${space}`)).map(({ kind }) => kind).slice(0, 5);
  expect(kinds).toEqual([
    ...["space.closed", "space.hours_changed", "space.hours_changed", "space.opened"],
    "facilitator.began",
  ]);
});

test("members neither open, close nor set the hours of a space", async () => {
  const made = await founded("working");
  const { space } = made;
  const member = await comeIn(made);
  for (const act of [
    () => member.call(openSpace, { space }),
    () => member.call(closeSpace, { space }),
    () => member.call(changeHours, { space, zone: "America/Tijuana", hours: [] }),
  ])
    await expect(act()).rejects.toMatchObject({ code: "not_allowed" });
});

test("how many read is said from five on", async () => {
  const made = await founded("working");
  for (const _ of [1, 2, 3]) await comeIn(made);
  expect(await made.coordinator.call(getSpace, { space: made.space })).not.toHaveProperty(
    "readers",
  );
  await comeIn(made);
  expect(await made.coordinator.call(getSpace, { space: made.space })).toMatchObject({
    readers: 5,
  });
});

test("what holds somebody back is told to them alone, and only while it does", async () => {
  const made = await founded("working");
  const { space } = made;
  const member = await comeIn(made);
  const you = async () => (await member.call(getSpace, { space })).you;
  expect(await you()).not.toHaveProperty("mutedUntil");
  const id = await idOf(member, space);
  await hub.owner`
    update participants set muted_until = now() + interval '1 hour', may_post_from = now() + interval '2 minutes'
    where id = ${id}`;
  expect(await you()).toMatchObject({
    mutedUntil: expect.any(String),
    mayPostFrom: expect.any(String),
  });
  await hub.owner`
    update participants set muted_until = now() - interval '1 hour', may_post_from = now() - interval '1 hour'
    where id = ${id}`;
  expect(await you()).toEqual({ id, alias: expect.any(String), facilitator: false });
});

async function coalitionWith(kind: "victim_network" | "institution") {
  const first = await hub.group();
  const second = await hub.group();
  const outside = second.coordinator;
  await outside.call(acceptInvitation, {
    code: (await addFirstInvitation(hub.owner, "http://localhost:8080", "founding")).code,
  });
  const { group: other } = await outside.call(foundGroup, {
    name: `Otra ${newAlias()}`,
    kind,
    languages: [],
    capabilities: [],
    alias: "Ocote",
  });
  const visible = "public" as const;
  await outside.call(changeProfile, {
    group: other,
    name: `Otra ${newAlias()}`,
    languages: [],
    capabilities: [],
    visibility: {
      name: visible,
      about: visible,
      region: visible,
      languages: visible,
      capabilities: visible,
      contact: visible,
    },
  });
  const { coalition } = await first.coordinator.call(foundCoalition, {
    group: first.group,
    name: "Encuentro",
    agreement: "Nos cuidamos y decidimos juntas.",
  });
  await first.coordinator.call(inviteGroup, { coalition, group: other });
  await outside.call(acceptAgreement, { coalition, group: other, agreementVersion: 1 });
  return { coalition, first: first.coordinator, group: first.group, outside, other };
}

test("a coalition's space is founded by who convenes it and entered through one's own group", async () => {
  const { coalition, first, group, outside, other } = await coalitionWith("victim_network");
  const wanted = { ...text, coalition, kind: "working" as const, alias: "Álamo" };
  await expect(outside.call(foundSpace, wanted)).rejects.toMatchObject({ code: "not_allowed" });
  await expect(first.call(foundSpace, { ...wanted, through: other })).rejects.toMatchObject({
    code: "not_allowed",
  });
  const { space } = await first.call(foundSpace, wanted);
  expect((await logOf(first, `coalition:${coalition}`))[0]).toEqual({
    kind: "coalition.founded_space",
    space,
    group,
  });
  const seen = await outside.call(getSpace, { space });
  expect(seen).toMatchObject({ owner: { coalition, name: "Encuentro" }, mayChange: false });
  expect(seen.through.map((way) => way.group)).toEqual([other]);
  const join = { space, alias: "Ceibo", rulesVersion: 1 };
  await expect(outside.call(joinSpace, { ...join, through: group })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await outside.call(joinSpace, { ...join, through: other })).toEqual({
    standing: "joined",
  });
});

test("an institution finds only spaces that take guests, and never peer support", async () => {
  const { coalition, first, outside, other } = await coalitionWith("institution");
  const found = (kind: "working" | "peer_support", guests: boolean) =>
    first.call(foundSpace, {
      ...text,
      coalition,
      kind,
      alias: "Álamo",
      settings: { ...defaultsFor(kind), guests },
    });
  const { space: closed } = await found("working", false);
  const { space: peers } = await found("peer_support", false);
  const { space } = await found("working", true);
  expect((await outside.call(listSpaces, { coalition })).map(({ id }) => id)).toEqual([space]);
  const join = { through: other, alias: "Ceibo", rulesVersion: 1 };
  for (const hidden of [closed, peers])
    await expect(outside.call(joinSpace, { ...join, space: hidden })).rejects.toMatchObject({
      code: "not_found",
    });
  await outside.call(joinSpace, { ...join, space });
  const { you } = await outside.call(getSpace, { space });
  await expect(first.call(addFacilitator, { space, id: you?.id as never })).rejects.toMatchObject({
    code: "not_allowed",
  });
});

test("an institution takes part while the space takes guests: then it neither reads nor hears of it, until it does again", async () => {
  const { coalition, first, outside, other } = await coalitionWith("institution");
  const settings = { ...defaultsFor("working"), guests: true };
  const { space } = await first.call(foundSpace, {
    ...{ ...text, coalition, kind: "working", alias: "Álamo", settings },
  });
  const join = { space, through: other, alias: "Ceibo", rulesVersion: 1 };
  await outside.call(joinSpace, join);
  const placeIn = async (person: Person) =>
    (await person.call(getSpace, { space })).you?.id as ParticipantId;
  await outside.call(askOneToOne, { space, id: await placeIn(first) });
  const between = await first.call(acceptOneToOne, { space, id: await placeIn(outside) });
  await outside.call(changeNoticeSettings, {
    ...{ own: "off", digestHour: 18, quietFrom: "21:00", quietTo: "08:00" },
    ...{ digest: [], atOnce: [space] },
  });
  const post = () =>
    first.call(postMessage, { space, id: crypto.randomUUID() as MessageId, body: "Nos vemos" });
  const [{ account }] = await hub.owner<[{ account: AccountId }]>`
    select account_id as account from participants where space_id = ${space} and alias = 'Ceibo'`;
  const messaging = hub.as("telar_messaging");
  const reached = async () => ({
    reads: (await outside.ask(listMessages, { space })).ok,
    readsBetween: (await outside.ask(listMessages, between)).ok,
    follows: (await listOpen(messaging, [{ account, space }])).size > 0,
    told: (await listPeopleToTell(jobsDatabase, 100)).some((one) => one.account === account),
  });
  const takeGuests = (guests: boolean) => hub.owner`
    update spaces set guests = ${guests} where id = ${space}`;
  const all = (yes: boolean) => ({ reads: yes, readsBetween: yes, follows: yes, told: yes });
  await post();
  expect(await reached()).toEqual(all(true));
  await takeGuests(false);
  expect(await reached()).toEqual(all(false));
  await takeGuests(true);
  expect(await reached()).toEqual(all(true));
  await messaging.end();
});

test("while a group is closed nobody reads its spaces, and all is there when it opens again", async () => {
  const { group, coordinator, space } = await founded("working");
  const steward = await hub.steward();
  await steward.call(closeGroup, { group, closed: true, reason: "Hay que hablar" });
  await expect(coordinator.call(listMessages, { space })).rejects.toMatchObject({
    code: expect.stringMatching(/not_(found|allowed)/),
  });
  await steward.call(closeGroup, { group, closed: false, reason: "Ya hablamos" });
  await expect(coordinator.call(listMessages, { space })).resolves.toMatchObject({ entries: [] });
});
