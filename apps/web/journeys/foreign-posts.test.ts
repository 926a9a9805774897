import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";

const hub = inject("hub");
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function newPage() {
  const visit = await openBrowser(hub.url, { javaScript: false });
  open.push(visit.close);
  return visit.context.pages()[0] ?? visit.context.newPage();
}

/** A page elsewhere whose form hides where it comes from. */
async function openElsewhere(): Promise<string> {
  const html = `<meta name="referrer" content="no-referrer">
    <form method="post" action="${hub.url}/entrar"><button>Sigue</button></form>`;
  const server = createServer((_, answer) => {
    answer.writeHead(200, { "content-type": "text/html" }).end(html);
  }).listen(0, "127.0.0.1");
  open.push(() => server.close());
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("a browser names the hub as the origin of the hub's own forms, and tells where it was to nobody else", async () => {
  const page = await newPage();
  await page.goto("/entrar");
  const posted = page.waitForRequest((request) => request.method() === "POST");
  await page.click("main form button[type=submit]");
  expect((await (await posted).allHeaders()).origin).toBe(hub.url);
  const left = page.waitForRequest((request) => request.url().startsWith(hub.exitUrl));
  await page.click("a.exit");
  expect((await (await left).allHeaders()).referer).toBeUndefined();
});

test("a form of another site that hides its origin signs nobody in", async () => {
  const page = await newPage();
  await page.goto(await openElsewhere());
  const answered = page.waitForResponse(`${hub.url}/entrar`);
  await page.click("button");
  expect((await answered).status()).toBe(403);
});
