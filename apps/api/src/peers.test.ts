import {
  agreeToPeer,
  askPeer,
  changePeer,
  getOwnAddress,
  getPeer,
  listPeers,
  type Peer,
  type PeerChange,
} from "@telar/contracts/peers";
import type { Person } from "@telar/contracts/person";
import { actAs } from "@telar/database/acting";
import { signRequest } from "@telar/federation/requests";
import { pino } from "pino";
import { afterAll, beforeEach, expect, test } from "vitest";
import { type Caller, callHub, type KnownHub } from "./hub-calls.ts";
import { startPeerJobs } from "./peer-jobs.ts";
import { createPeerHubs, type PeerHub } from "./testing/peer-hubs.ts";

const { raices, sur, costa, norte, release } = await createPeerHubs();
afterAll(release);
const [ahuehuete, ceiba, copal, nogal] = await Promise.all([
  raices.steward(),
  sur.steward(),
  costa.steward(),
  norte.steward(),
]);
const all = [raices, sur, costa, norte];
beforeEach(() => Promise.all(all.map(({ owner }) => owner`delete from peers`)));

const scopes: Peer["scopes"] = ["spaces", "statements"];
const asked = { purpose: "Preparar el encuentro nacional.", scopes };

const ask = (person: Person, { publicUrl: url, fingerprint }: PeerHub, changed = {}) =>
  person.call(askPeer, { url, fingerprint, ...asked, ...changed });
async function only(person: Person): Promise<Peer> {
  const [peer] = await person.call(listPeers, {});
  if (!peer) throw new Error("The hub knows no other.");
  return peer;
}
const agree = async (person: Person, { fingerprint }: PeerHub, changed = {}) =>
  person.call(agreeToPeer, { id: (await only(person)).id, fingerprint, scopes, ...changed });
const change = async (person: Person, state: PeerChange) =>
  person.call(changePeer, { id: (await only(person)).id, state });

async function makePeers(): Promise<void> {
  await ask(ahuehuete, sur);
  await raices.tell();
  await agree(ceiba, raices);
  await sur.tell();
}
const states = async () => [(await only(ahuehuete)).state, (await only(ceiba)).state];

/** The other side of a peering, as its row in the hub of `person` knows it. */
const peerOf = async (hub: PeerHub) => {
  const [row] = await hub.owner<KnownHub[]>`
    select url, root, document, version, checked_at from peers`;
  if (!row) throw new Error("The hub knows no other.");
  return row;
};
const said = { wants: "wanted", purpose: "", scopes: [] };

test("two hubs become peers when a steward of each compared the other's words and said yes", async () => {
  expect(await ahuehuete.call(getOwnAddress, {})).toEqual({
    url: raices.publicUrl,
    fingerprint: raices.fingerprint,
  });
  expect(await ask(ahuehuete, sur)).toMatchObject({ state: "asking", told: false });
  await raices.tell();
  expect(await only(ahuehuete)).toMatchObject({ state: "asking", told: true });
  expect(await only(ceiba)).toMatchObject({
    url: raices.publicUrl,
    fingerprint: raices.fingerprint,
    state: "asked",
    purpose: asked.purpose,
    theirScopes: scopes,
  });
  const agreed = await agree(ceiba, raices, { scopes: ["spaces"] });
  expect(agreed).toMatchObject({ state: "active", agreed: { stewards: 1, needed: 1, you: true } });
  await sur.tell();
  expect(await only(ahuehuete)).toMatchObject({
    state: "active",
    theirScopes: ["spaces"],
    skew: 0,
  });
  const { id } = await only(ceiba);
  const { days } = await ceiba.call(getPeer, { id });
  expect(days).toMatchObject([{ sent: 1, received: 1, refused: 0, failed: 0 }]);
});

test("other words than the hub shows stop it on either side, and nothing is kept", async () => {
  const { fingerprint } = costa;
  const other = { code: "invalid_input", fields: { fingerprint: "other_hub" } };
  await expect(ask(ahuehuete, sur, { fingerprint })).rejects.toMatchObject(other);
  expect(await ahuehuete.call(listPeers, {})).toEqual([]);
  await ask(ahuehuete, sur);
  await raices.tell();
  await expect(agree(ceiba, costa)).rejects.toMatchObject(other);
  expect((await only(ceiba)).state).toBe("asked");
});

test.each([
  ["no address", { url: "sin nombre" }, { url: "wrong_form" }],
  ["an address with a path", { url: "http://sur.localhost:8080/central" }, { url: "wrong_form" }],
  ["our own address", { url: "http://raices.localhost:8080" }, { url: "wrong_form" }],
  ["an address where nobody answers", { url: "http://nadie.localhost" }, { url: "no_hub" }],
  ["words of no list", { fingerprint: "telar ".repeat(12) }, { fingerprint: "wrong_form" }],
  ["too few words", { fingerprint: "abeja ".repeat(11) }, { fingerprint: "wrong_form" }],
])("%s is told beside the field", async (_, changed, fields) => {
  await expect(ask(ahuehuete, sur, changed)).rejects.toMatchObject({ fields });
});

test("what the other hub's picture says is read like its words", async () => {
  const fingerprint = `telar:${sur.publicUrl}#${sur.fingerprint.replaceAll(" ", ".")}`;
  expect(await ask(ahuehuete, sur, { fingerprint })).toMatchObject({ state: "asking" });
});

test("where a hub has two stewards one alone opens no door", async () => {
  const second = await costa.steward();
  expect(await ask(copal, sur)).toMatchObject({ agreed: { stewards: 1, needed: 2, you: true } });
  await costa.tell();
  expect(await ceiba.call(listPeers, {})).toEqual([]);
  expect(await only(second)).toMatchObject({ agreed: { stewards: 1, you: false } });
  expect(await agree(second, sur)).toMatchObject({ agreed: { stewards: 2, needed: 2 } });
  await costa.tell();
  expect(await only(ceiba)).toMatchObject({ url: costa.publicUrl, state: "asked" });
});

test("each side pauses, goes on and ends alone, and the other side sees it", async () => {
  await makePeers();
  await change(ahuehuete, "paused");
  await raices.tell();
  expect(await states()).toEqual(["paused", "paused_there"]);
  await change(ahuehuete, "active");
  await raices.tell();
  expect(await states()).toEqual(["active", "active"]);
  await change(ceiba, "ended");
  await sur.tell();
  expect(await states()).toEqual(["ended", "ended"]);
  await expect(change(ceiba, "active")).rejects.toMatchObject({ code: "not_yet" });
});

test("an end by one side ends both, and whoever wants it again asks, and is compared, anew", async () => {
  await makePeers();
  await change(ahuehuete, "ended");
  await raices.tell();
  expect(await states()).toEqual(["ended", "ended"]);
  await ask(ahuehuete, sur);
  await raices.tell();
  expect(await states()).toEqual(["asking", "asked"]);
  await agree(ceiba, raices);
  await sur.tell();
  expect(await states()).toEqual(["active", "active"]);
  await change(ceiba, "ended");
  await sur.tell();
  await ask(ahuehuete, sur);
  await raices.tell();
  expect(await states()).toEqual(["asking", "asked"]);
});

test("a request that is taken back before it was sent leaves nothing at the other hub", async () => {
  await ask(ahuehuete, sur);
  await change(ahuehuete, "ended");
  await raices.tell();
  expect(await ceiba.call(listPeers, {})).toEqual([]);
});

test("a blocked hub is told that it ended, and met like one that nobody knows", async () => {
  await makePeers();
  const peer = await peerOf(sur);
  await change(ahuehuete, "blocked");
  await raices.tell();
  expect(await states()).toEqual(["blocked", "ended"]);
  await expect(callHub(sur.caller, peer, "/hub/v1/peering", said)).rejects.toThrow();
  expect((await only(ahuehuete)).state).toBe("blocked");
});

test("a hub that is away hears it when it is back, and the days show the tries", async () => {
  await makePeers();
  sur.away = true;
  await change(ahuehuete, "paused");
  await raices.tell();
  const { id } = await only(ahuehuete);
  expect(await ahuehuete.call(getPeer, { id })).toMatchObject({
    told: false,
    days: [{ failed: 1 }],
  });
  sur.away = false;
  await raices.owner`update peers set next_try_at = now()`;
  await raices.tell();
  expect(await states()).toEqual(["paused", "paused_there"]);
});

test("a hub ends while another one does not answer", async () => {
  await makePeers();
  await change(ahuehuete, "paused");
  let asked = 0;
  const hubFetch: Caller["hubFetch"] = ({ signal }) => {
    asked += 1;
    return new Promise((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason)));
  };
  const silent = pino({ level: "silent" });
  const jobs = startPeerJobs(raices.as("telar_jobs"), { ...raices.caller, hubFetch }, silent);
  await expect.poll(() => asked).toBe(1);
  await jobs.close();
  expect(await only(ahuehuete)).toMatchObject({ told: false });
});

test("a request counts once, and only for the hub it was made for (T06)", async () => {
  await makePeers();
  const { publicUrl: from, caller } = sur;
  const body = JSON.stringify({ ...said, wants: "paused" });
  const key = await caller.identity.signingKey();
  const send = async (to: PeerHub, url = `${raices.publicUrl}/hub/v1/peering`) => {
    const sent = { from, to: raices.publicUrl, method: "POST", url, body, key, now: new Date() };
    const { authorization } = await signRequest(sent);
    const headers = { authorization };
    const post = () =>
      to.app.request(`${to.publicUrl}/hub/v1/peering`, { method: "POST", headers, body });
    return [(await post()).status, (await post()).status];
  };
  expect(await send(raices)).toEqual([200, 409]);
  expect(await send(costa)).toEqual([401, 401]);
  expect(await send(raices, `${costa.publicUrl}/hub/v1/peering`)).toEqual([401, 401]);
  const { id } = await only(ahuehuete);
  const refused = async () => {
    await send(raices, `${costa.publicUrl}/hub/v1/peering`);
    return (await ahuehuete.call(getPeer, { id })).days[0]?.refused;
  };
  await expect.poll(refused, { timeout: 5000 }).toBeGreaterThan(0);
});

test("the keys of a hub are looked at again after an hour, so that a revoked one is refused", async () => {
  await makePeers();
  await sur.owner`update peers set checked_at = now() - interval '61 minutes'`;
  await change(ahuehuete, "paused");
  await raices.tell();
  expect(await states()).toEqual(["paused", "paused_there"]);
  const [looked] =
    await sur.owner`select checked_at > now() - interval '1 minute' as fresh from peers`;
  expect(looked?.fresh).toBe(true);
});

test("what a newer hub names beyond is left out, and a yes to something else begins anew", async () => {
  const second = await norte.steward();
  await ask(nogal, sur);
  const [other] = await second.call(listPeers, {});
  const { id, ...peer } = other as Peer;
  expect(peer.agreed).toMatchObject({ stewards: 1, needed: 2 });
  const narrower = { id, fingerprint: sur.fingerprint, scopes: ["alerts" as const] };
  expect(await second.call(agreeToPeer, narrower)).toMatchObject({
    scopes: ["alerts"],
    agreed: { stewards: 1, you: true },
    told: false,
  });
  await norte.tell();
  expect(await ceiba.call(listPeers, {})).toEqual([]);
  await nogal.call(agreeToPeer, narrower);
  await norte.tell();
  expect(await only(ceiba)).toMatchObject({ state: "asked", theirScopes: ["alerts"] });
  const row = await peerOf(norte);
  const said = { wants: "wanted", scopes: ["alerts", "caravans"] };
  await callHub(norte.caller, row, "/hub/v1/peering", said);
  expect(await only(ceiba)).toMatchObject({ theirScopes: ["alerts"] });
});

test("of hubs that nobody knows three an hour come to a steward's eyes", async () => {
  for (let n = 0; n < 2; n += 1)
    await sur.owner`
      insert into peers (url, root, document, version, ours, theirs, purpose)
      values (${`https://otra${n}.example`}, '', '', 1, 'open', 'wanted', '')`;
  for (const [person, hub] of [
    [ahuehuete, raices],
    [nogal, norte],
  ] as const) {
    await ask(person, sur);
    await hub.tell();
  }
  const known = (await ceiba.call(listPeers, {})).map(({ url }) => url);
  expect(known).toContain(raices.publicUrl);
  expect(known).not.toContain(norte.publicUrl);
});

test("behind the api a hub says its own will and no other, and stewards never the other's", async () => {
  await makePeers();
  const database = sur.as("telar_api");
  const peer = raices.publicUrl;
  const as = (set: string, claims: object) =>
    actAs(database, claims, (sql) => sql.unsafe(`update peers set ${set}`)).then(
      ({ count }) => count,
    );
  const [steward] = await sur.owner<
    { account: string }[]
  >`select account_id as account from stewards`;
  expect(await as("theirs = 'paused'", { peer })).toBe(1);
  expect(await as("theirs = 'ended'", { peer: costa.publicUrl })).toBe(0);
  expect(await as("theirs = 'ended'", {})).toBe(0);
  for (const set of ["ours = 'paused'", "scopes = '{}'", "root = 'AAAA'"])
    await expect(as(set, { peer })).rejects.toThrow("other side");
  await expect(as("theirs = 'wanted'", steward as object)).rejects.toThrow("other side");
});
