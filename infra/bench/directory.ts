import { Agent } from "node:http";
import { join } from "node:path";
import { foundGroup } from "../../packages/contracts/src/groups.ts";
import { inviteAsSteward, joinByInvitation } from "../../packages/contracts/src/invitations.ts";
import { Person } from "../../packages/contracts/src/person.ts";
import { connect } from "../../packages/database/src/connection.ts";
import { startPostgres } from "../../packages/database/src/embedded.ts";
import { addCrowd } from "./crowd.ts";
import { type Figure, median, repeat } from "./figures.ts";
import { inFolder } from "./folders.ts";
import { runHub } from "./hub-process.ts";
import { timeOne } from "./load.ts";
import type { Size } from "./main.ts";

const few = 100;
const requestsPerRound = 100;
const pages = {
  "directory, signed in": { path: "/directorio", signedIn: true },
  "directory, signed out": { path: "/directorio", signedIn: false },
  "directory by capability, signed in": { path: "/directorio?capability=legal", signedIn: true },
};

/** The same pages of a small and of a large hub, asked in turns, on one PostgreSQL. */
export function measureDirectory({ full }: Size): Promise<Figure[]> {
  const many = full ? 50_000 : 10_000;
  return inFolder(async (folder) => {
    await using open = new AsyncDisposableStack();
    const postgres = await startPostgres({ folder: join(folder, "postgres") });
    open.defer(postgres.close);
    const small = await crowdedHub(postgres.url, join(folder, "small"), few);
    open.use(small.hub);
    const large = await crowdedHub(postgres.url, join(folder, "large"), many);
    open.use(large.hub);
    const figures: Figure[] = [];
    for (const [name, { path, signedIn }] of Object.entries(pages)) {
      const asked = [small, large].map(({ hub, cookie }) => ({
        url: hub.url + path,
        headers: signedIn ? { cookie } : {},
      }));
      const rounds = await repeat(full ? 11 : 7, () => inTurns(asked));
      // The first round warms both up.
      const measured = rounds.slice(1);
      figures.push(
        { name: `${name}: ${few} groups`, unit: "ms", values: measured.map(([one = 0]) => one) },
        {
          name: `${name}: ${many} groups / ${few} groups`,
          unit: "×",
          values: measured.map(([one = 0, other = 0]) => other / one),
          target: { atMost: 1.3 },
        },
      );
    }
    return figures;
  });
}

/** The median time of each page, one request at a time. */
async function inTurns(
  asked: { url: string; headers: Record<string, string> }[],
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const times = await repeat(requestsPerRound, () =>
    repeat(asked.length, (at) => timeOne(asked[at] ?? { url: "" }, agent)),
  );
  agent.destroy();
  return asked.map((_, at) => median(times.map((turn) => turn[at] ?? Number.NaN)));
}

async function crowdedHub(server: string, data: string, groups: number) {
  const url = new URL(server);
  url.pathname = `groups_${groups}`;
  const admin = connect(server);
  await admin`create database ${admin(`groups_${groups}`)}`;
  await admin.end();
  const hub = await runHub({ TELAR_DATA: data, DATABASE_URL: url.href });
  const visitor = new Person(fetch, hub.url);
  const passphrase = "ahuehuete ceiba copal encino fresno guaje nogal";
  await visitor.call(joinByInvitation, {
    code: hub.invitation,
    signInName: "Ceiba",
    alias: "Guayacán",
    passphrase,
    device: "own",
  });
  const { code } = await visitor.call(inviteAsSteward, { purpose: "founding" });
  const member = new Person(fetch, hub.url);
  await member.call(joinByInvitation, {
    code,
    signInName: "Copal",
    alias: "Nogal",
    passphrase,
    device: "own",
  });
  const founding = {
    name: "Aquí",
    kind: "victim_network",
    languages: ["es"],
    alias: "Encino",
  } as const;
  const { group } = await member.call(foundGroup, {
    ...founding,
    languages: ["es"],
    capabilities: [],
  });
  const owner = connect(url.href);
  await addCrowd(owner, groups - 1, group);
  await owner.end();
  return { hub, cookie: member.cookieHeader };
}
