import type { Web } from "./frame.ts";

/** Every file that browsers load, as text, from the build that ran just before this one. */
const files = import.meta.glob<string>("../dist/client/**/*.{css,js,json,svg,txt,webmanifest}", {
  query: "?raw",
  import: "default",
  eager: true,
});
const root = "../dist/client/";

type Manifest = Record<string, { file: string }>;
const manifest = JSON.parse(files[`${root}manifest.json`] ?? "{}") as Manifest;

/** Where a source file such as `enhance/exit.ts` went. */
export function assetPath(source: string): string {
  return `/${manifest[source]?.file ?? source}`;
}

export const stylesheetPath = () => assetPath("src/styles/main.css");

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  webmanifest: "application/manifest+json",
};

const forever = "public, max-age=31536000, immutable";
const aDay = "public, max-age=86400";

export function serveAssets(web: Web): void {
  for (const [name, text] of Object.entries(files)) {
    const path = name.slice(root.length - 1);
    if (path === "/manifest.json") continue;
    serveText(web, path, text, path.startsWith("/assets/") ? forever : aDay);
  }
  const styles = files[root + stylesheetPath().slice(1)] ?? "";
  serveText(web, "/estilo.css", styles, "public, max-age=3600");
  web.get("/favicon.ico", (c) => c.redirect("/favicon.svg", 308));
}

function serveText(web: Web, path: string, text: string, cacheControl: string): void {
  const type = types[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  web.get(path, (c) => c.body(text, 200, { "content-type": type, "cache-control": cacheControl }));
}
