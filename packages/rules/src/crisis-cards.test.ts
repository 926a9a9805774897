import type { Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { cardsPerOwner, mayAddCard, mayKeepCards } from "./crisis-cards.ts";
import { no, yes } from "./verdict.ts";

const having = (...roles: Role[]) => ({ roles });

test("crisis cards are kept by who coordinates, and stay few enough to be read", () => {
  const coordinator = having("member", "coordinator");
  expect(mayKeepCards(coordinator)).toEqual(yes);
  expect(mayKeepCards(having("member", "facilitator"))).toEqual(no("not_allowed"));
  expect(mayAddCard(coordinator, cardsPerOwner - 1)).toEqual(yes);
  expect(mayAddCard(coordinator, cardsPerOwner)).toEqual(no("limit_reached"));
  expect(mayAddCard(having("member"), 0)).toEqual(no("not_allowed"));
});
