import { once } from "node:events";
import { connect as openSocket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type Answer, listen } from "./http-server.ts";
import type { BodyLimits } from "./slow-bodies.ts";
import { freePort } from "./testing/hub-process.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const limits: BodyLimits = {
  wholeMs: 200,
  uploadMs: 2000,
  uploadBytesPerSecond: 20,
  stretchMs: 400,
  slowUploadsMax: 1,
  sweepMs: 20,
};
const upload = "/api/spaces/mesa/attachments";
const takeIn: Answer = async (request) =>
  new Response(`took ${(await request.arrayBuffer()).byteLength}`);

async function serve(answer: Answer = takeIn, more: Partial<BodyLimits> = {}) {
  const port = await freePort();
  const server = await listen(answer, "127.0.0.1", port, { ...limits, ...more });
  undo.push(server.close);
  return port;
}

interface Sent {
  path?: string;
  type?: string;
  /** Ten bytes each, fifty milliseconds apart. */
  pieces?: number;
  /** From which piece on nothing comes any more. */
  falls?: number;
}

/** Until the server answers and hangs up, with how long that took. */
async function send(port: number, { path = upload, pieces = 10, falls = pieces, type }: Sent) {
  const began = performance.now();
  const socket = openSocket(port, "127.0.0.1");
  socket.on("error", () => {});
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  const closed = once(socket, "close");
  const kind = type ?? "multipart/form-data; boundary=x";
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${kind}\r\nContent-Length: ${pieces * 10}\r\n\r\n`,
  );
  for (let piece = 0; piece < falls && !socket.destroyed; piece += 1) {
    await pause(50);
    if (socket.writable) socket.write("a".repeat(10));
  }
  await closed;
  return { answer, ms: performance.now() - began };
}

const cut = /^HTTP\/1.1 408 /;

test("files that keep arriving have longer than other bodies, on the page's way and on the api's", async () => {
  const port = await serve(takeIn, { slowUploadsMax: 2 });
  const sent = [upload, "/espacios/mesa/mensajes"].map((path) => send(port, { path }));
  for (const { answer, ms } of await Promise.all(sent)) {
    expect(answer).toContain("took 100");
    expect(ms).toBeGreaterThan(limits.wholeMs * 2);
  }
});

test("every other body is cut off when its time is over, while short ones are answered", async () => {
  const port = await serve();
  const json = { type: "application/json" };
  for (const other of [{ path: "/api/sessions" }, { path: `${upload}/more` }, json]) {
    expect((await send(port, other)).answer).toMatch(cut);
  }
  expect((await send(port, { path: "/api/sessions", pieces: 2 })).answer).toContain("took 20");
});

test("files that falter are cut off, and none takes longer than the most", async () => {
  const port = await serve();
  const faltered = await send(port, { falls: 5 });
  expect(faltered.answer).toMatch(cut);
  expect(faltered.ms).toBeLessThan(1800);
  const endless = await send(port, { pieces: 100 });
  expect(endless.answer).toMatch(cut);
  expect(endless.ms).toBeGreaterThan(1900);
});

test("only so many take longer at once, and the next ones can once those are done", async () => {
  const port = await serve();
  const sent = await Promise.all([send(port, {}), send(port, {}), send(port, {})]);
  expect(sent.filter(({ answer }) => answer.includes("took 100"))).toHaveLength(1);
  expect(sent.filter(({ answer }) => cut.test(answer))).toHaveLength(2);
  expect((await send(port, {})).answer).toContain("took 100");
});

test("whoever was answered already gets no more time for the rest", async () => {
  const port = await serve(() => new Response("no", { status: 401 }));
  const { answer, ms } = await send(port, { pieces: 40 });
  expect(answer).toMatch(/^HTTP\/1.1 401 /);
  expect(ms).toBeLessThan(1500);
});
