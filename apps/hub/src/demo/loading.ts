import type { CoalitionId, GroupId } from "@telar/contracts/ids";
import type { Person } from "@telar/contracts/person";
import type { CastHub, Seat } from "./cast.ts";

/** How to sign in as somebody of the demo, and where to find them. */
export interface Key {
  alias: string;
  hub: string;
  /** Left out: a steward, who sits in no group. */
  group?: string;
  roles: string[];
  signInName: string;
  passphrase: string;
  recoveryCodes?: string[];
  spaces?: KeyToSpace[];
}

export interface KeyToSpace {
  title: string;
  /** On the hub. */
  path: string;
  /** What others call them there. */
  alias: string;
  role: "facilitator" | "member" | "asking";
}

/** A hub in which nobody is yet. */
export interface EmptyHub {
  url: string;
  /** The first steward's, as the hub prints it. */
  invitationCode: string;
}

/** What is known of a hub while it fills. */
export interface Loading {
  hub: EmptyHub;
  cast: CastHub;
  /** One more of `countSteps` is done. */
  done(): void;
  keys: Key[];
  people: Map<string, Person>;
  groups: Map<string, GroupId>;
  coalitions: Map<string, CoalitionId>;
}

export const coordinatorOf = (loading: Loading, slug: string): Person =>
  personOf(loading, known(seatsOf(loading, slug), slug)[0].alias);
const seatsOf = ({ cast }: Loading, slug: string): [Seat, ...Seat[]] | undefined =>
  cast.groups.find((group) => group.slug === slug)?.seats;
export const personOf = ({ people }: Loading, alias: string): Person =>
  known(people.get(alias), alias);
export const groupOf = ({ groups }: Loading, slug: string): GroupId =>
  known(groups.get(slug), slug);

export function known<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`The scenario names ${name}, which is not there.`);
  return thing;
}
