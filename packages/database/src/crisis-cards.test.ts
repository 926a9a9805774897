import { afterAll, expect, test } from "vitest";
import * as crisisCards from "./crisis-cards.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);

const card = { name: "Línea", contact: "55 0000 0000", hours: "24 h", languages: "español" };

async function kept() {
  const group = await cast.group();
  const ceiba = await cast.member(group, "Ceiba", ["coordinator"]);
  const copal = await cast.member(group, "Copal");
  const id = await ceiba.do((sql) => crisisCards.addCard(sql, { group }, card));
  const list = (who: Pick<Somebody, "do">) =>
    who.do((sql) => crisisCards.listCards(sql, { group }));
  return { group, ceiba, copal, id, list, stranger: await cast.stranger() };
}
const age = (id: string, days: number) =>
  owner`update crisis_cards set verified_on = current_date - ${days}::int where id = ${id}`;

test("a card is read by the people of its group, and by nobody else", async () => {
  const { copal, stranger, id, list, group } = await kept();
  expect(await list(copal)).toMatchObject([{ ...card, id, stale: false }]);
  expect(await list(stranger)).toEqual([]);
  expect(await copal.do((sql) => crisisCards.getCardOwner(sql, id))).toEqual({ group });
  await expect(stranger.do((sql) => crisisCards.getCardOwner(sql, id))).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a card that nobody has verified for 90 days says so, until somebody has", async () => {
  const { copal, ceiba, id, list } = await kept();
  await age(id, 90);
  expect(await list(copal)).toMatchObject([{ stale: false }]);
  await age(id, 91);
  expect(await list(copal)).toMatchObject([{ stale: true }]);
  await ceiba.do((sql) => crisisCards.markVerified(sql, id));
  expect(await list(copal)).toMatchObject([{ stale: false }]);
});

test("a card is written anew, which verifies it, and taken away, by who coordinates", async () => {
  const { copal, ceiba, id, list } = await kept();
  await age(id, 91);
  const change = (who: Somebody) =>
    who.do((sql) => crisisCards.changeCard(sql, id, { ...card, contact: "55 1111 1111" }));
  await change(copal);
  expect(await list(copal)).toMatchObject([{ contact: card.contact, stale: true }]);
  await change(ceiba);
  expect(await list(copal)).toMatchObject([{ contact: "55 1111 1111", stale: false }]);
  await copal.do((sql) => crisisCards.removeCard(sql, id));
  expect(await list(copal)).toHaveLength(1);
  await ceiba.do((sql) => crisisCards.removeCard(sql, id));
  expect(await list(copal)).toEqual([]);
});

test("old cards are a task of who coordinates the group, or one that convenes the coalition", async () => {
  const { copal, ceiba, id, group } = await kept();
  const told = (who: Somebody) => who.do((sql) => crisisCards.listStaleCards(sql, who.account));
  expect(await told(ceiba)).toEqual([]);
  await age(id, 91);
  expect(await told(ceiba)).toEqual([{ group, groupName: "Tejido", coalition: null }]);
  expect(await told(copal)).toEqual([]);
  const [made] = await owner`
    insert into coalitions (name, agreement) values ('Encuentro', 'x') returning id`;
  const coalition = made?.id;
  await owner`
    insert into coalition_groups (coalition_id, group_id, state, convener)
    values (${coalition}, ${group}, 'member', true)`;
  await owner`update crisis_cards set group_id = null, coalition_id = ${coalition} where id = ${id}`;
  expect(await told(ceiba)).toEqual([{ group, groupName: "Tejido", coalition }]);
  expect(await ceiba.do((sql) => crisisCards.getCardOwner(sql, id))).toEqual({ coalition });
  await owner`update coalition_groups set convener = false where group_id = ${group}`;
  expect(await told(ceiba)).toEqual([]);
});
