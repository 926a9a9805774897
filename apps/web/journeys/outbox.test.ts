import { Person } from "@telar/contracts/person";
import { signIn } from "@telar/contracts/sessions";
import type { Page } from "playwright-core";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { cookiesOf, openPhone } from "./browser.ts";
import { allOf, openMesa, send, settle } from "./mesas.ts";
import { go, openPage } from "./pages.ts";

const hub = inject("hub");

describe("the outbox (W04)", () => {
  test("without signal a message waits on the phone, also in a closed tab, and goes once", async () => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    const context = page.context();
    await page.goto(`/espacios/${space}`);
    await context.setOffline(true);
    await page.fill("#body", "Desde la sierra");
    await page.click(".writing .main");
    await page
      .locator(':text-is("Sin señal. Tu mensaje espera en este teléfono y saldrá solo.")')
      .waitFor();
    expect(await page.locator("[data-pending]").textContent()).toContain("Por enviar");
    expect(await page.inputValue("#body")).toBe("");
    const later = await context.newPage();
    await page.close();
    await context.setOffline(false);
    await later.goto("/espacios");
    await expect.poll(() => allOf(space)).toEqual(["Desde la sierra"]);
    await later.goto(`/espacios/${space}`);
    expect(await later.locator("[data-pending] li").count()).toBe(0);
    await later.waitForTimeout(500);
    expect(await allOf(space)).toEqual(["Desde la sierra"]);
  });

  test("a phone that dies with a message on it sends it once when it is back", async () => {
    const { space, settler } = await openMesa();
    const dying = await openPhone(hub.url);
    onTestFinished(() => dying.close());
    await dying.context.addCookies(cookiesOf(settler.cookies, hub.url));
    const page = dying.context.pages()[0] as Page;
    await page.goto(`/espacios/${space}`);
    await dying.context.setOffline(true);
    await page.fill("#body", "Antes de que se apague");
    await page.click(".writing .main");
    await page.locator("[data-pending] li").waitFor();
    const dead = dying.context.waitForEvent("close");
    const phone = await dying.context.newCDPSession(page);
    phone.send("Browser.crash").catch(() => undefined);
    await dead;
    const back = await openPhone(hub.url, dying.folder);
    onTestFinished(() => back.close());
    await back.context.addCookies(cookiesOf(settler.cookies, hub.url));
    await back.context.pages()[0]?.goto("/espacios");
    await expect.poll(() => allOf(space)).toEqual(["Antes de que se apague"]);
  });

  test("a lost answer makes no second message, and the first one shows", async () => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    let lost = 0;
    await page.route(/\/api\/spaces\/.*\/messages\//, async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.fill("#body", "Una vez");
    await page.click(".writing .main");
    await page.locator('.messages .own:has-text("Una vez")').waitFor();
    await page.locator("#hecho").waitFor();
    expect(lost).toBe(1);
    expect(await allOf(space)).toEqual(["Una vez"]);
    expect(await page.locator("[data-pending] li").count()).toBe(0);
  });

  test("what the hub refuses comes back in the form, with the words for it", async () => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    await page.evaluate("document.querySelector('#body').removeAttribute('maxlength')");
    await page.fill("#body", "a".repeat(4001));
    await page.click(".writing .main");
    await page.locator("#body-problem").waitFor();
    expect(await page.inputValue("#body")).toHaveLength(4001);
    expect(await kept(page)).toBe(0);
  });

  /** How much waits in the browser. */
  const kept = (page: Page) =>
    page.evaluate<number>(`new Promise((done) => {
      const opening = indexedDB.open("telar");
      opening.onupgradeneeded = () => opening.transaction.abort();
      opening.onerror = () => done(0);
      opening.onsuccess = () => {
        const count = opening.result.transaction("outbox").objectStore("outbox").count();
        count.onsuccess = () => { opening.result.close(); done(count.result); };
      };
    })`);

  test.each(["the quick exit", "signing out"])("%s leaves nothing behind", async (way) => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    await page.route(/\/api\/spaces\//, (route) => route.abort());
    await page.fill("#body", "Espera aquí");
    await page.click(".writing .main");
    await expect.poll(() => kept(page)).toBe(1);
    if (way === "the quick exit") {
      await page.click(".exit");
      await page.waitForURL(hub.exitUrl);
    } else {
      await page.goto("/salir");
      await go(page, "main form button");
    }
    await page.goto("/hub");
    expect(await kept(page)).toBe(0);
    expect(await allOf(space)).toEqual([]);
  });

  test("a session that ended takes along what waited", async () => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    await page.route(/\/api\/spaces\//, (route) => route.abort());
    await page.fill("#body", "Espera aquí");
    await page.click(".writing .main");
    await expect.poll(() => kept(page)).toBe(1);
    await page.context().clearCookies();
    await page.goto("/espacios");
    expect(new URL(page.url()).pathname).toBe("/entrar");
    await expect.poll(() => kept(page)).toBe(0);
  });

  test("what one person wrote never goes out as the next one on that phone", async () => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    await page.route(/\/api\/spaces\//, (route) => route.abort());
    await page.fill("#body", "Solo mío");
    await page.click(".writing .main");
    await expect.poll(() => kept(page)).toBe(1);
    const next = await settle(space, "Nogal");
    // Nothing tries again while nobody is there.
    await page.goto("about:blank");
    await page.unroute(/\/api\/spaces\//);
    await page.context().clearCookies();
    await page.context().addCookies(cookiesOf(next.cookies, hub.url));
    const refused = page.waitForResponse(/\/api\/spaces\/.*\/messages\//);
    await page.goto("/espacios");
    expect((await refused).status()).toBe(404);
    expect(await allOf(space)).toEqual([]);
    await page.context().clearCookies();
    await page.goto("/hub");
    await expect.poll(() => kept(page)).toBe(0);
  });

  test("on a shared device nothing is kept: the form sends by itself (P13)", async () => {
    const { space, settler } = await openMesa();
    const person = new Person(fetch, hub.url);
    const { signInName, passphrase } = settler;
    await person.call(signIn, { signInName, passphrase, device: "shared" });
    const page = await openPage(hub.url, { cookies: person.cookieHeader });
    await page.goto(`/espacios/${space}`);
    expect(await page.locator("script[src*=outbox], [data-outbox]").count()).toBe(0);
    await page.fill("#body", "Desde un ciber");
    await send(page);
    expect(await allOf(space)).toEqual(["Desde un ciber"]);
    expect(await page.evaluate("indexedDB.databases()")).toEqual([]);
    const [mark] = (await page.context().cookies()).filter(({ name }) => name === "leido");
    expect(mark?.expires).toBe(-1);
  });
});
