import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { invite, newAlias, newcomer } from "./newcomers.ts";
import { go, goOn, heading, openPage, pathOf, textOf } from "./pages.ts";

const hub = inject("hub");

/** What the page says of the passkey that was not used. */
const told = (page: Page) => page.textContent("[data-passkey] [role=status]");

async function signOut(page: Page): Promise<void> {
  await page.goto("/salir");
  await goOn(page);
  expect(await heading(page)).toBe("Tu sesión está cerrada");
}

describe("passkeys, on an authenticator of the browser", () => {
  async function withAuthenticator(cookies = "") {
    const page = await openPage(hub.url, { cookies });
    const devTools = await page.context().newCDPSession(page);
    await devTools.send("WebAuthn.enable");
    const { authenticatorId } = await devTools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    const verified = (isUserVerified: boolean) =>
      devTools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    return { page, verified };
  }

  test("are added, open the account, confirm who one is, and are removed", async () => {
    const { cookies } = await newcomer();
    const { page } = await withAuthenticator(cookies);
    await page.goto("/cuenta/llaves");
    expect(await page.isVisible(".without-script")).toBe(false);
    await page.fill("#name", "Mi teléfono");
    await page.click(".passkey button");
    await page.waitForURL(/listo/);
    expect(await page.textContent(".rows")).toContain("Mi teléfono");
    await page.click(".passkey button");
    await expect.poll(() => told(page)).toBe("Este dispositivo ya tiene una llave para tu cuenta.");

    await signOut(page);
    await page.goto("/entrar");
    await page.click(".passkey button");
    await page.waitForURL(/\/(seguridad\/antes)?$/);
    await page.goto("/confirmar?luego=/cuenta/llaves");
    await page.click(".passkey button");
    await page.waitForURL(/\/cuenta\/llaves$/);
    await go(page, ".rows button");
    expect(await textOf(page)).toContain("Aún no tienes llaves.");
  });

  test("open an account that has no words, and the last one stays", async () => {
    const { page } = await withAuthenticator();
    await page.goto((await invite()).link);
    await goOn(page);
    await goOn(page);
    await page.click(".passkey button");
    await expect.poll(() => told(page)).toBe("Primero elige tu nombre para entrar.");
    await page.fill("#signInName", "entra sin palabras");
    await page.fill("#alias", newAlias());
    await page.check("input[value=own]");
    await page.click(".passkey button");
    await page.waitForURL(/\/cuenta\/hoja/);
    await page.goto("/cuenta");
    expect(await textOf(page)).toContain("Agregar palabras para entrar");
    await page.goto("/cuenta/llaves");
    await go(page, ".rows button");
    expect(await page.textContent(".summary")).toContain("Es tu única manera de entrar.");
    await signOut(page);
    await page.goto("/entrar");
    await page.click(".passkey button");
    await page.waitForURL(/\/(seguridad\/antes)?$/);
  });

  test("that a person does not open tell so in words, and nothing else happens", async () => {
    const { page, verified } = await withAuthenticator();
    await verified(false);
    await page.goto("/entrar");
    await page.click(".passkey button");
    await expect.poll(() => told(page), { timeout: 10_000 }).toMatch(/^No se usó ninguna llave/);
    expect(pathOf(page)).toBe("/entrar");
  });
});

test("without JavaScript nothing of passkeys is to be seen where they are not needed", async () => {
  const page = await openPage(hub.url, { javaScript: false });
  await page.goto("/entrar");
  expect(await page.isVisible(".passkey")).toBe(false);
});
