import type { MessageId, ParticipantId } from "@telar/contracts/ids";
import { listMessages } from "@telar/contracts/messages";
import { acceptOneToOne, askOneToOne } from "@telar/contracts/one-to-ones";
import { addFacilitator, listParticipants } from "@telar/contracts/participants";
import { reportMessage } from "@telar/contracts/reports";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { as, coordinator, openMesa } from "./mesas.ts";
import { newcomer } from "./newcomers.ts";
import { go, goOn, openPage, textOf } from "./pages.ts";
import { join, sendPhoto } from "./settle-spaces.ts";

const hub = inject("hub");

/** What is loaded of attachments, from now on. */
function watchLoads(page: Page): string[] {
  const loads: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/") && pathname.includes("/attachments/")) loads.push(pathname);
  });
  return loads;
}

const filterOf = (page: Page) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector(".opened img")).filter`);
const widthOf = (page: Page) =>
  page.evaluate<number>(`document.querySelector(".opened img").naturalWidth`);

/** Between two people who met in the coordinator's space, and told those who look after it about a photo. */
async function reported() {
  const { space, settler } = await openMesa();
  const [author, hurt] = [as(settler), as(await newcomer())];
  await join(hurt, space, hub.group, "Tecolote");
  const { entries } = await hurt.call(listParticipants, { space });
  const idOf = (alias: string) => entries.find((one) => one.alias === alias)?.id as ParticipantId;
  await hurt.call(askOneToOne, { space, id: idOf("Colibrí") });
  const { space: talk } = await author.call(acceptOneToOne, { space, id: idOf("Tecolote") });
  await sendPhoto({ url: hub.url, ask: fetch }, author, talk);
  const [message] = (await hurt.call(listMessages, { space: talk })).entries;
  const told = { space: talk, reason: "harassment", words: "" } as const;
  return (await hurt.call(reportMessage, { ...told, id: message?.id as MessageId })).report;
}

describe.each([true, false])("a reported photo, with JavaScript: %s (M02, W02)", (javaScript) => {
  test("whoever judges from outside knows its size, sees it blurred and grey, and decides on its colour", async () => {
    const report = await reported();
    const page = await openPage(hub.url, { javaScript, cookies: hub.coordinator.cookies });
    const loads = watchLoads(page);
    await page.goto(`/reportes/${report}`);
    const labels = await page.locator(".attachments a").allTextContents();
    expect(labels[0]).toMatch(/^Foto · \d+ KB$/);
    expect(loads).toEqual([]);
    await go(page, ".attachments a:has-text('Foto')");
    await expect.poll(() => widthOf(page)).toBe(400);
    expect(await filterOf(page)).toBe("grayscale(1) blur(24px)");
    await page.locator(".veil").click();
    expect(await filterOf(page)).toBe("none");
    await page.click("text='Mostrar difuminada'");
    expect(await filterOf(page)).toContain("blur");
    expect(loads).toHaveLength(1);
    await go(page, "a:has-text('Verla más grande')");
    expect(await filterOf(page)).toContain("blur");
  });

  test("once it is answered the photo is no longer theirs to see", async () => {
    const report = await reported();
    const page = await openPage(hub.url, { javaScript, cookies: hub.coordinator.cookies });
    await page.goto(`/reportes/${report}`);
    const photo = await page.locator(".attachments a").first().getAttribute("href");
    await page.check("[name=state][value=decided]");
    await page.fill("#answer", "Hablamos con esa persona.");
    await goOn(page);
    await page.goto(`/reportes/${report}`);
    expect(await page.locator(".attachments").count()).toBe(0);
    expect((await page.goto(photo ?? ""))?.status()).toBe(404);
  });
});

describe.each([true, false])("facilitating, with JavaScript: %s (M01, W02)", (javaScript) => {
  test("somebody is relieved of it with a reason, reads it in kind words, and can ask for another look", async () => {
    const { space, settler } = await openMesa();
    const { entries } = await coordinator.call(listParticipants, { space });
    const id = entries.find(({ alias }) => alias === "Colibrí")?.id as ParticipantId;
    const caring = await openPage(hub.url, { javaScript, cookies: hub.coordinator.cookies });
    await caring.goto(`/espacios/${space}/personas/${id}/cuidar`);
    expect(await caring.locator("[value=relieve]").count()).toBe(0);
    await coordinator.call(addFacilitator, { space, id });
    await caring.goto(`/espacios/${space}/personas/${id}/cuidar`);
    await caring.check("[name=act][value=relieve]");
    await caring.fill("#reason", "Hace un mes que no responde");
    await go(caring, 'main button:text-is("Hacerlo")');
    expect(await textOf(caring)).toContain("decidió que una persona deje de facilitar");
    const told = await openPage(hub.url, { javaScript, cookies: settler.cookies });
    await told.goto("/decisiones");
    await go(told, 'main a:text-is("Leer")');
    expect(await textOf(told)).toContain("gracias por lo que cuidaste");
    await told.fill("#words", "Estuve enferma");
    await goOn(told);
    expect(await textOf(told)).toContain("Alguien distinto lo va a revisar.");
  });
});
