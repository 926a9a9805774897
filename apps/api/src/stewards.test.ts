import { listEvents, type StreamName } from "@telar/contracts/events";
import { listStewardedGroups, listStewards, removeSteward } from "@telar/contracts/hub";
import type { StewardId } from "@telar/contracts/ids";
import {
  acceptInvitation,
  inviteAsSteward,
  listHubInvitations,
  openInvitation,
  revokeInvitation,
} from "@telar/contracts/invitations";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestHub, newAlias, type TestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

let hub: TestHub;
beforeEach(async () => {
  hub = await createTestHub();
});
afterEach(() => hub.release());

async function idOf(person: Person): Promise<StewardId> {
  const own = (await person.call(listStewards, {})).find(({ you }) => you);
  if (!own) throw new Error("This person is no steward.");
  return own.id;
}

const end = async (actor: Person, ended: Person) =>
  actor.call(removeSteward, { id: await idOf(ended) });

test("whoever has an account sees who cares for the hub", async () => {
  const steward = await hub.steward();
  const { coordinator } = await hub.group();
  const seen = await coordinator.call(listStewards, {});
  expect(seen).toEqual([{ id: await idOf(steward), alias: expect.any(String), you: false }]);
});

test("an invitation makes another steward, and the hub's log says so", async () => {
  const steward = await hub.steward();
  const { code } = await steward.call(inviteAsSteward, { purpose: "stewardship" });
  expect(await hub.newcomer().call(openInvitation, { code })).toMatchObject({
    purpose: "stewardship",
  });
  const { coordinator } = await hub.group();
  await coordinator.call(acceptInvitation, { code, alias: "Mezquite" });
  expect(await coordinator.call(listStewardedGroups, {})).toMatchObject({ entries: [{}] });
  const { entries } = await steward.call(listEvents, { stream: "hub" as StreamName });
  expect(entries[0]?.event).toEqual({ kind: "steward.began", steward: "Mezquite" });
});

test("stewards see their open invitations and close them", async () => {
  const steward = await hub.steward();
  const { id, code } = await steward.call(inviteAsSteward, { purpose: "founding" });
  expect(await steward.call(listHubInvitations, {})).toContainEqual(
    expect.objectContaining({
      id,
      purpose: "founding",
      state: "open",
      ending: code.replaceAll("-", "").slice(-4),
    }),
  );
  await steward.call(revokeInvitation, { id });
  expect(await steward.call(listHubInvitations, {})).toContainEqual(
    expect.objectContaining({ id, state: "revoked" }),
  );
});

test("who is no steward neither invites stewards nor ends a stewardship", async () => {
  const steward = await hub.steward();
  await hub.steward();
  const { coordinator } = await hub.group();
  for (const attempt of [
    () => coordinator.call(inviteAsSteward, { purpose: "stewardship" }),
    () => coordinator.call(listHubInvitations, {}),
    () => end(coordinator, steward),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_allowed" });
});

test("a stewardship ends by another steward, at once", async () => {
  const steward = await hub.steward();
  const other = await hub.steward();
  const [ended] = (await steward.call(listStewards, {})).filter(({ you }) => !you);
  await end(steward, other);
  await expect(other.call(listStewardedGroups, {})).rejects.toMatchObject({ code: "not_allowed" });
  const { entries } = await other.call(listEvents, { stream: "hub" as StreamName });
  expect(entries[0]?.event).toEqual({ kind: "steward.ended", steward: ended?.alias });
});

test("a stewardship that does not exist is not found", async () => {
  const steward = await hub.steward();
  await hub.steward();
  const id = crypto.randomUUID() as StewardId;
  await expect(steward.call(removeSteward, { id })).rejects.toMatchObject({ code: "not_found" });
});

test("every open invitation of the hub ends with a stewardship", async () => {
  const [steward, leaving] = [await hub.steward(), await hub.steward()];
  const { code } = await leaving.call(inviteAsSteward, { purpose: "stewardship" });
  await end(steward, leaving);
  await expect(leaving.call(acceptInvitation, { code, alias: "Mezquite" })).rejects.toMatchObject({
    code: "invitation_not_open",
  });
});

test("as many invitations of the hub are open as its limit, and no more", async () => {
  const steward = await hub.steward();
  await hub.owner`update hub set open_invitations = 2`;
  const made = await Promise.allSettled(
    Array.from({ length: 4 }, () => steward.call(inviteAsSteward, { purpose: "founding" })),
  );
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
});

test("the last steward stays", async () => {
  const steward = await hub.steward();
  await expect(end(steward, steward)).rejects.toMatchObject({ code: "last_steward" });
});

test("when the last two stewards leave at the same moment, one stays", async () => {
  const two = [await hub.steward(), await hub.steward()];
  const tries = await whileHubIsHeld(two.map((person) => () => end(person, person)));
  const refused = tries.filter((result) => result.status === "rejected");
  expect(refused.map(({ reason }) => reason.code)).toEqual(["last_steward"]);
});

test("when two stewards end each other at the same moment, one stays", async () => {
  const one = await hub.steward();
  const other = await hub.steward();
  const tries = await whileHubIsHeld([() => end(one, other), () => end(other, one)]);
  const refused = tries.filter((result) => result.status === "rejected");
  expect(refused.map(({ reason }) => reason.code)).toEqual(["not_allowed"]);
});

/** Starts everything while the lock is held, and lets go once all of it waits. */
async function whileHubIsHeld(acts: (() => Promise<unknown>)[]) {
  let running: Promise<PromiseSettledResult<unknown>[]> | undefined;
  await hub.owner.begin(async (sql) => {
    await sql`select from hub for update`;
    running = Promise.allSettled(acts.map((act) => act()));
    for (let waiting = 0; waiting < acts.length; ) {
      const { count } = await hub.owner`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      waiting = count;
    }
  });
  return (await running) ?? [];
}

test("an alias names one steward", async () => {
  const steward = await hub.steward();
  const [{ alias } = { alias: "" }] = await steward.call(listStewards, {});
  const { code } = await steward.call(inviteAsSteward, { purpose: "stewardship" });
  const { coordinator } = await hub.group(newAlias());
  await expect(coordinator.call(acceptInvitation, { code, alias })).rejects.toMatchObject({
    code: "name_taken",
  });
});
