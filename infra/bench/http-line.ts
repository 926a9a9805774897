import { connect, type Socket } from "node:net";

/** One connection that is kept alive, with one request at a time; as cheap as `Wire`, so that a server is measured and not its clients. */
export class HttpLine {
  readonly #socket: Socket;
  #text = "";
  #last: Promise<unknown> = Promise.resolve();
  #done: ((answer: { status: number; body: string }) => void) | undefined;
  #failed: ((problem: Error) => void) | undefined;
  /** Servers end connections that lie idle. */
  ended = false;

  constructor(url: string) {
    this.#socket = connect(Number(new URL(url).port), "127.0.0.1");
    this.#socket.setNoDelay(true);
    this.#socket.on("data", (chunk) => this.#take(chunk.toString("latin1")));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => {
      this.ended = true;
      this.#failed?.(new Error("The connection ended."));
    });
  }

  /** Waits for its turn. */
  ask(method: string, url: URL, cookie: string, body: string) {
    const answer = this.#last.then(() => this.#ask(method, url, cookie, body));
    this.#last = answer.catch(() => {});
    return answer;
  }

  #ask(
    method: string,
    url: URL,
    cookie: string,
    body: string,
  ): Promise<{ status: number; body: string }> {
    return new Promise((done, failed) => {
      this.#done = done;
      this.#failed = failed;
      const head = `${method} ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nOrigin: ${url.origin}\r\nCookie: ${cookie}\r\n`;
      const length = Buffer.byteLength(body);
      const about = `Content-Type: application/json\r\nContent-Length: ${length}\r\n`;
      this.#socket.write(`${head}${body && about}\r\n${body}`);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    this.#text += chunk;
    const end = this.#text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(
      /\r\ncontent-length: (\d+)/i.exec(this.#text.slice(0, end + 2))?.[1] ?? Number.NaN,
    );
    if (Number.isNaN(length)) {
      this.#socket.destroy();
      return;
    }
    if (this.#text.length < end + 4 + length) return;
    const answer = { status: Number(this.#text.slice(9, 12)), body: this.#text.slice(end + 4) };
    this.#text = "";
    this.#failed = undefined;
    this.#done?.(answer);
  }
}
