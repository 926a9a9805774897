import { afterAll, expect, test } from "vitest";
import { listGroupNotices } from "./notices.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);

const told = (who: Somebody) => who.do((sql) => listGroupNotices(sql, who.account));

async function people() {
  const group = await cast.group("Tejido");
  return {
    group,
    ceiba: await cast.member(group, "Ceiba", ["coordinator"]),
    copal: await cast.member(group, "Copal"),
    encino: await cast.member(group, "Encino"),
  };
}

test("whoever is offered the coordination is told, and nobody else", async () => {
  const { group, ceiba, copal, encino } = await people();
  await owner`
    insert into hand_overs (group_id, from_membership_id, to_membership_id, stays_coordinator)
    values (${group}, ${ceiba.id}, ${copal.id}, true)`;
  expect(await told(copal)).toMatchObject([
    { kind: "hand_over_offered", group, groupName: "Tejido" },
  ]);
  expect([await told(ceiba), await told(encino)]).toEqual([[], []]);
});

test("of a recovery those are told who can stop it: who coordinates, and who is proposed until they agree", async () => {
  const { group, ceiba, copal, encino } = await people();
  const [recovery] = await owner`
    insert into group_recoveries (group_id, candidate_id, asked_by, reason)
    values (${group}, ${copal.id}, ${encino.id}, 'Ya no responde') returning id`;
  const notice = { kind: "group_recovery_asked", group, opensAt: null };
  expect([await told(ceiba), await told(copal), await told(encino)]).toMatchObject([
    [{ ...notice, recovery: recovery?.id }],
    [{ ...notice, recovery: null }],
    [],
  ]);
  const opensAt = new Date("2026-11-29T00:00:00Z");
  await owner`update group_recoveries set opens_at = ${opensAt}`;
  expect(await told(ceiba)).toMatchObject([{ ...notice, recovery: recovery?.id, opensAt }]);
  await owner`
    insert into group_recovery_agreements (recovery_id, membership_id) values (${recovery?.id}, ${copal.id})`;
  expect(await told(copal)).toEqual([]);
});

test("coordinators are told when a coalition waits for their group's answer", async () => {
  const { group, ceiba, copal } = await people();
  const other = await cast.group("Vecinas");
  const [{ id: coalition } = { id: "" }] = await owner<{ id: string }[]>`
    insert into coalitions (name, agreement, agreement_version) values ('Encuentro', 'Cuidarnos', 2) returning id`;
  await owner`
    insert into coalition_groups (coalition_id, group_id, state, accepted_version)
    values (${coalition}, ${group}, 'invited', null), (${coalition}, ${other}, 'member', 2)`;
  const answer = (state: string, version: number | null) =>
    owner`
      update coalition_groups set state = ${state}, accepted_version = ${version} where group_id = ${group}`;
  const notice = { kind: "coalition_asks", coalition, group };
  expect(await told(ceiba)).toMatchObject([notice]);
  expect(await told(copal)).toEqual([]);
  await answer("member", 1);
  expect(await told(ceiba)).toMatchObject([notice]);
  await answer("member", 2);
  expect(await told(ceiba)).toEqual([]);
});
