import { readFile } from "node:fs/promises";
import { Person } from "@telar/contracts/person";
import { signIn } from "@telar/contracts/sessions";
import { afterEach, describe, expect, inject, test } from "vitest";
import { cookiesOf, openBrowser, type Visit } from "./browser.ts";
import type { Settler } from "./settle.ts";

const hub = inject("hub");
const open: Visit[] = [];
afterEach(() => Promise.all(open.splice(0).map((visit) => visit.close())));

/** A browser in which this person has just signed in. */
async function browserOf({ signInName, passphrase }: Settler, javaScript: boolean) {
  const person = new Person(fetch, hub.url);
  await person.call(signIn, { signInName, passphrase, device: "own" });
  const visit = await openBrowser(hub.url, { javaScript });
  open.push(visit);
  await visit.context.addCookies(cookiesOf(person.cookieHeader, hub.url));
  return visit.context.pages()[0] ?? (await visit.context.newPage());
}

describe.each([true, false])("a copy of a group, with JavaScript: %s (M03)", (javaScript) => {
  test("takes a reason and two people, and every member reads of it", async () => {
    const steward = await browserOf(hub.steward, javaScript);
    await steward.goto(`/central/grupos/${hub.group}`);
    await steward.click("text=Pedir una copia");
    await steward.fill("#reason", "Respaldo antes de mudar de servidor");
    await steward.click("main button");
    await steward.waitForURL("/central/copias?listo");
    expect(await steward.locator("text=Estoy de acuerdo").count()).toBe(0);

    const coordinator = await browserOf(hub.coordinator, javaScript);
    await coordinator.goto("/");
    await coordinator.click(`a[href="/grupos/${hub.group}/copias"]`);
    await coordinator.click("text=Estoy de acuerdo");
    await coordinator.waitForSelector("text=Quedó guardado.");

    await steward.goto("/central/copias");
    await steward.click("text=Tomar la copia");
    const [download] = await Promise.all([
      steward.waitForEvent("download"),
      steward.click("text=Descargar"),
    ]);
    expect(download.suggestedFilename()).toBe("copia.json");
    const copy = JSON.parse(await readFile(await download.path(), "utf8"));
    expect(copy.members.map(({ alias }: { alias: string }) => alias)).toContain("Jacaranda");
    await steward.goto("/central/copias");
    expect(await steward.locator("text=Tomar la copia").count()).toBe(0);

    const member = await browserOf(hub.member, javaScript);
    await member.goto(`/grupos/${hub.group}/bitacora`);
    const log = await member.locator("main").textContent();
    expect(log).toContain("Respaldo antes de mudar de servidor");
    expect(log).toContain("se llevó la copia del grupo");
  });
});
