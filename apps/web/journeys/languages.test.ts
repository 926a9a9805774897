import { changeAccount } from "@telar/contracts/accounts";
import { LanguageCode, languages } from "@telar/contracts/languages";
import { Person } from "@telar/contracts/person";
import { createWeb } from "@telar/web/server";
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { cookiesOf, openBrowser, type Visit } from "./browser.ts";
import { type HubProcess, startHubProcess } from "./hub-process.ts";
import { signedInNow } from "./newcomers.ts";
import { clippedTexts, widthAt320 } from "./page-checks.ts";
import { type Settled, settle } from "./settle.ts";
import { type View, views } from "./views.ts";

const whos = ["member", "coordinator", "steward"] as const;

describe("every view", () => {
  let hub: HubProcess;
  let settled: Settled;
  beforeAll(async () => {
    hub = await startHubProcess();
    settled = await settle(hub);
  });
  afterAll(() => hub.close());

  /** Every view as HTML, as people find it who chose this language. */
  async function readAll(language: LanguageCode): Promise<[View, string][]> {
    for (const who of whos)
      await new Person(fetch, hub.url, settled[who].cookies).call(changeAccount, { language });
    const read = async (view: View): Promise<[View, string]> => {
      const session = view.who === "visitor" ? "" : `; ${settled[view.who].cookies}`;
      const answer = await fetch(new URL(view.path, hub.url), {
        headers: { cookie: `idioma=${language}${session}` },
        redirect: "manual",
      });
      expect([view, answer.status]).toEqual([view, view.path === "/no-existe" ? 404 : 200]);
      return [view, await answer.text()];
    };
    return Promise.all(views(settled).map(read));
  }

  /** Texts that fell back to Spanish; names of languages are Spanish by nature. */
  const fallbacks = (html: string) => html.match(/<span lang="es">(?!Español<|[^<]* · <)/g) ?? [];

  test("is complete in English: nothing falls back to Spanish", async () => {
    for (const [view, html] of await readAll("en")) {
      expect(html).toContain('<html lang="en">');
      expect([view, fallbacks(html)]).toEqual([view, []]);
    }
  });

  test("stands in tsotsil, with what is not translated marked as Spanish (W06)", async () => {
    for (const [view, html] of await readAll("tzo")) {
      expect(html).toContain('<html lang="tzo">');
      expect([view, fallbacks(html).length > 5]).toEqual([view, true]);
    }
  });
});

test.each([true, false])(
  "languages are chosen by their own names, with JavaScript: %s (W06)",
  async (javaScript) => {
    const hub = inject("hub");
    const visit = await openBrowser(hub.url, { javaScript });
    const page = visit.context.pages()[0] as Page;
    await page.goto("/directorio");
    await page.click("footer a >> nth=0");
    for (const code of LanguageCode.options)
      expect(await page.textContent(`.languages [lang=${code}]`)).toBe(languages[code].autonym);
    await page.click(`text=${languages.en.autonym}`);
    await page.waitForURL("**/directorio");
    expect(await page.getAttribute("html", "lang")).toBe("en");
    expect(await page.textContent("h1")).toBe("Directory of groups");
    await visit.close();
  },
);

describe("with every text 40 % longer, at 320 px (W07)", () => {
  const hub = inject("hub");
  const visits = new Map<View["who"], Visit>();
  afterAll(() => Promise.all([...visits.values()].map((visit) => visit.close())));

  /** The same pages over the same hub, only longer: the browser asks this web instead of the hub's. */
  const web = createWeb({
    askApi: fetch,
    publicUrl: hub.url,
    exitUrl: hub.exitUrl,
    pseudoLocale: true,
  });
  async function answer(route: Route): Promise<void> {
    const headers = new Headers(await route.request().allHeaders());
    headers.delete("accept-encoding");
    const given = await web.fetch(new Request(route.request().url(), { headers }));
    await route.fulfill({
      status: given.status,
      headers: Object.fromEntries(given.headers),
      body: Buffer.from(await given.arrayBuffer()),
    });
  }

  async function pageOf(who: View["who"]): Promise<Page> {
    const visit = visits.get(who) ?? (await openBrowser(hub.url, { width: 320, height: 640 }));
    if (!visits.has(who)) {
      visits.set(who, visit);
      await visit.context.route("**", answer);
      if (who !== "visitor")
        await visit.context.addCookies(cookiesOf(await signedInNow(who), hub.url));
    }
    return visit.context.pages()[0] as Page;
  }

  test("nothing is cut off and nothing scrolls sideways", async () => {
    for (const { path, who } of views(hub)) {
      const page = await pageOf(who);
      await page.goto(path);
      expect(await page.textContent(".exit")).toContain("Saaliir");
      expect([path, await widthAt320(page)]).toEqual([path, 320]);
      expect([path, await clippedTexts(page)]).toEqual([path, []]);
    }
  });
});
