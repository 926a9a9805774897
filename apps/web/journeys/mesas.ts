import type { SpaceId } from "@telar/contracts/ids";
import { listMessages } from "@telar/contracts/messages";
import { Person } from "@telar/contracts/person";
import { foundSpace, type SpaceKind, type SpaceSettings } from "@telar/contracts/spaces";
import { defaultsFor } from "@telar/rules/spaces";
import type { Page } from "playwright-core";
import { inject } from "vitest";
import { newcomer } from "./newcomers.ts";
import { go } from "./pages.ts";
import { join } from "./settle-spaces.ts";

const hub = inject("hub");
export const as = ({ cookies }: { cookies: string }) => new Person(fetch, hub.url, cookies);
export const coordinator = as(hub.coordinator);

/** Founded by the settled coordinator, as Nube. */
export async function makeSpace(kind: SpaceKind, settings: Partial<SpaceSettings> = {}) {
  const { space } = await coordinator.call(foundSpace, {
    ...{ group: hub.group, kind, title: "Mesa", alias: "Nube", purpose: "Para pensar" },
    ...{ rules: "Nos escuchamos.", settings: { ...defaultsFor(kind), ...settings } },
  });
  return space;
}

/** A working space, and somebody new in it, as Colibrí. */
export async function openMesa(settings: Partial<SpaceSettings> = {}) {
  const space = await makeSpace("working", settings);
  return { space, settler: await settle(space, "Colibrí") };
}

/** Somebody new in that space. */
export async function settle(space: SpaceId, alias: string) {
  const settler = await newcomer();
  await join(as(settler), space, hub.group, alias);
  return settler;
}

export const allOf = async (space: SpaceId) =>
  (await coordinator.call(listMessages, { space })).entries.map(({ body }) => body);
export const send = (page: Page) => go(page, ".writing .main");
