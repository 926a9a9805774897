import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { newcomer } from "./newcomers.ts";
import { go, goOn, heading, openPage, pathOf, textOf } from "./pages.ts";

const hub = inject("hub");
const people = `/grupos/${hub.group}/personas`;

async function signInOnSharedDevice(page: Page): Promise<void> {
  const { signInName, passphrase } = await newcomer();
  await page.goto("/entrar");
  await page.fill("#signInName", signInName);
  await page.fill("#passphrase", passphrase);
  expect(await page.isChecked("[name=device][value=shared]")).toBe(true);
  await goOn(page);
  await page.goto(people);
  expect(await textOf(page)).toContain("Jacaranda");
}

/** Wherever a script could keep something. */
const storage = (page: Page) =>
  page.evaluate<unknown[]>(`Promise.all([
    localStorage.length, sessionStorage.length, indexedDB.databases(), caches.keys(),
    navigator.serviceWorker.getRegistrations(),
  ])`);

const fillStorage = (page: Page) =>
  page.evaluate(`Promise.all([
    localStorage.setItem("a", "1"), sessionStorage.setItem("a", "1"), caches.open("a"),
    new Promise((done) => { indexedDB.open("a").onsuccess = done; }),
  ])`);

describe.each([true, false])("on a shared device, with JavaScript: %s (P13)", (javaScript) => {
  test("a session ends with the browser, and signing out leaves nothing behind", async () => {
    const page = await openPage(hub.url, { javaScript });
    await signInOnSharedDevice(page);
    const cookies = await page.context().cookies();
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.filter(({ expires }) => expires !== -1)).toEqual([]);
    await page.context().addCookies([{ name: "idioma", value: "es", url: hub.url }]);
    if (javaScript) await fillStorage(page);

    await page.click("header button");
    await go(page, "#menu form button");
    expect(await heading(page)).toBe("Tu sesión está cerrada");
    expect(await page.context().cookies()).toEqual([]);
    if (javaScript) expect(await storage(page)).toEqual([0, 0, [], [], []]);

    await page.goBack();
    expect(pathOf(page)).toBe("/entrar");
  });
});
