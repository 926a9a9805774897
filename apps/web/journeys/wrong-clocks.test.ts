import { listMessages } from "@telar/contracts/messages";
import { expect, inject, test } from "vitest";
import { allOf, coordinator, openMesa } from "./mesas.ts";
import { openPage } from "./pages.ts";

const hub = inject("hub");
const aDayMs = 24 * 3_600_000;

test("a phone whose clock jumps by days sends in the order of writing, and the hub says when", async () => {
  const { space, settler } = await openMesa();
  const page = await openPage(hub.url, { cookies: settler.cookies });
  await page.goto(`/espacios/${space}`);
  await page.context().setOffline(true);
  const write = async (body: string, clock: number) => {
    await page.clock.setFixedTime(clock);
    await page.fill("#body", body);
    await page.click(".writing .main");
    await page.locator(`[data-pending] li:has-text("${body}")`).waitFor();
  };
  await write("Primero", Date.now() + aDayMs);
  await write("Segundo", Date.now() - aDayMs);
  await write("Tercero", Date.now());
  await page.context().setOffline(false);
  await expect.poll(() => allOf(space), { timeout: 20_000 }).toHaveLength(3);
  expect(await allOf(space)).toEqual(["Primero", "Segundo", "Tercero"]);
  const { entries } = await coordinator.call(listMessages, { space });
  for (const { at } of entries) expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(180_000);
  await page.locator('.messages .own:has-text("Tercero")').waitFor();
  const live = await page.locator(".messages").innerHTML();
  await page.goto(`/espacios/${space}`);
  expect(await page.locator(".messages").innerHTML()).toBe(live);
});
