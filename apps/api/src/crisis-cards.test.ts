import { changeAccount, getAccount } from "@telar/contracts/accounts";
import { foundCoalition } from "@telar/contracts/coalitions";
import {
  addCrisisCard,
  type CrisisCardId,
  changeCrisisCard,
  listCrisisCards,
  removeCrisisCard,
  verifyCrisisCard,
} from "@telar/contracts/crisis-cards";
import { foundSpace, getSpace } from "@telar/contracts/spaces";
import { cardsPerOwner } from "@telar/rules/crisis-cards";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
afterAll(hub.release);

const card = {
  name: "Línea de la red",
  contact: "55 0000 0000",
  hours: "24 horas",
  languages: "español, náhuatl",
};
const words = { title: "Palabra", purpose: "Escucharnos", rules: "Nos cuidamos.", alias: "Álamo" };

async function kept() {
  const made = await hub.group();
  const { group, coordinator } = made;
  const { id } = await coordinator.call(addCrisisCard, { group, ...card });
  return { made, group, coordinator, id };
}
/** The write of a person makes the hub look at the account anew. */
const age = async (person: Person, id: CrisisCardId) => {
  await hub.owner`update crisis_cards set verified_on = current_date - 91 where id = ${id}`;
  await person.call(changeAccount, {});
};
const told = async (person: Person) =>
  (await person.call(getAccount, {})).notices.filter(({ kind }) => kind === "crisis_card_stale");

test("a space shows the cards of its group to whoever may join it", async () => {
  const { made, group, coordinator, id } = await kept();
  const { space } = await coordinator.call(foundSpace, { group, kind: "peer_support", ...words });
  const member = await hub.member(made);
  const { crisisCards } = await member.call(getSpace, { space });
  expect(crisisCards).toMatchObject([{ id, ...card, stale: false }]);
  expect(await member.call(listCrisisCards, { group })).toEqual(crisisCards);
});

test("a space of a coalition shows the coalition's own cards, kept by who convenes it", async () => {
  const { made, group, coordinator } = await kept();
  const agreement = "Nos cuidamos y decidimos juntas.";
  const { coalition } = await coordinator.call(foundCoalition, {
    group,
    name: "Encuentro",
    agreement,
  });
  const { id } = await coordinator.call(addCrisisCard, { coalition, ...card, name: "Línea común" });
  const { space } = await coordinator.call(foundSpace, { coalition, kind: "working", ...words });
  const { crisisCards } = await coordinator.call(getSpace, { space });
  expect(crisisCards.map(({ name }) => name)).toEqual(["Línea común"]);
  const member = await hub.member(made);
  await expect(member.call(addCrisisCard, { coalition, ...card })).rejects.toMatchObject({
    code: "not_allowed",
  });
  await age(coordinator, id);
  const { groupName } = (await coordinator.call(getAccount, {})).memberships[0] ?? {};
  expect(await told(coordinator)).toEqual([
    { kind: "crisis_card_stale", group, groupName, coalition },
  ]);
});

test("a card that grew old is a task of who coordinates until somebody verifies it (P15)", async () => {
  const { made, group, coordinator, id } = await kept();
  const member = await hub.member(made);
  expect(await told(coordinator)).toEqual([]);
  await age(coordinator, id);
  expect(await member.call(listCrisisCards, { group })).toMatchObject([{ stale: true }]);
  expect(await told(coordinator)).toMatchObject([{ kind: "crisis_card_stale", group }]);
  expect(await told(member)).toEqual([]);
  await coordinator.call(verifyCrisisCard, { id });
  expect(await told(coordinator)).toEqual([]);
  expect(await member.call(listCrisisCards, { group })).toMatchObject([{ stale: false }]);
});

test("a card is written anew or taken away by who coordinates, and by nobody else", async () => {
  const { made, group, coordinator, id } = await kept();
  const member = await hub.member(made);
  const { coordinator: other } = await hub.group();
  for (const [who, code] of [
    [member, "not_allowed"],
    [other, "not_found"],
  ] as const)
    for (const act of [
      () => who.call(changeCrisisCard, { id, ...card }),
      () => who.call(verifyCrisisCard, { id }),
      () => who.call(removeCrisisCard, { id }),
    ])
      await expect(act()).rejects.toMatchObject({ code });
  await coordinator.call(changeCrisisCard, { id, ...card, contact: "55 1111 1111" });
  expect(await member.call(listCrisisCards, { group })).toMatchObject([
    { contact: "55 1111 1111" },
  ]);
  await coordinator.call(removeCrisisCard, { id });
  expect(await member.call(listCrisisCards, { group })).toEqual([]);
});

test("there are only so many cards as somebody in need can read", async () => {
  const { group, coordinator } = await kept();
  await hub.owner`
    insert into crisis_cards (group_id, name, contact, hours, languages)
    select ${group}, 'Línea ' || n, '55', '', '' from generate_series(2, ${cardsPerOwner}) as n`;
  await expect(coordinator.call(addCrisisCard, { group, ...card })).rejects.toMatchObject({
    code: "limit_reached",
  });
});
