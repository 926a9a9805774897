import { randomBytes } from "node:crypto";
import { changePassphrase, getAccount } from "@telar/contracts/accounts";
import { offerHandOver } from "@telar/contracts/hand-overs";
import { inviteAsSteward } from "@telar/contracts/invitations";
import { changeRoles, removeMember } from "@telar/contracts/memberships";
import { stopRecovery } from "@telar/contracts/recoveries";
import {
  confirmSession,
  type Device,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  signIn,
  signOut,
} from "@telar/contracts/sessions";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { createTestHub, testPassphrase } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
const made = await hub.group();
afterAll(hub.release);
afterEach(() => void vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const refused = (code: string) => expect.objectContaining({ code });
const later = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });

async function twoDevices(device: Device = "own") {
  const first = await hub.member(made);
  const { signInName } = await first.call(getAccount, {});
  const second = hub.newcomer();
  await second.call(signIn, {
    signInName,
    passphrase: testPassphrase,
    device,
    deviceName: "Compu de la biblioteca",
  });
  return { first, second, signInName };
}

const isIn = async (person: Person) => (await person.ask(getAccount, {})).ok;
const idOf = async (person: Person, by: Person) => {
  const all = await by.call(listSessions, {});
  return all.find(({ current }) => current === (person === by))?.id ?? ("" as never);
};

test("a person sees their devices by the names they chose, and which one this is", async () => {
  const { first } = await twoDevices("shared");
  const devices = (await first.call(listSessions, {})).map(({ id: _, ...device }) => device);
  expect(devices).toHaveLength(2);
  expect(devices).toContainEqual({
    name: "Compu de la biblioteca",
    device: "shared",
    current: false,
    usedThisWeek: true,
  });
});

test("a revoked session's next request is refused (T16)", async () => {
  const { first, second } = await twoDevices();
  expect(await isIn(second)).toBe(true);
  const began = performance.now();
  await first.call(revokeSession, { id: await idOf(second, first) });
  await expect(second.call(getAccount, {})).rejects.toThrow(refused("not_signed_in"));
  process.stdout.write(`T16 requests: refused ${Math.ceil(performance.now() - began)} ms later\n`);
  expect(await isIn(first)).toBe(true);
});

test("revoking the others keeps this device", async () => {
  const { first, second } = await twoDevices();
  await first.call(revokeOtherSessions, {});
  expect([await isIn(first), await isIn(second)]).toEqual([true, false]);
});

test("nobody revokes somebody else's session", async () => {
  const { first } = await twoDevices();
  const other = await hub.member(made);
  const id = await idOf(first, first);
  await expect(other.call(revokeSession, { id })).rejects.toThrow(refused("not_found"));
  expect(await isIn(first)).toBe(true);
});

test("signing out ends the session on the hub and empties the browser", async () => {
  const { first } = await twoDevices();
  const kept = hub.newcomer(first.cookieHeader);
  const answer = await first.ask(signOut, {});
  expect(answer.headers.get("clear-site-data")).toBe('"storage"');
  expect(first.cookieHeader).toBe("");
  expect(await isIn(kept)).toBe(false);
});

test("signing out of a shared device takes the browser's copies of our files along", async () => {
  const { signInName } = await twoDevices();
  const person = hub.newcomer("language=en");
  await person.call(signIn, { signInName, passphrase: testPassphrase, device: "shared" });
  const answer = await person.ask(signOut, {});
  expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"');
  expect(person.cookieHeader).toBe("");
});

test("signing in again on the same browser leaves one session, also for another person", async () => {
  const { first, second, signInName } = await twoDevices();
  const before = hub.newcomer(second.cookieHeader);
  const entry = { passphrase: testPassphrase, device: "own" as const };
  await second.call(signIn, { ...entry, signInName });
  expect(await isIn(before)).toBe(false);
  expect(await first.call(listSessions, {})).toHaveLength(2);
  const other = await (await hub.member(made)).call(getAccount, {});
  await second.call(signIn, { ...entry, signInName: other.signInName });
  expect(await first.call(listSessions, {})).toHaveLength(1);
});

test("another passphrase ends every other session and keeps this one", async () => {
  const { first, second, signInName } = await twoDevices();
  const passphrase = "sabino zapote mezquite ocote pirul copal ceiba";
  await first.call(changePassphrase, { passphrase });
  expect([await isIn(first), await isIn(second)]).toEqual([true, false]);
  const enter = (words: string) =>
    hub.newcomer().call(signIn, { signInName, passphrase: words, device: "own" });
  await enter(passphrase);
  await expect(enter(testPassphrase)).rejects.toThrow(refused("wrong_sign_in"));
});

test.each<[string, Device, number, number]>([
  ["on one's own device", "own", 7 * day - minute, 7 * day + minute],
  ["on a shared device", "shared", 14 * minute, 16 * minute],
])("a session %s ends when it lies idle", async (_, device, before, after) => {
  const { second } = await twoDevices(device);
  const cookies = second.cookieHeader;
  later(after);
  expect(await isIn(hub.newcomer(cookies))).toBe(false);
  vi.useRealTimers();
  later(before);
  expect(await isIn(hub.newcomer(cookies))).toBe(true);
});

const sharedDevice = async () => (await twoDevices("shared")).second;

test.each<[string, () => Promise<Person>, number, number]>([
  ["a member's after 30 days", async () => (await twoDevices()).second, 30 * day, 3 * day],
  ["one on a shared device after 12 hours", sharedDevice, 12 * hour, 10 * minute],
  ["a steward's after 12 hours", () => hub.steward(), 12 * hour, 2 * hour],
])("a session ends however much it is used: %s", async (_, enter, limit, step) => {
  const person = await enter();
  const end = Date.now() + limit;
  let stillIn = Date.now();
  while (await isIn(person)) {
    stillIn = Date.now();
    if (stillIn > end) break;
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["Date"], now: stillIn + step });
  }
  expect(stillIn).toBeLessThanOrEqual(end);
  expect(stillIn).toBeGreaterThan(end - 2 * step);
});

test("a shared device's cookie ends with the browser, one's own device keeps it", async () => {
  const { signInName } = await twoDevices();
  const cookieOn = async (device: Device) => {
    const entry = { signInName, passphrase: testPassphrase, device };
    return (await hub.newcomer().ask(signIn, entry)).headers.getSetCookie().join();
  };
  expect(await cookieOn("shared")).not.toMatch(/max-age|expires/i);
  expect(await cookieOn("own")).toMatch(/Max-Age=604\d{3}/);
  expect(await cookieOn("own")).toMatch(/HttpOnly.*SameSite=Lax/i);
});

test("no part of a session's cookie can be changed", async () => {
  const { second } = await twoDevices("shared");
  const [name = "", value = ""] = second.cookieHeader.split("=");
  const parts = value.split(".");
  const farAway = Math.floor((Date.now() + 365 * day) / 1000).toString(36);
  const forged = [
    ...parts.map((part, at) => parts.with(at, at === 0 ? `${part}x` : farAway).join(".")),
    parts.slice(0, -1).join("."),
    `${value}x`,
    parts.with(-1, "").join("."),
    value.toUpperCase(),
    "",
    ".....",
  ];
  for (const cookie of forged) expect(await isIn(hub.newcomer(`${name}=${cookie}`))).toBe(false);
  expect(await isIn(hub.newcomer(`${name}=${value}`))).toBe(true);
});

test("a cookie of another hub's key opens nothing", async () => {
  const other = await createTestHub({
    cookie: randomBytes(32),
    cursor: randomBytes(32),
  });
  const { cookieHeader } = await other.steward();
  await other.release();
  expect(await isIn(hub.newcomer(cookieHeader))).toBe(false);
});

test("a session is fresh for ten minutes, and again once the passphrase is shown", async () => {
  const steward = await hub.steward();
  const invite = () => steward.call(inviteAsSteward, { purpose: "founding" });
  await invite();
  later(11 * minute);
  await expect(invite()).rejects.toThrow(refused("confirmation_needed"));
  await expect(
    steward.call(confirmSession, { passphrase: "no son estas las palabras" }),
  ).rejects.toThrow(refused("wrong_sign_in"));
  await steward.call(confirmSession, { passphrase: testPassphrase });
  await invite();
});

test("after five tries a name waits, and knowing the passphrase does not help", async () => {
  const { signInName } = await twoDevices();
  const enter = (passphrase: string, name = signInName) =>
    hub.newcomer().call(signIn, { signInName: name, passphrase, device: "own" });
  for (let tried = 0; tried < 5; tried += 1)
    await expect(enter("no son estas")).rejects.toThrow(refused("wrong_sign_in"));
  await expect(enter(testPassphrase)).rejects.toMatchObject({
    code: "too_many_tries",
    retryAfterSeconds: expect.closeTo(15 * 60, -1),
  });
  await expect(enter(testPassphrase, signInName.toUpperCase())).rejects.toThrow(
    refused("too_many_tries"),
  );
});

test("each further lock of a name lasts twice as long, up to an hour", async () => {
  const waits: number[] = [];
  for (let lock = 0; lock < 4; lock += 1) {
    let wait = 0;
    while (wait === 0) {
      const answer = await hub.newcomer().ask(signIn, {
        signInName: "nadie",
        passphrase: "no son estas",
        device: "own",
      });
      const { retryAfterSeconds } = (await answer.json()) as { retryAfterSeconds?: number };
      wait = retryAfterSeconds ?? 0;
    }
    waits.push(Math.round(wait / 60));
    await hub.owner`update sign_in_tries set window_ends_at = now() where sign_in_name = 'nadie'`;
  }
  expect(waits).toEqual([15, 30, 60, 60]);
});

test("signing in gives back its own try only, so that whoever guesses does not learn of it", async () => {
  const { signInName } = await twoDevices();
  const enter = (passphrase: string) =>
    hub.newcomer().call(signIn, { signInName, passphrase, device: "own" });
  for (let tried = 0; tried < 4; tried += 1)
    await expect(enter("no son estas")).rejects.toThrow(refused("wrong_sign_in"));
  for (let again = 0; again < 2; again += 1) await enter(testPassphrase);
  await expect(enter("no son estas")).rejects.toThrow(refused("wrong_sign_in"));
  await expect(enter(testPassphrase)).rejects.toThrow(refused("too_many_tries"));
});

test("many people with a session sign in at the same moment", async () => {
  const people = await Promise.all(Array.from({ length: 30 }, () => twoDevices()));
  await Promise.all(
    people.map(({ second, signInName }) =>
      second.call(signIn, { signInName, passphrase: testPassphrase, device: "own" }),
    ),
  );
}, 20_000);

test("when too many strangers wait, whoever is sent away has used up no try, and the known come first", async () => {
  const slow = await createTestHub(undefined, { memoryCost: 32_768, timeCost: 2 });
  const person = await slow.member(await slow.group());
  const { signInName } = await person.call(getAccount, {});
  const words = { passphrase: testPassphrase, device: "own" as const };
  const flood = Array.from({ length: 80 }, (_, at) =>
    slow.newcomer().ask(signIn, { ...words, signInName: `nadie ${at}` }),
  );
  const own = slow.newcomer().ask(signIn, { ...words, signInName });
  const confirmed = person.ask(confirmSession, { passphrase: testPassphrase });
  expect([(await own).status, (await confirmed).status]).toEqual([503, 200]);
  const kept =
    await slow.owner`select from sign_in_tries where sign_in_name = lower(${signInName})`;
  expect(kept).toHaveLength(0);
  await Promise.all(flood);
  await slow.release();
}, 20_000);

test("an unlocked phone changes nobody's place, closes no device and stops no recovery without the words", async () => {
  const person = await hub.member(made);
  const id = crypto.randomUUID();
  const group = made.group;
  const asks = () => [
    person.ask(changeRoles, { group, id: id as never, roles: [] }),
    person.ask(removeMember, { group, id: id as never, reason: "porque sí" }),
    person.ask(offerHandOver, { group, to: id as never, note: "", staysCoordinator: true }),
    person.ask(revokeSession, { id: id as never }),
    person.ask(stopRecovery, {}),
    person.ask(revokeOtherSessions, {}),
  ];
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
  const answers = await Promise.all(asks());
  vi.useRealTimers();
  for (const answer of answers)
    expect(await answer.json()).toMatchObject({ code: "confirmation_needed" });
});
