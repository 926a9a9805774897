import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { getAccount } from "@telar/contracts/accounts";
import { listAppeals } from "@telar/contracts/appeals";
import { getCoalition, listCoalitions } from "@telar/contracts/coalitions";
import { listGroups } from "@telar/contracts/groups";
import { listHandOvers } from "@telar/contracts/hand-overs";
import { getHub, listStewardedGroups, listStewards } from "@telar/contracts/hub";
import type { SpaceId } from "@telar/contracts/ids";
import { getMessage, listMessages, listPinned, listWaiting } from "@telar/contracts/messages";
import { listHeld, listHoldingSpaces } from "@telar/contracts/moderation";
import { getNoticeSettings } from "@telar/contracts/notices";
import { listAdmissions } from "@telar/contracts/participants";
import { listPeerGroups } from "@telar/contracts/peer-groups";
import { listPeers } from "@telar/contracts/peers";
import { Person } from "@telar/contracts/person";
import { getRecoverySheet } from "@telar/contracts/recoveries";
import { getReport, listReports } from "@telar/contracts/reports";
import { signIn } from "@telar/contracts/sessions";
import { listShiftNotes } from "@telar/contracts/shifts";
import { getSpace, listSpaces } from "@telar/contracts/spaces";
import { testFolder } from "@telar/database/testing/folder";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Key } from "./loading.ts";
import { type Demo, type DemoOptions, openDemo } from "./open.ts";
import { readScenario } from "./scenario.ts";

const scenario = await readScenario();
const options: DemoOptions = {
  folder: await mkdtemp(join(testFolder, "telar-demo-")),
  ports: [await freePort(), await freePort()],
  fresh: false,
  signal: new AbortController().signal,
  tell: () => {},
  progress: () => {},
};
const steps: [number, number][] = [];
let demo: Demo;

beforeAll(async () => {
  demo = await openDemo({ ...options, progress: (...step) => void steps.push(step) });
}, 120_000);

afterAll(async () => {
  await demo.close();
  await rm(options.folder, { recursive: true });
});

test("the progress reaches exactly its end", () => {
  const all = steps.length;
  expect(steps.map(([done]) => done)).toEqual(Array.from({ length: all }, (_, at) => at + 1));
  expect(new Set(steps.map(([, end]) => end))).toEqual(new Set([all]));
});

test("every participant of the scenario has a key", () => {
  const groups = new Map(scenario.groups.map(({ slug, name }) => [slug, name]));
  for (const { alias, group } of scenario.participants)
    expect(demo.people).toContainEqual(
      expect.objectContaining({ alias, group: groups.get(group) }),
    );
});

test("every key opens the account that sits where the key says", { timeout: 60_000 }, async () => {
  for (const key of demo.people) {
    const account = await (await signedIn(key)).call(getAccount, {});
    if (key.roles.includes("steward"))
      expect(account).toMatchObject({ steward: true, stewardAlias: key.alias });
    else
      expect(account.memberships).toContainEqual(
        expect.objectContaining({
          alias: key.alias,
          groupName: key.group,
          roles: expect.arrayContaining(key.roles),
        }),
      );
  }
});

test("each hub has the scenario's groups, with as many members and two coordinators where it can", async () => {
  for (const { slug, name } of scenario.hubs) {
    const steward = await signedIn(keyIn(slug, "steward"));
    expect(await steward.call(getHub, {})).toMatchObject({ name });
    expect(await steward.call(listStewards, {})).toHaveLength(2);
    const { entries } = await steward.call(listStewardedGroups, {});
    const guests = scenario.observer.hub === slug ? [scenario.observer] : [];
    const own = scenario.groups.filter(({ hub }) => hub === slug);
    expect(entries.map((each) => each.name).sort()).toEqual(
      [...own, ...guests].map((each) => each.name).sort(),
    );
    for (const group of own) {
      const seats = demo.people.filter((key) => key.group === group.name);
      expect(entries).toContainEqual(
        expect.objectContaining({
          name: group.name,
          kind: group.kind,
          memberCount: seats.length,
          coordinatorCount: Math.min(seats.length, 2),
        }),
      );
    }
  }
});

test("strangers find those who offer help and none of the networks of those who sought it", async () => {
  const found = await Promise.all(
    demo.hubs.map(async ({ address }) => {
      const stranger = new Person((request) => fetch(request), address);
      return (await stranger.call(listGroups, {})).entries;
    }),
  );
  const open = scenario.groups.filter(({ kind }) => kind !== "victim_network");
  expect(
    found
      .flat()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(open.map(({ name }) => name).sort());
});

test("each hub's own groups of the coalition have accepted its agreement", async () => {
  for (const { slug } of scenario.hubs) {
    const coordinator = await signedIn(keyIn(slug, "coordinator"));
    const [card] = await coordinator.call(listCoalitions, {});
    const { name, groups } = await coordinator.call(getCoalition, {
      coalition: card?.id ?? ("" as never),
    });
    expect(name).toBe(scenario.coalition.name);
    const here = scenario.groups.filter(({ hub }) => hub === slug);
    const expected = here.map((group) => ({
      name: group.name,
      convener: scenario.coalition.conveners.includes(group.slug),
      state: "member",
    }));
    const byName = (one: { name: string }, other: { name: string }) =>
      one.name < other.name ? -1 : 1;
    expect(
      groups.map(({ name, convener, state }) => ({ name, convener, state })).sort(byName),
    ).toEqual(expected.sort(byName));
  }
});

test("a hand-over waits, a recovery sheet is printed, and one person sits in two groups", async () => {
  const to = await signedIn(keyOf("Tepozán"));
  const [place] = (await to.call(getAccount, {})).memberships;
  const offers = await to.call(listHandOvers, { group: place?.group ?? ("" as never) });
  expect(offers).toMatchObject([{ from: "Guamúchil", toYou: true }]);
  const keeper = keyOf("Ahuehuete");
  expect(keeper.recoveryCodes).toHaveLength(8);
  expect(await (await signedIn(keeper)).call(getRecoverySheet, {})).toEqual({ left: 8 });
  const twice = await (await signedIn(keyOf("Amate"))).call(getAccount, {});
  expect(twice.memberships.map(({ alias }) => alias).sort()).toEqual(["Amate", "Cuajilote"]);
});

test("the coalition's host has the scenario's spaces, with their messages in order", async () => {
  const reader = await signedIn(keyOf("Encino"));
  for (const { title, kind, messages, content_note_required } of scenario.spaces) {
    const [key] = demo.people.filter(({ spaces = [] }) => spaces.some((at) => at.title === title));
    const person = await signedIn(key ?? keyOf("Encino"));
    const space = idOf(key, title);
    expect(await person.call(getSpace, { space })).toMatchObject({ title, kind, state: "open" });
    const { entries } = await person.call(listMessages, { space });
    const shown = entries.filter(({ state }) => state === "shown").slice(0, messages.length);
    const read = shown.map(({ id }) => person.call(getMessage, { space, id }));
    expect((await Promise.all(read)).map(({ body }) => body)).toEqual(messages);
    for (const { body, note } of content_note_required ? shown : [])
      expect({ body, note }).toEqual({ body: undefined, note: expect.any(String) });
  }
  const cards = (await reader.call(listSpaces, {})).map(({ title }) => title);
  expect(cards.sort()).toEqual(["Círculo de familiares", "Preparación del Encuentro"]);
});

test("everybody finds their spaces where their key says, under another alias", async () => {
  const places = demo.people.flatMap((key) => (key.spaces ?? []).map((at) => ({ key, at })));
  expect(new Set(places.map(({ at }) => at.alias)).size).toBe(places.length);
  for (const { key, at } of places) {
    expect(demo.people.map(({ alias }) => alias)).not.toContain(at.alias);
    const card = await (await signedIn(key)).call(getSpace, { space: idOf(key, at.title) });
    const standing = at.role === "asking" ? "asked" : "joined";
    expect(card).toMatchObject({ standing, facilitating: at.role === "facilitator" });
    if (standing === "joined") expect(card.you).toMatchObject({ alias: at.alias });
  }
});

test("one message waits in slow mode, one is kept as a draft, one is read first, and somebody asks", async () => {
  const waitsFor = async (alias: string, title: string) =>
    (await signedIn(keyOf(alias))).call(listWaiting, { space: idOf(keyOf(alias), title) });
  const circle = await waitsFor("Encino", "Círculo de familiares");
  expect(circle).toMatchObject([{ why: "slow_mode", goesAt: expect.any(String) }]);
  const closed = "Consulta entre personas peritas";
  expect(await waitsFor("Fresno", closed)).toMatchObject([{ why: "draft" }]);
  const { openNow, opensAt } = await (await signedIn(keyOf("Fresno"))).call(getSpace, {
    space: idOf(keyOf("Fresno"), closed),
  });
  expect({ openNow, opensAt }).toEqual({ openNow: false, opensAt: expect.any(String) });
  const facilitator = await signedIn(keyOf("Pirul"));
  const [holding] = await facilitator.call(listHoldingSpaces, {});
  const { entries: held } = await facilitator.call(listHeld, { space: holding?.id as SpaceId });
  expect(held).toMatchObject([{ alias: "Nopal" }]);
  const asking = await facilitator.call(listAdmissions, { space: preparation() });
  expect(asking).toMatchObject([{ alias: "Biznaga" }]);
});

test("one report is under way, its author is asked to wait, and an appeal waits for somebody else", async () => {
  const judge = await signedIn(keyOf("Pirul"));
  const { entries } = await judge.call(listReports, {});
  const [{ id } = { id: "" as never }, ...others] = entries;
  expect(others).toEqual([]);
  const report = await judge.call(getReport, { id });
  expect(report).toMatchObject({ state: "assigned", about: { alias: "Cacomixtle" } });
  expect(report).toMatchObject({ assignee: { you: true }, notes: [{ you: true }] });
  expect(report.reporter).toBeUndefined();
  const author = await signedIn(keyOf("Mezquite"));
  const { you } = await author.call(getSpace, { space: preparation() });
  expect(you?.mutedUntil).toBeDefined();
  expect((await judge.call(listAppeals, {})).entries).toEqual([]);
  const other = await signedIn(keyOf("Madroño"));
  expect((await other.call(listAppeals, {})).entries).toMatchObject([
    { act: "hide", alias: "Maguey" },
  ]);
});

test("the messages carry what people did with them, and who facilitates hands over", async () => {
  const garza = await signedIn(keyOf("Pirul"));
  const { entries } = await garza.call(listMessages, { space: preparation() });
  expect(entries.filter(({ state }) => state === "hidden")).toHaveLength(1);
  expect(entries.filter(({ edited }) => edited)).toHaveLength(1);
  expect(entries.filter(({ replyTo }) => replyTo)).toHaveLength(1);
  expect(await garza.call(listPinned, { space: preparation() })).toMatchObject([
    { acknowledgements: [{ alias: "Mariposa" }, { alias: "Quetzal" }] },
  ]);
  const circle = idOf(keyOf("Guamúchil"), "Círculo de familiares");
  const next = await signedIn(keyOf("Guamúchil"));
  const { crisisCards, facilitators } = await next.call(getSpace, { space: circle });
  expect(facilitators).toHaveLength(2);
  expect(crisisCards).toMatchObject([{ name: expect.stringContaining("ejemplo") }]);
  expect(await next.call(listShiftNotes, { space: circle })).toMatchObject([{ alias: "Colibrí" }]);
});

test("one person rests from the hub, and another hears of it once a day and never at night", async () => {
  const resting = await (await signedIn(keyOf("Zapote"))).call(getAccount, {});
  expect(resting.pausedUntil).toBeDefined();
  const quiet = await (await signedIn(keyOf("Jacaranda"))).call(getNoticeSettings, {});
  expect(quiet).toMatchObject({
    own: "digest",
    digestHour: 9,
    quietFrom: "20:00",
    quietTo: "08:30",
  });
  expect(quiet.spaces).toMatchObject([{ title: "Preparación del Encuentro", rhythm: "digest" }]);
});

test("another run finds the demo, and one after a run that was cut off starts over", {
  timeout: 180_000,
}, async () => {
  const { people } = demo;
  await demo.close();
  demo = await openDemo(options);
  expect(demo).toMatchObject({ found: true, people });
  await demo.close();
  const cut = new AbortController();
  const progress = (done: number) => done === 5 && cut.abort();
  await expect(
    openDemo({ ...options, fresh: true, signal: cut.signal, progress }),
  ).rejects.toThrow();
  expect(existsSync(demo.keysFile)).toBe(false);
  demo = await openDemo(options);
  expect(demo.found).toBe(false);
  expect(demo.people).toHaveLength(people.length);
});

test("the two hubs are peers, and each shows the groups of the other that chose to be seen", async () => {
  const [raices, other] = demo.hubs;
  for (const [here, there] of [
    [raices, other],
    [other, raices],
  ]) {
    const steward = await signedIn(keyIn(here?.slug ?? "", "steward"));
    const [peer] = await steward.call(listPeers, {});
    expect(peer).toMatchObject({ url: there?.address, state: "active", told: true });
    await expect
      .poll(async () => (await steward.call(listPeerGroups, {})).entries.map(({ hub }) => hub), {
        timeout: 10_000,
      })
      .toContain(there?.address);
  }
});

async function signedIn({ hub, signInName, passphrase }: Key): Promise<Person> {
  const { address = "" } = demo.hubs.find(({ slug }) => slug === hub) ?? {};
  const person = new Person((request) => fetch(request), address);
  await person.call(signIn, { signInName, passphrase, device: "own" });
  return person;
}

function keyOf(alias: string): Key {
  const key = demo.people.find((each) => each.alias === alias);
  if (!key) throw new Error(`Nobody is called ${alias}.`);
  return key;
}

const keyIn = (slug: string, role: string): Key =>
  keyOf(demo.people.find(({ hub, roles }) => hub === slug && roles.includes(role))?.alias ?? "");

const idOf = (key: Key | undefined, title: string) =>
  key?.spaces
    ?.find((at) => at.title === title)
    ?.path.split("/")
    .at(-1) as SpaceId;

const preparation = () => idOf(keyOf("Pirul"), "Preparación del Encuentro");

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => probe.once("listening", listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
