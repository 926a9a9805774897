import { connect, type Socket } from "node:net";

/**
 * A websocket of the socket.io protocol that costs its process next to nothing, so that a server is measured and not
 * its clients. It reads text frames that are not masked, as servers send them, and masks its own with zeros.
 */
export class Wire {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #upgraded = false;
  readonly #on: { text(frame: Buffer): void; close(): void };

  constructor(url: string, cookie: string, on: { text(frame: Buffer): void; close(): void }) {
    const { port, host, origin } = new URL(url);
    this.#on = on;
    this.#socket = connect(Number(port), "127.0.0.1");
    this.#socket.setNoDelay(true);
    this.#socket.write(
      `GET /api/live/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n` +
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    this.#socket.on("data", (chunk) => this.#take(chunk));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => on.close());
  }

  send(text: string): void {
    const payload = Buffer.from(text);
    const long = payload.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = 0x81;
    head[1] = 0x80 | (long ? 126 : payload.length);
    if (long) head.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    let bytes: Buffer = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#upgraded) {
      const end = bytes.indexOf("\r\n\r\n");
      this.#rest = bytes;
      if (end < 0) return;
      if (bytes.toString("latin1", 9, 12) !== "101") {
        this.close();
        return;
      }
      this.#upgraded = true;
      bytes = bytes.subarray(end + 4);
    }
    for (;;) {
      const frame = frameAt(bytes);
      if (!frame) break;
      if ((bytes[0] ?? 0) === 0x81) this.#on.text(bytes.subarray(frame.from, frame.to));
      bytes = bytes.subarray(frame.to);
    }
    this.#rest = bytes;
  }
}

function frameAt(bytes: Buffer): { from: number; to: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] ?? 0;
  const from = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < from) return undefined;
  const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : bytes.readUInt32BE(6);
  return bytes.length < from + size ? undefined : { from, to: from + size };
}
