import { inviteToGroup, type NewInvitation } from "@telar/contracts/invitations";
import { Person } from "@telar/contracts/person";
import { signIn } from "@telar/contracts/sessions";
import { inject } from "vitest";
import { enter, type Settler } from "./settle.ts";

/** Into the settled group. */
export function invite(): Promise<NewInvitation> {
  const { url, coordinator, group } = inject("hub");
  const person = new Person(fetch, url, coordinator.cookies);
  return person.call(inviteToGroup, { group, roles: [] });
}

/** An alias that nobody has yet. */
export const newAlias = () => `Tepozán ${crypto.randomUUID().slice(0, 8)}`;

/** Somebody new in the settled group. */
export async function newcomer(): Promise<Settler> {
  const { code } = await invite();
  const { settler } = await enter(new Person(fetch, inject("hub").url), newAlias(), code);
  return settler();
}

/** The cookies of somebody who signs in just now: nothing delicate asks them for a confirmation first. */
export async function signedInNow(who: "member" | "coordinator" | "steward"): Promise<string> {
  const hub = inject("hub");
  const person = new Person(fetch, hub.url);
  const { signInName, passphrase } = hub[who];
  await person.call(signIn, { signInName, passphrase, device: "own" });
  return person.cookieHeader;
}
