import { operations } from "@telar/contracts/operations";
import { afterEach, expect, inject, test } from "vitest";
import { openBrowser, type Visit } from "./browser.ts";

const hub = inject("hub");
const open: Visit[] = [];
afterEach(() => Promise.all(open.splice(0).map((visit) => visit.close())));

async function readDocs(javaScript: boolean) {
  const visit = await openBrowser(hub.url, { javaScript });
  open.push(visit);
  const page = visit.context.pages()[0] ?? (await visit.context.newPage());
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto("/api/docs");
  return { page, said, visit };
}

test("the API's page opens every operation under its strict policy, asking nobody else (T23)", async () => {
  const { page, said, visit } = await readDocs(true);
  const blocks = page.locator(".opblock-summary-control");
  await expect.poll(() => blocks.count(), { timeout: 30_000 }).toBe(operations.length);
  await blocks.first().click();
  await page.waitForSelector(".opblock-body");
  expect(said).toEqual([]);
  expect(visit.foreignRequests).toEqual([]);
});

test("without JavaScript the API's page is a plain list of every operation", async () => {
  const { page } = await readDocs(false);
  expect(await page.locator("#operations li").count()).toBe(operations.length);
  const wide = await page.evaluate("document.documentElement.scrollWidth");
  expect(wide).toBeLessThanOrEqual(360);
});
