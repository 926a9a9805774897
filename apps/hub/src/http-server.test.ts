import { once } from "node:events";
import { connect as openSocket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Answer, listen } from "./http-server.ts";
import { freePort } from "./testing/hub-process.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function serve(answer: Answer = () => new Response("here")) {
  const port = await freePort();
  const server = await listen(answer, "127.0.0.1", port);
  undo.push(server.close);
  return { port, url: `http://127.0.0.1:${port}`, close: server.close };
}

/** What comes back until the server hangs up. */
async function sendRaw(port: number, text: string) {
  const socket = openSocket(port, "127.0.0.1");
  socket.on("error", () => {});
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, "close");
  return answer;
}

test("who never ends the header is cut off within twelve seconds, while others are answered", async () => {
  const { port, url } = await serve();
  const began = performance.now();
  const slow = sendRaw(port, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
  expect(await (await fetch(url)).text()).toBe("here");
  expect(await slow).toMatch(/^HTTP\/1.1 408 /);
  expect(performance.now() - began).toBeLessThan(12_000);
});

test("a header of more than 16 kB is refused", async () => {
  const { port } = await serve();
  const answer = await sendRaw(
    port,
    `GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${"a".repeat(17_000)}\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 431 /);
});

test("closing waits for an answer under way, even on a connection that is kept alive", async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const { url, close } = await serve(async () => {
    ask();
    await told;
    return new Response("finished");
  });
  const answer = fetch(url);
  await asked;
  const began = performance.now();
  const closed = close();
  tell();
  expect(await (await answer).text()).toBe("finished");
  await closed;
  expect(performance.now() - began).toBeLessThan(1000);
});

test("closing does not wait longer than a second and a half", async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { url, close } = await serve(() => {
    ask();
    return new Promise<Response>(() => {});
  });
  const answer = expect(fetch(url)).rejects.toThrow();
  await asked;
  const began = performance.now();
  await close();
  expect(performance.now() - began).toBeLessThan(2000);
  await answer;
});
