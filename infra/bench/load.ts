import { type Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import { quantile } from "./figures.ts";
import { HttpLine } from "./http-line.ts";

interface Asked {
  url: string;
  headers?: Record<string, string>;
}

const connections = 16;

/** As many requests as go through while 16 connections always wait for an answer. */
export async function requestsPerSecond(asked: Asked, lastsSeconds: number): Promise<number> {
  const { non2xx, errors, requests } = await autocannon({
    ...asked,
    connections,
    duration: lastsSeconds,
  });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} answers of ${asked.url} failed`);
  return requests.average;
}

/**
 * Sends at a fixed rate, however slowly the answers come, and counts each from the moment it was due: a server
 * that stands still is not spared the requests it would have had.
 */
export async function latenciesAt(rate: number, { url, headers }: Asked, lastsSeconds: number) {
  const target = new URL(url);
  const idle: HttpLine[] = [];
  const total = Math.floor(rate * lastsSeconds);
  const began = performance.now();
  const answers: Promise<number>[] = [];
  const ask = async (due: number) => {
    const line = idle.pop() ?? new HttpLine(url);
    const { status } = await line.ask("GET", target, headers?.cookie ?? "", "");
    const took = performance.now() - due;
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    idle.push(line);
    return took;
  };
  while (answers.length < total) {
    const due = began + (answers.length * 1000) / rate;
    if (performance.now() < due) await sleep(1);
    else answers.push(ask(due));
    if (idle.at(-1)?.ended) idle.splice(0, idle.length, ...idle.filter(({ ended }) => !ended));
  }
  const latencies = await Promise.all(answers);
  for (const line of idle) line.close();
  return { medianMs: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) };
}

/** One request by itself. */
export async function timeOne(asked: Asked, agent: Agent): Promise<number> {
  return ask(asked, agent, performance.now());
}

function ask({ url, headers = {} }: Asked, agent: Agent, due: number): Promise<number> {
  return new Promise((done, failed) => {
    get(url, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) failed(new Error(`${url} answered ${answer.statusCode}`));
      answer.on("end", () => done(performance.now() - due)).on("error", failed);
      answer.resume();
    }).on("error", failed);
  });
}
