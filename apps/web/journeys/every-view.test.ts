import { createWeb } from "@telar/web/server";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { cookiesOf, openBrowser, type Visit } from "./browser.ts";
import { signedInNow } from "./newcomers.ts";
import { hiddenFocuses, smallTargets, tab, violationsOf, widthAt320 } from "./page-checks.ts";
import { type View, views } from "./views.ts";

const hub = inject("hub");
const whos = ["visitor", "member", "coordinator", "steward"] as const;
const visits = new Map<View["who"], Visit>();

beforeAll(async () => {
  for (const who of whos) {
    const visit = await openBrowser(hub.url);
    visits.set(who, visit);
    if (who !== "visitor")
      await visit.context.addCookies(cookiesOf(await signedInNow(who), hub.url));
  }
});
afterAll(() => Promise.all([...visits.values()].map((visit) => visit.close())));

function visitOf(who: View["who"]): Visit & { page: Page } {
  const visit = visits.get(who);
  const page = visit?.context.pages()[0];
  if (!visit || !page) throw new Error(`Nobody is there as ${who}.`);
  return { ...visit, page };
}

const named = views(hub).map((view) => ({
  ...view,
  name: view.path.replaceAll(/[0-9a-f-]{36}/g, ":id"),
}));

describe.each(named)("$name as $who", ({ path, who }) => {
  let page: Page;
  let status: number | undefined;
  beforeAll(async () => {
    page = visitOf(who).page;
    status = (await page.goto(path))?.status();
  });

  test("is there", () => {
    expect(status).toBe(path === "/no-existe" ? 404 : 200);
    expect(new URL(page.url()).pathname).toBe(path);
  });

  test("keeps WCAG 2.2 AA as far as axe sees, in light and dark (W05)", async () => {
    expect(await violationsOf(page)).toEqual([]);
  });

  test("offers the way out first, then the way to the content (P11)", async () => {
    expect(await tab(page)).toMatchObject({ href: "/salir-rapido" });
    expect(await tab(page)).toMatchObject({ href: "#contenido" });
  });

  test("hides no focus and has targets of 48 px (2.4.11, 2.5.8)", async () => {
    expect(await hiddenFocuses(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
  });

  test("fits 320 px without scrolling sideways (1.4.10)", async () => {
    expect(await widthAt320(page)).toBeLessThanOrEqual(320);
  });

  test("has help where every page has it, one main step, and nothing to drag (3.2.6, 2.5.7)", async () => {
    const ways = await page
      .locator(".safety a, footer a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split("?")[0]));
    expect(ways).toEqual(waysOnEveryPage);
    expect(await page.locator("main .main").count()).toBeLessThanOrEqual(1);
    expect(await page.locator("[draggable=true], input[type=range]").count()).toBe(0);
  });

  test("asks nobody but the hub (T23)", () => {
    expect(visitOf(who).foreignRequests).toEqual([]);
  });
});

const waysOnEveryPage = [
  ...["/salir-rapido", "#contenido", "/pausa"],
  ...["/idioma", "/seguridad", "/hub", "/api/docs"],
];

const { routes } = createWeb({
  askApi: () => new Response(),
  publicUrl: hub.url,
  exitUrl: hub.exitUrl,
});
const paths = routes.filter(({ method }) => method === "GET").map(({ path }) => path);

test("no page is left out of what is looked at here", () => {
  const isPage = (path: string) => path !== "/salir-rapido" && !path.includes(".");
  const isSeen = (path: string) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+(\{[^/]+?\})?(?=\/|$)/g, "[^/]+")}$`);
    return named.some((view) => pattern.test(view.path));
  };
  expect(paths.filter(isPage).filter((path) => !isSeen(path))).toEqual([]);
});

test("no script follows a finger or a pointer (2.5.7)", async () => {
  const scripts = paths.filter((path) => path.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(0);
  for (const path of scripts) {
    const script = await (await fetch(new URL(path, hub.url))).text();
    expect(script).not.toMatch(/drag(start|over)|(pointer|mouse|touch)move/);
  }
});

describe("signing in is no test of memory (3.3.8)", () => {
  const words = "naranja camino lluvia tejido puente";

  test("a passphrase can be pasted, and password managers know the fields", async () => {
    const { page } = visitOf("visitor");
    await page.goto("/entrar");
    await page.fill("#signInName", words);
    await page.press("#signInName", "Control+A");
    await page.press("#signInName", "Control+C");
    await page.press("#passphrase", "Control+V");
    expect(await page.inputValue("#passphrase")).toBe(words);
    expect(await page.getAttribute("#signInName", "autocomplete")).toBe("username");
    expect(await page.getAttribute("#passphrase", "autocomplete")).toBe("current-password");
  });

  test.each(["/invitacion", "/recuperar"])("a code can be pasted on %s", async (path) => {
    const { page } = visitOf("visitor");
    await page.goto(path);
    await page.fill("#code", "ABCDE-01234");
    await page.press("#code", "Control+A");
    await page.press("#code", "Control+X");
    expect(await page.inputValue("#code")).toBe("");
    await page.press("#code", "Control+V");
    expect(await page.inputValue("#code")).toBe("ABCDE-01234");
  });

  test.each(["/entrar", "/invitacion", "/recuperar"])("%s sets no puzzle", async (path) => {
    const { page } = visitOf("visitor");
    await page.goto(path);
    expect(await page.locator("main :is(img, canvas, audio, video, iframe)").count()).toBe(0);
  });
});
