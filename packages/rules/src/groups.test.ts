import { GroupKind, type ProfileVisibility, Visibility } from "@telar/contracts/groups";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mayConvene, withinName } from "./groups.ts";

test("every kind of group convenes except institutions", () => {
  expect(GroupKind.options.filter((kind) => mayConvene(kind).allowed)).toEqual([
    "victim_network",
    "expert_network",
    "accompanying_ngo",
  ]);
});

const level = fc.constantFrom(...Visibility.options);
const choice: fc.Arbitrary<ProfileVisibility> = fc.record({
  name: level,
  about: level,
  region: level,
  languages: level,
  capabilities: level,
  contact: level,
});
const reach = (one: Visibility) => Visibility.options.indexOf(one);

test("no field is ever shown to more people than the name, nor to fewer than was chosen without need", () => {
  fc.assert(
    fc.property(choice, (chosen) => {
      const drawn = withinName(chosen);
      expect(drawn.name).toBe(chosen.name);
      for (const field of Object.keys(chosen) as (keyof ProfileVisibility)[])
        expect(reach(drawn[field])).toBe(Math.max(reach(chosen[field]), reach(chosen.name)));
    }),
  );
});
