import { getAccount } from "@telar/contracts/accounts";
import { listAppeals } from "@telar/contracts/appeals";
import { banFromHub } from "@telar/contracts/bans";
import { inviteToGroup, joinByInvitation, offerFirstPasskey } from "@telar/contracts/invitations";
import {
  addPasskey,
  askBanAppealWithPasskey,
  askPasskey,
  listPasskeys,
  offerPasskey,
  removePasskey,
  signInWithPasskey,
} from "@telar/contracts/passkeys";
import { passReport, reportParticipant } from "@telar/contracts/reports";
import { listSessions, signIn } from "@telar/contracts/sessions";
import { createSpaceCast } from "@telar/database/testing/space-cast";
import { afterAll, expect, test, vi } from "vitest";
import { Authenticator } from "./testing/authenticator.ts";
import { openRoom } from "./testing/facilitated-rooms.ts";
import { createTestHub, newAlias, testPassphrase } from "./testing/hub.ts";
import { placeOf } from "./testing/places.ts";

const hub = await createTestHub();
const made = await hub.group();
afterAll(hub.release);

const origin = "http://localhost:8080";

async function withPasskey(name = "Mi teléfono") {
  const person = await hub.member(made);
  const device = new Authenticator(origin);
  const response = device.create(await person.call(offerPasskey, {}));
  return { person, device, passkey: await person.call(addPasskey, { name, response }) };
}

async function signInWith(device: Authenticator, lies = {}, person = hub.newcomer()) {
  const response = device.get(await person.call(askPasskey, {}), lies);
  await person.call(signInWithPasskey, { response, device: "own", deviceName: "Tableta" });
  return person;
}

/** A person who has no words, only the passkey they came in with. */
async function joinWithPasskey(person = hub.newcomer(), { group, coordinator } = made) {
  const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
  const signInName = newAlias();
  const device = new Authenticator(origin);
  const passkey = device.create(await person.call(offerFirstPasskey, { code, signInName }));
  await person.call(joinByInvitation, {
    code,
    signInName,
    alias: newAlias(),
    passkey,
    device: "own",
  });
  return { person, device, signInName };
}

const refused = (code: string) => expect.objectContaining({ code });

test("a person signs in with the passkey they made, and it is listed by its name", async () => {
  const { person, device, passkey } = await withPasskey();
  const elsewhere = await signInWith(device);
  const { signInName } = await person.call(getAccount, {});
  expect(await elsewhere.call(getAccount, {})).toMatchObject({ signInName, hasPassphrase: true });
  expect(await elsewhere.call(listPasskeys, {})).toEqual([
    { id: passkey.id, name: "Mi teléfono", usedThisWeek: true },
  ]);
});

test("options ask for a key that stays on the device, for a person who shows who they are, and for no attestation", async () => {
  const person = await hub.member(made);
  expect(await person.call(offerPasskey, {})).toMatchObject({
    rp: { id: "localhost", name: "Telar" },
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  expect(await person.call(askPasskey, {})).toMatchObject({
    rpId: "localhost",
    userVerification: "required",
  });
});

test("a browser is told which passkeys the person has, and knows the account by something else than its id", async () => {
  const { person, device } = await withPasskey();
  const offer = await person.call(offerPasskey, {});
  const { id } = device.get({ challenge: "" });
  expect(offer.excludeCredentials).toMatchObject([{ id, transports: ["internal"] }]);
  const { signInName } = await person.call(getAccount, {});
  const [row] = await hub.owner`select id from accounts where sign_in_name = lower(${signInName})`;
  expect(JSON.stringify(offer)).not.toContain(row?.id);
  const { user } = offer as unknown as { user: { id: string } };
  expect(Buffer.from(user.id, "base64url").toString("latin1")).not.toContain(row?.id);
});

test.each<[string, object]>([
  ["another origin", { origin: "https://otro.example" }],
  ["another relying party", { rpId: "otro.example" }],
  ["a registration's answer", { type: "webauthn.create" }],
  ["a challenge that the hub never gave", { challenge: "Y29zYQ" }],
  ["nobody present", { flags: 0x04 }],
  ["a person who was not verified", { flags: 0x01 }],
  ["a counter that does not grow", { counter: 0 }],
  ["another person's handle", { userHandle: "b3RyYQ" }],
])("nobody signs in with %s", async (_, lies) => {
  const { device } = await withPasskey();
  await signInWith(device);
  await expect(signInWith(device, lies)).rejects.toThrow(refused("wrong_sign_in"));
});

test.each<[string, object]>([
  ["another origin", { origin: "https://otro.example" }],
  ["another relying party", { rpId: "otro.example" }],
  ["a sign-in's answer", { type: "webauthn.get" }],
  ["a challenge that the hub never gave", { challenge: "Y29zYQ" }],
  ["a person who was not verified", { flags: 0x01 }],
  ["whoever asks for a maker's certificate", { certified: true }],
])("no passkey is kept that was made for %s", async (_, lies) => {
  const person = await hub.member(made);
  const response = new Authenticator(origin).create(await person.call(offerPasskey, {}), lies);
  await expect(person.call(addPasskey, { name: "", response })).rejects.toThrow(
    refused("invalid_input"),
  );
  expect(await person.call(listPasskeys, {})).toEqual([]);
});

test("an answer counts once, even sent five times at the same moment", async () => {
  const { device } = await withPasskey();
  // Passkeys that several devices share count nothing, so that only the challenge tells.
  const response = device.get(await hub.newcomer().call(askPasskey, {}), { counter: 0 });
  const tries = await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      hub.newcomer().call(signInWithPasskey, { response, device: "own" }),
    ),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a challenge is past after five minutes", async () => {
  const { device } = await withPasskey();
  const person = hub.newcomer();
  const response = device.get(await person.call(askPasskey, {}));
  const answer = () => person.call(signInWithPasskey, { response, device: "own" });
  await minutesLater(5, () => expect(answer()).rejects.toThrow(refused("wrong_sign_in")));
  await minutesLater(4, answer);
});

test("whoever asks for a challenge, or answers it wrongly, leaves nothing behind", async () => {
  const { device } = await withPasskey();
  const rows = async () => (await hub.owner`select from passkey_challenges`).count;
  const before = await rows();
  for (let asked = 0; asked < 20; asked += 1) {
    await hub.newcomer().call(askPasskey, {});
    await signInWith(device, { flags: 0x01 }).catch(() => {});
  }
  expect(await rows()).toBe(before);
});

test("what was offered to one person makes no passkey for another", async () => {
  const [one, other] = [await hub.member(made), await hub.member(made)];
  const response = new Authenticator(origin).create(await one.call(offerPasskey, {}));
  await expect(other.call(addPasskey, { name: "", response })).rejects.toThrow(
    refused("invalid_input"),
  );
});

test("a challenge for making a passkey opens no session", async () => {
  const { person, device } = await withPasskey();
  const { challenge } = (await person.call(offerPasskey, {})) as { challenge: string };
  await expect(signInWith(device, { challenge })).rejects.toThrow(refused("wrong_sign_in"));
});

test("one passkey belongs to one account", async () => {
  const { device } = await withPasskey();
  const other = await hub.member(made);
  const response = device.create(await other.call(offerPasskey, {}));
  await expect(other.call(addPasskey, { name: "", response })).rejects.toThrow(
    refused("already_done"),
  );
});

test("within a session a passkey makes it fresh and opens no second one", async () => {
  const { person, device } = await withPasskey();
  const later = await minutesLater(11, async () => {
    await expect(person.call(offerPasskey, {})).rejects.toThrow(refused("confirmation_needed"));
    await signInWith(device, {}, person);
    return person.call(listSessions, {});
  });
  expect(later).toHaveLength(1);
  await person.call(offerPasskey, {});
});

async function minutesLater<Result>(minutes: number, act: () => Promise<Result>): Promise<Result> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
  try {
    return await act();
  } finally {
    vi.useRealTimers();
  }
}

test("a removed passkey opens nothing", async () => {
  const { person, device, passkey } = await withPasskey();
  await person.call(removePasskey, { id: passkey.id });
  await expect(signInWith(device)).rejects.toThrow(refused("wrong_sign_in"));
});

test("nobody removes somebody else's passkey", async () => {
  const { passkey, device } = await withPasskey();
  const other = await hub.member(made);
  await expect(other.call(removePasskey, { id: passkey.id })).rejects.toThrow(refused("not_found"));
  await signInWith(device);
});

test("a person comes in with a passkey and no words, and their last passkey stays", async () => {
  const { person, device, signInName } = await joinWithPasskey();
  expect(await person.call(getAccount, {})).toMatchObject({ hasPassphrase: false });
  const elsewhere = await signInWith(device);
  const [passkey] = await elsewhere.call(listPasskeys, {});
  if (!passkey) throw new Error("no passkey is listed");
  await expect(elsewhere.call(removePasskey, { id: passkey.id })).rejects.toThrow(
    refused("last_way_in"),
  );
  await expect(
    hub.newcomer().call(signIn, { signInName, passphrase: testPassphrase, device: "own" }),
  ).rejects.toThrow(refused("wrong_sign_in"));
});

test("of two passkeys removed at once by somebody without words one stays", async () => {
  const { person } = await joinWithPasskey();
  const response = new Authenticator(origin).create(await person.call(offerPasskey, {}));
  await person.call(addPasskey, { name: "Otra", response });
  const own = await person.call(listPasskeys, {});
  await Promise.allSettled(own.map(({ id }) => person.call(removePasskey, { id })));
  expect(await person.call(listPasskeys, {})).toHaveLength(1);
});

test("a passkey is offered to a new person only with an open invitation and a free name", async () => {
  const { signInName } = await joinWithPasskey();
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  const person = hub.newcomer();
  await expect(person.call(offerFirstPasskey, { code, signInName })).rejects.toThrow(
    refused("name_taken"),
  );
  await expect(person.call(offerFirstPasskey, { code: "0", signInName: "Ceiba" })).rejects.toThrow(
    refused("invitation_not_open"),
  );
});

test("nobody comes in without a way to come back", async () => {
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  await expect(
    hub.newcomer().call(joinByInvitation, { code, signInName: newAlias(), device: "own" }),
  ).rejects.toMatchObject({ code: "invalid_input", fields: { passphrase: "missing" } });
});

test("a passkey that was made for one's account opens no second one", async () => {
  const person = await hub.member(made);
  const device = new Authenticator(origin);
  const passkey = device.create(await person.call(offerPasskey, {}));
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  const names = { signInName: newAlias(), alias: newAlias() };
  await expect(
    hub.newcomer().call(joinByInvitation, { code, ...names, passkey, device: "own" }),
  ).rejects.toThrow(refused("already_done"));
});

test("whoever signs in only with a passkey asks with it, once, that a ban from the hub be looked at again", async () => {
  const room = await openRoom(hub);
  const steward = await hub.steward();
  const other = await hub.steward();
  const inviting = { ...made, group: room.group, coordinator: room.sabino };
  const { person, device } = await joinWithPasskey(hub.newcomer(), inviting);
  const { id: membership } = await placeOf(person, room.group);
  const ask = async (lies = {}) => {
    const visitor = hub.newcomer();
    const response = device.get(await visitor.call(askPasskey, {}), lies);
    await visitor.call(askBanAppealWithPasskey, { response, words: "Me confundieron" });
  };
  await expect(ask()).rejects.toEqual(refused("already_done"));
  const place = await createSpaceCast(hub.owner).place(room.space, { membership, alias: "Ocote" });
  const { report } = await room.fresno.person.call(reportParticipant, {
    ...{ space: room.space, id: place, reason: "threat", words: "", outside: true },
  });
  await room.sabino.call(passReport, { id: report });
  await steward.call(banFromHub, { id: report, reason: "Amenazó a una persona" });
  await expect(signInWith(device)).rejects.toEqual(refused("banned"));
  await expect(ask({ origin: "https://other.example" })).rejects.toEqual(refused("wrong_sign_in"));
  await ask();
  await expect(ask()).rejects.toEqual(refused("already_done"));
  expect((await other.call(listAppeals, {})).entries).toMatchObject([{ words: "Me confundieron" }]);
});
