import type { GroupId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { Operation } from "@telar/contracts/operation";
import type { Person } from "@telar/contracts/person";
import { Problem, type ProblemCode } from "@telar/contracts/problems";
import { createSpaceCast } from "@telar/database/testing/space-cast";
import type * as z from "zod";
import type { TestHub } from "./hub.ts";
import { placeOf } from "./places.ts";

export interface Inhabitant {
  person: Person;
  place: ParticipantId;
}

export interface Room {
  group: GroupId;
  space: SpaceId;
  /** Coordinates the group, and takes no part in the space. */
  sabino: Person;
  /** Facilitate. */
  ceiba: Inhabitant;
  copal: Inhabitant;
  nogal: Inhabitant;
  fresno: Inhabitant;
  newcomer(alias: string): Promise<Inhabitant>;
}

/** A space of a group with two who facilitate and two who take part, and a coordinator outside of it. */
export async function openRoom(
  hub: TestHub,
  settings: Parameters<ReturnType<typeof createSpaceCast>["space"]>[1] = {},
): Promise<Room> {
  const cast = createSpaceCast(hub.owner);
  const made = await hub.group();
  const { group, coordinator } = made;
  const space = await cast.space(group, settings);
  const enter = async (alias: string, facilitator = false): Promise<Inhabitant> => {
    const person = await hub.member(made);
    const membership = (await placeOf(person, group)).id;
    return { person, place: await cast.place(space, { membership, alias, facilitator }) };
  };
  return {
    group,
    space,
    sabino: coordinator,
    ceiba: await enter("Ceiba", true),
    copal: await enter("Copal", true),
    nogal: await enter("Nogal"),
    fresno: await enter("Fresno"),
    newcomer: (alias) => enter(alias),
  };
}

/** The code that an operation is refused with; undefined if it is done. */
export async function problemOf<Input extends z.ZodObject, Output extends z.ZodType>(
  person: Person,
  operation: Operation<Input, Output>,
  input: z.input<Input>,
): Promise<ProblemCode | undefined> {
  const answer = await person.ask(operation, input);
  return answer.ok ? undefined : Problem.parse(await answer.json()).code;
}
