import { createSecretKey, randomBytes } from "node:crypto";
import { getAccount } from "@telar/contracts/accounts";
import {
  changeNoticeSettings,
  getNoticeSettings,
  letThrough,
  subscribePush,
  unsubscribePush,
} from "@telar/contracts/notices";
import { revokeOtherSessions, signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { openEndpoint, sealEndpoint } from "./push.ts";
import { createTestHub, testPassphrase } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { openRoom } from "./testing/posting.ts";

const hub = await createTestHub();
afterAll(hub.release);

const endpoint = "https://push.example.net/device-7";
const chosen = { own: "off", digestHour: 18, quietFrom: "21:00", quietTo: "08:00" } as const;

async function onAnotherDevice(signInName: string, device: "own" | "shared" = "own") {
  const person = hub.newcomer();
  await person.call(signIn, { signInName, passphrase: testPassphrase, device });
  return person;
}

const hereFor = async (person: Person) => (await person.call(getNoticeSettings, {})).push.here;

test("a device gets pushes from when its session asks until that session ends", async () => {
  const { coordinator } = await hub.group();
  expect((await coordinator.call(getNoticeSettings, {})).push).toEqual({
    publicKey: hub.push.publicKey,
    here: false,
  });
  await coordinator.call(subscribePush, { endpoint });
  await coordinator.call(subscribePush, { endpoint: `${endpoint}-renewed` });
  expect(await hereFor(coordinator)).toBe(true);
  expect(await hub.owner`select from push_subscriptions`).toHaveLength(1);
  await coordinator.call(unsubscribePush, {});
  expect(await hereFor(coordinator)).toBe(false);
});

test("ending other sessions ends their pushes; a shared device gets none, a sixth device neither (P13)", async () => {
  const steward = await hub.steward();
  const { signInName } = await steward.call(getAccount, {});
  for (let device = 0; device < 5; device += 1)
    await (await onAnotherDevice(signInName)).call(subscribePush, { endpoint });
  await expect(steward.call(subscribePush, { endpoint })).rejects.toThrow("limit_reached");
  const shared = await onAnotherDevice(signInName, "shared");
  await expect(shared.call(subscribePush, { endpoint })).rejects.toThrow("not_allowed");
  expect((await shared.call(getNoticeSettings, {})).push).toEqual({ here: false });
  await steward.call(revokeOtherSessions, {});
  expect(await hub.owner`select from push_subscriptions`).toHaveLength(0);
  await steward.call(subscribePush, { endpoint });
});

test("the database never holds where a device is reached in the clear (T21)", async () => {
  const { coordinator } = await hub.group();
  await coordinator.call(subscribePush, { endpoint });
  const rows = await hub.owner<{ session: string; sealed: string }[]>`
    select session_id as session, sealed_endpoint as sealed from push_subscriptions`;
  for (const { session, sealed } of rows) {
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("push.example");
    expect(openEndpoint(hub.push, session, sealed)).toBe(endpoint);
    expect(openEndpoint(hub.push, crypto.randomUUID(), sealed)).toBeUndefined();
    const otherKey = { ...hub.push, seal: createSecretKey(randomBytes(32)) };
    expect(openEndpoint(otherKey, session, sealed)).toBeUndefined();
  }
  for (const damaged of ["", "AAAA", "x".repeat(200)])
    expect(openEndpoint(hub.push, "session", damaged)).toBeUndefined();
  expect(sealEndpoint(hub.push, "s", endpoint)).not.toBe(sealEndpoint(hub.push, "s", endpoint));
});

test("an address inside somebody's network is refused (T12)", async () => {
  const { coordinator } = await hub.group();
  for (const inside of ["https://127.0.0.1/x", "https://localhost/x", "http://push.example.net/x"])
    await expect(coordinator.call(subscribePush, { endpoint: inside })).rejects.toThrow(
      "invalid_input",
    );
});

test("a digest that would fall into the quiet hours is refused beside its field", async () => {
  const { coordinator } = await hub.group();
  const asked = { ...chosen, digest: [], atOnce: [], digestHour: 22 };
  await expect(coordinator.call(changeNoticeSettings, asked)).rejects.toMatchObject({
    fields: { digestHour: "out_of_range" },
  });
});

test("only spaces that one is in are switched on, and leaving one out switches it off", async () => {
  const room = await openRoom(hub);
  const { person } = await room.enter();
  const foreign = (await openRoom(hub)).space;
  await person.call(changeNoticeSettings, { ...chosen, digest: [], atOnce: [room.space, foreign] });
  const { spaces } = await person.call(getNoticeSettings, {});
  expect(spaces).toEqual([{ space: room.space, title: "Palabra", rhythm: "at_once" }]);
  expect(await hub.owner`select from space_notices where space_id = ${foreign}`).toHaveLength(0);
  await person.call(changeNoticeSettings, { ...chosen, digest: [room.space], atOnce: [] });
  expect((await person.call(getNoticeSettings, {})).spaces[0]?.rhythm).toBe("digest");
  await person.call(changeNoticeSettings, { ...chosen, digest: [], atOnce: [] });
  expect((await person.call(getNoticeSettings, {})).spaces[0]?.rhythm).toBe("off");
});

test("one lets people of one's own spaces through, never oneself or somebody elsewhere", async () => {
  const room = await openRoom(hub);
  const { person, id } = await room.enter();
  const elsewhere = await openRoom(hub);
  const { space } = room;
  await expect(person.call(letThrough, { space, id })).rejects.toThrow("not_found");
  for (const where of [space, elsewhere.space])
    await expect(
      person.call(letThrough, { space: where, id: elsewhere.facilitating }),
    ).rejects.toThrow("not_found");
  await person.call(letThrough, { space, id: room.facilitating });
  const { people } = await person.call(getNoticeSettings, {});
  expect(people).toEqual([{ id: room.facilitating, space, alias: expect.any(String) }]);
  expect((await room.coordinator.call(getNoticeSettings, {})).people).toEqual([]);
});
