import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { startHubProcess } from "./hub-process.ts";
import { type Settled, settle } from "./settle.ts";

/** One hub for all journeys, settled by people who came in through its public API, and a harmless page to leave to. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const elsewhere = createServer((_, answer) => answer.end("<title>El tiempo</title><p>Sol.</p>"));
  await once(elsewhere.listen(0, "127.0.0.1"), "listening");
  const exitUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  elsewhere.unref();
  const hub = await startHubProcess({ EXIT_URL: exitUrl });
  project.provide("hub", { url: hub.url, exitUrl, ...(await settle(hub)) });
  return async () => {
    await hub.close();
    elsewhere.close();
    elsewhere.closeAllConnections();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    hub: Settled & { url: string; exitUrl: string };
  }
}
