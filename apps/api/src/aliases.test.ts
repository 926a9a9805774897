import { getAccount } from "@telar/contracts/accounts";
import { askToFound } from "@telar/contracts/foundings";
import { foundGroup } from "@telar/contracts/groups";
import { acceptInvitation } from "@telar/contracts/invitations";
import { changeAlias } from "@telar/contracts/memberships";
import { afterAll, expect, test } from "vitest";
import { addFirstInvitation } from "./first-invitation.ts";
import { createTestHub, newAlias } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
const { group, coordinator } = await hub.group();
afterAll(hub.release);

const kind = "victim_network" as const;
const invited = (purpose: "founding" | "stewardship") =>
  addFirstInvitation(hub.owner, "http://localhost:8080", purpose);

test.each<[string, (person: Person, alias: string) => Promise<unknown>]>([
  ["changes it", (person, alias) => person.call(changeAlias, { group, alias })],
  [
    "founds a group",
    async (person, alias) => {
      await person.call(acceptInvitation, { code: (await invited("founding")).code });
      const made = { name: "Red nueva", kind, languages: [], capabilities: [] };
      return person.call(foundGroup, { ...made, alias });
    },
  ],
  [
    "asks to found one",
    (person, alias) =>
      person.call(askToFound, { name: "Red nueva", kind, purpose: "Juntarnos", alias }),
  ],
  [
    "begins to look after the hub",
    async (person, alias) =>
      person.call(acceptInvitation, { code: (await invited("stewardship")).code, alias }),
  ],
])("an alias is not what somebody signs in with, when they: %s", async (_, call) => {
  const person = await hub.member({ group, coordinator });
  const { signInName } = await person.call(getAccount, {});
  const alike = signInName.toUpperCase().replace(/[AEIOU]/, "$&\u0301");
  await expect(call(person, alike)).rejects.toMatchObject({
    code: "invalid_input",
    fields: { alias: "same_as_sign_in_name" },
  });
  await call(person, newAlias());
});
