import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "./config.ts";
import { startHub } from "./start.ts";
import { printProblem, printReady, printStep } from "./terminal.ts";

const envFile = fileURLToPath(new URL("../../../.env", import.meta.url));
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => stopping.abort());

try {
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const hub = await startHub(readConfig(process.env), { tell: printStep, signal });
  printReady(hub);
  if (!signal.aborted) await once(signal, "abort");
  await hub.close();
} catch (problem) {
  if (!signal.aborted) {
    printProblem(problem);
    process.exitCode = 1;
  }
}
