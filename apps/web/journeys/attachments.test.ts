import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { cookiesOf, openPhone, type Visit } from "./browser.ts";
import { allOf, openMesa, send } from "./mesas.ts";
import { go, openPage, textOf } from "./pages.ts";
import { photo } from "./photos.ts";

const hub = inject("hub");

const paper = {
  name: "Acuerdos.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.7\n%%EOF\n"),
};

/** What is loaded of attachments, from now on. */
function watchLoads(page: Page): string[] {
  const loads: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === "GET" && /\/attachments\//.test(pathname)) loads.push(pathname);
  });
  return loads;
}

const numberOf = (page: Page, selector: string, name: string) =>
  page.evaluate<number>(`document.querySelector("${selector}")?.${name} ?? 0`);

/** How a picture is covered, for those who facilitate. */
const filterOf = (page: Page) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector(".opened img")).filter`);

async function record(page: Page): Promise<void> {
  await page.click("[data-upload] > summary");
  await page.click("[data-voice-record]");
}

/** Records its minute while the other tests go on. */
let minute: Visit;
beforeAll(async () => {
  const { space, settler } = await openMesa();
  minute = await openPhone(hub.url);
  await minute.context.addCookies(cookiesOf(settler.cookies, hub.url));
  const page = minute.context.pages()[0] as Page;
  await page.goto(`/espacios/${space}`);
  await record(page);
});
afterAll(() => minute.close());

describe.each([true, false])("attachments, with JavaScript: %s (W02)", (javaScript) => {
  test("a photo and a document go with a message, and load when somebody asks (W03)", async () => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { javaScript, cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    await page.setInputFiles("#file", [photo(), paper]);
    if (javaScript) {
      await page.locator('[data-uploaded] label:has-text("Documento PDF")').waitFor();
      await page.click(".writing .main");
    } else await send(page);
    await page.locator("#hecho").waitFor();
    expect(await textOf(page)).toContain("Tu mensaje ya está en el espacio.");

    const reading = await openPage(hub.url, { javaScript, cookies: hub.coordinator.cookies });
    const loads = watchLoads(reading);
    await reading.goto(`/espacios/${space}`);
    const labels = await reading.locator(".attachments a").allTextContents();
    expect(labels[0]).toMatch(/^Foto · \d+ KB$/);
    expect(labels[1]).toBe("Documento PDF · 1 KBAcuerdos");
    expect(loads).toEqual([]);
    const link = ".attachments a:has-text('Foto')";
    if (javaScript) await reading.click(link);
    else await go(reading, link);
    const picture = reading.locator(".opened img");
    await picture.waitFor();
    await expect.poll(() => numberOf(reading, ".opened img", "naturalWidth")).toBe(400);
    expect(await filterOf(reading)).toContain("blur");
    await picture.click();
    expect(await filterOf(reading)).toBe("none");
    expect(loads).toHaveLength(1);
  });
});

test("without a script there is no recorder", async () => {
  const { space, settler } = await openMesa();
  const page = await openPage(hub.url, { javaScript: false, cookies: settler.cookies });
  await page.goto(`/espacios/${space}`);
  expect(await page.locator("[data-voice]").isVisible()).toBe(false);
});

test.each([false, true])(
  "a voice note is recorded, heard, sent and played; masked: %s (P18)",
  async (masked) => {
    const { space, settler } = await openMesa();
    const page = await openPage(hub.url, { cookies: settler.cookies });
    await page.goto(`/espacios/${space}`);
    await page.click("[data-upload] > summary");
    if (masked) await page.check("[data-voice-mask]");
    await page.click("[data-voice-record]");
    await page.locator("[data-voice-seconds]:has-text('2 s')").waitFor();
    expect(await page.textContent("[data-upload-status]")).toBe("Se graba, hasta 60 segundos.");
    await page.click("[data-voice-stop]");
    await page.locator("[data-voice-use]:focus").waitFor();
    await expect.poll(() => numberOf(page, "[data-voice-listen]", "readyState")).toBeGreaterThan(0);
    await page.click("[data-voice-use]");
    await page.locator('[data-uploaded] label:has-text("Nota de voz")').waitFor();
    await page.click(".writing .main");
    await page.locator("#hecho").waitFor();
    await page.reload();
    const loads = watchLoads(page);
    const link = page.locator(".attachments a");
    expect(await link.textContent()).toMatch(/^Nota de voz · [23] s · \d+ KB$/);
    await link.click();
    await expect
      .poll(() => numberOf(page, "audio.opened", "currentTime"), {
        timeout: 10_000,
      })
      .toBeGreaterThan(0.2);
    expect(loads.length).toBeGreaterThan(0);
  },
);

test("a recording goes with the message that is sent beside it, and none before it has ended", async () => {
  const { space, settler } = await openMesa();
  const page = await openPage(hub.url, { cookies: settler.cookies });
  await page.goto(`/espacios/${space}`);
  await page.fill("#body", "Escúchenme");
  await record(page);
  await page.locator("[data-voice-seconds]:has-text('1 s')").waitFor();
  await page.click(".writing .main");
  await page.locator("[data-voice-use]").waitFor();
  expect(await page.inputValue("#body")).toBe("Escúchenme");
  expect(await allOf(space)).toEqual([]);
  await page.click(".writing .main");
  await page.locator("#hecho").waitFor();
  await page.reload();
  expect(await page.textContent(".messages .text")).toMatch(/^Escúchenme.*Nota de voz · [12] s/);
});

test("a photo from a phone is made small on the phone, and says nothing of where it was taken", async () => {
  const { space, settler } = await openMesa();
  const page = await openPage(hub.url, { cookies: settler.cookies });
  await page.goto(`/espacios/${space}`);
  const noise = await page.evaluate(`(async () => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 700;
    const context = canvas.getContext("2d");
    const points = context.createImageData(700, 700);
    for (let at = 0; at < points.data.length; at += 1) points.data[at] = Math.random() * 256;
    context.putImageData(points, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    return [...new Uint8Array(await blob.arrayBuffer())];
  })()`);
  const buffer = Buffer.from(noise as number[]);
  const sent = page.waitForRequest((request) => request.url().endsWith("/attachments"));
  await page.setInputFiles("#file", { name: "IMG.png", mimeType: "image/png", buffer });
  const length = Number((await (await sent).allHeaders())["content-length"]);
  expect(length).toBeLessThan(buffer.length / 2);
  await page.locator('[data-uploaded] label:has-text("Foto")').waitFor();
});

test("a voice note of a minute stays under 150 KB (P18)", async () => {
  const page = minute.context.pages()[0] as Page;
  await page.locator("[data-voice-use]").waitFor({ timeout: 75_000 });
  await page.click("[data-voice-use]");
  const label = page.locator('[data-uploaded] label:has-text("Nota de voz")');
  await label.waitFor();
  const [, seconds, kb] = /(\d+) s · (\d+) KB/.exec((await label.textContent()) ?? "") ?? [];
  process.stdout.write(`P18: ${seconds} s of voice, ${kb} KB\n`);
  expect(Number(seconds)).toBe(60);
  expect(Number(kb)).toBeLessThanOrEqual(150);
}, 120_000);
