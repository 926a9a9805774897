import type { IncomingMessage, Server, ServerResponse } from "node:http";

export interface BodyLimits {
  /** For a whole body. */
  wholeMs: number;
  /** For files that keep arriving, no slower than this. */
  uploadMs: number;
  uploadBytesPerSecond: number;
  /** How long an upload may falter before it is cut off. */
  stretchMs: number;
  /** How many uploads take longer than other bodies at once. */
  slowUploadsMax: number;
  sweepMs: number;
}

/** Slow uploads leave half of the places that the api has for them to others. */
export const bodyLimits: BodyLimits = {
  wholeMs: 60_000,
  uploadMs: 600_000,
  uploadBytesPerSecond: 500,
  stretchMs: 20_000,
  slowUploadsMax: 32,
  sweepMs: 1_000,
};

interface Arriving {
  request: IncomingMessage;
  response: ServerResponse;
  since: number;
  /** Where the stretch began by which its pace is judged. */
  mark: { at: number; bytes: number };
  slow: boolean;
}

const uploadPaths = /^\/(espacios\/[^/?]+\/mensajes|api\/spaces\/[^/?]+\/attachments)(\?|$)/;

const isUpload = ({ method, url = "", headers }: IncomingMessage) =>
  method === "POST" &&
  uploadPaths.test(url) &&
  headers["content-type"]?.startsWith("multipart/form-data") === true;

/** Cuts off bodies that do not end; files have longer, as long as they come. */
export function watchBodies(server: Server, limits: BodyLimits): { close(): void } {
  const arriving = new Set<Arriving>();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return;
    const since = performance.now();
    const mark = { at: since, bytes: request.socket.bytesRead };
    arriving.add({ request, response, since, mark, slow: false });
  });
  const sweep = () => {
    const now = performance.now();
    for (const body of arriving) {
      const ended = body.request.complete || body.request.socket.destroyed;
      const cut = !ended && now - body.since >= limits.wholeMs && !mayGoOn(body, now);
      if (cut) cutOff(body);
      if (cut || ended) arriving.delete(body);
    }
  };
  const mayGoOn = (body: Arriving, now: number) => {
    if (!isUpload(body.request)) return false;
    if (now - body.since >= limits.uploadMs || !keepsPace(body, now, limits)) return false;
    const others = [...arriving].filter((other) => other.slow && other !== body);
    body.slow = others.length < limits.slowUploadsMax;
    return body.slow;
  };
  const timer = setInterval(sweep, limits.sweepMs);
  return { close: () => clearInterval(timer) };
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"]) > 0;

function keepsPace(body: Arriving, now: number, limits: BodyLimits): boolean {
  const { bytesRead } = body.request.socket;
  const elapsedMs = now - body.mark.at;
  if (elapsedMs < limits.stretchMs) return true;
  const enough = bytesRead - body.mark.bytes >= (limits.uploadBytesPerSecond * elapsedMs) / 1000;
  body.mark = { at: now, bytes: bytesRead };
  return enough;
}

function cutOff({ request: { socket }, response }: Arriving): void {
  if (!response.headersSent)
    socket.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
  socket.destroySoon();
}
