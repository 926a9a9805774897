import { gzipSync } from "node:zlib";
import { startHubProcess } from "../../apps/web/journeys/hub-process.ts";
import { type Settled, settle } from "../../apps/web/journeys/settle.ts";
import { type View, views } from "../../apps/web/journeys/views.ts";

/** Compressed bytes (product.md, "Budgets of the pages"); one byte more fails the check. */
const kib = 1024;
const budgets = {
  html: 20 * kib,
  css: 16 * kib,
  js: 30 * kib,
  organiserJs: 75 * kib,
  firstVisit: 80 * kib,
  repeatVisit: 15 * kib,
  requests: 8,
};

interface Weight {
  view: View;
  html: number;
  css: number;
  js: number;
  firstVisit: number;
  repeatVisit: number;
  requests: number;
}

const hub = await startHubProcess();
try {
  const settled = await settle(hub);
  const weights: Weight[] = [];
  for (const view of views(settled)) weights.push(await weigh(view, settled));
  print(weights);
  const over = weights.flatMap(excess);
  for (const line of over) console.error(line);
  if (over.length > 0) process.exitCode = 1;
} finally {
  await hub.close();
}

async function weigh(view: View, settled: Settled): Promise<Weight> {
  const cookie = view.who === "visitor" ? "" : settled[view.who].cookies;
  const page = await load(view.path, cookie);
  const assets = await Promise.all(assetsIn(page.text).map((path) => load(path, cookie)));
  const sum = (type: string) =>
    assets
      .filter((asset) => asset.type.includes(type))
      .reduce((total, { bytes }) => total + bytes, 0);
  const keptLater = assets
    .filter(({ cached }) => cached)
    .reduce((total, { bytes }) => total + bytes, 0);
  const firstVisit = page.bytes + sum("");
  return {
    view,
    html: page.bytes,
    css: sum("css"),
    js: sum("javascript"),
    firstVisit,
    repeatVisit: firstVisit - keptLater,
    requests: 1 + assets.length,
  };
}

async function load(path: string, cookie: string) {
  const answer = await fetch(new URL(path, hub.url), { headers: { cookie }, redirect: "manual" });
  const right = path === "/no-existe" ? 404 : 200;
  if (answer.status !== right) throw new Error(`${path} answers ${answer.status}.`);
  const body = Buffer.from(await answer.arrayBuffer());
  return {
    text: body.toString(),
    type: answer.headers.get("content-type") ?? "",
    cached: (answer.headers.get("cache-control") ?? "").includes("immutable"),
    bytes: gzipSync(body).length,
  };
}

/** What a browser fetches by itself with the page. */
function assetsIn(html: string): string[] {
  const tags = html.matchAll(/<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"[^>]*>/g);
  return [...new Set([...tags].map(([, path]) => path ?? ""))].filter(
    (path) => path.startsWith("/") && !path.startsWith("//"),
  );
}

function excess({ view, html, css, js, firstVisit, repeatVisit, requests }: Weight): string[] {
  const jsBudget = view.organiser ? budgets.organiserJs : budgets.js;
  const measured = [
    ["HTML", html, budgets.html],
    ["CSS", css, budgets.css],
    ["JS", js, jsBudget],
    ["first visit", firstVisit, budgets.firstVisit],
    ["repeat visit", repeatVisit, budgets.repeatVisit],
    ["requests", requests, budgets.requests],
  ] as const;
  return measured
    .filter(([, value, budget]) => value > budget)
    .map(
      ([what, value, budget]) => `${view.path} (${view.who}): ${what} ${value}, budget ${budget}`,
    );
}

function print(weights: Weight[]): void {
  console.log("Compressed bytes of every view (gzip):");
  console.table(
    Object.fromEntries(
      weights.map(({ view, ...bytes }) => [
        `${view.path.replaceAll(/[0-9a-f-]{36}/g, ":id")} (${view.who})`,
        bytes,
      ]),
    ),
  );
}
