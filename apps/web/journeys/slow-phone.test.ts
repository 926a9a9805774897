import type { Page } from "playwright-core";
import { afterEach, expect, inject, test } from "vitest";
import { cookiesOf, openBrowser, type Visit } from "./browser.ts";

const hub = inject("hub");
const open: Visit[] = [];
afterEach(() => Promise.all(open.splice(0).map((visit) => visit.close())));

/** The lab profile of product.md: a sixth of the speed, 400 kbit/s, 400 ms there and back. */
async function onSlowPhone(): Promise<Page> {
  const visit = await openBrowser(hub.url);
  open.push(visit);
  await visit.context.addCookies(cookiesOf(hub.member.cookies, hub.url));
  const page = visit.context.pages()[0] ?? (await visit.context.newPage());
  const phone = await visit.context.newCDPSession(page);
  await phone.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  await phone.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: 400_000 / 8,
    uploadThroughput: 400_000 / 8,
  });
  return page;
}

test("a first visit is usable within 5 s on the slowest phone we mean", async () => {
  const page = await onSlowPhone();
  const began = performance.now();
  await page.goto(`/grupos/${hub.group}`, { waitUntil: "domcontentloaded" });
  await page.locator("h1").waitFor();
  const usableMs = performance.now() - began;
  const paintMs = await page.evaluate<number>(
    `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
      .observe({ type: "largest-contentful-paint", buffered: true }))`,
  );
  process.stdout.write(
    `Lab profile: text there after ${Math.round(usableMs)} ms, largest paint ${Math.round(paintMs)} ms\n`,
  );
  expect(usableMs).toBeLessThan(5000);
  expect(paintMs).toBeLessThan(5000);
});
