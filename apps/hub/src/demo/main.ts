import { once } from "node:events";
import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { print, printProblem, printStep } from "../terminal.ts";
import type { Key } from "./loading.ts";
import { type Demo, openDemo } from "./open.ts";

const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false } } });
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => stopping.abort());
const bar = new SingleBar({
  format: "{bar} {value} de/of {total}",
  noTTYOutput: true,
  notTTYSchedule: 1000,
  stream: process.stdout,
});

/** Whose keys are shown: one of each role, with the place where they have it. */
const shown: { role: string; place(key: Key): string | undefined }[] = [
  { role: "cuida / steward", place: ({ roles }) => (roles.includes("steward") ? "" : undefined) },
  { role: "coordina / coordinator", place: (key) => groupAs("coordinator", key) },
  {
    role: "facilita / facilitator",
    place: ({ spaces = [] }) => spaces.find(({ role }) => role === "facilitator")?.title,
  },
  { role: "participa / member", place: (key) => groupAs("member", key) },
];

try {
  const demo = await openDemo({
    folder: ".telar",
    ports: [8081, 8082],
    fresh: values.fresh,
    signal,
    tell: printStep,
    progress,
  });
  printDemo(demo);
  if (!signal.aborted) await once(signal, "abort");
  await demo.close();
} catch (problem) {
  bar.stop();
  if (!signal.aborted) {
    printProblem(problem);
    process.exitCode = 1;
  }
}

function progress(done: number, all: number): void {
  if (done === 1) bar.start(all, 0);
  bar.update(done);
  if (done === all) bar.stop();
}

function printDemo({ found, hubs, people, keysFile }: Demo): void {
  const loaded = found
    ? "Están los dos hubs de la vez anterior; «npm run demo -- --fresh» empieza de nuevo.\nThe two hubs of the last time are here; “npm run demo -- --fresh” starts over."
    : "Los dos hubs están listos, con su gente.\nThe two hubs are ready, with their people.";
  print(`\n${loaded}`);
  for (const { slug, name, address } of hubs) {
    print(`\n${name}  ${address}/entrar`);
    const here = people.filter(({ hub }) => hub === slug);
    for (const one of shown) printKey(one, here);
  }
  print(`\nNombre y palabras de cada quien / Everybody's name and words: ${keysFile}`);
  print("Un recorrido / A tour: apps/hub/src/demo/README.md");
  print("Ctrl-C: terminar / to end");
}

function groupAs(role: string, { roles, group }: Key): string | undefined {
  return roles.includes(role) ? group : undefined;
}

function printKey({ role, place }: (typeof shown)[number], people: Demo["people"]): void {
  const key = people.find((one) => place(one) !== undefined);
  if (!key) return;
  const { signInName, passphrase } = key;
  print(`  ${role.padEnd(24)}${signInName.padEnd(20)}${passphrase}  ${place(key)}`);
}
