import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { MessageId } from "@telar/contracts/ids";
import { postMessage } from "@telar/contracts/messages";
import { afterEach, describe, expect, inject, test } from "vitest";
import { cookiesOf, openBrowser, type Visit } from "./browser.ts";
import { as, coordinator, openMesa } from "./mesas.ts";

const hub = inject("hub");
const open: Visit[] = [];
afterEach(() => Promise.all(open.splice(0).map((visit) => visit.close())));

describe.each([true, false])(
  "taking along what one wrote, with JavaScript: %s (X07)",
  (javaScript) => {
    test("gives a page and a document with one's own words, and nobody else's", async () => {
      const { space, settler } = await openMesa();
      const say = (person: typeof coordinator, body: string) =>
        person.call(postMessage, { space, id: crypto.randomUUID() as MessageId, body });
      await say(coordinator, "Palabras de otra persona");
      for (let at = 1; at <= 3; at += 1) await say(as(settler), `Palabra mía ${at}`);
      const visit = await openBrowser(hub.url, { javaScript });
      open.push(visit);
      await visit.context.addCookies(cookiesOf(settler.cookies, hub.url));
      const page = visit.context.pages()[0] ?? (await visit.context.newPage());
      await page.goto("/cuenta");
      await page.click('a[href="/cuenta/archivo"]');
      expect(await page.textContent("main")).toContain("todos tus alias juntos");
      const take = async (format: string) => {
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.click(`button[value="${format}"]`),
        ]);
        expect(download.suggestedFilename()).toBe(`archivo.${format}`);
        return download.path();
      };
      const json = JSON.parse(await readFile(await take("json"), "utf8"));
      expect(json.entries).toBe(3);
      expect(json.places[0].entries.map(({ body }: { body: string }) => body)).toEqual([
        "Palabra mía 1",
        "Palabra mía 2",
        "Palabra mía 3",
      ]);
      const html = await readFile(await take("html"), "utf8");
      expect(html).toContain("Palabra mía 2");
      expect(html).toContain("Aquí termina.");
      for (const file of [html, JSON.stringify(json)])
        expect(file).not.toContain("Palabras de otra persona");
      expect(page.url()).toBe(`${hub.url}/cuenta/archivo`);
      if (javaScript) await page.waitForSelector("text=Ya salió todo", { timeout: 10_000 });
      await page.click("text=Ver cuánto falta");
      expect(await page.textContent("[role=status]")).toContain("Ahora no hay nada en camino");
    });
  },
);

test("the page one takes along opens from the disk and asks nobody for anything", async () => {
  const { settler } = await openMesa();
  const visit = await openBrowser(hub.url);
  open.push(visit);
  await visit.context.addCookies(cookiesOf(settler.cookies, hub.url));
  const page = visit.context.pages()[0] ?? (await visit.context.newPage());
  await page.goto("/cuenta/archivo");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click('button[value="html"]'),
  ]);
  const file = `${await download.path()}.html`;
  await download.saveAs(file);
  const asked: string[] = [];
  const refused: string[] = [];
  const reading = await visit.context.newPage();
  reading.on("request", (request) => asked.push(request.url()));
  reading.on("console", (message) => refused.push(message.text()));
  const { href } = pathToFileURL(file);
  await reading.goto(href);
  expect(await reading.textContent("h1")).toBe("Lo que escribí");
  expect(await reading.locator("main").evaluate((main) => main.clientWidth)).toBeLessThanOrEqual(
    360,
  );
  expect(asked).toEqual([href]);
  expect(refused).toEqual([]);
});
