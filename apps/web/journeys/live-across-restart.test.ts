import { randomUUID } from "node:crypto";
import { foundGroup } from "@telar/contracts/groups";
import type { MessageId, SpaceId } from "@telar/contracts/ids";
import { inviteToGroup } from "@telar/contracts/invitations";
import { listMessages, postMessage } from "@telar/contracts/messages";
import { Person } from "@telar/contracts/person";
import { foundSpace } from "@telar/contracts/spaces";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HubProcess, startHubProcess } from "./hub-process.ts";
import { openPage } from "./pages.ts";
import { enter } from "./settle.ts";
import { join, say } from "./settle-spaces.ts";

describe("an open page lives through", () => {
  let hub: HubProcess;
  let coordinator: Person;
  beforeAll(async () => {
    hub = await startHubProcess();
    coordinator = (await enter(new Person(fetch, hub.url), "Sabino", hub.code)).person;
  });
  afterAll(() => hub?.close());

  /** With somebody in it whose page is open and hears. */
  async function openMesa(alias: string): Promise<{ space: SpaceId; page: Page }> {
    const about = { kind: "victim_network", languages: ["es"], capabilities: [] } as const;
    const { group } = await coordinator.call(foundGroup, { ...about, name: alias, alias: "Nube" });
    const { space } = await coordinator.call(foundSpace, {
      ...{ group, kind: "working", title: "Mesa", alias: "Nube", purpose: "Para pensar" },
      rules: "Nos escuchamos.",
    });
    const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
    const { person, settler } = await enter(new Person(fetch, hub.url), alias, code);
    await join(person, space, group, alias);
    const page = await openPage(hub.url, { cookies: settler().cookies });
    await page.goto(`/espacios/${space}`);
    await say(coordinator, space, "Antes");
    await shown(page, "Antes").waitFor();
    return { space, page };
  }

  const shown = (page: Page, body: string) => page.locator(`.messages .text:has-text("${body}")`);
  const notice = (page: Page, text: string) =>
    page.locator(`[role=status] :text-is("${text}"), :text-is("${text}")`).first();
  const waiting = "Sin señal. Tu mensaje espera en este teléfono y saldrá solo.";
  const silent = "Sin señal. Lo nuevo aparecerá cuando vuelva.";
  const bodiesIn = async (space: SpaceId) =>
    (await coordinator.call(listMessages, { space })).entries.map(({ body }) => body);
  const textsOn = async (page: Page) =>
    (await page.locator(".messages .text").allTextContents()).map((text) => text.trim());

  /** One after the other, each again until the hub has it. */
  async function sayAll(space: SpaceId, ...bodies: string[]): Promise<void> {
    for (const body of bodies) {
      const id = randomUUID() as MessageId;
      const post = () => coordinator.call(postMessage, { space, id, body }).catch(() => undefined);
      await expect.poll(post, { timeout: 20_000 }).toMatchObject({ outcome: "posted" });
    }
  }

  async function writeAndGoOn(page: Page): Promise<void> {
    await page.click(".writing .main");
    await page.locator('[data-pending]:has-text("Por enviar")').waitFor();
    await notice(page, waiting).waitFor();
    await page.fill("#body", "Sigo escribi");
  }

  /** Everybody's words once and in order, on the open page and on a fresh one. */
  async function expectAllOnce(page: Page, space: SpaceId): Promise<void> {
    await shown(page, "Se fue la luz").waitFor({ timeout: 40_000 });
    await shown(page, "Tres").waitFor({ timeout: 40_000 });
    for (const text of [waiting, silent])
      await notice(page, text).waitFor({ state: "hidden", timeout: 40_000 });
    const bodies = await bodiesIn(space);
    expect(bodies.filter((body) => body !== "Se fue la luz")).toEqual([
      "Antes",
      "Uno",
      "Dos",
      "Tres",
    ]);
    expect(bodies).toHaveLength(5);
    expect(await textsOn(page)).toEqual(bodies);
    expect(await page.locator("[data-pending] li").count()).toBe(0);
    expect(await page.inputValue("#body")).toBe("Sigo escribi");
    await page.reload();
    expect(await textsOn(page)).toEqual(bodies);
  }

  test("a hub that dies and comes back: nothing typed is lost, and all is there once", async () => {
    const { space, page } = await openMesa("Colibrí");
    await page.fill("#body", "Se fue la luz");
    await hub.kill();
    await notice(page, silent).waitFor({ timeout: 20_000 });
    expect(await page.inputValue("#body")).toBe("Se fue la luz");
    await writeAndGoOn(page);
    await hub.restart();
    await sayAll(space, "Uno", "Dos", "Tres");
    await expectAllOnce(page, space);
  });

  /** Kills PostgreSQL whenever it is up. */
  async function withoutPostgres(work: () => Promise<void>): Promise<void> {
    let [last, over] = [0, false];
    const keepDown = async () => {
      while (!over) {
        const pid = await hub.postgres().catch(() => last);
        if (pid !== last) process.kill(pid, "SIGKILL");
        last = pid;
        await new Promise((later) => setTimeout(later, 20));
      }
    };
    const down = keepDown();
    await work().finally(() => {
      over = true;
    });
    await down;
  }

  test("PostgreSQL that dies and comes back: nothing typed is lost, and all is there once", async () => {
    const { space, page } = await openMesa("Zanate");
    await page.fill("#body", "Se fue la luz");
    await withoutPostgres(() => writeAndGoOn(page));
    await sayAll(space, "Uno", "Dos", "Tres");
    await expectAllOnce(page, space);
  });
});
