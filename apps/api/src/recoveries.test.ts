import { getAccount } from "@telar/contracts/accounts";
import { addPasskey, askPasskey, offerPasskey, signInWithPasskey } from "@telar/contracts/passkeys";
import {
  getRecoverySheet,
  makeRecoverySheet,
  recoverAccount,
  stopRecovery,
} from "@telar/contracts/recoveries";
import { confirmSession, revokeOtherSessions, signIn, signOut } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { Authenticator } from "./testing/authenticator.ts";
import { createTestHub, testPassphrase } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
const made = await hub.group();
afterAll(hub.release);

const newWords = "sabino zapote mezquite ocote pirul copal ceiba";
const week = 7 * 24 * 3600 * 1000;
const refused = (code: string) => expect.objectContaining({ code });

async function withSheet() {
  const person = await hub.member(made);
  const { codes } = await person.call(makeRecoverySheet, {});
  const { signInName } = await person.call(getAccount, {});
  const ask = (code = codes[0] ?? "", by = hub.newcomer()) =>
    by.call(recoverAccount, { signInName, code, passphrase: newWords });
  const enter = (passphrase: string) =>
    hub.newcomer().call(signIn, { signInName, passphrase, device: "own" });
  return { person, codes, signInName, ask, enter };
}

const noticesOf = async (person: Person) =>
  (await person.call(getAccount, {})).notices.map(({ kind }) => kind);

/** As after two weeks in which nobody used the account. */
const layIdle = (signInName: string) => hub.owner`
  update sessions set used_week = used_week - 14 where device = 'own' and account_id =
    (select id from accounts where sign_in_name = lower(${signInName}))`;

const endOfWait = () => hub.owner`update recoveries set opens_at = now()`;

test("a sheet has eight codes of 80 bits, of which the hub keeps only hashes", async () => {
  const { person, codes, signInName } = await withSheet();
  expect(new Set(codes).size).toBe(8);
  for (const code of codes)
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  const kept = await hub.owner<{ codeHash: string }[]>`
    select code_hash from recovery_codes join accounts on id = account_id
    where sign_in_name = lower(${signInName})`;
  expect(kept.map(({ codeHash }) => codeHash.length)).toEqual(Array(8).fill(64));
  expect(await person.call(getRecoverySheet, {})).toEqual({ left: 8 });
});

test("a new sheet ends the codes of the one before", async () => {
  const { person, codes, ask } = await withSheet();
  await person.call(makeRecoverySheet, {});
  await expect(ask(codes[0])).rejects.toThrow(refused("wrong_sign_in"));
});

test("without a live device a code sets a new passphrase at once, and works once", async () => {
  const { signInName, codes, ask, enter } = await withSheet();
  await layIdle(signInName);
  expect(await ask(codes[0]?.toLowerCase().replaceAll("-", " "))).toEqual({ state: "done" });
  await enter(newWords);
  await expect(enter(testPassphrase)).rejects.toThrow(refused("wrong_sign_in"));
  await expect(ask(codes[0])).rejects.toThrow(refused("wrong_sign_in"));
});

test("with a live device a recovery waits seven days and tells that device", async () => {
  const { person, ask, enter } = await withSheet();
  const { opensAt } = (await ask()) as { opensAt: string };
  expect(Date.parse(opensAt) - Date.now()).toBeGreaterThan(week - 60_000);
  expect(opensAt).toMatch(/T00:00:00\.000Z$/);
  const { notices } = await person.call(getAccount, {});
  expect(notices).toContainEqual({ kind: "recovery_asked", opensAt });
  await expect(enter(newWords)).rejects.toThrow(refused("wrong_sign_in"));
});

test("asking again neither shortens the wait nor starts it over, with this code or another", async () => {
  const { codes, ask } = await withSheet();
  const first = await ask(codes[0]);
  expect(await ask(codes[0])).toEqual(first);
  expect(await ask(codes[1])).toEqual(first);
});

test("after seven days the same code sets the passphrase and every session ends", async () => {
  const { person, codes, ask, enter } = await withSheet();
  await ask();
  await endOfWait();
  expect(await ask()).toEqual({ state: "done" });
  await expect(person.call(getAccount, {})).rejects.toThrow(refused("not_signed_in"));
  await enter(newWords);
  await expect(ask(codes[0])).rejects.toThrow(refused("wrong_sign_in"));
});

test("a live device stops a recovery, and its code is used up", async () => {
  const { person, codes, ask } = await withSheet();
  await ask(codes[0]);
  await person.call(stopRecovery, {});
  expect(await noticesOf(person)).not.toContain("recovery_asked");
  expect(await person.call(getRecoverySheet, {})).toEqual({ left: 7 });
  await endOfWait();
  await expect(ask(codes[0])).rejects.toThrow(refused("wrong_sign_in"));
  await expect(person.call(stopRecovery, {})).rejects.toThrow(refused("not_found"));
});

test("a new sheet stops a recovery that waits", async () => {
  const { person, ask } = await withSheet();
  await ask();
  await person.call(makeRecoverySheet, {});
  expect(await noticesOf(person)).not.toContain("recovery_asked");
});

test.each([
  ["signs it out", (phone: Person) => phone.call(signOut, {})],
  [
    "ends it from another one that is shared",
    async (_: Person, shared: Person) => void (await shared.call(revokeOtherSessions, {})),
  ],
])(
  "whoever has a phone and its sheet hurries nothing when they %s: a device that ended lately counts",
  async (_, end) => {
    const { person, signInName, ask, enter } = await withSheet();
    const shared = hub.newcomer();
    await shared.call(signIn, { signInName, passphrase: testPassphrase, device: "shared" });
    await end(person, shared);
    expect(await ask()).toMatchObject({ state: "waiting" });
    await enter(testPassphrase);
  },
);

test("a device that ended two weeks ago lets a recovery pass", async () => {
  const { person, signInName, ask } = await withSheet();
  await person.call(signOut, {});
  await hub.owner`
    update accounts set device_ended_week = device_ended_week - 14 where sign_in_name = lower(${signInName})`;
  expect(await ask()).toEqual({ state: "done" });
});

test("three waits a week are enough for who has the sheet, and no code is used up by the fourth", async () => {
  const { person, codes, ask } = await withSheet();
  for (const code of codes.slice(0, 3)) {
    expect(await ask(code)).toMatchObject({ state: "waiting" });
    await person.call(stopRecovery, {});
  }
  await expect(ask(codes[3])).rejects.toThrow(refused("weekly_limit"));
  expect(await person.call(getRecoverySheet, {})).toEqual({ left: 5 });
  await hub.owner`update accounts set recoveries_week = recoveries_week - 7`;
  expect(await ask(codes[3])).toMatchObject({ state: "waiting" });
});

test("signing out during the wait does not open the account sooner", async () => {
  const { person, ask } = await withSheet();
  const first = await ask();
  await person.call(signOut, {});
  expect(await ask()).toEqual(first);
});

test("nobody waits for a device that lay idle too long, nor for one that others share", async () => {
  const { person, signInName, ask } = await withSheet();
  await hub.newcomer().call(signIn, { signInName, passphrase: testPassphrase, device: "shared" });
  await layIdle(signInName);
  expect(await ask()).toEqual({ state: "done" });
  await expect(person.call(getAccount, {})).rejects.toThrow(refused("not_signed_in"));
});

test("a sheet shown from a phone of the account waits: the phone may be in other hands too", async () => {
  const { person, codes, ask, enter } = await withSheet();
  expect(await ask(codes[0], person)).toMatchObject({ state: "waiting" });
  await enter(testPassphrase);
});

test("a passkey of a phone that was taken opens nothing after the recovery", async () => {
  const { person, codes, ask } = await withSheet();
  const device = new Authenticator("http://localhost:8080");
  const response = device.create(await person.call(offerPasskey, {}));
  await person.call(addPasskey, { name: "Teléfono", response });
  await ask();
  await endOfWait();
  expect(await ask(codes[0])).toEqual({ state: "done" });
  const thief = hub.newcomer();
  const answer = device.get(await thief.call(askPasskey, {}), {});
  await expect(thief.call(signInWithPasskey, { response: answer, device: "own" })).rejects.toThrow(
    refused("wrong_sign_in"),
  );
});

test("an unknown name and a wrong code answer alike, and are shut after many tries", async () => {
  const { signInName } = await withSheet();
  const answers = await Promise.all(
    [signInName, "nadie se llama así"].map(async (name) => {
      const told: string[] = [];
      for (let tried = 0; tried < 51; tried += 1) {
        const asked = { signInName: name, code: "0000-0000", passphrase: newWords };
        const answer = await hub.newcomer().ask(recoverAccount, asked);
        const { code } = (await answer.json()) as { code: string };
        told.push(`${answer.status} ${code}`);
      }
      return told;
    }),
  );
  expect(answers[0]).toEqual([...Array(50).fill("401 wrong_sign_in"), "429 too_many_tries"]);
  expect(answers[1]).toEqual(answers[0]);
});

test("whoever uses up the tries at a name shuts neither its confirmation nor its recovery", async () => {
  const { person, ask, enter } = await withSheet();
  for (let tried = 0; tried < 6; tried += 1) await enter("wrong").catch(() => undefined);
  await expect(enter(testPassphrase)).rejects.toThrow(refused("too_many_tries"));
  await person.call(confirmSession, { passphrase: testPassphrase });
  expect(await ask()).toMatchObject({ state: "waiting" });
});

test("a name that nobody has costs the hub the same work: its new passphrase is hashed too", async () => {
  const slow = await createTestHub(undefined, { memoryCost: 32_768, timeCost: 1 });
  const asked = Array.from({ length: 80 }, async (_, at) => {
    const input = { signInName: `nadie ${at}`, code: "0", passphrase: newWords };
    return (await slow.newcomer().ask(recoverAccount, input)).status;
  });
  const statuses = new Set(await Promise.all(asked));
  await slow.release();
  // Hashing is what people wait for and, when too many do, what they are sent away from.
  expect(statuses).toEqual(new Set([401, 503]));
});

test("a recovery that is done gives the tries back", async () => {
  const { signInName, ask, enter } = await withSheet();
  await layIdle(signInName);
  for (let tried = 0; tried < 4; tried += 1)
    await expect(enter("no son estas las palabras")).rejects.toThrow(refused("wrong_sign_in"));
  await ask();
  for (let tried = 0; tried < 4; tried += 1)
    await expect(enter("no son estas las palabras")).rejects.toThrow(refused("wrong_sign_in"));
  await enter(newWords);
});

test("of one code used twice at the same moment one use counts", async () => {
  const { signInName, ask } = await withSheet();
  await layIdle(signInName);
  const tries = await Promise.allSettled([ask(), ask()]);
  expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a person with two codes left, or without a sheet, is told so", async () => {
  const { person, signInName } = await withSheet();
  expect(await noticesOf(person)).toEqual([]);
  await hub.owner`
    delete from recovery_codes where code_hash in (
      select code_hash from recovery_codes join accounts on id = account_id
      where sign_in_name = lower(${signInName}) limit 6)`;
  await expect
    .poll(async () => (await person.call(getAccount, {})).notices, { timeout: 2000 })
    .toEqual([{ kind: "few_recovery_codes", left: 2 }]);
  const other = await hub.member(made);
  expect((await other.call(getAccount, {})).notices).toEqual([
    { kind: "few_recovery_codes", left: 0 },
  ]);
});
