import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, median, quantile, repeat } from "../figures.ts";
import type { Size } from "../main.ts";
import { Clients, type Writer } from "./orders.ts";
import { addPeople } from "./people.ts";
import { placesOf, type Stage, text, untilFollowing } from "./stage.ts";

const followers = 500;
const senders = 10;
const inFlightEach = 8;
const perSecond = 20;

interface Side {
  url: string;
  people: Writer[];
}

/** One space with 500 followers: under saturation, and with 20 messages a second. */
export async function measureFanOut(stage: Stage, { full }: Size): Promise<Figure[]> {
  await using hub = await stage.hub();
  await using bare = await stage.bare();
  const people = await addPeople(stage.owner, { data: stage.data, url: hub.url }, 1, followers);
  const sides = {
    own: { url: hub.url, people },
    bare: { url: bare.url, people: people.map(({ space }) => ({ space, cookie: "" })) },
  };
  const seconds = full ? 10 : 5;
  await saturate(stage, sides.own, 3);
  const rounds = await repeat(full ? 7 : 3, async () => ({
    own: await saturate(stage, sides.own, seconds),
    bare: await saturate(stage, sides.bare, seconds),
  }));
  const calm = await repeat(3, async () => ({
    own: await calmLatencies(stage, sides.own, full ? 30 : 6),
    bare: await calmLatencies(stage, sides.bare, full ? 30 : 6),
  }));
  const commitMs = await oneCommit(stage);
  return figuresOf(rounds, calm, commitMs);
}

type Saturated = Awaited<ReturnType<typeof saturate>>;

function figuresOf(
  rounds: { own: Saturated; bare: Saturated }[],
  calm: { own: number[]; bare: number[] }[],
  commitMs: number,
): Figure[] {
  const missed = rounds.reduce((sum, { own }) => sum + own.missed, 0);
  const figure = (name: string, unit: string, values: number[]): Figure => ({ name, unit, values });
  const own99 = calm.map(({ own }) => quantile(own, 0.99));
  const bare99 = calm.map(({ bare }) => quantile(bare, 0.99));
  return [
    {
      ...figure(
        "fan-out to 500, saturated / bare socket.io",
        "×",
        rounds.map(({ own, bare }) => own.perSecond / bare.perSecond),
      ),
      target: { atLeast: 3 },
    },
    {
      ...figure(
        "20 messages/s to 500: (p99 sent to heard − one commit) / bare",
        "×",
        own99.map((ms, at) => (ms - commitMs) / (bare99[at] ?? Number.NaN)),
      ),
      target: { atMost: 2 },
    },
    figure(
      "  deliveries, saturated",
      "/s",
      rounds.map(({ own }) => own.perSecond),
    ),
    figure(
      "  deliveries, bare",
      "/s",
      rounds.map(({ bare }) => bare.perSecond),
    ),
    figure(
      "  acknowledged messages meanwhile",
      "/s",
      rounds.map(({ own }) => own.acknowledged),
    ),
    figure("  p99 sent to heard at 20/s", "ms", own99),
    figure("  p99 sent to heard at 20/s, bare", "ms", bare99),
    figure(
      "  median sent to heard at 20/s",
      "ms",
      calm.map(({ own }) => median(own)),
    ),
    figure(
      "  median sent to heard at 20/s, bare",
      "ms",
      calm.map(({ bare }) => median(bare)),
    ),
    figure("  one commit", "ms", [commitMs]),
    { ...figure("  heard twice or out of order", "", [missed]), target: { atMost: 0 } },
  ];
}

async function saturate(stage: Stage, side: Side, seconds: number) {
  using listening = new Clients();
  using sending = new Clients();
  const places = side.people[0]?.cookie
    ? await placesOf(stage.owner, side.people)
    : side.people.map((one) => ({ ...one, after: 0 }));
  await listening.ask({ kind: "follow", url: side.url, places, comesBack: false });
  await untilFollowing(listening, side.people.length);
  const writers = side.people
    .slice(0, senders)
    .flatMap((one) => Array.from({ length: inFlightEach }, () => one));
  const before = await listening.ask({ kind: "count", timed: false });
  const began = performance.now();
  const sent = await sending.ask({ kind: "post", url: side.url, writers, seconds, body: text });
  const after = await listening.ask({ kind: "count", timed: false });
  const tookSeconds = (performance.now() - began) / 1000;
  if (sent.refused > 0) throw new Error(`${sent.refused} of ${sent.acknowledged} were refused.`);
  if (side.people[0]?.cookie) await untilHeard(stage, listening, side.people[0].space);
  return {
    perSecond: (after.delivered - before.delivered) / tookSeconds,
    acknowledged: sent.acknowledged / tookSeconds,
    missed: after.missed,
  };
}

/** Everybody has everything that is stored. */
async function untilHeard(stage: Stage, listening: Clients, space: string): Promise<void> {
  const [head] = await stage.owner<{ last: number }[]>`
    select last_place as last from streams where name = ${`space:${space}`}`;
  for (let tries = 0; tries < 200; tries += 1) {
    const { least } = await listening.ask({ kind: "count", timed: false });
    if (least === head?.last) return;
    await sleep(50);
  }
  throw new Error("Somebody did not hear everything.");
}

async function calmLatencies(stage: Stage, side: Side, seconds: number): Promise<number[]> {
  using listening = new Clients();
  using sending = new Clients();
  const places = side.people[0]?.cookie
    ? await placesOf(stage.owner, side.people)
    : side.people.map((one) => ({ ...one, after: 0 }));
  await listening.ask({ kind: "follow", url: side.url, places, comesBack: false });
  await untilFollowing(listening, side.people.length);
  const writers = side.people.slice(0, senders);
  const order = { kind: "rate", url: side.url, writers, body: text, rate: perSecond } as const;
  await sending.ask({ ...order, seconds: 1 });
  await listening.ask({ kind: "count", timed: true });
  await sending.ask({ ...order, seconds });
  await sleep(300);
  return (await listening.ask({ kind: "count", timed: false })).latencies;
}

/** What a message is stored for, without anything around it. */
async function oneCommit({ owner }: Stage): Promise<number> {
  await owner`create table if not exists commits (n bigint)`;
  const times = await repeat(100, async () => {
    const began = performance.now();
    await owner`insert into commits values (1)`;
    return performance.now() - began;
  });
  return median(times);
}
