import { getAccount } from "@telar/contracts/accounts";
import { askAppeal, askBanAppeal, decideAppeal, listAppeals } from "@telar/contracts/appeals";
import { banFromGroup, banFromHub, endBan, listBans } from "@telar/contracts/bans";
import { acceptInvitation, inviteToGroup } from "@telar/contracts/invitations";
import { listOwnActs } from "@telar/contracts/moderation";
import { passReport, reportParticipant } from "@telar/contracts/reports";
import { signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf } from "./testing/facilitated-rooms.ts";
import { createTestHub, testPassphrase } from "./testing/hub.ts";
import { logOf, placeOf } from "./testing/places.ts";

const hub = await createTestHub();
const steward = await hub.steward();
const otherSteward = await hub.steward();
afterAll(hub.release);

const reason = "Amenazó a una persona";

test("nobody banned from a group comes back by invitation, until the door is opened again", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const banned = await hub.member(made);
  const member = await hub.member(made);
  const { id, alias } = await placeOf(banned, group);
  await coordinator.call(banFromGroup, { group, id, reason });
  expect((await banned.call(getAccount, {})).memberships).toEqual([]);
  const [act] = await banned.call(listOwnActs, {});
  expect(act).toMatchObject({ act: "ban_from_group", role: "coordinator", reason });
  const invitation = async () => (await coordinator.call(inviteToGroup, { group, roles: [] })).code;
  for (const name of [alias, "Otro alias"])
    expect(
      await problemOf(banned, acceptInvitation, { code: await invitation(), alias: name }),
    ).toBe("banned");
  expect((await logOf(member, `group:${group}`))[0]).toMatchObject({
    kind: "membership.banned",
    membership: id,
    reason,
  });
  expect(await problemOf(member, listBans, { group })).toBe("not_allowed");
  const [ban] = await coordinator.call(listBans, { group });
  if (!ban) throw new Error("The ban is not there.");
  expect(ban).toMatchObject({ alias, reason });
  expect(await problemOf(member, endBan, { id: ban.id, reason })).toBe("not_found");
  await coordinator.call(endBan, { id: ban.id, reason: "Lo hablamos" });
  expect(await problemOf(banned, acceptInvitation, { code: await invitation(), alias })).toBe(
    undefined,
  );
});

test("an appeal against the only one who coordinates goes to the stewards", async () => {
  const made = await hub.group();
  const { group, coordinator } = made;
  const banned = await hub.member(made);
  const { id } = await placeOf(banned, group);
  await coordinator.call(banFromGroup, { group, id, reason });
  const [act] = await banned.call(listOwnActs, {});
  if (!act) throw new Error("Nobody was told.");
  await banned.call(askAppeal, { id: act.id, words: "Fue otra persona" });
  expect(await coordinator.call(listAppeals, {})).toEqual([]);
  expect(await steward.call(listAppeals, {})).toMatchObject([{ id: act.id, role: "steward" }]);
  await steward.call(decideAppeal, { id: act.id, decision: "take_back", answer: "Así fue" });
  expect(await coordinator.call(listBans, { group })).toEqual([]);
  expect((await logOf(coordinator, `group:${group}`))[0]).toMatchObject({ kind: "act.taken_back" });
});

test("a ban from the hub ends every session, says so at the door, and another steward looks again", async () => {
  const room = await openRoom(hub);
  const { space, fresno } = room;
  const ocote = await room.newcomer("Ocote malo");
  const { report } = await fresno.person.call(reportParticipant, {
    ...{ space, id: ocote.place, reason: "threat", words: "", outside: true },
  });
  expect(await problemOf(steward, banFromHub, { id: report, reason })).toBe("not_found");
  await room.sabino.call(passReport, { id: report });
  const { signInName } = await ocote.person.call(getAccount, {});
  await steward.call(banFromHub, { id: report, reason });
  expect(await problemOf(ocote.person, getAccount, {})).toBe("not_signed_in");
  const entry = { signInName, passphrase: testPassphrase, device: "own" } as const;
  expect(await problemOf(hub.newcomer(), signIn, entry)).toBe("banned");
  expect(await problemOf(hub.newcomer(), signIn, { ...entry, passphrase: "otras palabras" })).toBe(
    "wrong_sign_in",
  );
  expect((await logOf(fresno.person, "hub"))[0]).toMatchObject({
    kind: "steward.banned_person",
    reason,
  });
  const appeal = { signInName, passphrase: testPassphrase, words: "Me confundieron" };
  expect(await problemOf(hub.newcomer(), askBanAppeal, { ...appeal, passphrase: "otras" })).toBe(
    "wrong_sign_in",
  );
  expect(await problemOf(hub.newcomer(), askBanAppeal, { ...appeal, signInName: "\u0000" })).toBe(
    "invalid_input",
  );
  await hub.newcomer().call(askBanAppeal, appeal);
  expect(await problemOf(hub.newcomer(), askBanAppeal, appeal)).toBe("already_done");
  expect(await steward.call(listAppeals, {})).toEqual([]);
  const [waiting] = await otherSteward.call(listAppeals, {});
  if (!waiting) throw new Error("The appeal reached nobody.");
  expect(waiting).toMatchObject({ act: "ban_from_hub", words: "Me confundieron" });
  await otherSteward.call(decideAppeal, {
    id: waiting.id,
    decision: "take_back",
    answer: "Era otra",
  });
  const again = hub.newcomer();
  await again.call(signIn, entry);
  expect((await again.call(listOwnActs, {}))[0]).toMatchObject({ appeal: { state: "taken_back" } });
});
