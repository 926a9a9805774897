import { foundGroup } from "@telar/contracts/groups";
import type { GroupId, SpaceId } from "@telar/contracts/ids";
import { inviteToGroup, joinByInvitation } from "@telar/contracts/invitations";
import { listMessages, type Message } from "@telar/contracts/messages";
import { joinSpace } from "@telar/contracts/participants";
import type { Person } from "@telar/contracts/person";
import { foundSpace } from "@telar/contracts/spaces";
import { Listener } from "@telar/messaging/testing/listener";
import type { HubProcess } from "./hub-process.ts";

export interface Room {
  group: GroupId;
  space: SpaceId;
  coordinator: Person;
}

export async function openRoom(coordinator: Person): Promise<Room> {
  const { group } = await coordinator.call(foundGroup, {
    name: "Tejido",
    kind: "victim_network",
    languages: ["es"],
    capabilities: [],
    alias: "Guayacán",
  });
  const { space } = await coordinator.call(foundSpace, {
    group,
    kind: "working",
    title: "Acuerdos",
    purpose: "Ponernos de acuerdo",
    rules: "Nos escuchamos.",
    alias: "Guayacán",
  });
  return { group, space, coordinator };
}

export const passphrase = "ahuehuete ceiba copal encino fresno guaje nogal";
export const signInNameOf = (alias: string) => `entra ${alias}`;

export async function enter(
  hub: HubProcess,
  { group, space, coordinator }: Room,
  alias: string,
): Promise<Person> {
  const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
  const person = hub.visitor();
  const signInName = signInNameOf(alias);
  await person.call(joinByInvitation, { code, signInName, alias, passphrase, device: "own" });
  await person.call(joinSpace, { space, through: group, alias, rulesVersion: 1 });
  return person;
}

/** Follows the space from its beginning, as a page does. */
export async function listen(hub: HubProcess, person: Person, space: SpaceId): Promise<Listener> {
  const extraHeaders = { cookie: person.cookieHeader, origin: hub.url };
  const listener = new Listener(hub.url.replace("localhost", "127.0.0.1"), "", { extraHeaders });
  await listener.follow(space);
  return listener;
}

/** All that the space holds, read page by page. */
export async function readAll(reader: Person, space: SpaceId): Promise<Message[]> {
  const found: Message[] = [];
  let page = await reader.call(listMessages, { space });
  found.unshift(...page.entries);
  while (page.earlier && page.entries[0]) {
    page = await reader.call(listMessages, { space, before: page.entries[0].place });
    found.unshift(...page.entries);
  }
  return found;
}
