import type { AccountId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as inbox from "./inbox.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const database = await createTestDatabase();
const { owner, as } = database;
afterAll(database.release);

const cast = createCast(database);
const spaces = createSpaceCast(owner);
const group = await cast.group();
const ceiba = await cast.member(group, "Ceiba");
const copal = await cast.member(group, "Copal");
const space = await spaces.space(group);
await spaces.place(space, { membership: ceiba.id, alias: "Sauce" });
const other = await spaces.place(space, { membership: copal.id, alias: "Nopal" });

const plant = async (
  account: AccountId,
  kind: string,
  parts: { space?: SpaceId; days?: number } = {},
) => {
  const [row] = await owner<{ id: never }[]>`
    insert into notices (account_id, kind, space_id, subject_id, ends_on)
    values (${account}, ${kind}, ${parts.space ?? null}, ${parts.space ? null : crypto.randomUUID()},
      current_date + ${parts.days ?? 30}::int) returning id`;
  return row?.id as never;
};
const list = () => ceiba.do((sql) => inbox.listInbox(sql, ceiba.account));
const kinds = async () => (await list()).map(({ news }) => news.kind);

test("listInbox: one's own, of spaces that one is in, within their time, the unseen first", async () => {
  const elsewhere = await spaces.space(await cast.group("Vecinas"));
  await plant(ceiba.account, "new_messages", { space });
  await plant(ceiba.account, "new_messages", { space: elsewhere });
  await plant(ceiba.account, "decided");
  await plant(ceiba.account, "report_answered", { days: -1 });
  await plant(copal.account, "admitted", { space });
  expect(await kinds()).toEqual(["decided", "new_messages"]);
  expect((await list())[1]?.news).toEqual({ kind: "new_messages", space, title: "Palabra" });
});

test("markSeen: all of the person's, and of a space only the latest stays", async () => {
  await ceiba.do((sql) => inbox.markSeen(sql, ceiba.account));
  expect((await list()).map(({ seen }) => seen)).toEqual([true, true]);
  await plant(ceiba.account, "new_messages", { space });
  await ceiba.do((sql) => inbox.markSeen(sql, ceiba.account));
  expect(await kinds()).toEqual(["decided", "new_messages"]);
  const [others] =
    await owner`select count(*) from notices where account_id = ${copal.account} and not seen`;
  expect(others?.count).toBe(1);
});

test("the same is told once until it is seen", async () => {
  await plant(copal.account, "rules_changed", { space });
  await expect(plant(copal.account, "rules_changed", { space })).rejects.toMatchObject({
    constraint_name: "told_once",
  });
});

test("removeNotice: one's own only", async () => {
  const id = await plant(copal.account, "decided");
  const remove = (who: typeof ceiba) => who.do((sql) => inbox.removeNotice(sql, who.account, id));
  await expect(remove(ceiba)).rejects.toMatchObject({ code: "not_found" });
  await remove(copal);
  await expect(remove(copal)).rejects.toMatchObject({ code: "not_found" });
});

test("listLatest: the latest message of others that the person reads", async () => {
  await owner`
    insert into messages (space_id, place, id, participant_id, expires_on, body)
    values (${space}, 1, ${crypto.randomUUID()}, ${other}, current_date + 9, 'Hola')`;
  const latest = () => ceiba.do((sql) => inbox.listLatest(sql));
  expect(await latest()).toMatchObject([{ space, title: "Palabra", latest: 1 }]);
  await owner`update spaces set rules_version = 2 where id = ${space}`;
  expect(await latest()).toEqual([]);
});

test("nobody tells anybody but by what happens: the functions are closed to the apps", async () => {
  const api = as("telar_api");
  const someone = ceiba.account;
  const closed = [
    () => api`select tell(array[${someone}]::uuid[], 'decided', null, null)`,
    () => api`select * from people_to_tell(${someone}, 1)`,
    () => api`select * from pushes_to_send(${someone}, 1)`,
    () => api`select announce(${someone}, true, '{}', '{}', null, false)`,
    () => api`select mark_pushed(${someone}, 0::smallint, 1)`,
    () =>
      ceiba.do((sql) => sql`insert into notices (account_id, kind) values (${someone}, 'decided')`),
    () => ceiba.do((sql) => sql`update notices set kind = 'decided'`),
  ];
  for (const ask of closed) await expect(ask()).rejects.toMatchObject({ code: "42501" });
});
