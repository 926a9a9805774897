import { offerPassphrase } from "@telar/contracts/accounts";
import { joinByInvitation } from "@telar/contracts/invitations";
import { Person } from "@telar/contracts/person";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, inject, test } from "vitest";
import { cookiesOf, openBrowser, type Visit } from "./browser.ts";
import { signedInNow } from "./newcomers.ts";

const hub = inject("hub");
const open: Visit[] = [];
afterEach(() => Promise.all(open.splice(0).map((visit) => visit.close())));

async function browse(cookies: string, javaScript: boolean): Promise<Page> {
  const visit = await openBrowser(hub.url, { javaScript });
  open.push(visit);
  if (cookies) await visit.context.addCookies(cookiesOf(cookies, hub.url));
  return visit.context.pages()[0] ?? visit.context.newPage();
}

const readText = async (page: Page) => (await page.textContent("main")) ?? "";
const send = (page: Page) => page.click("main button.main");

async function join(code: string, signInName: string): Promise<string> {
  const person = new Person(fetch, hub.url);
  const { passphrase } = await person.call(offerPassphrase, {});
  await person.call(joinByInvitation, {
    code,
    signInName: `entra ${signInName}`,
    alias: signInName,
    passphrase,
    device: "own",
  });
  return person.cookieHeader;
}

describe.each([true, false])("a group grows, with JavaScript: %s (W02)", (javaScript) => {
  const alias = javaScript ? "Guaje" : "Copal";
  const inGroup = (path: string) => `/grupos/${hub.group}${path}`;

  test("a person is invited, is given a task, takes another alias and leaves", async () => {
    const coordinator = await browse(await signedInNow("coordinator"), javaScript);
    await coordinator.goto(inGroup("/invitar"));
    await send(coordinator);
    const code = (await coordinator.textContent(".spelled"))?.trim() ?? "";
    expect(await coordinator.inputValue("#link")).toBe(`${hub.url}/invitacion#${code}`);
    expect(coordinator.url()).not.toContain(code);

    const newcomer = await browse(await join(code, alias), javaScript);
    await newcomer.goto(inGroup("/personas"));
    if (newcomer.url().includes("/seguridad/antes")) await send(newcomer);
    expect(await readText(newcomer)).toContain(`${alias}tú · participa`);

    await coordinator.goto(inGroup("/personas"));
    await coordinator.click(`main a:text-is("${alias}")`);
    await coordinator.check('[value="facilitator"]');
    await send(coordinator);
    await newcomer.goto(inGroup("/personas"));
    expect(await readText(newcomer)).toContain(`${alias}tú · facilita`);

    await newcomer.goto(inGroup("/alias"));
    await newcomer.fill("#alias", `${alias} del monte`);
    await send(newcomer);
    expect(await readText(newcomer)).toContain(`Aquí eres ${alias} del monte`);

    await newcomer.goto(inGroup("/salir"));
    await newcomer.click("main button.stop");
    expect(new URL(newcomer.url()).pathname).toBe("/grupos");
    expect((await newcomer.goto(inGroup("/personas")))?.status()).toBe(404);
  });

  test("a removal without a reason is asked for one, and done with it", async () => {
    const coordinator = await browse(await signedInNow("coordinator"), javaScript);
    await coordinator.goto(inGroup("/invitar"));
    await send(coordinator);
    const code = (await coordinator.textContent(".spelled"))?.trim() ?? "";
    await join(code, `${alias} de paso`);
    await coordinator.goto(inGroup("/personas"));
    await coordinator.click(`main a:text-is("${alias} de paso")`);
    await coordinator.click("main a.stop");
    await coordinator.click("main button.stop");
    expect(await coordinator.getAttribute("#reason", "aria-invalid")).toBe("true");
    await coordinator.fill("#reason", "Acuerdo de asamblea");
    await coordinator.click("main button.stop");
    expect(new URL(coordinator.url()).pathname).toBe(inGroup("/personas"));
    expect(await readText(coordinator)).not.toContain(`${alias} de paso`);
  });

  test("what the group says of itself is found by a visitor as far as it was opened", async () => {
    const coordinator = await browse(await signedInNow("coordinator"), javaScript);
    await coordinator.goto(inGroup("/perfil"));
    await coordinator.fill("#region", `Sierra ${alias}`);
    await send(coordinator);
    expect(new URL(coordinator.url()).pathname).toBe(inGroup(""));

    const visitor = await browse("", javaScript);
    await visitor.goto("/directorio");
    await visitor.click("main summary");
    await visitor.fill("#region", `sierra ${alias.toLowerCase()}`);
    await send(visitor);
    expect(await readText(visitor)).toContain("Red de Familias del Norte");
    await visitor.click('main a:text-is("Red de Familias del Norte")');
    expect(await readText(visitor)).toContain(`Sierra ${alias}`);
    expect(await readText(visitor)).not.toContain("Por medio de la central");
  });
});
