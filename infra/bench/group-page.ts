import { join } from "node:path";
import { castOf } from "../../apps/hub/src/demo/cast.ts";
import { loadHub } from "../../apps/hub/src/demo/load.ts";
import { readScenario } from "../../apps/hub/src/demo/scenario.ts";
import { changeAccount, getAccount } from "../../packages/contracts/src/accounts.ts";
import { Person } from "../../packages/contracts/src/person.ts";
import { signIn } from "../../packages/contracts/src/sessions.ts";
import { type Figure, median, repeat } from "./figures.ts";
import { inFolder } from "./folders.ts";
import { type Running, runHub, runServer } from "./hub-process.ts";
import { latenciesAt, requestsPerSecond } from "./load.ts";
import type { Size } from "./main.ts";

/** The page of a group, with everything on it, for one of its coordinators. */
export function measureGroupPage({ full }: Size): Promise<Figure[]> {
  return inFolder(async (folder) => {
    await using hub = await runHub({ TELAR_DATA: join(folder, "hub") });
    const page = await livePage(hub);
    await using bare = await runServer("bare-server.ts", [page.url, page.headers.cookie]);
    const route = { url: bare.url, headers: page.headers };
    await demandSameBytes(page, route);
    await repeat(2, () => requestsPerSecond(page, 3));
    await requestsPerSecond(route, 3);
    const rounds = await repeat(full ? 9 : 5, async () => {
      const own = await requestsPerSecond(page, full ? 10 : 5);
      return { own, bare: await requestsPerSecond(route, full ? 10 : 5) };
    });
    const half = median(rounds.map(({ own }) => own)) / 2;
    const calm = await repeat(full ? 7 : 3, () => latenciesAt(half, page, full ? 20 : 10));
    return [
      figure(
        "group page, signed in",
        "req/s",
        rounds.map(({ own }) => own),
      ),
      figure(
        "bare Hono route with the same bytes",
        "req/s",
        rounds.map(({ bare }) => bare),
      ),
      {
        ...figure(
          "group page / bare route",
          "×",
          rounds.map(({ own, bare }) => own / bare),
        ),
        target: { atLeast: 0.1 },
      },
      figure(
        "median latency at half of that load",
        "ms",
        calm.map(({ medianMs }) => medianMs),
      ),
      {
        ...figure(
          "p99 / median latency at half of that load",
          "×",
          calm.map(({ p99Ms, medianMs }) => p99Ms / medianMs),
        ),
        target: { atMost: 5 },
        note: `${Math.round(half)} requests a second, however slowly answers come`,
      },
    ];
  });
}

const figure = (name: string, unit: string, values: number[]): Figure => ({ name, unit, values });

/** A hub of the demo: coordinators, members, a coalition, a hand-over that waits. */
export async function livePage({ url, invitation }: Running) {
  const scenario = await readScenario();
  const [raices] = scenario.hubs;
  if (!raices) throw new Error("The scenario has no hub.");
  const cast = castOf(scenario, raices);
  const keys = await loadHub({ url, invitationCode: invitation }, cast, () => {});
  const key = keys.find(({ alias }) => alias === cast.handOver?.from);
  if (!key) throw new Error("The scenario has no hand-over.");
  const { signInName, passphrase } = key;
  const person = new Person(fetch, url);
  await person.call(signIn, { signInName, passphrase, device: "own" });
  await person.call(changeAccount, { safetySeen: true });
  const [place] = (await person.call(getAccount, {})).memberships;
  return { url: `${url}/grupos/${place?.group}`, headers: { cookie: person.cookieHeader } };
}

async function demandSameBytes(...asked: { url: string; headers: { cookie: string } }[]) {
  const bodies = await Promise.all(
    asked.map(async ({ url, headers }) => (await fetch(url, { headers })).text()),
  );
  if (new Set(bodies).size !== 1)
    throw new Error("The bare route does not answer the page's bytes.");
}
