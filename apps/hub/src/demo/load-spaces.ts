import { randomUUID } from "node:crypto";
import { addCrisisCard } from "@telar/contracts/crisis-cards";
import { changeFilters } from "@telar/contracts/filters";
import type { MessageId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import {
  acknowledgeMessage,
  editMessage,
  pinMessage,
  postMessage,
} from "@telar/contracts/messages";
import { releaseHeld } from "@telar/contracts/moderation";
import {
  addFacilitator,
  admitParticipant,
  joinSpace,
  listAdmissions,
  listParticipants,
} from "@telar/contracts/participants";
import type { Person } from "@telar/contracts/person";
import { beginShift, endShift } from "@telar/contracts/shifts";
import {
  changeHours,
  type FacilitatedHours,
  foundSpace,
  getSpace,
  openSpace,
} from "@telar/contracts/spaces";
import { groupOf, known, type Loading, personOf } from "./loading.ts";
import { hideAndAppeal, reportAndMute } from "./space-care.ts";
import type { CastMessage, CastPlace, CastSpace } from "./space-cast.ts";

/** A space while it fills; people by their alias there. */
export interface Room {
  space: SpaceId;
  cast: CastSpace;
  /** Facilitates from the beginning. */
  founder: Person;
  person(alias: string): Person;
  participant(alias: string): Promise<ParticipantId>;
}

export async function loadSpaces(loading: Loading): Promise<void> {
  for (const cast of loading.cast.spaces) {
    const room = await found(loading, cast);
    for (const place of cast.people) await comeIn(loading, room, place);
    await prepare(loading, room);
    await converse(loading, room);
    await handOver(room);
  }
}

async function found(loading: Loading, cast: CastSpace): Promise<Room> {
  const [{ person, alias }] = cast.people;
  const founder = personOf(loading, person);
  const { kind, title, purpose, rules, settings } = cast;
  const made = { kind, title, purpose, rules, settings, alias };
  const { space } = await founder.call(foundSpace, { ...ownerOf(loading, cast), ...made });
  const personIn = (name: string) => {
    const place = cast.people.find((each) => each.alias === name);
    return personOf(loading, known(place, name).person);
  };
  const participantIn = async (name: string) => {
    const { entries } = await founder.call(listParticipants, { space });
    return known(entries.find((each) => each.alias === name)?.id, name);
  };
  return { space, cast, founder, person: personIn, participant: participantIn };
}

function ownerOf(loading: Loading, { owner }: CastSpace) {
  const coalition = loading.coalitions.get(owner);
  return coalition ? { coalition } : { group: groupOf(loading, owner) };
}

/** Reads the rules, says yes to them, and is let in where that is how one comes in. */
async function comeIn(loading: Loading, room: Room, { person, alias, role }: CastPlace) {
  const { space, cast, founder } = room;
  const comer = personOf(loading, person);
  const { rules, through } = await comer.call(getSpace, { space });
  if (comer !== founder) {
    const { group } = known(through[0], person);
    const yes = { space, through: group, alias, rulesVersion: rules.version };
    const { standing } = await comer.call(joinSpace, yes);
    if (standing === "asked" && role !== "asking") await admit(room, alias);
    if (role === "facilitator")
      await founder.call(addFacilitator, { space, id: await room.participant(alias) });
  }
  const key = loading.keys.find((each) => each.alias === person);
  const path = `/espacios/${space}`;
  known(key, person).spaces = [...(key?.spaces ?? []), { title: cast.title, path, alias, role }];
  loading.done();
}

async function admit({ space, founder }: Room, alias: string): Promise<void> {
  const asking = await founder.call(listAdmissions, { space });
  const { id } = known(
    asking.find((each) => each.alias === alias),
    alias,
  );
  await founder.call(admitParticipant, { space, id });
}

async function prepare(loading: Loading, room: Room): Promise<void> {
  const { space, cast, founder } = room;
  const { card, filters, settings } = cast;
  if (card) await founder.call(addCrisisCard, { ...ownerOf(loading, cast), ...card });
  if (filters.length > 0) await founder.call(changeFilters, { space, words: filters });
  if (settings.facilitatedHours) await keepHours(room, everyDay);
  await founder.call(openSpace, { space });
}

const everyDay: FacilitatedHours[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  opens: "00:00",
  closes: "23:59",
}));

/** One morning a week, three days away: closed today in every zone. */
const inThreeDays = (): FacilitatedHours[] => [
  { weekday: ((new Date().getUTCDay() + 2) % 7) + 1, opens: "10:00", closes: "12:00" },
];

async function keepHours({ space, founder }: Room, hours: FacilitatedHours[]): Promise<void> {
  await founder.call(changeHours, { space, zone: "America/Mexico_City", hours });
}

async function converse(loading: Loading, room: Room): Promise<void> {
  const ids: MessageId[] = [];
  for (const message of room.cast.messages) {
    const id = randomUUID() as MessageId;
    if (message.waits === "kept_as_draft") await keepHours(room, inThreeDays());
    const replyTo = message.replyTo === undefined ? {} : { replyTo: ids[message.replyTo] };
    await write(room, id, message, replyTo);
    await answer(room, id, message);
    await hideAndAppeal(room, id, message);
    await reportAndMute(room, id, message);
    ids.push(id);
    loading.done();
  }
}

async function write(
  { space, founder, person }: Room,
  id: MessageId,
  { by, body, before, note = "", waits }: CastMessage,
  replyTo: { replyTo?: MessageId | undefined },
): Promise<void> {
  const author = person(by);
  const words = { space, id, note };
  const { outcome } = await author.call(postMessage, {
    ...words,
    ...replyTo,
    body: before ?? body,
  });
  if (outcome === "held" && !waits) await founder.call(releaseHeld, { space, id });
  else if (outcome !== (waits ?? "posted")) throw new Error(`A message of ${by} was ${outcome}.`);
  if (before) await author.call(editMessage, { ...words, body });
}

async function answer(
  { space, founder, person }: Room,
  id: MessageId,
  { pinned, answers = {} }: CastMessage,
): Promise<void> {
  if (pinned) await founder.call(pinMessage, { space, id, pinned });
  for (const [alias, acknowledgement] of Object.entries(answers))
    await person(alias).call(acknowledgeMessage, { space, id, acknowledgement });
}

async function handOver({ space, cast, person }: Room): Promise<void> {
  if (!cast.shift) return;
  const { by, note } = cast.shift;
  await person(by).call(beginShift, { space });
  await person(by).call(endShift, { space, note });
}
