import { getAccount } from "@telar/contracts/accounts";
import { getGroup } from "@telar/contracts/groups";
import {
  acceptInvitation,
  inviteToGroup,
  joinByInvitation,
  listGroupInvitations,
  offerFirstPasskey,
  openInvitation,
  revokeInvitation,
} from "@telar/contracts/invitations";
import { signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test, vi } from "vitest";
import { createTestHub, joinToo, newAlias, testPassphrase } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

const entry = (code: string) => ({
  code,
  signInName: newAlias(),
  alias: newAlias(),
  passphrase: testPassphrase,
  device: "own" as const,
});

test("an invitation lets one person in, and nobody after them", async () => {
  const made = await hub.group();
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  await hub.newcomer().call(joinByInvitation, entry(code));
  await expect(hub.newcomer().call(joinByInvitation, entry(code))).rejects.toMatchObject({
    code: "invitation_not_open",
  });
});

test("of two people with the same invitation at the same moment one gets in", async () => {
  const made = await hub.group();
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  const tries = await Promise.allSettled(
    Array.from({ length: 5 }, () => hub.newcomer().call(joinByInvitation, entry(code))),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("used, expired, revoked and unknown invitations answer alike", async () => {
  const { group, coordinator } = await hub.group();
  const make = () => coordinator.call(inviteToGroup, { group, roles: [] });
  const [used, expired, revoked] = await Promise.all([make(), make(), make()]);
  await hub.newcomer().call(joinByInvitation, entry(used.code));
  await hub.owner`update invitations set expires_at = now() where id = ${expired.id}`;
  await coordinator.call(revokeInvitation, { id: revoked.id });
  const codes = [used.code, expired.code, revoked.code, "0".repeat(26)];
  const answers = await Promise.all(
    codes.map(async (code) => {
      const answer = await hub.newcomer().ask(openInvitation, { code });
      const { request: _, ...problem } = (await answer.json()) as Record<string, unknown>;
      return { status: answer.status, problem };
    }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.problem).toEqual({ status: 404, code: "invitation_not_open" });
});

test("a code is read however it is typed", async () => {
  const { group, coordinator } = await hub.group("Red del Río");
  const { code } = await coordinator.call(inviteToGroup, { group, roles: ["signatory"] });
  const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o")} `;
  expect(await hub.newcomer().call(openInvitation, { code: typed })).toMatchObject({
    purpose: "membership",
    groupName: "Red del Río",
    roles: ["signatory"],
  });
});

test("one account has another alias in each group, and only its owner sees both", async () => {
  const first = await hub.group();
  const second = await hub.group();
  const person = await hub.member(first);
  await joinToo(person, second, "Otro Nombre");
  const { memberships } = await person.call(getAccount, {});
  expect(new Set(memberships.map(({ alias }) => alias)).size).toBe(2);
  expect(await first.coordinator.call(getAccount, {})).toMatchObject({
    memberships: [{ group: first.group }],
  });
});

test("a member signs in with their name however it is written", async () => {
  const made = await hub.group();
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  await hub.newcomer().call(joinByInvitation, { ...entry(code), signInName: "Árbol Grande" });
  const person = hub.newcomer();
  await person.call(signIn, {
    signInName: "ÁRBOL  grande",
    passphrase: testPassphrase.toUpperCase(),
    device: "own",
  });
  expect(await person.call(getGroup, { group: made.group })).toMatchObject({ id: made.group });
});

test("only coordinators see a group's invitations", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  await expect(member.call(listGroupInvitations, { group: made.group })).rejects.toMatchObject({
    code: "not_allowed",
  });
  expect(await made.coordinator.call(listGroupInvitations, { group: made.group })).toMatchObject([
    { state: "used", roles: [] },
  ]);
});

test("whoever comes in chooses an alias that is not their sign-in name, however it is written", async () => {
  const made = await hub.group();
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  const given = { ...entry(code), signInName: "Árbol quieto" };
  const join = (alias?: string) => hub.newcomer().call(joinByInvitation, { ...given, alias });
  await expect(join()).rejects.toMatchObject({ fields: { alias: "missing" } });
  await expect(join("ÁRBOL QUIETO")).rejects.toMatchObject({
    fields: { alias: "same_as_sign_in_name" },
  });
  const person = await hub.member(await hub.group());
  const { signInName } = await person.call(getAccount, {});
  await expect(
    person.call(acceptInvitation, { code, alias: signInName.toUpperCase() }),
  ).rejects.toMatchObject({ fields: { alias: "same_as_sign_in_name" } });
  await join("Otro árbol");
});

test.each([
  ["a space that is not seen", "Ceiba\u200b"],
  ["a hyphen that is not seen", "Cei\u00adba"],
  ["a mark of direction", "Ceiba\u200e"],
  ["blank signs only", "\u2800\u2800"],
  ["a filler", "\u3164\u3164"],
  ["a line end", "Ceiba\u2028grande"],
  ["dots only", "..."],
  ["letters of two alphabets", "C\u043eiba"],
])("nobody is called by %s", async (_, alias) => {
  const made = await hub.group();
  const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  const answer = hub.newcomer().call(joinByInvitation, { ...entry(code), alias });
  await expect(answer).rejects.toMatchObject({
    code: "invalid_input",
    fields: { alias: expect.any(String) },
  });
});

test.each(["J\u030coaquina", "H\u0331\u00e1htsi", "\u0130nes"])(
  "a name whose capitals come apart signs in again: %s",
  async (signInName) => {
    const made = await hub.group();
    const { code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
    await hub.newcomer().call(joinByInvitation, { ...entry(code), signInName });
    const words = { passphrase: testPassphrase, device: "own" as const };
    await hub.newcomer().call(signIn, { ...words, signInName });
  },
);

test("only who confirmed in the last minutes invites to coordinate", async () => {
  const { group, coordinator } = await hub.group();
  const stale = hub.newcomer(coordinator.cookieHeader);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
  const asked = [["coordinator"], []].map((roles) =>
    stale.ask(inviteToGroup, { group, roles: roles as "coordinator"[] }),
  );
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([403, 200]);
  vi.useRealTimers();
});

/** An open invitation and a sign-in name that somebody has. */
async function withTakenName() {
  const made = await hub.group();
  const member = await hub.member(made);
  const { signInName } = await member.call(getAccount, {});
  const { id, code } = await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  const [place] = (await member.call(getAccount, {})).memberships;
  const elsewhere = (await hub.group()).coordinator;
  const join = () => hub.newcomer().call(joinByInvitation, { ...entry(code), signInName });
  const offer = () => hub.newcomer().call(offerFirstPasskey, { code, signInName });
  const accept = () => elsewhere.call(acceptInvitation, { code, alias: place?.alias });
  return { ...made, id, code, join, offer, accept };
}

const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => "yes",
    ({ code }: { code: string }) => code,
  );

test("the sixth name that is taken closes the invitation, however it was asked, and who coordinates sees it", async () => {
  const { group, coordinator, id, code, join, offer, accept } = await withTakenName();
  const told: string[] = [];
  for (const ask of [join, offer, accept, join, offer, accept]) told.push(await codeOf(ask()));
  expect(told).toEqual([...Array(5).fill("name_taken"), "invitation_closed"]);
  expect(await codeOf(offer())).toBe("invitation_not_open");
  expect(await codeOf(hub.newcomer().call(joinByInvitation, entry(code)))).toBe(
    "invitation_not_open",
  );
  const listed = await coordinator.call(listGroupInvitations, { group });
  expect(listed.find((one) => one.id === id)?.state).toBe("revoked");
});

test("names asked at the same moment count too", async () => {
  const { offer } = await withTakenName();
  const told = await Promise.all(Array.from({ length: 20 }, () => codeOf(offer())));
  expect(told.filter((code) => code === "name_taken")).toHaveLength(5);
  expect(told.filter((code) => code === "invitation_closed")).toHaveLength(1);
});

test("whoever finds a free name after five comes in, and a refused name leaves nothing behind", async () => {
  const { code, join, offer } = await withTakenName();
  for (const ask of [join, offer, join, offer, join])
    expect(await codeOf(ask())).toBe("name_taken");
  expect(await codeOf(hub.newcomer().call(joinByInvitation, entry(code)))).toBe("yes");
});

test("of those who come into a full group at the same moment nobody is too many", async () => {
  const { group, coordinator } = await hub.group();
  const make = () => coordinator.call(inviteToGroup, { group, roles: [] });
  const codes = (await Promise.all([make(), make(), make(), make(), make()])).map(
    ({ code }) => code,
  );
  const [{ limit } = { limit: 0 }] = await hub.owner<{ limit: number }[]>`
    select members_per_group as limit from hub`;
  await hub.owner`update hub set members_per_group = 2`;
  try {
    const told = await Promise.all(
      codes.map((code) => codeOf(hub.newcomer().call(joinByInvitation, entry(code)))),
    );
    expect(told.toSorted()).toEqual([...Array(4).fill("limit_reached"), "yes"]);
  } finally {
    await hub.owner`update hub set members_per_group = ${limit}`;
  }
});

test("of invitations made at the same moment none is too many", async () => {
  const { group, coordinator } = await hub.group();
  await hub.owner`update hub set open_invitations = 3`;
  const made = await Promise.all(
    Array.from({ length: 8 }, () => codeOf(coordinator.call(inviteToGroup, { group, roles: [] }))),
  );
  await hub.owner`update hub set open_invitations = 50`;
  expect(made.filter((code) => code === "yes")).toHaveLength(3);
});
