import { type Figure, repeat } from "../figures.ts";
import type { Size } from "../main.ts";
import { Clients, type Writer } from "./orders.ts";
import { addPeople } from "./people.ts";
import { placesOf, type Stage, text, untilFollowing } from "./stage.ts";

const inFlight = 64;
const followersEach = 10;

/** Acknowledged, durable messages, into one space and into 200, with everything that the hub asks before it writes one. */
export async function measureWriting(stage: Stage, size: Size): Promise<Figure[]> {
  await using hub = await stage.hub();
  await using naive = await stage.naive();
  const place = { data: stage.data, url: hub.url };
  const one = await addPeople(stage.owner, place, 1, followersEach);
  const many = await addPeople(stage.owner, place, 200, followersEach);
  const urls = { own: hub.url, naive: naive.url };
  return [
    ...(await compare(stage, urls, one, size, "one space, 10 followers", 2)),
    ...(await compare(stage, urls, many, size, "200 spaces, 10 followers each", 1)),
  ];
}

async function compare(
  stage: Stage,
  urls: { own: string; naive: string },
  people: Writer[],
  { full }: Size,
  name: string,
  atLeast: number,
): Promise<Figure[]> {
  const seconds = full ? 10 : 4;
  await perSecond(stage, urls.own, people, 2);
  await perSecond(stage, urls.naive, people, 2);
  const rounds = await repeat(full ? 7 : 3, async () => ({
    own: await perSecond(stage, urls.own, people, seconds),
    naive: await perSecond(stage, urls.naive, people, seconds),
  }));
  return [
    {
      name: `writing, ${name} / naive`,
      unit: "×",
      values: rounds.map(({ own, naive }) => own / naive),
      target: { atLeast },
    },
    { name: `  acknowledged, ${name}`, unit: "/s", values: rounds.map(({ own }) => own) },
    { name: "  the same, naive", unit: "/s", values: rounds.map(({ naive }) => naive) },
  ];
}

/** All spaces take turns; everybody of them follows. */
async function perSecond(stage: Stage, url: string, people: Writer[], seconds: number) {
  using listening = new Clients();
  using sending = new Clients();
  const places = await placesOf(stage.owner, people);
  await listening.ask({ kind: "follow", url, places, comesBack: false });
  await untilFollowing(listening, people.length);
  const step = Math.max(1, Math.floor(people.length / inFlight));
  const writers = Array.from(
    { length: inFlight },
    (_, at) => people[(at * step) % people.length] as Writer,
  );
  const began = performance.now();
  const sent = await sending.ask({ kind: "post", url, writers, seconds, body: text });
  if (sent.refused > 0) throw new Error(`${sent.refused} messages were refused.`);
  return sent.acknowledged / ((performance.now() - began) / 1000);
}
