import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Program } from "./embedded-account.ts";
import { EmbeddedProblem } from "./embedded-problem.ts";

interface Watch {
  onLog?(line: string): void;
  onFall?(): void;
}

const longRunMs = 10_000;
const shortPauseMs = 50;
const longPauseMs = 5_000;

/** Starts it again whenever it ends by itself, at most every five seconds, until `closing` is aborted; `close` aborts it. */
export async function keepRunning(
  launch: () => Program,
  closing: AbortController,
  { onLog = () => {}, onFall = () => {} }: Watch,
): Promise<{ close(): Promise<void> }> {
  const { signal } = closing;
  let child = launch();
  const stopNow = () => child.kill("SIGINT");
  const stop = async () => {
    closing.abort();
    await stopInSteps(
      (name) => child.kill(name),
      async () => isRunning(child),
    );
    process.off("exit", stopNow);
  };
  const fell = async () => {
    if (isRunning(child)) await new Promise((ended) => child.once("exit", ended));
    return !signal.aborted;
  };
  const watch = async () => {
    let wasReady = true;
    let pauseMs = shortPauseMs;
    for (let startedAt = Date.now(); await fell(); startedAt = Date.now()) {
      if (wasReady) onFall();
      const ranLong = Date.now() - startedAt > longRunMs;
      pauseMs = ranLong ? shortPauseMs : Math.min(pauseMs * 2, longPauseMs);
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      child = launch();
      wasReady = await isReady(child, onLog);
    }
  };
  process.once("exit", stopNow);
  try {
    await untilReady(child, onLog);
    signal.throwIfAborted();
  } catch (problem) {
    await stop();
    throw problem;
  }
  const watching = watch();
  return { close: async () => void (await Promise.all([stop(), watching])) };
}

const isReady = (child: Program, onLog: (line: string) => void): Promise<boolean> =>
  untilReady(child, onLog).then(
    () => true,
    () => false,
  );

/** Resolves when it takes connections, or has ended well. */
export function untilReady(child: Program, onLog: (line: string) => void): Promise<void> {
  let last = "";
  return new Promise((ready, failed) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      last = line;
      onLog(line);
      if (line.endsWith("ready to accept connections")) ready();
    });
    // An abort is also such an event: then its end is waited for.
    child.on("error", (error) => child.pid ?? failed(error));
    child.once("close", (code) =>
      code === 0 ? ready() : failed(new EmbeddedProblem("stopped", last)),
    );
  });
}

/** PostgreSQL's fast shutdown, then its immediate one (the next start recovers), then the end: 1.3 seconds at most. */
export async function stopInSteps(
  kill: (signal: NodeJS.Signals) => void,
  runs: () => Promise<boolean>,
): Promise<void> {
  const steps = { SIGINT: 800, SIGQUIT: 300, SIGKILL: 200 };
  for (const [signal, patienceMs] of Object.entries(steps)) {
    if (!(await runs())) return;
    try {
      kill(signal as NodeJS.Signals);
    } catch {
      // It ended meanwhile, or is not ours to end.
    }
    const end = Date.now() + patienceMs;
    while (Date.now() < end && (await runs())) await sleep(10);
  }
}

function isRunning({ pid, exitCode, signalCode }: Program): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}
