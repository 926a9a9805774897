import { inviteAsSteward } from "@telar/contracts/invitations";
import { getOwnAddress } from "@telar/contracts/peers";
import { Person } from "@telar/contracts/person";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HubProcess, startHubProcess } from "./hub-process.ts";
import { violationsOf } from "./page-checks.ts";
import { go, goOn, openPage, textOf } from "./pages.ts";
import { enter } from "./settle.ts";

let raices: HubProcess;
let sur: HubProcess;
beforeAll(async () => {
  [raices, sur] = await Promise.all([startHubProcess(), startHubProcess()]);
});
afterAll(() => Promise.all([raices.close(), sur.close()]));

async function steward(hub: HubProcess, alias: string, { code = hub.code, javaScript = false }) {
  const { person } = await enter(new Person(fetch, hub.url), alias, code);
  const page = await openPage(hub.url, { javaScript, cookies: person.cookieHeader });
  return { person, page };
}

/** What is read to somebody by telephone: the words as the other hub's page shows them. */
async function wordsOf(page: Page): Promise<string> {
  await page.goto("/central/hubs");
  return (await page.locator(".paper .offered li").allTextContents()).join(" ");
}

async function fillIn(page: Page, fingerprint: string, ...scopes: string[]): Promise<void> {
  await page.fill("#fingerprint", fingerprint);
  for (const scope of scopes) await page.check(`[name=scopes][value=${scope}]`);
  await goOn(page);
}

/** Opens the one hub that this one knows, until its page says so: hubs tell each other within seconds. */
async function opens(page: Page, said: string): Promise<void> {
  const read = async () => {
    await page.goto("/central/hubs");
    const link = page.locator("main .cards a");
    if ((await link.count()) > 0) await go(page, "main .cards a");
    return textOf(page);
  };
  await expect.poll(read, { timeout: 30_000, interval: 500 }).toContain(said);
}

/** Presses what leads to the confirming page, and says yes there. */
async function decide(page: Page, way: string, button = "main form button"): Promise<void> {
  await go(page, `main a:text-is("${way}")`);
  await go(page, button);
}

test("those who look after two hubs compare words, share, pause and part, with JavaScript or without", async () => {
  const ceiba = await steward(raices, "Ceiba", { javaScript: true });
  const { code } = await ceiba.person.call(inviteAsSteward, { purpose: "stewardship" });
  const copal = await steward(raices, "Copal", { code });
  const nogal = await steward(sur, "Nogal", {});
  const words = { raices: await wordsOf(ceiba.page), sur: await wordsOf(nogal.page) };
  expect(words.sur).toBe((await nogal.person.call(getOwnAddress, {})).fingerprint);
  expect(await textOf(ceiba.page)).toContain("Este lugar todavía no comparte con ningún otro.");

  await ceiba.page.goto("/central/hubs/pedir");
  await ceiba.page.fill("#url", sur.url);
  await ceiba.page.fill("#purpose", "Preparar juntas el encuentro.");
  await fillIn(ceiba.page, words.raices, "spaces", "alerts");
  expect(await ceiba.page.textContent("#fingerprint-problem")).toContain("no sigas");
  expect(await violationsOf(ceiba.page)).toEqual([]);
  await fillIn(ceiba.page, `telar:${sur.url}#${words.sur.replaceAll(" ", ".")}`);
  expect(await textOf(ceiba.page)).toContain("falta que otra persona que cuide este lugar");

  await copal.page.goto("/central");
  await go(copal.page, 'main a:text-is("Otro hub espera respuesta")');
  await go(copal.page, "main .cards a");
  expect(await textOf(copal.page)).not.toContain(words.sur.split(" ").join(""));
  await go(copal.page, 'main a:text-is("Comparar y responder")');
  await fillIn(copal.page, words.sur);
  expect(await textOf(copal.page)).toContain("2 de 2 que hacen falta");

  await opens(nogal.page, "quiere compartir con este lugar");
  expect(await textOf(nogal.page)).toContain("Preparar juntas el encuentro.");
  await go(nogal.page, 'main a:text-is("Comparar y responder")');
  await fillIn(nogal.page, words.sur, "spaces");
  expect(await nogal.page.textContent("#fingerprint-problem")).toContain("no sigas");
  await fillIn(nogal.page, words.raices.replaceAll(" ", "\n"));
  await opens(nogal.page, "comparten lo que los dos nombraron");
  await opens(ceiba.page, "Nombrado por los dosEspacios");

  await decide(nogal.page, "Poner en pausa");
  expect(await textOf(nogal.page)).toContain("Este lugar puso en pausa");
  await opens(ceiba.page, "puso una pausa. Mientras tanto nada va ni viene.");
  await opens(nogal.page, "Ese hub ya lo sabe.");
  await decide(nogal.page, "Seguir compartiendo");
  await opens(ceiba.page, "comparten lo que los dos nombraron");

  await decide(nogal.page, "Bloquear");
  expect(await textOf(nogal.page)).toContain("Este lugar bloqueó");
  await opens(ceiba.page, "ya no comparten");
  expect(await textOf(ceiba.page)).not.toContain("bloque");
  await nogal.page.goto("/bitacora");
  expect(await textOf(nogal.page)).toContain(`Nogal bloqueó al hub ${new URL(raices.url).host}.`);
});
