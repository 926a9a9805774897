import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { HttpLine } from "../http-line.ts";
import type { Answer, Order, Sent } from "./orders.ts";
import { Wire } from "./wire.ts";

/** A process of clients: follows, posts and counts, as it is told over the channel to its parent. */
process.on("message", (order: Order & { n: number }) => {
  void act(order).then(
    (answer) => process.send?.({ n: order.n, answer }),
    (problem: Error) => process.send?.({ n: order.n, problem: problem.message }),
  );
});
process.once("disconnect", () => process.exit());
process.on("SIGINT", () => {});

interface Following {
  wire: Wire;
  place: number;
  connected: boolean;
}
const followers: Following[] = [];
let delivered = 0;
let missed = 0;
let latencies: number[] = [];
let timed = false;

async function act(order: Order): Promise<Answer> {
  if (order.kind === "follow") return follow(order);
  if (order.kind === "count") return count(order.timed);
  if (order.kind === "post") return post(order);
  return postAtRate(order);
}

async function follow({ url, places, comesBack }: Extract<Order, { kind: "follow" }>) {
  for (const { cookie, space, after } of places) {
    const following = { place: after, connected: false } as Following;
    followers.push(following);
    open(following, url, cookie, space, comesBack);
    if (followers.length % 50 === 0) await sleep(5);
  }
  return count(false);
}

function open(of: Following, url: string, cookie: string, space: string, comesBack: boolean): void {
  const again = () => {
    of.connected = false;
    // As socket.io's client does it.
    if (comesBack) setTimeout(() => open(of, url, cookie, space, true), 500 + Math.random() * 1000);
  };
  of.wire = new Wire(url, cookie, {
    close: again,
    text(frame) {
      const kind = frame[0];
      if (kind === 0x32) of.wire.send("3");
      else if (kind === 0x30) of.wire.send("40");
      else if (frame[1] === 0x30)
        of.wire.send(`420["follow",${JSON.stringify({ space, after: of.place })}]`);
      else if (frame[1] === 0x33) of.connected = frame.toString().endsWith("[]");
      else if (frame[1] === 0x32) hear(of, frame);
    },
  });
}

/** The place stands near the beginning: the whole is read only where times are taken. */
function hear(of: Following, frame: Buffer): void {
  const head = frame.toString("latin1", 0, 120);
  const upTo = Number(/"upTo":(\d+)/.exec(head)?.[1] ?? 0);
  if (upTo <= of.place) missed += 1;
  delivered += upTo - of.place;
  of.place = upTo;
  if (!timed) return;
  const now = process.hrtime.bigint();
  for (const [, at] of frame.toString("latin1").matchAll(/sent at (\d+)/g))
    latencies.push(Number(now - BigInt(at ?? 0)) / 1e6);
}

async function count(timedFrom: boolean): Promise<Answer> {
  const answer = {
    delivered,
    missed,
    latencies,
    connected: followers.filter(({ connected }) => connected).length,
    least: Math.min(...followers.map(({ place }) => place)),
    bytes: 0,
  };
  timed = timedFrom;
  latencies = [];
  return answer;
}

/** Keeps so many messages in flight until the time is up. */
async function post(order: Extract<Order, { kind: "post" }>): Promise<Answer> {
  const until = performance.now() + order.seconds * 1000;
  const sent: Sent = { acknowledged: 0, refused: 0, latencies: [] };
  const lines = await Promise.all(
    order.writers.map(async ({ cookie, space }) => ({
      space,
      say: await speaker(order.url, cookie, space),
    })),
  );
  await Promise.all(
    lines.map(async ({ say }) => {
      while (performance.now() < until) {
        const began = performance.now();
        if (await say(order.body)) sent.acknowledged += 1;
        else sent.refused += 1;
        sent.latencies.push(performance.now() - began);
      }
    }),
  );
  return sent;
}

/** Each at its moment, however slowly answers come; the text says when it was sent. */
async function postAtRate(order: Extract<Order, { kind: "rate" }>): Promise<Answer> {
  const sent: Sent = { acknowledged: 0, refused: 0, latencies: [] };
  const lines = await Promise.all(
    order.writers.map(({ cookie, space }) => speaker(order.url, cookie, space)),
  );
  const began = performance.now();
  const answers: Promise<void>[] = [];
  for (let n = 0; n < order.seconds * order.rate; n += 1) {
    const due = began + (n * 1000) / order.rate;
    while (performance.now() < due) await sleep(Math.max(0, due - performance.now()));
    const say = lines[n % lines.length];
    const text = `${order.body} sent at ${process.hrtime.bigint()}`;
    answers.push(
      (async () => {
        const asked = performance.now();
        if (await say?.(text)) sent.acknowledged += 1;
        else sent.refused += 1;
        sent.latencies.push(performance.now() - asked);
      })(),
    );
  }
  await Promise.all(answers);
  return sent;
}

/** Over HTTP, or for a server that stores nothing over its socket. */
async function speaker(
  url: string,
  cookie: string,
  space: string,
): Promise<(body: string) => Promise<boolean>> {
  if (cookie === "") return overSocket(url, space);
  const line = new HttpLine(url);
  return async (body) => {
    const target = new URL(`/api/spaces/${space}/messages/${randomUUID()}`, url);
    const { status, body: said } = await line.ask("PUT", target, cookie, JSON.stringify({ body }));
    return status === 200 && said.includes('"posted"');
  };
}

let lastPlace = 0;
async function overSocket(url: string, space: string) {
  const waiting = new Map<number, () => void>();
  const ready = Promise.withResolvers<void>();
  const wire = new Wire(url, "", {
    close: () => {},
    text(frame) {
      if (frame[0] === 0x32) wire.send("3");
      else if (frame[0] === 0x30) wire.send("40");
      else if (frame[1] === 0x30) ready.resolve();
      else if (frame[1] === 0x33) {
        const n = Number.parseInt(frame.toString("latin1", 2), 10);
        waiting.get(n)?.();
        waiting.delete(n);
      }
    },
  });
  await ready.promise;
  let asked = 0;
  return (body: string) =>
    new Promise<boolean>((done) => {
      asked += 1;
      lastPlace += 1;
      waiting.set(asked, () => done(true));
      wire.send(`42${asked}["post",${JSON.stringify(space)},${lastPlace},${JSON.stringify(body)}]`);
    });
}
