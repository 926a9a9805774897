import { getAccount } from "@telar/contracts/accounts";
import { type HubEvent, listEvents, type StreamName } from "@telar/contracts/events";
import type { GroupId, MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import type { Person } from "./person.ts";

/** Somebody's own place in a group. */
export async function placeOf(
  person: Person,
  group: GroupId,
): Promise<{ id: MembershipId; alias: string; roles: Role[] }> {
  const { memberships } = await person.call(getAccount, {});
  const place = memberships.find((one) => one.group === group);
  if (!place) throw new Error("They have no place in that group.");
  return place;
}

/** What a reader finds in a stream's log, newest first. */
export async function logOf(person: Person, stream: string): Promise<HubEvent[]> {
  const { entries } = await person.call(listEvents, { stream: stream as StreamName });
  return entries.map(({ event }) => event);
}
