import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Operation } from "@telar/contracts/operation";
import { operations } from "@telar/contracts/operations";
import type { Context } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import type { Frame } from "./frame.ts";
import { apiRules, needs, tagOf } from "./openapi.ts";

const own = (name: string) => fileURLToPath(new URL(`../static/${name}`, import.meta.url));
const require = createRequire(import.meta.url);

const files = {
  "swagger-ui.css": require.resolve("swagger-ui-dist/swagger-ui.css"),
  "swagger-ui-bundle.js": require.resolve("swagger-ui-dist/swagger-ui-bundle.js"),
  "docs.css": own("docs.css"),
  "docs.js": own("docs.js"),
};
type FileName = keyof typeof files;

/** Changes with every file that browsers keep. */
const version = createHash("sha256")
  .update(readFileSync(require.resolve("swagger-ui-dist/package.json")))
  .update(readFileSync(files["docs.css"]))
  .update(readFileSync(files["docs.js"]))
  .digest("hex")
  .slice(0, 12);
const pathOf = (name: FileName) => `/api/docs/${version}/${name}`;

/**
 * The API for people to read: a plain list, which becomes the interactive page of swagger-ui where there is JavaScript.
 * Mounted before the api's own headers, because a page needs styles and scripts of its origin.
 */
export function serveApiDocs({ app }: Frame): void {
  for (const name of Object.keys(files) as FileName[]) serveFile(app, name);
  app.get("/api/docs", pageHeaders, (c) => {
    c.header("cache-control", "no-cache");
    c.header("vary", "save-data");
    return c.html(page(c.req.header("save-data") === "on" && c.req.query("all") === undefined));
  });
}

const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
});

const types = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" };

/** Compressed once, when somebody first asks for it. */
function serveFile(app: Frame["app"], name: FileName): void {
  const type = types[name.endsWith("css") ? "css" : "js"];
  let kept: Promise<Buffer<ArrayBuffer>> | undefined;
  app.get(pathOf(name), pageHeaders, async (c) => {
    c.header("content-type", type);
    c.header("cache-control", "public, max-age=31536000, immutable");
    c.header("vary", "accept-encoding");
    if (!takesGzip(c)) return c.body(await readFile(files[name]));
    kept ??= readFile(files[name]).then(promisify(gzip)) as Promise<Buffer<ArrayBuffer>>;
    c.header("content-encoding", "gzip");
    return c.body(await kept);
  });
}

const takesGzip = (c: Context) => /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");

const features = [...new Set(operations.map(({ feature }) => feature))];
const list = features.map(
  (each) => html`<section>
<h2>${tagOf(each)}</h2>
<ul>${operations.filter(({ feature }) => feature === each).map(entry)}</ul>
</section>`,
);

function entry({ name, operation }: { name: string; operation: Operation }) {
  const { summary, method, path, proof } = operation;
  return html`<li>
<p>${summary}</p>
<p><code>${method} ${path}</code></p>
<small>${name}: ${needs[proof]}</small>
</li>`;
}

function page(savesData: boolean) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Telar</title>
${savesData ? "" : html`<link rel="stylesheet" href="${pathOf("swagger-ui.css")}">`}
<link rel="stylesheet" href="${pathOf("docs.css")}">
<link rel="icon" href="/favicon.svg">
${savesData ? "" : html`<script defer src="${pathOf("swagger-ui-bundle.js")}"></script>`}
${savesData ? "" : html`<script defer src="${pathOf("docs.js")}"></script>`}
</head>
<body>
<nav><a class="exit" href="/salir-rapido">Leave quickly</a> <a href="/">Telar</a></nav>
<main>
<h1>What programs can ask of this hub</h1>
<p>${apiRules}</p>
<p>The same as an OpenAPI 3.1 document: <a href="/api/openapi.json">/api/openapi.json</a></p>
${savesData ? html`<p><a href="/api/docs?all">Load the page with every field (0.5 MB)</a></p>` : ""}
<div id="operations">${list}</div>
</main>
</body>
</html>`;
}
