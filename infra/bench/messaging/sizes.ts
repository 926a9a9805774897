import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../../packages/database/src/connection.ts";
import { type Figure, median, quantile, repeat } from "../figures.ts";
import { timeOne } from "../load.ts";
import type { Size } from "../main.ts";
import { Clients, type Writer } from "./orders.ts";
import { addPeople } from "./people.ts";
import { type Stage, text } from "./stage.ts";

const large = 1_000_000;
const small = 1_000;
const expiring = 100_000;
const perSecond = 50;

/** What opening a space costs where much is stored. */
export async function measureOpening(stage: Stage, { full }: Size): Promise<Figure[]> {
  await using hub = await stage.hub();
  const people = await addPeople(stage.owner, { data: stage.data, url: hub.url }, 2, 10);
  const [one, two] = [people[0], people[10]];
  if (!one || !two) throw new Error("Nobody is there.");
  await fillBoth(stage.owner, one.space, two.space);
  const opened = await openings(hub.url, one, two, full ? 400 : 150);
  return [
    {
      name: "opening a space of 1,000,000 messages / of 1,000",
      unit: "×",
      values: opened.map(({ ofLarge, ofSmall }) => ofLarge / ofSmall),
      target: { atMost: 1.2 },
    },
    { name: "  opening 1,000,000", unit: "ms", values: opened.map(({ ofLarge }) => ofLarge) },
    { name: "  opening 1,000", unit: "ms", values: opened.map(({ ofSmall }) => ofSmall) },
  ];
}

/** A hub that starts begins at once to remove what is past its end: somebody writes meanwhile, and afterwards. */
export async function measureExpiry(stage: Stage, { full }: Size): Promise<Figure[]> {
  const first = await stage.hub();
  const [writer] = await addPeople(stage.owner, { data: stage.data, url: first.url }, 1, 10);
  if (!writer) throw new Error("Nobody is there.");
  await first.interrupt();
  await fill(stage.owner, writer.space, expiring, -1);
  await stage.owner`vacuum analyze messages`;
  await stage.owner`checkpoint`;
  await using hub = await stage.hub();
  using sending = new Clients();
  const p99 = async (seconds: number) => {
    const order = { kind: "rate", writers: Array(8).fill(writer), body: text } as const;
    const sent = await sending.ask({ ...order, url: hub.url, rate: perSecond, seconds });
    return quantile(sent.latencies, 0.99);
  };
  await p99(5);
  const meanwhile = await p99(full ? 20 : 8);
  const left = await countExpired(stage.owner);
  while ((await countExpired(stage.owner)) > 0) await sleep(500);
  await sleep(2000);
  const after = await p99(full ? 20 : 8);
  return [
    {
      name: "p99 of sending while 100,000 messages expire / afterwards",
      unit: "×",
      values: [meanwhile / after],
      target: { atMost: 2 },
      note: `${expiring - left} had gone when the measuring ended`,
    },
    { name: "  p99 of sending meanwhile", unit: "ms", values: [meanwhile] },
    { name: "  p99 of sending afterwards", unit: "ms", values: [after] },
  ];
}

async function countExpired(owner: Database): Promise<number> {
  const [row] = await owner<[{ count: number }]>`
    select count(*) from messages where expires_on < current_date`;
  return row.count;
}

/** Indexes are made afterwards, all at once: filled row by row they would take most of the time. */
async function fillBoth(owner: Database, ofLarge: string, ofSmall: string): Promise<void> {
  const indexes = await owner<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'messages' and indexname not in (select conname from pg_constraint)`;
  for (const { name } of indexes) await owner`drop index ${owner(name)}`;
  await fill(owner, ofLarge, large, 90);
  await fill(owner, ofSmall, small, 90);
  for (const { definition } of indexes) await owner.unsafe(definition);
  await owner`vacuum analyze messages`;
}

/** The two take turns, request by request. */
async function openings(url: string, one: Writer, two: Writer, times: number) {
  const agent = new Agent({ keepAlive: true });
  const open = ({ space, cookie }: Writer) =>
    timeOne({ url: `${url}/api/spaces/${space}/messages`, headers: { cookie } }, agent);
  await repeat(20, async () => [await open(one), await open(two)]);
  const rounds = await repeat(3, async () => {
    const pairs = await repeat(times, async () => ({
      ofLarge: await open(one),
      ofSmall: await open(two),
    }));
    return {
      ofLarge: median(pairs.map(({ ofLarge }) => ofLarge)),
      ofSmall: median(pairs.map(({ ofSmall }) => ofSmall)),
    };
  });
  agent.destroy();
  return rounds;
}

/** So many messages at the end of a space, that stay for so many days from today. */
async function fill(owner: Database, space: string, count: number, days: number): Promise<void> {
  const step = 50_000;
  for (let done = 0; done < count; done += step)
    await owner.begin(async (sql) => {
      const more = Math.min(step, count - done);
      const [head] = await sql<{ last: number }[]>`
        insert into streams (name, last_place) values (${`space:${space}`}, ${more})
        on conflict (name) do update set last_place = streams.last_place + ${more} returning last_place as last`;
      const first = (head?.last ?? more) - more;
      await sql`
        with made as materialized (select n, gen_random_uuid() as id from generate_series(1, ${more}) as n),
        told as (insert into events (stream, place, event, ends_on)
          select ${`space:${space}`}, ${first}::bigint + n, jsonb_build_object('kind', 'message.posted', 'message', id),
            current_date + ${days}::integer from made)
        insert into messages (space_id, place, id, participant_id, posted_at, expires_on, body)
        select ${space}, ${first}::bigint + n, id, pid, date_trunc('minute', now()), current_date + ${days}::integer,
          ${text} || ' ' || n
        from made, (select participants.id as pid from participants where space_id = ${space} limit 1) as p`;
    });
}
