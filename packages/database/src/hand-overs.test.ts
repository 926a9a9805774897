import type { HandOverId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as handOvers from "./hand-overs.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);

async function offered({ staysCoordinator = false } = {}) {
  const group = await cast.group();
  const ceiba = await cast.member(group, "Ceiba", ["coordinator"]);
  const copal = await cast.member(group, "Copal");
  const offer = () =>
    ceiba.do((sql) =>
      handOvers.addHandOver(sql, {
        group,
        from: ceiba.id,
        to: copal.id,
        note: "Cuídalo",
        staysCoordinator,
      }),
    );
  await offer();
  const list = (who: { account: typeof ceiba.account; do: typeof ceiba.do }) =>
    who.do((sql) => handOvers.listHandOvers(sql, group, who.account));
  const [row] = await list(ceiba);
  return { group, ceiba, copal, offer, list, id: row?.id as HandOverId };
}

test("an offer is read by who made it and by who was asked, and by nobody else", async () => {
  const { group, ceiba, copal, list } = await offered();
  const fresno = await cast.member(group, "Fresno", ["coordinator"]);
  const row = { from: "Ceiba", to: "Copal", note: "Cuídalo", staysCoordinator: false };
  expect(await list(ceiba)).toMatchObject([{ ...row, fromYou: true, toYou: false }]);
  expect(await list(copal)).toMatchObject([{ ...row, fromYou: false, toYou: true }]);
  expect(await list(fresno)).toEqual([]);
  expect(await list({ ...(await cast.stranger()) })).toEqual([]);
});

test("the same offer is not made twice", async () => {
  const { offer } = await offered();
  await expect(offer()).rejects.toMatchObject({ code: "already_done" });
});

test("nobody offers in somebody else's name, nor what they do not have", async () => {
  const { group, ceiba, copal } = await offered();
  const made = { group, note: "", staysCoordinator: true };
  for (const [who, from, to] of [
    [copal, ceiba.id, copal.id],
    [copal, copal.id, ceiba.id],
  ] as const)
    await expect(
      who.do((sql) => handOvers.addHandOver(sql, { ...made, from, to })),
    ).rejects.toMatchObject({ code: "42501" });
});

test("what was offered is known to the two alone", async () => {
  const { group, ceiba, copal, id } = await offered();
  const get = (who: typeof ceiba) => who.do((sql) => handOvers.getHandOver(sql, group, id));
  expect(await get(copal)).toEqual({ from: ceiba.id, to: copal.id, staysCoordinator: false });
  const fresno = await cast.member(group, "Fresno", ["coordinator"]);
  await expect(get(fresno)).rejects.toMatchObject({ code: "not_found" });
});

test("an offer is taken away once, by one of the two", async () => {
  const { group, ceiba, copal, id } = await offered({ staysCoordinator: true });
  const fresno = await cast.member(group, "Fresno", ["coordinator"]);
  const remove = (who: typeof ceiba) => who.do((sql) => handOvers.removeHandOver(sql, group, id));
  await expect(remove(fresno)).rejects.toMatchObject({ code: "not_found" });
  expect(await remove(copal)).toEqual({ from: ceiba.id, to: copal.id, staysCoordinator: true });
  await expect(remove(ceiba)).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  ["who offered it leaves", "from", "ended_on = current_date"],
  ["who offered it no longer coordinates", "from", "roles = '{member}'"],
  ["who was asked leaves", "to", "ended_on = current_date"],
  ["who was asked closes their account", "to", "account_id = null"],
])("an offer disappears when %s", async (_, whose, change) => {
  const { ceiba, copal } = await offered();
  const { id } = whose === "from" ? ceiba : copal;
  const left = () =>
    owner`select from hand_overs where ${id} in (from_membership_id, to_membership_id)`;
  await owner`update memberships set roles = '{member,facilitator}' where id = ${copal.id}`;
  expect(await left()).toHaveLength(1);
  await owner`update memberships set ${owner.unsafe(change)} where id = ${id}`;
  expect(await left()).toHaveLength(0);
});
