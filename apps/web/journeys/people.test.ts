import type { NewInvitation } from "@telar/contracts/invitations";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { invite, newAlias } from "./newcomers.ts";
import { go, goOn, heading, offeredWords, openPage, pathOf, textOf } from "./pages.ts";

const hub = inject("hub");
const newName = () => `entra ${newAlias()}`;

/** Through the code, or the link where a script reads it, to the form of a new person. */
async function openInvitation(page: Page, { link, code }: NewInvitation, javaScript: boolean) {
  if (javaScript) {
    await page.goto(link);
    await page.waitForFunction("!location.hash");
    expect(await page.inputValue("#code")).toBe(code);
  } else {
    await page.goto("/invitacion");
    await page.fill("#code", ` ${code.toLowerCase().replaceAll("-", " ")} `);
  }
  await goOn(page);
  expect(await heading(page)).toBe("Te invitan a Red de Familias del Norte");
}

async function comeIn(
  page: Page,
  signInName: string,
  javaScript: boolean,
  device: "own" | "shared" = "own",
) {
  await openInvitation(page, await invite(), javaScript);
  await goOn(page);
  await page.fill("#alias", newAlias());
  await page.fill("#signInName", signInName);
  await page.check(`input[value=${device}]`);
  const words = await offeredWords(page);
  await goOn(page);
  return words;
}

async function makeSheet(page: Page): Promise<string[]> {
  expect(await heading(page)).toBe("Tu hoja de recuperación");
  await goOn(page);
  const codes = await page.locator(".codes code").allTextContents();
  expect(codes).toHaveLength(8);
  await go(page, "main a.main");
  return codes;
}

async function signIn(page: Page, signInName: string, words: string) {
  await page.goto("/entrar");
  await page.check("input[value=shared]");
  await page.fill("#signInName", signInName);
  await page.fill("#passphrase", words);
  await goOn(page);
}

async function signOut(page: Page) {
  await page.goto("/salir");
  await goOn(page);
  expect(await heading(page)).toBe("Tu sesión está cerrada");
}

describe.each([true, false])("with JavaScript: %s (W02)", (javaScript) => {
  test("a person comes in, keeps a sheet, signs out and in, and loses and finds their words", async () => {
    const page = await openPage(hub.url, { javaScript });
    const name = newName();
    const words = await comeIn(page, name, javaScript, "shared");
    const [code = ""] = await makeSheet(page);
    expect(page.url()).toBe(`${hub.url}/seguridad/antes`);
    await goOn(page);
    expect(await textOf(page)).toContain("Red de Familias del Norte");

    await signOut(page);
    await signIn(page, name, "no son estas palabras de nadie");
    expect(await page.textContent(".summary")).toContain("No pudimos abrir tu cuenta");
    expect(await page.inputValue("#signInName")).toBe(name);
    await page.fill("#passphrase", words.toUpperCase());
    await goOn(page);
    expect(page.url()).toBe(`${hub.url}/`);

    await signOut(page);
    await page.goto("/recuperar");
    await page.fill("#signInName", name);
    await page.fill("#code", code.toLowerCase());
    await go(page, "button[value=otras]");
    expect(await page.inputValue("#code")).toBe(code.toLowerCase());
    const newWords = await offeredWords(page);
    await goOn(page);
    expect(await heading(page)).toBe("Listo: ya tienes palabras nuevas");
    await signIn(page, name, newWords);
    expect(page.url()).toBe(`${hub.url}/`);
  });

  test("Enter changes no words that somebody has copied by hand; their button does, and shows them", async () => {
    const page = await openPage(hub.url, { javaScript });
    await openInvitation(page, await invite(), javaScript);
    await goOn(page);
    const words = await offeredWords(page);
    const answered = page.waitForEvent("domcontentloaded");
    await page.press("#signInName", "Enter");
    await answered;
    expect(await page.isVisible(".summary")).toBe(true);
    expect(await offeredWords(page)).toBe(words);
    await go(page, "button[value=otras]");
    expect(await offeredWords(page)).not.toBe(words);
    await expect
      .poll(async () => (await page.locator("#offer").boundingBox())?.y)
      .toBeLessThan(200);
  });

  test("a recovery waits while a device is open, which is told and stops it", async () => {
    const page = await openPage(hub.url, { javaScript });
    const name = newName();
    await comeIn(page, name, javaScript);
    const [code = ""] = await makeSheet(page);
    const elsewhere = await openPage(hub.url, { javaScript });
    await elsewhere.goto("/recuperar");
    await elsewhere.fill("#signInName", name);
    await elsewhere.fill("#code", code);
    await goOn(elsewhere);
    expect(await heading(elsewhere)).toBe("Hay que esperar unos días");
    await page.goto("/seguridad");
    await go(page, "text=No fui yo, detenerlo");
    expect(await textOf(page)).toContain("Lo detuviste");
    expect(await textOf(page)).toContain("Te quedan 7 códigos");
  });

  test("whoever has an account opens another invitation with it, under another name", async () => {
    const page = await openPage(hub.url, { javaScript });
    const name = newName();
    const words = await comeIn(page, name, javaScript);
    await page.goto("/");
    await goOn(page);
    await page.goto(`/grupos/${hub.group}/salir`);
    await go(page, "main button.stop");
    await signOut(page);
    await openInvitation(page, await invite(), javaScript);
    await go(page, "button[formaction]");
    await page.fill("#signInName", name);
    await page.fill("#passphrase", words);
    await goOn(page);
    expect(await textOf(page)).toContain(`Vas a aceptar con la cuenta ${name.toLowerCase()}`);
    const alias = newAlias();
    await page.fill("#alias", alias);
    await goOn(page);
    expect(pathOf(page)).toBe(`/grupos/${hub.group}`);
    expect(await textOf(page)).toContain(alias);
  });
});

test("a code that opens nothing keeps what was typed and says one sentence", async () => {
  const page = await openPage(hub.url, { javaScript: false });
  await page.goto("/invitacion");
  await page.fill("#code", "AAAAA-AAAAA");
  await goOn(page);
  expect(await page.textContent(".summary")).toContain("Esta invitación no se puede abrir.");
  expect(await page.inputValue("#code")).toBe("AAAAA-AAAAA");
});
