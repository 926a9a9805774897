import { gzipSync } from "node:zlib";
import { addFacilitator, admitParticipant, listAdmissions } from "@telar/contracts/participants";
import { changeHours, openSpace } from "@telar/contracts/spaces";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { allOf, as, coordinator, makeSpace, openMesa, send } from "./mesas.ts";
import { newcomer } from "./newcomers.ts";
import { go, openPage, textOf } from "./pages.ts";
import { join, say } from "./settle-spaces.ts";

const hub = inject("hub");
const bodiesOf = (page: Page) => page.locator(".messages .text").allTextContents();

describe.each([true, false])("messages, with JavaScript: %s (W02)", (javaScript) => {
  const open = ({ cookies }: { cookies: string }) => openPage(hub.url, { javaScript, cookies });
  /** With a script the page stays, without one another comes. */
  async function write(page: Page, body: string, note = ""): Promise<void> {
    await page.fill("#note", note);
    await page.fill("#body", body);
    if (javaScript) await page.click(".writing .main");
    else await send(page);
    await page.locator("#hecho").waitFor();
  }

  test("somebody writes, changes, and erases, and everybody reads how it was", async () => {
    const { space, settler } = await openMesa();
    const page = await open(settler);
    await page.goto(`/espacios/${space}`);
    expect(await textOf(page)).toContain("Aquí todavía no hay mensajes.");
    await write(page, "Llegamos el viernes.\n\nTraemos pan.");
    expect(await textOf(page)).toContain("Tu mensaje ya está en el espacio.");
    await page.click(".messages .own summary");
    await go(page, '.messages .own a:text-is("Cambiarlo")');
    await page.fill("#body", "Llegamos el sábado.");
    await go(page, "main .main");
    expect(await bodiesOf(page)).toEqual(["Llegamos el sábado."]);
    const reading = await open(hub.coordinator);
    await reading.goto(`/espacios/${space}`);
    await go(reading, '.messages a:text-is("cambiado")');
    expect(await textOf(reading)).toContain("Llegamos el viernes.");
    await page.click(".messages .own summary");
    await go(page, '.messages .own a:text-is("Borrarlo")');
    expect(await textOf(page)).toContain(
      "Se borrará para todas las personas y no se puede recuperar.",
    );
    await go(page, "main button.stop");
    expect(await textOf(page)).toContain("Este mensaje se borró.");
    expect(await textOf(page)).not.toContain("sábado");
  });

  test("what stands behind a note is in no list, and opens when asked (P05)", async () => {
    const { space, settler } = await openMesa({ noteRequired: true });
    await say(coordinator, space, "Esto pesa y se lee despacio.", "La audiencia");
    const page = await open(settler);
    const html = await (await page.goto(`/espacios/${space}`))?.text();
    expect(html).toContain("La audiencia");
    expect(html).not.toContain("Esto pesa");
    if (javaScript) await page.click(".messages .fold");
    else await go(page, ".messages .fold");
    await page.locator('main details[open]:has-text("Esto pesa")').waitFor();
    await page.goto(`/espacios/${space}`);
    await page.fill("#body", "Sin aviso");
    await send(page);
    expect(await page.locator("#note-problem").count()).toBe(1);
    expect(await page.inputValue("#body")).toBe("Sin aviso");
    expect(await allOf(space)).toEqual([undefined]);
  });

  test("an answer leads to what it answers, and words without writing reach who wrote", async () => {
    const { space, settler } = await openMesa();
    await say(coordinator, space, "Ya tenemos las fechas.");
    const page = await open(settler);
    await page.goto(`/espacios/${space}`);
    await page.click(".messages summary");
    if (javaScript) await page.press('.messages button:text-is("Estoy contigo")', "Enter");
    else await go(page, '.messages button:text-is("Estoy contigo")');
    const said = page.locator('.messages summary:has-text("Le dijiste: Estoy contigo")');
    await said.waitFor();
    if (javaScript) expect(await said.and(page.locator(":focus")).count()).toBe(1);
    await page.click(".messages summary");
    await go(page, '.messages a:text-is("Escribirle una respuesta")');
    await page.fill("#body", "Gracias por avisar.");
    await send(page);
    await page.locator('.answers:has-text("Responde a Nube: Ya tenemos")').waitFor();
    const reading = await open(hub.coordinator);
    await reading.goto(`/espacios/${space}`);
    expect(await textOf(reading)).toContain("Colibrí: Estoy contigo");
  });

  test("slow mode says when a message goes, and it can be taken back (P09)", async () => {
    const { space, settler } = await openMesa({ slowMinutes: 5 });
    const page = await open(settler);
    await page.goto(`/espacios/${space}`);
    await write(page, "Lo primero");
    await page.goto(`/espacios/${space}`);
    await write(page, "Lo segundo");
    expect(await textOf(page)).toMatch(/Tu mensaje espera hasta las \d\d:\d\d/);
    expect(await textOf(page)).toMatch(/Sale solo a las \d\d:\d\d\./);
    expect(await allOf(space)).toEqual(["Lo primero"]);
    await go(page, '[data-waiting] a:text-is("Cambiarlo")');
    expect(await page.inputValue("#body")).toBe("Lo segundo");
    await page.fill("#body", "Lo segundo, mejor");
    await go(page, "main .main");
    const waiting = page.locator("[data-waiting] li > p:not(:has(*))");
    expect(await waiting.allTextContents()).toEqual(["Lo segundo, mejor"]);
    expect(await allOf(space)).toEqual(["Lo primero"]);
    await page.click('[data-waiting] summary:text-is("Borrar")');
    expect(await textOf(page)).toContain("Se borrará de aquí y no se puede recuperar.");
    await go(page, '[data-waiting] button:text-is("Borrarlo")');
    expect(await textOf(page)).not.toContain("Lo segundo");
  });

  test("outside its hours a space keeps a draft, and says who can be called (P07, P15)", async () => {
    const space = await makeSpace("peer_support", { admission: true, holdsFirst: 0 });
    const settler = await newcomer();
    await join(as(settler), space, hub.group, "Colibrí");
    const [asking] = await coordinator.call(listAdmissions, { space });
    const who = { space, id: asking?.id as never };
    await coordinator.call(admitParticipant, who);
    await coordinator.call(addFacilitator, who);
    await coordinator.call(openSpace, { space });
    const page = await open(settler);
    await page.goto(`/espacios/${space}`);
    expect(await textOf(page)).toContain("Ahora nadie está de turno");
    expect(await textOf(page)).toContain("800 000 0000");
    await write(page, "Para el lunes", "Cómo voy");
    expect(await textOf(page)).toContain("Guardamos tu mensaje como borrador.");
    const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      ...{ weekday, opens: "00:00", closes: "23:59" },
    }));
    await coordinator.call(changeHours, { space, zone: "America/Mexico_City", hours: always });
    await page.goto(`/espacios/${space}`);
    await go(page, '[data-waiting] button:text-is("Enviar ahora")');
    expect(await textOf(page)).toContain("Tu mensaje ya está en el espacio.");
    expect(await allOf(space)).toHaveLength(1);
  });

  test("where new messages begin is known to this browser only, and goes with every way out", async () => {
    const { space, settler } = await openMesa();
    await say(coordinator, space, "De ayer");
    const page = await open(settler);
    await page.goto(`/espacios/${space}`);
    expect(await page.locator(".new").count()).toBe(0);
    await page.goto("/espacios");
    await say(coordinator, space, "De hoy");
    await page.goto(`/espacios/${space}`);
    const lines = await page.locator(".messages > :is(.new, .message)").allTextContents();
    expect(lines[1]).toBe("Nuevo desde tu última visita");
    expect(lines[2]).toContain("De hoy");
    const [mark] = (await page.context().cookies()).filter(({ name }) => name === "leido");
    expect(mark?.httpOnly).toBe(true);
    await page.click(".exit");
    await page.waitForURL(hub.exitUrl);
    await expect
      .poll(async () => (await page.context().cookies(hub.url)).map(({ name }) => name))
      .toEqual(["v"]);
  });

  test("words are found in the space, and a day is gone to", async () => {
    const { space, settler } = await openMesa();
    await say(coordinator, space, "La reunión es en la biblioteca.");
    await say(coordinator, space, "Traigan agua.");
    const page = await open(settler);
    await page.goto(`/espacios/${space}`);
    await page.click("#mas ~ details summary");
    await page.fill("#palabras", "reunion");
    await go(page, 'main button:text-is("Buscar")');
    expect(await bodiesOf(page)).toEqual(["La reunión es en la biblioteca."]);
    await go(page, '.messages a:text-is("Ver dónde está")');
    expect(await bodiesOf(page)).toContain("Traigan agua.");
    await page.goto(`/espacios/${space}?dia=2020-01-01`);
    expect(await bodiesOf(page)).toHaveLength(2);
  });
});

test("a long message opens where it stands, and whoever reads by keyboard stays on it", async () => {
  const { space, settler } = await openMesa();
  await say(coordinator, space, `${"palabra ".repeat(300)}final`);
  const page = await openPage(hub.url, { cookies: settler.cookies });
  await page.goto(`/espacios/${space}`);
  await page.press(".messages .fold", "Enter");
  await page.locator('.messages .text:focus:has-text("final")').waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
});

test("the same form sent twice is one message", async () => {
  const { space, settler } = await openMesa();
  const page = await openPage(hub.url, { javaScript: false, cookies: settler.cookies });
  await page.goto(`/espacios/${space}`);
  const id = await page.inputValue(".writing [name=id]");
  const press = () =>
    fetch(`${hub.url}/espacios/${space}/mensajes`, {
      method: "POST",
      body: new URLSearchParams({ id, note: "", body: "Una sola vez" }),
      headers: { cookie: settler.cookies, origin: hub.url },
      redirect: "manual",
    });
  const answers = await Promise.all([press(), press(), press()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await allOf(space)).toEqual(["Una sola vez"]);
});

test("a page of 50 messages stays within 20 KiB", async () => {
  const { space, settler } = await openMesa();
  const vowels = () => crypto.randomUUID().replaceAll("-", " ");
  for (let n = 0; n < 52; n += 1)
    await say(coordinator, space, `${vowels()} ${vowels()} ${vowels()} ${vowels()} ${vowels()}`);
  const answer = await fetch(`${hub.url}/espacios/${space}`, {
    headers: { cookie: settler.cookies, origin: hub.url },
  });
  const html = await answer.text();
  expect(html.match(/class="message"/g)).toHaveLength(50);
  const bytes = gzipSync(html).length;
  process.stdout.write(`A page of 50 messages of 200 random letters: ${bytes} bytes compressed\n`);
  expect(bytes).toBeLessThanOrEqual(20 * 1024);
});
