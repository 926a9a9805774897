import * as circles from "@telar/contracts/circles";
import { describe, expect, inject, test } from "vitest";
import { allOf, as, coordinator, openMesa } from "./mesas.ts";
import { openPage } from "./pages.ts";

const hub = inject("hub");

/** A circle of a newcomer and the coordinator, who facilitates: the newcomer has the word. */
async function circle() {
  const { space, settler } = await openMesa();
  const newcomer = as(settler);
  const question = "¿Qué nos sostiene?";
  await coordinator.call(circles.openCircle, { space, question, turnMinutes: 5 });
  for (const person of [newcomer, coordinator]) await person.call(circles.joinCircle, { space });
  return { space, settler, newcomer };
}
describe.each([true, false])("a circle, with JavaScript: %s", (javaScript) => {
  test("whoever has the word speaks and passes it on, whoever listens writes a draft (P22)", async () => {
    const { space, settler } = await circle();
    await coordinator.call(circles.startCircle, { space });
    const page = await openPage(hub.url, { cookies: settler.cookies, javaScript });
    await page.goto(`/espacios/${space}`);
    await page.locator("[data-circle] :text('Tienes la palabra, hasta')").waitFor();
    await page.fill("#body", "Mi abuela");
    await page.click(".writing button.main");
    await page.locator('.messages .text:has-text("Mi abuela")').waitFor();
    await page.click("[data-circle] button[value=pass]");
    await page.locator("[data-circle] :text('Ahora habla Nube')").waitFor();
    await page.fill("#body", "Y también el mar");
    await page.click(".writing button.main");
    await page.locator("#hecho:has-text('Guardamos tu mensaje como borrador')").waitFor();
    expect(await allOf(space)).toEqual(["Mi abuela"]);
    await coordinator.call(circles.passTurn, { space });
    await page.goto(`/espacios/${space}`);
    await page.locator("[data-circle] :text('El círculo terminó.')").waitFor();
    await page.click("[data-waiting] button[value=send]");
    await page.locator('.messages .text:has-text("Y también el mar")').waitFor();
  });

  test("those who facilitate open one, and anybody joins with one step", async () => {
    const { space, settler } = await openMesa();
    const asked = await openPage(hub.url, { cookies: hub.coordinator.cookies, javaScript });
    await asked.goto(`/espacios/${space}`);
    await asked.click("a[href$='/circulo']");
    await asked.fill("#question", "¿Qué sigue?");
    await asked.click("main button.main");
    await asked.locator("[data-circle] :text('Todavía nadie se ha sumado.')").waitFor();
    await asked.click("[data-circle] button[value=join]");
    const page = await openPage(hub.url, { cookies: settler.cookies, javaScript });
    await page.goto(`/espacios/${space}`);
    await page.click("[data-circle] button[value=join]");
    await page.locator("[data-circle] :text('Te sumaste.')").waitFor();
    await asked.goto(`/espacios/${space}`);
    await asked.click("[data-circle] button[value=start]");
    await asked.locator("[data-circle] :text('Tienes la palabra, hasta')").waitFor();
  });
});

test("with the page open the word comes round by itself", async () => {
  const { space, settler, newcomer } = await circle();
  const page = await openPage(hub.url, { cookies: settler.cookies });
  await page.goto(`/espacios/${space}`);
  await page.locator("[data-circle] :text('Te sumaste.')").waitFor();
  await coordinator.call(circles.startCircle, { space });
  await page.locator("[data-circle] :text('Tienes la palabra, hasta')").waitFor();
  await newcomer.call(circles.passTurn, { space });
  await page.locator("[data-circle] :text('Ahora habla Nube')").waitFor();
  await coordinator.call(circles.endCircle, { space });
  await page.locator("[data-circle] :text('El círculo terminó.')").waitFor();
});
