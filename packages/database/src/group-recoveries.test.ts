import type { StewardId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as groupRecoveries from "./group-recoveries.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);
const sabino = await cast.steward("Sabino");
const stewardId = sabino.id as StewardId;

async function asked(name = "Tejido") {
  const group = await cast.group(name);
  const copal = await cast.member(group, "Copal");
  const encino = await cast.member(group, "Encino");
  const ask = () =>
    encino.do((sql) =>
      groupRecoveries.addGroupRecovery(sql, {
        group,
        candidate: copal.id,
        askedBy: encino.id,
        reason: "Ya no responde",
      }),
    );
  const id = await ask();
  return { group, copal, encino, ask, id };
}

test("a group has one open recovery at a time", async () => {
  const { ask, encino, id } = await asked();
  await expect(ask()).rejects.toMatchObject({ code: "already_done" });
  await encino.do((sql) => groupRecoveries.removeGroupRecovery(sql, id));
  expect(await ask()).not.toBe(id);
});

test("members and stewards see who is proposed and who agreed, strangers nothing", async () => {
  const { group, copal, encino, id } = await asked("Cardenal");
  await encino.do((sql) => groupRecoveries.addAgreement(sql, id, { membership: encino.id }));
  await sabino.do((sql) => groupRecoveries.addAgreement(sql, id, { steward: stewardId }));
  const list = (who: typeof encino | typeof sabino) =>
    who.do((sql) => groupRecoveries.listGroupRecoveries(sql, who.account, group));
  const row = {
    id,
    group,
    groupName: "Cardenal",
    candidate: "Copal",
    reason: "Ya no responde",
    membersAgreed: 1,
    stewardAgreed: true,
    opensAt: null,
  };
  const nobody = { candidateIsYou: false, askedByYou: false, youAgreed: false };
  expect(await list(encino)).toEqual([
    { ...row, ...nobody, askedByYou: true, youAgreed: true, youAgreedAsSteward: false },
  ]);
  expect(await list(copal)).toEqual([
    { ...row, ...nobody, candidateIsYou: true, youAgreedAsSteward: false },
  ]);
  expect(await list(sabino)).toEqual([{ ...row, ...nobody, youAgreedAsSteward: true }]);
  const stranger = await cast.stranger();
  const seen = (sql: Parameters<typeof groupRecoveries.listGroupRecoveries>[0]) =>
    groupRecoveries.listGroupRecoveries(sql, stranger.account, group);
  expect(await stranger.do(seen)).toEqual([]);
});

test("a steward's list holds every group's recovery, a member's only theirs", async () => {
  const [one, other] = [await asked("Abeto"), await asked("Zapote")];
  const groupsOf = async (who: typeof one.encino | typeof sabino) =>
    (await who.do((sql) => groupRecoveries.listGroupRecoveries(sql, who.account))).map(
      ({ groupName }) => groupName,
    );
  const all = await groupsOf(sabino);
  expect(all.indexOf("Abeto")).toBeLessThan(all.indexOf("Zapote"));
  expect(all).toContain("Abeto");
  expect(await groupsOf(one.encino)).toEqual(["Abeto"]);
  expect(await groupsOf(other.encino)).toEqual(["Zapote"]);
});

test("a recovery is found until it is over", async () => {
  const { group, copal, encino, id } = await asked();
  const get = () => sabino.do((sql) => groupRecoveries.getGroupRecovery(sql, id));
  const found = { id, group, candidate: copal.id, askedBy: encino.id, opensAt: null };
  expect(await get()).toEqual(found);
  await sabino.do((sql) => groupRecoveries.removeGroupRecovery(sql, id));
  await expect(get()).rejects.toMatchObject({ code: "not_found" });
});

test("everybody agrees once, and for themselves", async () => {
  const { copal, encino, id } = await asked();
  const agree = (who: typeof encino, membership = who.id) =>
    who.do((sql) => groupRecoveries.addAgreement(sql, id, { membership }));
  const agreeAsSteward = () =>
    sabino.do((sql) => groupRecoveries.addAgreement(sql, id, { steward: stewardId }));
  await agree(encino);
  await agreeAsSteward();
  await expect(agree(encino)).rejects.toMatchObject({ code: "already_done" });
  await expect(agreeAsSteward()).rejects.toMatchObject({ code: "already_done" });
  await expect(agree(encino, copal.id)).rejects.toMatchObject({ code: "42501" });
  await expect(
    encino.do((sql) => groupRecoveries.addAgreement(sql, id, { steward: stewardId })),
  ).rejects.toMatchObject({ code: "42501" });
  const count = (sql: Parameters<typeof groupRecoveries.countAgreements>[0]) =>
    groupRecoveries.countAgreements(sql, id);
  expect(await sabino.do(count)).toEqual({ members: 1, stewards: 1 });
});

test("whether somebody agreed is known, as a member or as a steward", async () => {
  const asMember = await asked();
  const both = await cast.member(asMember.group, "Sabino", [], sabino.account);
  const agreed = (id: typeof asMember.id) =>
    sabino.do((sql) => groupRecoveries.hasAgreed(sql, id, sabino.account));
  await asMember.encino.do((sql) =>
    groupRecoveries.addAgreement(sql, asMember.id, { membership: asMember.encino.id }),
  );
  expect(await agreed(asMember.id)).toBe(false);
  await both.do((sql) => groupRecoveries.addAgreement(sql, asMember.id, { membership: both.id }));
  expect(await agreed(asMember.id)).toBe(true);
  const asSteward = await asked();
  expect(await agreed(asSteward.id)).toBe(false);
  await sabino.do((sql) => groupRecoveries.addAgreement(sql, asSteward.id, { steward: stewardId }));
  expect(await agreed(asSteward.id)).toBe(true);
  const { encino } = asSteward;
  const seen = (sql: Parameters<typeof groupRecoveries.hasAgreed>[0]) =>
    groupRecoveries.hasAgreed(sql, asSteward.id, encino.account);
  expect(await encino.do(seen)).toBe(false);
});

test("the agreement of who leaves no longer counts, and without a candidate it is over", async () => {
  const { copal, encino, id } = await asked();
  for (const who of [copal, encino])
    await who.do((sql) => groupRecoveries.addAgreement(sql, id, { membership: who.id }));
  await owner`update memberships set ended_on = current_date where id = ${encino.id}`;
  expect(await sabino.do((sql) => groupRecoveries.countAgreements(sql, id))).toEqual({
    members: 1,
    stewards: 0,
  });
  await owner`update memberships set ended_on = current_date where id = ${copal.id}`;
  expect(await owner`select from group_recoveries where id = ${id}`).toHaveLength(0);
});

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000);

/** Two members and a steward agreed, in a group that somebody still coordinates. */
async function waiting() {
  const made = await asked();
  const { group, copal, encino, id } = made;
  const ceiba = await cast.member(group, "Ceiba", ["coordinator"]);
  for (const who of [copal, encino])
    await who.do((sql) => groupRecoveries.addAgreement(sql, id, { membership: who.id }));
  await sabino.do((sql) => groupRecoveries.addAgreement(sql, id, { steward: stewardId }));
  const wait = (days: number) =>
    sabino.do((sql) => groupRecoveries.markWaiting(sql, id, inDays(days)));
  const isOver = () => owner`update group_recoveries set opens_at = now() where id = ${id}`;
  return { ...made, ceiba, wait, isOver };
}

const complete = () => groupRecoveries.completeGroupRecoveries(as("telar_jobs"));
const rolesOf = async ({ id }: { id: string }) =>
  (await owner`select roles from memberships where id = ${id}`)[0]?.roles;
const opensAt = async (id: string) =>
  (await owner`select opens_at from group_recoveries where id = ${id}`)[0]?.opensAt;

test("whether a group is coordinated is known to a steward who does not see who is in it", async () => {
  const { group, ceiba } = await waiting();
  const coordinated = () => sabino.do((sql) => groupRecoveries.isCoordinated(sql, group));
  expect(await coordinated()).toBe(true);
  await owner`update memberships set ended_on = current_date where id = ${ceiba.id}`;
  expect(await coordinated()).toBe(false);
});

test("a wait lasts a week, and whoever began it cannot begin it again", async () => {
  const { wait, id } = await waiting();
  await expect(wait(6)).rejects.toMatchObject({ code: "42501" });
  await wait(7);
  const until = await opensAt(id);
  await wait(30);
  expect(await opensAt(id)).toEqual(until);
});

test("nobody is made to coordinate before the wait is over, nor without all who have to agree", async () => {
  const { copal, encino, wait, isOver, id } = await waiting();
  const makeCoordinate = () =>
    sabino.do(
      (sql) => sql`
      update memberships set roles = '{member,coordinator}' where id = ${copal.id}`,
    );
  await expect(makeCoordinate()).rejects.toMatchObject({ code: "42501" });
  await wait(8);
  await expect(makeCoordinate()).rejects.toMatchObject({ code: "42501" });
  expect(await complete()).toBe(0);
  await isOver();
  await owner`delete from group_recovery_agreements where membership_id = ${encino.id}`;
  expect(await opensAt(id)).toBeNull();
  await owner`update group_recoveries set opens_at = now() where id = ${id}`;
  expect(await complete()).toBe(0);
  await expect(makeCoordinate()).rejects.toMatchObject({ code: "42501" });
});

test("after the wait the jobs complete it, once, and the log says so", async () => {
  const { group, copal, wait, isOver, id } = await waiting();
  await wait(8);
  await isOver();
  expect(await complete()).toBe(1);
  expect(await complete()).toBe(0);
  expect(await rolesOf(copal)).toEqual(["member", "coordinator"]);
  expect(await opensAt(id)).toBeUndefined();
  expect(
    (await owner`select event from events where stream = ${`group:${group}`}`).map(
      ({ event }) => event,
    ),
  ).toEqual([{ kind: "group_recovery.done", membership: copal.id }]);
});

test("a group that loses its coordination during the wait waits no longer, a closed one goes on waiting", async () => {
  const { group, copal, ceiba, wait } = await waiting();
  await wait(8);
  await owner`update memberships set ended_on = current_date where id = ${ceiba.id}`;
  await owner`update groups set closed = true where id = ${group}`;
  expect(await complete()).toBe(0);
  await owner`update groups set closed = false where id = ${group}`;
  expect(await complete()).toBe(1);
  expect(await rolesOf(copal)).toContain("coordinator");
});

test("a recovery ends when its candidate begins to coordinate in another way", async () => {
  const { copal, ceiba, id } = await waiting();
  await ceiba.do(
    (sql) => sql`
    update memberships set roles = '{member,coordinator}' where id = ${copal.id}`,
  );
  expect(await opensAt(id)).toBeUndefined();
});

test("the api completes nothing by itself, and the jobs touch no other place", async () => {
  await expect(
    sabino.do((sql) => groupRecoveries.completeGroupRecoveries(sql)),
  ).rejects.toMatchObject({ code: "42501" });
  await expect(as("telar_jobs")`update memberships set roles = '{member}'`).rejects.toMatchObject({
    code: "42501",
  });
});
