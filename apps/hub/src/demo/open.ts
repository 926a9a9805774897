import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Config } from "../config.ts";
import { openDataFolder } from "../data-folder.ts";
import type { Words } from "../refusals.ts";
import { type Hub, startHub } from "../start.ts";
import { type CastHub, castOf } from "./cast.ts";
import { countSteps, loadHub } from "./load.ts";
import type { Key } from "./loading.ts";
import { makePeers, peeringSteps } from "./peering.ts";
import { readScenario } from "./scenario.ts";

/** What demo.json says: where the hubs are, and how to sign in as anybody. */
export interface DemoKeys {
  hubs: { slug: string; name: string; address: string }[];
  people: Key[];
}

export interface Demo extends DemoKeys {
  /** Everything was there from an earlier run. */
  found: boolean;
  keysFile: string;
  close(): Promise<void>;
}

export interface DemoOptions {
  /** Holds demo.json, and a hub's data in each folder under demo/. */
  folder: string;
  /** One for each hub of the scenario. */
  ports: number[];
  /** Forgets what an earlier run left. */
  fresh: boolean;
  signal: AbortSignal;
  tell(step: Words): void;
  /** Hears the share that is loaded: `done` of `all`. */
  progress(done: number, all: number): void;
}

/** Starts the scenario's hubs, and fills them unless an earlier run has done so to the end. */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const scenario = await readScenario();
  const casts = scenario.hubs.map((hub) => castOf(scenario, hub));
  const keysFile = join(options.folder, "demo.json");
  const found = existsSync(keysFile) && !options.fresh;
  const open = new AsyncDisposableStack();
  try {
    const hubs: Hub[] = [];
    for (const [index, { slug }] of casts.entries()) {
      const folder = join(options.folder, "demo", slug);
      if (!found) await forget(folder, keysFile);
      const hub = await startHub(configOf(folder, options.ports[index]), options);
      open.defer(hub.close);
      hubs.push(hub);
    }
    if (!found) await keep(keysFile, await load(casts, hubs, options));
    const keys: DemoKeys = JSON.parse(await readFile(keysFile, "utf8"));
    return { ...keys, found, keysFile, close: () => open.disposeAsync() };
  } catch (problem) {
    await open.disposeAsync();
    throw problem;
  }
}

const configOf = (folder: string, port: number | undefined): Config =>
  Config.parse({ PORT: port, TELAR_DATA: folder });

/** Refuses while another hub works on the folder. */
async function forget(folder: string, keysFile: string): Promise<void> {
  (await openDataFolder(folder)).close();
  await rm(keysFile, { force: true });
  await rm(folder, { recursive: true });
}

async function load(casts: CastHub[], hubs: Hub[], options: DemoOptions): Promise<DemoKeys> {
  const all = casts.map(countSteps).reduce((sum, steps) => sum + steps, peeringSteps);
  let done = 0;
  const step = () => {
    options.signal.throwIfAborted();
    done += 1;
    options.progress(done, all);
  };
  const loading = casts.map((cast, index) => loadHub(emptyHub(hubs[index]), cast, step));
  const people = (await Promise.all(loading)).flat();
  const sides = casts.map(({ slug, name }, index) => ({
    slug,
    name,
    address: hubs[index]?.url ?? "",
  }));
  await makePeers(sides, people, step);
  return { hubs: sides, people };
}

function emptyHub(hub: Hub | undefined) {
  if (!hub?.firstInvitation) throw new Error("The hub has a steward already.");
  return { url: hub.url, invitationCode: hub.firstInvitation.code };
}

/** Written whole and last: a run that is cut off leaves none, and the next one starts over. */
async function keep(keysFile: string, keys: DemoKeys): Promise<void> {
  const fresh = `${keysFile}.new`;
  await writeFile(fresh, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, keysFile);
}
