import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { cookiesOf, openBrowser } from "./browser.ts";

/** A page in a fresh browser, which closes when the test is over. */
export async function openPage(
  url: string,
  { javaScript = true, cookies = "" } = {},
): Promise<Page> {
  const { context, close } = await openBrowser(url, { javaScript });
  onTestFinished(close);
  if (cookies) await context.addCookies(cookiesOf(cookies, url));
  return context.pages()[0] ?? context.newPage();
}

/** Presses what leads to another page, and is there. */
export async function go(page: Page, selector: string): Promise<void> {
  const there = page.waitForEvent("domcontentloaded");
  await page.click(selector);
  await there;
}

/** Presses the one main button of the page. */
export const goOn = (page: Page) => go(page, "main .main");

export const pathOf = (page: Page) => new URL(page.url()).pathname;
export const heading = (page: Page) => page.locator("h1").textContent();
export const textOf = async (page: Page) => (await page.locator("main").textContent()) ?? "";
export const offeredWords = async (page: Page) =>
  (await page.locator(".offered li").allTextContents()).join(" ");

/** Fields that a person sees and has to think about. */
export const emptyFields = (page: Page) =>
  page.evaluate<string[]>(`
    [...document.querySelectorAll("main :is(input:not([type=hidden], [type=radio]), textarea)")]
      .filter((field) => field.checkVisibility() && field.value === "")
      .map((field) => field.name)`);
