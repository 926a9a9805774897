import { changeProfile, listGroups, type Visibility } from "@telar/contracts/groups";
import type { Cursor } from "@telar/contracts/paging";
import { listPeerGroups, type PeerGroup } from "@telar/contracts/peer-groups";
import { agreeToPeer, askPeer, changePeer, listPeers } from "@telar/contracts/peers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callHub, type KnownHub } from "./hub-calls.ts";
import { createPeerHubs } from "./testing/peer-hubs.ts";

const { raices, sur, costa, release } = await createPeerHubs();
afterAll(release);
const [ahuehuete, ceiba] = await Promise.all([raices.steward(), sur.steward()]);
const home = await raices.group("Tejido del Valle");
const reader = (await sur.group("Red del Sur")).coordinator;

beforeAll(async () => {
  const { publicUrl: url, fingerprint } = sur;
  await ahuehuete.call(askPeer, { url, fingerprint, purpose: "Encuentro", scopes: ["catalogue"] });
  await raices.tell();
  const [{ id } = { id: undefined as never }] = await ceiba.call(listPeers, {});
  await ceiba.call(agreeToPeer, { id, fingerprint: raices.fingerprint, scopes: ["catalogue"] });
  await sur.tell();
});

const show = (name: Visibility, others: Visibility = name) =>
  home.coordinator.call(changeProfile, {
    group: home.group,
    name: "Tejido del Valle",
    about: "Nos reunimos los jueves.",
    region: "Valle",
    languages: ["es", "nah"],
    capabilities: ["psychosocial"],
    contact: "por la parroquia",
    visibility: {
      ...{ name, about: others, region: others, languages: others, capabilities: others },
      contact: "members",
    },
  });
const seen = async (filter = {}) => (await reader.call(listPeerGroups, filter)).entries;
const names = async () => (await seen()).map(({ name }) => name);
const pair = async () => {
  const [peer] = await sur.owner<KnownHub[]>`
    select url, root, document, version, checked_at from peers`;
  if (!peer) throw new Error("The hub knows no other.");
  return peer;
};

test("a group that chose to be seen by peers stands in their directory with its hub", async () => {
  await show("peers");
  await sur.visit();
  expect(await seen()).toEqual([
    {
      id: home.group,
      name: "Tejido del Valle",
      kind: "victim_network",
      hub: raices.publicUrl,
      profile: { region: "Valle", languages: ["es", "nah"], capabilities: ["psychosocial"] },
    },
  ]);
  expect((await reader.call(listGroups, {})).entries.map(({ name }) => name)).not.toContain(
    "Tejido del Valle",
  );
});

test.each([
  [{ kind: "victim_network" }, 1],
  [{ kind: "institution" }, 0],
  [{ capability: "psychosocial" }, 1],
  [{ capability: "forensic" }, 0],
  [{ language: "nah" }, 1],
  [{ language: "tzo" }, 0],
  [{ name: "tejído" }, 1],
  [{ name: "valle" }, 0],
])("looked for by %o there are %i", async (filter, count) => {
  expect(await seen(filter)).toHaveLength(count);
});

test.each<[Visibility, string[]]>([
  ["members", []],
  ["coalition", []],
  ["peers", ["Tejido del Valle"]],
  ["public", ["Tejido del Valle"]],
])("seen by %s it is there, or gone, after one exchange", async (visibility, expected) => {
  await show(visibility);
  await sur.visit();
  expect(await names()).toEqual(expected);
});

test("what a group keeps for itself does not travel with its name", async () => {
  await show("peers", "members");
  await sur.visit();
  expect(await seen()).toMatchObject([{ name: "Tejido del Valle", profile: {} }]);
});

test("id, name, kind and what the group shows to peers travel, and no more", async () => {
  const { body } = await callHub(sur.caller, await pair(), "/hub/v1/directory", {});
  expect(Object.keys(JSON.parse(body).groups[0]).toSorted()).toEqual([
    "id",
    "kind",
    "name",
    "profile",
  ]);
});

test("a page goes on where the one before ended", async () => {
  const [{ id } = { id: "" }] = await sur.owner<{ id: string }[]>`select id from peers`;
  await sur.owner`
    insert into peer_groups select ${id}, gen_random_uuid(), 'Red ' || lpad(n::text, 3, '0'), 'victim_network', '{}'
    from generate_series(1, 60) n`;
  const found: string[] = [];
  let after: Cursor | undefined;
  do {
    const asked = { name: "Red", ...(after && { after }) };
    const page: { entries: PeerGroup[]; next?: Cursor | undefined } = await reader.call(
      listPeerGroups,
      asked,
    );
    found.push(...page.entries.map(({ name }) => name));
    after = page.next;
  } while (after);
  expect(found).toEqual(
    Array.from({ length: 60 }, (_, n) => `Red ${String(n + 1).padStart(3, "0")}`),
  );
});

test("hubs that did not both name their directories show each other nothing of them", async () => {
  await show("peers");
  await sur.visit();
  await raices.owner`update peers set scopes = '{spaces}'`;
  await expect(callHub(sur.caller, await pair(), "/hub/v1/directory", {})).rejects.toThrow();
  await raices.owner`update peers set scopes = '{catalogue}'`;
  await sur.owner`update peers set their_scopes = '{spaces}'`;
  expect(await names()).toEqual([]);
  await sur.owner`update peers set their_scopes = '{catalogue}'`;
});

test("what another hub says is as bounded and plain as what is said here, and the rest of it stays", async () => {
  await raices.owner`update groups set name = ${"Tejido\u0001del Valle"} where id = ${home.group}`;
  const beside = await raices.group("Otra red");
  await raices.owner`update groups set name_visibility = 'peers' where id = ${beside.group}`;
  await sur.visit();
  expect(await names()).toEqual(["Otra red"]);
  await raices.owner`update groups set name_visibility = 'members' where id = ${beside.group}`;
});

test("a hub that is no peer, or no longer, is shown nothing, and nothing of it is shown", async () => {
  await show("peers");
  await sur.visit();
  const peer = await pair();
  await expect(callHub(costa.caller, peer, "/hub/v1/directory", {})).rejects.toThrow();
  const [{ id } = { id: undefined as never }] = await ahuehuete.call(listPeers, {});
  await ahuehuete.call(changePeer, { id, state: "paused" });
  await expect(callHub(sur.caller, peer, "/hub/v1/directory", {})).rejects.toThrow();
  expect(await names()).toEqual(["Tejido del Valle"]);
  await raices.tell();
  expect(await names()).toEqual([]);
});
