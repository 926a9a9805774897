import type { Role } from "@telar/contracts/memberships";
import type { Rests } from "./rests.ts";
import type { Scenario } from "./scenario.ts";
import { type CastSpace, spacesOf } from "./space-cast.ts";

/** Somebody's place in a group of the demo. */
export interface Seat {
  alias: string;
  roles: Role[];
  language: Scenario["participants"][number]["languages"][number];
  /** The alias, in another group, of the person who also sits here. */
  also?: string;
}

export interface CastGroup {
  slug: string;
  name: string;
  kind: Scenario["observer"]["kind"];
  region?: string;
  languages: Scenario["hubs"][number]["languages"];
  /** The first one founds the group. */
  seats: [Seat, ...Seat[]];
}

export interface CastHub {
  slug: string;
  name: string;
  languages: Scenario["hubs"][number]["languages"];
  stewards: string[];
  groups: CastGroup[];
  coalition: { slug: string; name: string; conveners: string[]; members: string[] };
  spaces: CastSpace[];
  handOver?: { group: string; from: string; to: string };
  recoverySheetOf?: string;
  rests?: Rests;
}

/** Whom the scenario leaves out: stewards, the person of the observing institution, a second alias. */
const stewards: Record<string, string[]> = {
  raices: ["Sauce", "Trueno"],
  puentes: ["Olivo", "Roble"],
};
const observer = "Laurel";
const secondSeat = { group: "psicosocial", alias: "Amate", also: "Cuajilote" };
const handOver = { group: "tejido-sur", from: "Guamúchil", to: "Tepozán" };
const recoverySheetOf = "Ahuehuete";
const rests: Rests = { pausing: "Zapote", quiet: "Jacaranda" };

/** Who sits where in a hub of the scenario, and with which roles. */
export function castOf(scenario: Scenario, hub: Scenario["hubs"][number]): CastHub {
  const { coalition, observer: guest } = scenario;
  const groups = scenario.groups
    .filter((group) => group.hub === hub.slug)
    .map((group) => ({ ...group, seats: seatsOf(scenario, group.slug) }));
  const here = (slug: string) => groups.some((group) => group.slug === slug);
  const laurel: Seat = { alias: observer, roles: ["coordinator"], language: "es" };
  const isGuestHere = guest.hub === hub.slug;
  return {
    ...hub,
    stewards: stewards[hub.slug] ?? [],
    groups: isGuestHere ? [...groups, { ...guest, languages: ["es"], seats: [laurel] }] : groups,
    coalition: {
      slug: coalition.slug,
      name: coalition.name,
      conveners: coalition.conveners.filter(here),
      members: coalition.members.filter(here),
    },
    spaces: spacesOf(scenario, (owner) =>
      owner === coalition.slug ? coalition.hosted_by === hub.slug : here(owner),
    ),
    ...(here(handOver.group) && { handOver }),
    ...(here("familias-del-norte") && { recoverySheetOf, rests }),
  };
}

/** Two adults coordinate, the last one accompanies, and as many sign as the group's mandate names. */
function seatsOf({ participants, statement }: Scenario, group: string): CastGroup["seats"] {
  const own = participants.filter((participant) => participant.group === group);
  const second = { ...secondSeat, minor: false, languages: ["es" as const] };
  const people = group === secondSeat.group ? [...own, second] : own;
  const adults = people.filter(({ minor }) => !minor).map(({ alias }) => alias);
  const coordinators = adults.slice(0, 2);
  const facilitators = adults.slice(1).slice(-1);
  const signatories = adults.slice(adults.length - signatoryCount(statement.mandates[group]));
  const seats = people
    .map(({ alias, languages, ...rest }) => ({
      alias,
      language: languages.at(-1) ?? "es",
      roles: [
        ...(coordinators.includes(alias) ? (["coordinator"] as const) : []),
        ...(facilitators.includes(alias) ? (["facilitator"] as const) : []),
        ...(signatories.includes(alias) ? (["signatory"] as const) : []),
      ],
      ...("also" in rest && { also: secondSeat.also }),
    }))
    .sort((one, other) => Number(other.alias === adults[0]) - Number(one.alias === adults[0]));
  return seats as [Seat, ...Seat[]];
}

/** "2-of-3" names three people; an assembly and a single signatory send one. */
function signatoryCount(mandate: string | undefined): number {
  return mandate === undefined ? 0 : Number(mandate.split("-of-")[1] ?? 1);
}
