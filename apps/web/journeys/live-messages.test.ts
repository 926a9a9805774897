import { deleteMessage, editMessage } from "@telar/contracts/messages";
import { acceptOneToOne, askOneToOne } from "@telar/contracts/one-to-ones";
import { leaveSpace, listParticipants } from "@telar/contracts/participants";
import { describe, expect, inject, test } from "vitest";
import { as, coordinator, openMesa } from "./mesas.ts";
import { openPage } from "./pages.ts";
import { say } from "./settle-spaces.ts";

const hub = inject("hub");

describe("live", () => {
  async function two() {
    const { space, settler } = await openMesa();
    const first = await say(coordinator, space, "Buenos días");
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    return { space, page, first };
  }

  test("what others write, change and erase appears by itself, as the server would show it", async () => {
    const { space, page, first } = await two();
    const id = await say(coordinator, space, "Y buenas tardes");
    await page.locator('.messages .text:has-text("Y buenas tardes")').waitFor();
    await coordinator.call(editMessage, { space, id, body: "Y buenas noches", note: "" });
    await page.locator('.messages .text:has-text("Y buenas noches")').waitFor();
    await coordinator.call(deleteMessage, { space, id: first });
    await page.locator('.messages :text-is("Este mensaje se borró.")').waitFor();
    const live = await page.locator(".messages").innerHTML();
    await page.goto(`/espacios/${space}`);
    expect(live).toBe(await page.locator(".messages").innerHTML());
  });

  test("between two it appears by itself as well (P16)", async () => {
    const { space, settler } = await openMesa();
    const { entries } = await coordinator.call(listParticipants, { space });
    const idOf = (wanted: string) => entries.find(({ alias }) => alias === wanted)?.id as never;
    await coordinator.call(askOneToOne, { space, id: idOf("Colibrí") });
    const asker = { space, id: idOf("Nube") };
    const { space: between } = await as(settler).call(acceptOneToOne, asker);
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/conversaciones/${between}`);
    const id = await say(coordinator, between, "¿Cómo estás?");
    await page.locator('.messages .text:has-text("¿Cómo estás?")').waitFor();
    await coordinator.call(editMessage, { space: between, id, body: "¿Cómo sigues?", note: "" });
    await page.locator('.messages .text:has-text("¿Cómo sigues?")').waitFor();
    const live = await page.locator(".messages").innerHTML();
    await page.goto(`/conversaciones/${between}`);
    expect(live).toBe(await page.locator(".messages").innerHTML());
    await coordinator.call(deleteMessage, { space: between, id });
    await page.locator('.messages :text-is("Este mensaje se borró.")').waitFor();
  });

  test("what is behind a note does not travel to the page (P05)", async () => {
    const { space, page } = await two();
    const bodies: string[] = [];
    page.on("response", async (answer) => {
      if (answer.url().includes("novedades")) bodies.push(await answer.text());
    });
    await say(coordinator, space, "Esto pesa", "La audiencia");
    await page.locator('.messages .note:has-text("La audiencia")').waitFor();
    expect(bodies.join()).toContain("La audiencia");
    expect(bodies.join()).not.toContain("Esto pesa");
  });

  test("whoever is no longer in is led away from what others write", async () => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    await page.waitForTimeout(500);
    await as(settler).call(leaveSpace, { space });
    await page.waitForURL(`${hub.url}/espacios/${space}/entrar`);
  });

  test("what is being written stays where it is, and what is read does not move", async () => {
    const { space, page } = await two();
    for (let n = 0; n < 12; n += 1) await say(coordinator, space, `Línea ${n}\n\notra`);
    await page.locator('.messages .text:has-text("Línea 11")').waitFor();
    await page.focus("#body");
    await page.keyboard.type("Estoy escri");
    const topOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => Math.round(one.getBoundingClientRect().top));
    const before = await topOf("#body");
    await say(coordinator, space, "Mientras tanto");
    await page.locator('.messages .text:has-text("Mientras tanto")').waitFor();
    await page.waitForTimeout(100);
    expect(Math.abs((await topOf("#body")) - before)).toBeLessThanOrEqual(1);
    expect(await page.inputValue("#body")).toBe("Estoy escri");

    await page.evaluate("document.activeElement.blur(), scrollTo(0, 0)");
    const read = await topOf(".messages .message");
    await say(coordinator, space, "Al final");
    await page.locator('.live a:text-is("Hay mensajes nuevos")').waitFor();
    expect(await topOf(".messages .message")).toBe(read);
    await page.click(".live a");
    await page.locator(".live a").waitFor({ state: "hidden" });
  });
});
