import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromiumBinary from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { afterAll } from "vitest";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A microphone that hums, and a person who says yes to it.
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];

export interface Visit {
  context: BrowserContext;
  /** Requests that left the hub's own origin; there must be none. */
  foreignRequests: string[];
  close(): Promise<void>;
}

const program = async () => ({
  executablePath: await chromiumBinary.executablePath(),
  args: flags,
});

let started: Promise<Browser> | undefined;
afterAll(async () => (await started)?.close());

/** A browser without anything of another one, as on somebody's own phone; with a page. */
export async function openBrowser(
  url: string,
  { javaScript = true, width = 360, height = 740 } = {},
): Promise<Visit> {
  started ??= program().then((options) => chromium.launch(options));
  const context = await (await started).newContext({
    ...phone(url),
    javaScriptEnabled: javaScript,
    viewport: { width, height },
  });
  await context.newPage();
  return { context, foreignRequests: watch(context, url), close: () => context.close() };
}

/** A phone of its own, which can die: what it keeps stays in its folder, where another one finds it. */
export async function openPhone(url: string, folder = ""): Promise<Visit & { folder: string }> {
  folder ||= await mkdtemp(join(tmpdir(), "telar-browser-"));
  const context = await chromium.launchPersistentContext(folder, {
    ...(await program()),
    ...phone(url),
  });
  return {
    context,
    folder,
    foreignRequests: watch(context, url),
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const phone = (url: string) => ({
  viewport: { width: 360, height: 740 },
  locale: "es-MX",
  baseURL: url,
});

function watch(context: BrowserContext, url: string): string[] {
  const foreignRequests: string[] = [];
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== url) foreignRequests.push(request.url());
  });
  return foreignRequests;
}

/** The cookies of somebody who signed in elsewhere, as a browser keeps them. */
export function cookiesOf(header: string, url: string) {
  return header.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url, httpOnly: true };
  });
}
