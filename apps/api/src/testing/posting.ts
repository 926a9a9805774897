import type { MessageId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import { type Posting, postMessage } from "@telar/contracts/messages";
import { createSpaceCast } from "@telar/database/testing/space-cast";
import { newAlias, type TestHub } from "./hub.ts";
import type { Person } from "./person.ts";
import { placeOf } from "./places.ts";

type Settings = Parameters<ReturnType<typeof createSpaceCast>["space"]>[1];

export const newMessageId = () => crypto.randomUUID() as MessageId;

/** A space of a new group, in which the coordinator facilitates. */
export async function openRoom(hub: TestHub, settings: Settings = {}) {
  const made = await hub.group();
  const { group, coordinator } = made;
  const cast = createSpaceCast(hub.owner);
  const space: SpaceId = await cast.space(group, settings);
  const place = async (person: Person, alias: string, facilitator = false) => {
    const membership = (await placeOf(person, group)).id;
    return cast.place(space, { membership, alias, facilitator });
  };
  const facilitating = await place(coordinator, newAlias(), true);
  return {
    ...made,
    space,
    facilitating,
    place,
    /** Somebody new of the group, who takes part under an alias of its own there. */
    async enter(alias = newAlias()): Promise<{ person: Person; id: ParticipantId; alias: string }> {
      const person = await hub.member(made);
      return { person, id: await place(person, alias), alias };
    },
    post(
      person: Person,
      body: string,
      more: { id?: MessageId; note?: string; replyTo?: MessageId } = {},
    ): Promise<Posting> {
      return person.call(postMessage, { space, id: newMessageId(), body, ...more });
    },
  };
}
