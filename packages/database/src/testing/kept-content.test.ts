import { afterAll, expect, test } from "vitest";
import { createCast } from "./cast.ts";
import { createTestDatabase } from "./database.ts";
import { keepContent } from "./kept-content.ts";

const database = await createTestDatabase();
afterAll(database.release);
const { owner } = database;
const cast = createCast(database);

test("tables that changed are named, and hold again what was kept", async () => {
  const group = await cast.group("Tejido");
  const { id } = await cast.member(group, "Ceiba");
  const read = () => owner`
    select g.name, m.id, m.alias from groups g left join memberships m on m.group_id = g.id order by g.name`;
  const before = await read();
  const kept = await keepContent(owner);
  expect(await kept.changed()).toEqual([]);

  await cast.group("Otra red");
  await owner`update groups set name = 'Raíces' where id = ${group}`;
  await owner`delete from memberships where id = ${id}`;
  expect((await kept.changed()).sort()).toEqual(["groups", "memberships"]);
  await kept.restore();
  expect(await kept.changed()).toEqual([]);
  expect(await read()).toEqual(before);
});
