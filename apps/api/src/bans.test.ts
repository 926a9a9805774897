import { getAccount } from "@telar/contracts/accounts";
import { askAppeal, askBanAppeal, decideAppeal, listAppeals } from "@telar/contracts/appeals";
import { banFromGroup, banFromHub, endBan, listBans } from "@telar/contracts/bans";
import type { MessageId, ModerationActId } from "@telar/contracts/ids";
import {
  acceptInvitation,
  inviteAsSteward,
  inviteToGroup,
  joinByInvitation,
} from "@telar/contracts/invitations";
import { listMessages, postMessage } from "@telar/contracts/messages";
import { listOwnActs } from "@telar/contracts/moderation";
import { addFacilitator, joinSpace, listParticipants } from "@telar/contracts/participants";
import { passReport, reportParticipant } from "@telar/contracts/reports";
import { signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf } from "./testing/facilitated-rooms.ts";
import { createTestHub, joinToo, newAlias, testPassphrase } from "./testing/hub.ts";
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
  const {
    entries: [act],
  } = await banned.call(listOwnActs, {});
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
  const {
    entries: [ban],
  } = await coordinator.call(listBans, { group });
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
  const {
    entries: [act],
  } = await banned.call(listOwnActs, {});
  if (!act) throw new Error("Nobody was told.");
  await banned.call(askAppeal, { id: act.id, words: "Fue otra persona" });
  expect((await coordinator.call(listAppeals, {})).entries).toEqual([]);
  expect((await steward.call(listAppeals, {})).entries).toMatchObject([
    { id: act.id, role: "steward" },
  ]);
  await steward.call(decideAppeal, { id: act.id, decision: "take_back", answer: "Así fue" });
  expect((await coordinator.call(listBans, { group })).entries).toEqual([]);
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
  expect((await steward.call(listAppeals, {})).entries).toEqual([]);
  const {
    entries: [waiting],
  } = await otherSteward.call(listAppeals, {});
  if (!waiting) throw new Error("The appeal reached nobody.");
  expect(waiting).toMatchObject({ act: "ban_from_hub", words: "Me confundieron" });
  await otherSteward.call(decideAppeal, {
    id: waiting.id,
    decision: "take_back",
    answer: "Era otra",
  });
  const again = hub.newcomer();
  await again.call(signIn, entry);
  expect((await again.call(listOwnActs, {})).entries[0]).toMatchObject({
    appeal: { state: "taken_back" },
  });
});

test("whoever is banned from the hub leaves no door open behind them, and comes back to their places if it is taken back", async () => {
  const room = await openRoom(hub, { slowMinutes: 10 });
  const { space, group, sabino, ceiba, fresno } = room;
  const bad = await hub.steward();
  await joinToo(bad, { group, coordinator: sabino });
  await hub.owner`
    update memberships set roles = '{member,coordinator}' where id = ${(await placeOf(bad, group)).id}`;
  await bad.call(joinSpace, { space, through: group, alias: "Ocote malo", rulesVersion: 1 });
  const there = async () => (await fresno.person.call(listParticipants, { space })).entries;
  const place = (await there()).find(({ alias }) => alias === "Ocote malo");
  if (!place) throw new Error("They are not there.");
  await ceiba.person.call(addFacilitator, { space, id: place.id });
  const post = () =>
    bad.call(postMessage, { space, id: crypto.randomUUID() as MessageId, body: "Te busco" });
  await post();
  expect(await post()).toMatchObject({ outcome: "queued" });
  const codes = [
    (await bad.call(inviteToGroup, { group, roles: ["coordinator"] })).code,
    (await bad.call(inviteAsSteward, { purpose: "stewardship" })).code,
  ];
  const { signInName } = await bad.call(getAccount, {});
  const { report } = await fresno.person.call(reportParticipant, {
    ...{ space, id: place.id, reason: "threat", words: "", outside: true },
  });
  await sabino.call(passReport, { id: report });
  await steward.call(banFromHub, { id: report, reason });
  for (const code of codes)
    expect(
      await problemOf(hub.newcomer(), joinByInvitation, {
        ...{ code, signInName: `entra ${newAlias()}`, alias: "Otra cara", device: "own" },
        passphrase: testPassphrase,
      }),
    ).toBe("invitation_not_open");
  expect((await there()).map(({ alias }) => alias)).not.toContain("Ocote malo");
  expect((await hub.owner`select from waiting_messages where space_id = ${space}`).count).toBe(0);
  await hub
    .newcomer()
    .call(askBanAppeal, { signInName, passphrase: testPassphrase, words: "No fui yo" });
  const { entries } = await otherSteward.call(listAppeals, {});
  const id = entries.find(({ words }) => words === "No fui yo")?.id as ModerationActId;
  await otherSteward.call(decideAppeal, { id, decision: "take_back", answer: "Era otra persona" });
  const again = hub.newcomer();
  await again.call(signIn, { signInName, passphrase: testPassphrase, device: "own" });
  await again.call(listMessages, { space });
  expect((await there()).find(({ alias }) => alias === "Ocote malo")).toMatchObject({
    facilitator: false,
  });
});
