import type { SpaceId } from "@telar/contracts/ids";
import { joinSpace, listParticipants } from "@telar/contracts/participants";
import { Person } from "@telar/contracts/person";
import { changeSpace, foundSpace, getSpace } from "@telar/contracts/spaces";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { newcomer } from "./newcomers.ts";
import { go, goOn, heading, openPage, pathOf, textOf } from "./pages.ts";
import { join } from "./settle-spaces.ts";

const hub = inject("hub");
const as = ({ cookies }: { cookies: string }) => new Person(fetch, hub.url, cookies);
const coordinator = as(hub.coordinator);

describe.each([true, false])("spaces, with JavaScript: %s (W02)", (javaScript) => {
  const open = ({ cookies }: { cookies: string }) => openPage(hub.url, { javaScript, cookies });
  const named = (word: string) => `${word} ${crypto.randomUUID().slice(0, 6)}`;

  async function found(page: Page, title: string): Promise<SpaceId> {
    await page.goto("/espacios/nuevo");
    await page.check(`[name=owner][value="${hub.group}"]`);
    await page.check("[name=kind][value=peer_support]");
    await page.fill("#title", title);
    await page.fill("#purpose", "Para acompañarnos");
    await page.fill("#rules", "Aquí nadie tiene prisa.");
    await page.fill("#alias", "Nube");
    await goOn(page);
    return pathOf(page).split("/")[2] as SpaceId;
  }

  test("a peer-support space is made, somebody is let in, and two who facilitate open it (P08, P17)", async () => {
    const caring = await open(hub.coordinator);
    const title = named("Círculo");
    const space = await found(caring, title);
    expect(await textOf(caring)).toContain("hacen falta dos personas que faciliten");

    const arriving = await open(await newcomer());
    await arriving.goto("/espacios");
    await go(arriving, `main a:text-is("${title}")`);
    for (const told of [
      "Quien administra el servidor de este lugar también podría leerlo",
      "Nadie puede prometer que alguien no tome una foto de la pantalla",
      "Cada mensaje se borra solo a los 30 días.",
      "Aquí nadie tiene prisa.",
    ])
      expect(await textOf(arriving)).toContain(told);
    expect(await arriving.inputValue("#alias")).toBe("");
    await arriving.fill("#alias", "Colibrí");
    await goOn(arriving);
    expect(await textOf(arriving)).toContain("Pediste entrar.");

    await caring.goto(`/espacios/${space}/admisiones`);
    expect(await textOf(caring)).toContain("Colibrí");
    await go(caring, "main button[value=yes]");
    await caring.goto(`/espacios/${space}/personas`);
    await caring.click('main li:has-text("Colibrí") summary');
    await go(caring, 'main li:has-text("Colibrí") button');
    await caring.goto(`/espacios/${space}/horario`);
    await caring.check("main label:has-text('Lunes') input");
    await caring.fill("#opens", "18:00");
    await caring.fill("#closes", "20:00");
    await goOn(caring);
    expect(await textOf(caring)).toContain("Lunes, 18:00 a 20:00");
    await caring.goto(`/espacios/${space}`);
    await goOn(caring);
    expect(await textOf(caring)).not.toContain("Todavía se prepara");
    expect((await coordinator.call(getSpace, { space })).state).toBe("open");
  });

  test("an alias that somebody has comes back with the words beside the field", async () => {
    const { space } = await coordinator.call(foundSpace, {
      ...{ group: hub.group, kind: "working", title: named("Mesa"), alias: "Nube" },
      ...{ purpose: "Para pensar", rules: "Nos escuchamos." },
    });
    const page = await open(await newcomer());
    await page.goto(`/espacios/${space}`);
    expect(pathOf(page)).toBe(`/espacios/${space}/entrar`);
    await page.fill("#alias", "nube");
    await goOn(page);
    expect(await page.locator("#alias-problem").count()).toBe(1);
    expect(await page.inputValue("#alias")).toBe("nube");
    await page.fill("#alias", "Colibrí");
    await goOn(page);
    expect(pathOf(page)).toBe(`/espacios/${space}`);
    expect(await textOf(page)).toContain("Aquí eres Colibrí.");
  });

  test("changed rules ask again before anything is read, and leaving asks nothing", async () => {
    const made = {
      ...{ title: named("Mesa"), purpose: "Para pensar", rules: "Nos escuchamos." },
    };
    const { space } = await coordinator.call(foundSpace, {
      ...{ ...made, group: hub.group, kind: "working", alias: "Nube" },
    });
    const settler = await newcomer();
    await join(as(settler), space, hub.group, "Colibrí");
    const { rules, settings } = await coordinator.call(getSpace, { space });
    await coordinator.call(changeSpace, {
      ...{ ...made, space, rulesVersion: rules.version },
      settings: { ...settings, slowMinutes: 3 },
      rules: "Nos escuchamos, y descansamos.",
    });
    const page = await open(settler);
    await page.goto(`/espacios/${space}`);
    expect(pathOf(page)).toBe(`/espacios/${space}/entrar`);
    expect(await textOf(page)).toContain("Las reglas de este espacio cambiaron.");
    expect(await textOf(page)).toContain("y descansamos");
    const told = (await page.locator("main .notice").textContent()) ?? "";
    expect(told).toContain("Cada persona escribe un mensaje cada 3 minutos");
    expect(told).not.toContain("Se escribe a cualquier hora.");
    expect(told).toContain("Nos escuchamos.");
    await goOn(page);
    expect(pathOf(page)).toBe(`/espacios/${space}`);
    await page.goto(`/espacios/${space}/salir`);
    await go(page, "main button.stop");
    expect(pathOf(page)).toBe("/espacios");
    const { entries } = await coordinator.call(listParticipants, { space });
    expect(entries.map(({ alias }) => alias)).toEqual(["Nube"]);
  });

  test("whoever facilitates begins a shift, and ends it with a note to the next (P08)", async () => {
    const { space } = await coordinator.call(foundSpace, {
      ...{ group: hub.group, kind: "working", title: named("Mesa"), alias: "Nube" },
      ...{ purpose: "Para pensar", rules: "Nos escuchamos." },
    });
    const page = await open(hub.coordinator);
    await page.goto(`/espacios/${space}/turno`);
    await goOn(page);
    expect(await textOf(page)).toContain("Tu turno está en marcha.");
    await goOn(page);
    expect(await page.locator("#note-problem").count()).toBe(1);
    await page.fill("#note", "Alguien nuevo necesita compañía.");
    await goOn(page);
    expect(await textOf(page)).toContain("Alguien nuevo necesita compañía.");
    expect(await heading(page)).toContain("Tu turno");
  });

  test("numbers for help are kept by the group and read by everybody in it (P15)", async () => {
    const page = await open(hub.coordinator);
    const name = named("Casa");
    await page.goto(`/grupos/${hub.group}/ayuda`);
    await page.fill("#name", name);
    await page.fill("#contact", "800 111 2222");
    await goOn(page);
    const reading = await open(hub.member);
    await reading.goto(`/grupos/${hub.group}/ayuda`);
    expect(await textOf(reading)).toContain(name);
    expect(await reading.locator("main form").count()).toBe(0);
    await go(page, `main li:has-text("${name}") button[value=remove]`);
    expect(await textOf(page)).not.toContain(name);
  });
});

test("somebody outside the group finds no space there", async () => {
  const outside = as(hub.steward);
  const { working } = hub;
  const page = await openPage(hub.url, { cookies: hub.steward.cookies });
  expect((await page.goto(`/espacios/${working}`))?.status()).toBe(404);
  await expect(
    outside.call(joinSpace, {
      space: working,
      through: hub.group,
      alias: "Nadie",
      rulesVersion: 1,
    }),
  ).rejects.toMatchObject({ code: "not_found" });
});
