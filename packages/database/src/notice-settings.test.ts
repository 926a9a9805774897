import { afterAll, expect, test } from "vitest";
import * as settings from "./notice-settings.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const database = await createTestDatabase();
const { owner } = database;
afterAll(database.release);

const cast = createCast(database);
const spaces = createSpaceCast(owner);
const group = await cast.group();
const ceiba = await cast.member(group, "Ceiba");
const copal = await cast.member(group, "Copal");
const space = await spaces.space(group);
const own = await spaces.place(space, { membership: ceiba.id, alias: "Sauce" });
const other = await spaces.place(space, { membership: copal.id, alias: "Nopal" });
const closed = await spaces.space(group);

test("getChosen, changeChosen: everything is off at first, and kept as chosen", async () => {
  const chosen = () => ceiba.do((sql) => settings.getChosen(sql, ceiba.account));
  expect(await chosen()).toEqual({
    own: "off",
    digestHour: 18,
    quietFrom: "21:00",
    quietTo: "08:00",
  });
  const mine = { own: "digest", digestHour: 9, quietFrom: "20:30", quietTo: "07:00" } as const;
  for (const _ of [1, 2]) await ceiba.do((sql) => settings.changeChosen(sql, ceiba.account, mine));
  expect(await chosen()).toEqual(mine);
  expect(await copal.do((sql) => settings.getChosen(sql, copal.account))).toMatchObject({
    own: "off",
  });
  const forCopal = copal.do((sql) => settings.changeChosen(sql, ceiba.account, mine));
  await expect(forCopal).rejects.toMatchObject({ code: "42501" });
});

test("changeRhythms, listRhythms: in spaces that one is in, from where they stand", async () => {
  await owner`
    insert into messages (space_id, place, id, participant_id, expires_on, body)
    values (${space}, 7, ${crypto.randomUUID()}, ${other}, current_date + 9, 'De antes')`;
  const change = (rhythm?: "digest" | "at_once") =>
    ceiba.do((sql) =>
      settings.changeRhythms(
        sql,
        ceiba.account,
        rhythm ? [space, closed].map((each) => ({ space: each, rhythm })) : [],
      ),
    );
  const list = () => ceiba.do((sql) => settings.listRhythms(sql, ceiba.account));
  const kept = () => owner`select rhythm, told_place from space_notices`;
  await change("digest");
  expect((await kept()).map((row) => ({ ...row }))).toEqual([{ rhythm: "digest", toldPlace: 7 }]);
  await owner`update space_notices set told_place = 9`;
  await change("at_once");
  expect((await kept()).map((row) => ({ ...row }))).toEqual([{ rhythm: "at_once", toldPlace: 9 }]);
  expect(await list()).toEqual([{ space, title: "Palabra", rhythm: "at_once" }]);
  await change();
  expect(await list()).toEqual([{ space, title: "Palabra", rhythm: "off" }]);
});

test("addLetThrough, listLetThrough, removeLetThrough: people of one's own spaces but oneself", async () => {
  const add = (id: typeof other) =>
    ceiba.do((sql) => settings.addLetThrough(sql, ceiba.account, space, id));
  const list = () => ceiba.do((sql) => settings.listLetThrough(sql, ceiba.account));
  await expect(add(own)).rejects.toMatchObject({ code: "not_found" });
  await add(other);
  await add(other);
  expect(await list()).toEqual([{ id: other, space, alias: "Nopal" }]);
  expect(await copal.do((sql) => settings.listLetThrough(sql, ceiba.account))).toEqual([]);
  await ceiba.do((sql) => settings.removeLetThrough(sql, ceiba.account, other));
  expect(await list()).toEqual([]);
  await add(other);
  await owner`update participants set state = 'left' where id = ${other}`;
  expect(await list()).toEqual([]);
});
