import { changeNoticeSettings } from "@telar/contracts/notices";
import { Person } from "@telar/contracts/person";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { go, goOn, heading, openPage, pathOf, textOf } from "./pages.ts";
import { say } from "./settle-spaces.ts";

const hub = inject("hub");
const settings = "/cuenta/avisos";
const choose = `select[name="espacio.${hub.working}"]`;

describe.each([true, false])("notices, with JavaScript: %s", (javaScript) => {
  test("somebody reads that they were answered, opens it and puts it away", async () => {
    const page = await openPage(hub.url, { javaScript, cookies: hub.member.cookies });
    await page.goto("/");
    expect(await textOf(page)).toContain("Hay avisos para ti");
    await go(page, 'main a[href="/avisos"]');
    expect(await textOf(page)).toContain("Alguien respondió a lo que escribiste en");
    await go(page, `main a.button[href^="/espacios/${hub.working}/mensajes/"]`);
    expect(pathOf(page)).toContain("/mensajes/");
    await page.goto("/avisos");
    await go(page, "main section .quiet");
    expect(pathOf(page)).toBe("/avisos");
    // For whoever comes next.
    await say(await member(), hub.working, "¿Y el transporte?");
  });

  test("what is chosen is kept; a digest in the quiet hours comes back with words beside it", async () => {
    const page = await openPage(hub.url, { javaScript, cookies: hub.member.cookies });
    await page.goto(settings);
    await page.selectOption(choose, "at_once");
    await page.selectOption("#digestHour", "22");
    await goOn(page);
    expect(await page.locator("#digestHour-problem").count()).toBe(1);
    expect(await page.inputValue(choose)).toBe("at_once");
    await page.selectOption("#digestHour", "18");
    await goOn(page);
    expect(pathOf(page)).toBe(settings);
    expect(await page.inputValue(choose)).toBe("at_once");
    await go(page, `main a[href^="${settings}/personas/"]`);
    expect(await heading(page)).toBe("Quién puede avisarme en mis horas de silencio");
    const button = page.locator("main ul.rows button").first();
    const before = await button.textContent();
    await go(page, "main ul.rows button");
    expect(await button.textContent()).not.toBe(before);
    await switchOff();
  });
});

test("without JavaScript the page says what it cannot do, and shows no button for it", async () => {
  const page = await openPage(hub.url, { javaScript: false, cookies: hub.member.cookies });
  await page.goto(settings);
  expect(await textOf(page)).toContain("Esta parte necesita JavaScript");
  expect(await page.locator("form[data-push] button:visible").count()).toBe(0);
});

test("in a real browser every push shows the same text under the same tag, whatever was sent (P04)", async () => {
  const page = await openPage(hub.url, { cookies: hub.member.cookies });
  await page.context().grantPermissions(["notifications"], { origin: hub.url });
  await page.goto(settings);
  const registrationId = await registered(page);
  const [worker] = page.context().serviceWorkers();
  // This browser has no desk to show notifications on.
  await worker?.evaluate(`{
    const asked = [];
    registration.showNotification = async (...shown) => void asked.push(shown);
    self.asked = asked;
  }`);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("ServiceWorker.enable");
  for (const data of ["", "Ceiba escribió en el Círculo (3)"])
    await devTools.send("ServiceWorker.deliverPushMessage", {
      origin: hub.url,
      registrationId,
      data,
    });
  const always = ["Telar", { body: "Hay algo nuevo", tag: "telar", icon: "/favicon.svg" }];
  await expect.poll(() => worker?.evaluate("self.asked")).toEqual([always, always]);
  expect(await page.evaluate("caches.keys()")).toEqual([]);
});

test("the browser's answer switches the device on, and one button forgets it on both sides", async () => {
  const page = await openPage(hub.url, { cookies: hub.member.cookies });
  await page.context().grantPermissions(["notifications"], { origin: hub.url });
  // A browser without its maker's services cannot subscribe by itself.
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = async () =>
      ({ endpoint: "https://push.example.net/journey" }) as PushSubscription;
  });
  await page.goto(settings);
  const done = page.waitForEvent("domcontentloaded");
  await page.click("form[data-push] button");
  await done;
  expect(await textOf(page)).toContain("Encendido en este dispositivo");
  expect(await registrations(page)).toBe(1);
  await go(page, "form[data-push-here] button");
  expect(await textOf(page)).toContain("Encender en este dispositivo");
  await expect.poll(() => registrations(page)).toBe(0);
});

const member = async () => new Person(fetch, hub.url, hub.member.cookies);

async function switchOff(): Promise<void> {
  await (await member()).call(changeNoticeSettings, {
    ...{ own: "off", digestHour: 18, quietFrom: "21:00", quietTo: "08:00" },
    ...{ digest: [], atOnce: [] },
  });
}

const registrations = (page: Page) =>
  page.evaluate<number>("navigator.serviceWorker.getRegistrations().then((all) => all.length)");

/** Registers the worker as the page does, and tells the browser's id for it. */
async function registered(page: Page): Promise<string> {
  const devTools = await page.context().newCDPSession(page);
  const known = new Promise<string>((resolve) => {
    devTools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [first] }) => {
      if (first) resolve(first.registrationId);
    });
  });
  await devTools.send("ServiceWorker.enable");
  await page.evaluate(
    "navigator.serviceWorker.register('/avisos.js?es').then(() => navigator.serviceWorker.ready)",
  );
  return known;
}
