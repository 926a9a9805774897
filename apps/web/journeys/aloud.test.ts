import { afterEach, describe, expect, inject, test } from "vitest";
import { openBrowser, type Visit } from "./browser.ts";

const hub = inject("hub");
const open: Visit[] = [];
afterEach(() => Promise.all(open.splice(0).map((visit) => visit.close())));

interface Voice {
  lang: string;
  localService: boolean;
}
const mexican: Voice = { lang: "es-MX", localService: true };

/** The safety page in a browser with these voices, which the one from npm does not have; what it would say is `heard`. */
async function withVoices(voices: Voice[], language = "es") {
  const visit = await openBrowser(hub.url);
  open.push(visit);
  await visit.context.addCookies([{ name: "idioma", value: language, url: hub.url }]);
  const page = visit.context.pages()[0] ?? (await visit.context.newPage());
  const heard: string[] = [];
  await page.exposeFunction("hear", (text: string) => heard.push(text));
  await page.addInitScript(`
    class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
    Object.defineProperty(globalThis, "SpeechSynthesisUtterance", { value: Utterance });
    Object.defineProperty(globalThis, "speechSynthesis", { value: Object.assign(new EventTarget(), {
      getVoices: () => ${JSON.stringify(voices)},
      speak: ({ text, voice }) => hear(voice.lang + " " + text),
      cancel: () => { sessionStorage.silent = true; hear("silence"); },
    }) });`);
  await page.goto("/seguridad");
  return { page, heard, button: page.locator("[data-aloud] button") };
}

describe("the safety page is read aloud by the device (P12)", () => {
  test("from its heading to its last word, by a Mexican voice if there is one", async () => {
    const { page, heard, button } = await withVoices([
      { lang: "es_ES", localService: true },
      mexican,
    ]);
    await button.click();
    const parts = await page.locator("main :is(h1, h2, main > p, li)").allTextContents();
    await expect.poll(() => heard.length).toBe(parts.length);
    expect(heard[0]).toBe("es-MX Cuidar tu seguridad aquí");
    expect(heard.at(-1)).toBe(`es-MX ${parts.at(-1)}`);
  });

  test("until it is asked to stop", async () => {
    const { heard, button } = await withVoices([mexican]);
    await button.click();
    expect(await button.textContent()).toBe("Dejar de escuchar");
    await button.click();
    expect(await button.textContent()).toBe("Escuchar esta página");
    await expect.poll(() => heard.at(-1)).toBe("silence");
  });

  test("until the phone is put away, or another page is opened", async () => {
    const { page, heard, button } = await withVoices([mexican]);
    await button.click();
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await expect.poll(() => heard.at(-1)).toBe("silence");
    await button.click();
    await page.evaluate("sessionStorage.clear()");
    await page.goto("/pausa");
    expect(await page.evaluate("sessionStorage.silent")).toBe("true");
  });

  test("until one leaves quickly, without waiting for the other page", async () => {
    const { page, heard, button } = await withVoices([mexican]);
    await page.route(hub.exitUrl, () => undefined);
    await button.click();
    await page.locator("a.exit").evaluate((link) => (link as { click?(): void }).click?.());
    await expect.poll(() => heard.at(-1)).toBe("silence");
  });

  test("never by a voice that would tell a server what is read, and never in another language", async () => {
    for (const voices of [
      [],
      [{ ...mexican, localService: false }],
      [{ ...mexican, lang: "en-US" }],
    ]) {
      const { button } = await withVoices(voices);
      expect(await button.isVisible()).toBe(false);
    }
  });

  test("in Spanish where that is what the page falls back to", async () => {
    const { heard, button } = await withVoices([mexican], "tzo");
    await button.click();
    await expect.poll(() => heard[0]).toBe("es-MX Cuidar tu seguridad aquí");
  });
});
