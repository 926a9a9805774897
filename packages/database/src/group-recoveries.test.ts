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
  expect(await get()).toEqual({ id, group, candidate: copal.id, askedBy: encino.id });
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

test("whether somebody agreed as a member is known", async () => {
  const { group, encino, id } = await asked();
  const both = await cast.member(group, "Sabino", [], sabino.account);
  const agreed = () =>
    sabino.do((sql) => groupRecoveries.hasAgreedAsMember(sql, id, sabino.account));
  await encino.do((sql) => groupRecoveries.addAgreement(sql, id, { membership: encino.id }));
  expect(await agreed()).toBe(false);
  await both.do((sql) => groupRecoveries.addAgreement(sql, id, { membership: both.id }));
  expect(await agreed()).toBe(true);
});

test("whether somebody agreed as a steward is known", async () => {
  const { encino, id } = await asked();
  const agreed = () =>
    sabino.do((sql) => groupRecoveries.hasAgreedAsSteward(sql, id, sabino.account));
  expect(await agreed()).toBe(false);
  await sabino.do((sql) => groupRecoveries.addAgreement(sql, id, { steward: stewardId }));
  expect(await agreed()).toBe(true);
  expect(
    await encino.do((sql) => groupRecoveries.hasAgreedAsSteward(sql, id, encino.account)),
  ).toBe(false);
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
