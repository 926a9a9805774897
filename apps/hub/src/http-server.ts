import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { bodyLimits, watchBodies } from "./slow-bodies.ts";

export interface Listening {
  http: Server;
  close(): Promise<void>;
}

export type Answer = (request: Request, bindings: object) => Response | Promise<Response>;

const finishMs = 1500;

/** Who sends or reads too slowly is cut off, so that idle connections cannot take all the places. */
const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
const silenceMs = 60_000;
const sweepMs = 20;
const connectionsMax = 10_000;

/** Closing lets running requests finish for a second and a half. */
export async function listen(
  fetch: Answer,
  host: string,
  port: number,
  bodies = bodyLimits,
): Promise<Listening> {
  const serverOptions = { ...limits, requestTimeout: bodies.uploadMs + limits.headersTimeout };
  const server = createAdaptorServer({ fetch, serverOptions }) as Server;
  server.maxConnections = connectionsMax;
  server.setTimeout(silenceMs);
  server.listen(port, host);
  await once(server, "listening");
  const watch = watchBodies(server, bodies);
  return {
    http: server,
    async close() {
      const closed = once(server, "close");
      server.close();
      const sweeping = setInterval(() => server.closeIdleConnections(), sweepMs);
      await Promise.race([closed, sleep(finishMs, undefined, { ref: false })]);
      clearInterval(sweeping);
      watch.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
