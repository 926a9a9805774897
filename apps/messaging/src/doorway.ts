import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerOptions } from "socket.io";

const livePath = "/api/live";

/** Requests of people's pages go on beside this many sockets. */
const socketsMax = 8_000;
/** Shorter than the silence after which the hub and common proxies cut a connection; few, for batteries. */
const pingEveryMs = 40_000;
/** On a bad network an answer may take its time. */
const pongWithinMs = 40_000;
/** A few requests to follow: nothing else comes in. */
const requestMaxBytes = 4_096;

/** How a socket comes in: from the hub's own pages only, to somebody whom the hub gave a cookie, and without one of its own. */
export function doorway(
  publicUrl: string,
  sockets: () => number,
  isKnown: (cookies: string) => boolean,
): Partial<ServerOptions> {
  return {
    path: livePath,
    serveClient: false,
    maxHttpBufferSize: requestMaxBytes,
    pingInterval: pingEveryMs,
    pingTimeout: pongWithinMs,
    connectTimeout: 15_000,
    // Compressed for each socket anew, deflate would cost more than the encoding that they share.
    perMessageDeflate: false,
    allowRequest: (request, answer) => {
      const known = isOwn(request, publicUrl) && isKnown(request.headers.cookie ?? "");
      const allowed = known && sockets() < socketsMax;
      answer(allowed ? null : "foreign_origin", allowed);
    },
  };
}

/** Browsers name the origin of every websocket, and leave it out where a page asks its own server with GET. */
function isOwn({ headers, url }: IncomingMessage, publicUrl: string): boolean {
  if (headers.origin !== undefined) return headers.origin === new URL(publicUrl).origin;
  const site = headers["sec-fetch-site"] ?? "same-origin";
  return site === "same-origin" && /[?&]transport=polling(&|$)/.test(url ?? "");
}

/** Knows the connections that became websockets: the http server forgets them, and waits for them when it closes. */
export class Upgraded {
  readonly #open = new Set<Duplex>();

  constructor(server: HttpServer) {
    server.on("upgrade", (_, connection) => {
      this.#open.add(connection);
      connection.once("close", () => this.#open.delete(connection));
    });
  }

  /** Those that do not end by themselves in time are cut off. */
  async end(withinMs: number): Promise<void> {
    const late = Date.now() + withinMs;
    while (this.#open.size > 0 && Date.now() < late) await sleep(10);
    for (const connection of this.#open) connection.destroy();
  }
}
