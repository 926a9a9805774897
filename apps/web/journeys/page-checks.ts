import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds in light and in dark. */
export async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(axe);
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate<string[]>(`axe.run(document, {
      runOnly: ${JSON.stringify(tags)},
      resultTypes: ["violations"],
    }).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ": " + nodes.map(({ html }) => html).join(" | ")))`);
    found.push(...violations.map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

/** How wide the page is at 320 px. */
export async function widthAt320(page: Page): Promise<number> {
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate<number>("document.documentElement.scrollWidth");
  await page.setViewportSize({ width: 360, height: 740 });
  return width;
}

/** Links inside running text are exempt (WCAG 2.5.8, inline), and so is what is not shown. */
export const smallTargets = (page: Page) =>
  page.evaluate<string[]>(`
    [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
      .filter((element) => element.checkVisibility() &&
        !element.closest("p:not(.steps), li > p, dd, label, .hint"))
      .map((element) => ({ html: element.outerHTML.slice(0, 120), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 47.5 || box.width < 24))
      .map(({ html, box }) => Math.round(box.width) + "×" + Math.round(box.height) + " " + html)`);

interface Focused {
  href: string | null;
  covered: boolean;
  html: string;
}

/** Presses Tab, and says where one is then. */
export async function tab(page: Page): Promise<Focused> {
  await page.keyboard.press("Tab");
  return page.evaluate<Focused>(`(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const at = document.elementFromPoint(
      box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    return {
      href: element.getAttribute("href"),
      covered: box.width > 0 && !(at && (element.contains(at) || at.contains(element))),
      html: element.outerHTML.slice(0, 120),
    };
  })()`);
}

/** Walks on with the Tab key to the end of the page. */
export async function hiddenFocuses(page: Page): Promise<string[]> {
  const hidden: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    const { covered, html } = await tab(page);
    if (html.startsWith("<body")) break;
    if (covered) hidden.push(html);
  }
  return hidden;
}

/** What is wider than its place and cannot be read to its end. */
export const clippedTexts = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const isShown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
    const spills = (element) => {
      const box = element.getBoundingClientRect();
      return box.right > innerWidth + 0.5 || box.left < -0.5;
    };
    const isCut = (element) => getComputedStyle(element).overflowX !== "visible"
      && element.scrollWidth > element.clientWidth + 1;
    const isCutSelect = (element) => {
      const ruler = document.createElement("canvas").getContext("2d");
      const style = getComputedStyle(element);
      ruler.font = style.font;
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return [...element.options].some(({ text }) => ruler.measureText(text).width > room);
    };
    return [...document.querySelectorAll("body *:not(option, optgroup, script)")]
      .filter((element) => isShown(element) && !element.closest(".skip"))
      .filter((element) => spills(element) || (element.matches("select") ? isCutSelect(element) : !element.matches("input") && isCut(element)))
      .map((element) => element.outerHTML.slice(0, 160));
  })()`);
