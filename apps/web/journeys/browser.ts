import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromiumBinary from "@sparticuz/chromium";
import { type BrowserContext, chromium } from "playwright-core";

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
  /** Where it keeps what lasts. */
  folder: string;
  /** Requests that left the hub's own origin; there must be none. */
  foreignRequests: string[];
  close(): Promise<void>;
}

/** A fresh browser, as on somebody's own phone; or with what another one left in its folder. */
export async function openBrowser(
  url: string,
  { javaScript = true, width = 360, height = 740, locale = "es-MX", folder = "" } = {},
): Promise<Visit> {
  folder ||= await mkdtemp(join(tmpdir(), "telar-browser-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await chromiumBinary.executablePath(),
    args: flags,
    javaScriptEnabled: javaScript,
    viewport: { width, height },
    locale,
    baseURL: url,
  });
  const foreignRequests: string[] = [];
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== url) foreignRequests.push(request.url());
  });
  return {
    context,
    folder,
    foreignRequests,
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The cookies of somebody who signed in elsewhere, as a browser keeps them. */
export function cookiesOf(header: string, url: string) {
  return header.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url, httpOnly: true };
  });
}
