import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, repeat } from "../figures.ts";
import type { Running } from "../hub-process.ts";
import { Clients, type Writer } from "./orders.ts";
import { addPeople } from "./people.ts";
import { placesOf, type Stage, text, untilFollowing } from "./stage.ts";

const spaces = 10;
const followersEach = 500;

/** 5,000 connected followers: what each costs, and how long a restart of messaging keeps them away. */
export async function measureCrowd(stage: Stage): Promise<Figure[]> {
  let hub = await stage.hub();
  const people = await addPeople(
    stage.owner,
    { data: stage.data, url: hub.url },
    spaces,
    followersEach,
  );
  await hub.interrupt();
  const memory = await repeat(2, async () => ({
    own: await kilobytesEach(await stage.hub(), (url) => ({ url, people }), stage),
    bare: await kilobytesEach(
      await stage.bare(),
      (url) => ({ url, people: people.map(strangers) }),
      stage,
    ),
  }));
  hub = await stage.hub();
  const restart = await comeBack(stage, hub, people);
  const figure = (name: string, unit: string, values: number[]): Figure => ({ name, unit, values });
  return [
    {
      ...figure(
        "memory of each of 5,000 followers / bare",
        "×",
        memory.map(({ own, bare }) => own / bare),
      ),
      target: { atMost: 1.5 },
    },
    figure(
      "  memory of a follower",
      "KiB",
      memory.map(({ own }) => own),
    ),
    figure(
      "  memory of a follower, bare",
      "KiB",
      memory.map(({ bare }) => bare),
    ),
    {
      ...figure("restart: ready to all 5,000 having everything", "s", [restart.seconds]),
      target: { atMost: 10 },
    },
    {
      ...figure("  lost, twice or out of order over the restart", "", [restart.wrong]),
      target: { atMost: 0 },
    },
  ];
}

const strangers = ({ space }: Writer): Writer => ({ space, cookie: "" });

async function kilobytesEach(
  server: Running,
  side: (url: string) => { url: string; people: Writer[] },
  stage: Stage,
): Promise<number> {
  await using running = server;
  const { url, people } = side(running.url);
  await fetch(url).catch(() => {});
  await sleep(2000);
  const before = running.residentMb();
  using listening = new Clients();
  const places = await placesOf(stage.owner, people);
  await listening.ask({ kind: "follow", url, places, comesBack: true });
  await untilFollowing(listening, people.length);
  await sleep(3000);
  return ((running.residentMb() - before) * 1024) / people.length;
}

/** Killed under its followers; something is written meanwhile, and once it is back. */
async function comeBack(stage: Stage, hub: Running, people: Writer[]) {
  using listening = new Clients();
  const places = await placesOf(stage.owner, people);
  await listening.ask({ kind: "follow", url: hub.url, places, comesBack: true });
  await untilFollowing(listening, people.length);
  await writeIn(stage, people);
  await hub.interrupt();
  await writeIn(stage, people);
  await using _next = await stage.hub({ PORT: new URL(hub.url).port });
  const began = performance.now();
  await writeIn(stage, people);
  for (;;) {
    const { least, missed, connected } = await listening.ask({ kind: "count", timed: false });
    const seconds = (performance.now() - began) / 1000;
    if ((least === 3 && connected === people.length) || seconds > 60) {
      const wrong = missed + (least === 3 ? 0 : people.length);
      return { seconds, wrong };
    }
    await sleep(50);
  }
}

/** A message in every space, behind the api's back. */
async function writeIn({ owner }: Stage, people: Writer[]): Promise<void> {
  const all = [...new Set(people.map(({ space }) => space))];
  await owner`
    with made as (select space, gen_random_uuid() as id from unnest(${all}::uuid[]) as space),
    listed as (select array_agg('space:' || space order by space) as streams,
      array_agg(jsonb_build_object('kind', 'message.posted', 'message', id) order by space) as events from made),
    placed as (select placed.n, placed.place from listed,
      append_to_streams(streams, events, array_fill(current_date + 90, array[${all.length}::integer])) as placed),
    numbered as (select space, id, row_number() over (order by space) as n from made)
    insert into messages (space_id, place, id, participant_id, expires_on, body)
    select space, place, numbered.id, (select p.id from participants p where p.space_id = space limit 1),
      current_date + 90, ${text}
    from numbered join placed using (n)`;
}
