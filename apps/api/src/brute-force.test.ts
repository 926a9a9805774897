import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { serve } from "@hono/node-server";
import { getAccount } from "@telar/contracts/accounts";
import { confirmSession, signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { passphraseCost } from "./passphrases.ts";
import type { Attack } from "./testing/attack.ts";
import { createTestHub, testPassphrase } from "./testing/hub.ts";
import { Person } from "./testing/person.ts";

const hub = await createTestHub(undefined, passphraseCost);
const made = await hub.group();
const server = serve({ fetch: hub.app.fetch, port: 0, hostname: "127.0.0.1" });
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const origin = "http://localhost:8080";
const overHttp = (request: Request) => {
  const { pathname, search } = new URL(request.url);
  return fetch(new Request(`http://127.0.0.1:${port}${pathname}${search}`, request));
};
afterAll(async () => {
  server.close();
  await hub.release();
});

const tries = 1000;
const passMs = 1000;

const nameOf = async (person: Person) => (await person.call(getAccount, {})).signInName;

/** Resolves when the attack has begun; `statuses` resolves when every try was answered. */
async function startAttack(signInName: string, everyName = false) {
  const workerData: Attack = { port, origin, path: signIn.path, signInName, everyName, tries };
  const worker = new Worker(new URL("./testing/attack.ts", import.meta.url), { workerData });
  await once(worker, "message");
  const attack = { underWay: true, statuses: Promise.resolve<number[]>([]) };
  attack.statuses = once(worker, "message").then(([statuses]) => {
    attack.underWay = false;
    return statuses;
  });
  return attack;
}

async function timed(asked: Promise<Response>): Promise<number> {
  const began = performance.now();
  const answer = await asked;
  await answer.arrayBuffer();
  expect(answer.status).toBe(200);
  return performance.now() - began;
}

const p95 = (times: number[]) =>
  Math.round(times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0);

test("a thousand tries at one account at once: five count, and others hardly notice (T17)", async () => {
  const attacked = await hub.member(made);
  const others = await Promise.all(Array.from({ length: 5 }, () => hub.member(made)));
  const signInName = await nameOf(attacked);
  const names = await Promise.all(others.map(nameOf));

  const attack = await startAttack(signInName);
  const reads: number[] = [];
  const signIns: number[] = [];
  const reading = others.map(async ({ cookieHeader }) => {
    const person = new Person(overHttp, origin, cookieHeader);
    while (attack.underWay) reads.push(await timed(person.ask(getAccount, {})));
  });
  for (const name of names) {
    const entry = { signInName: name, passphrase: testPassphrase, device: "own" } as const;
    signIns.push(await timed(new Person(overHttp, origin).ask(signIn, entry)));
  }
  await Promise.all(reading);

  const statuses = await attack.statuses;
  const counted = statuses.filter((status) => status === 401).length;
  const refused = statuses.filter((status) => status === 429).length;
  process.stdout.write(
    `T17: ${tries} tries at once, ${counted} counted, ${refused} told to wait; meanwhile others: ` +
      `${reads.length} reads p95 ${p95(reads)} ms, ${signIns.length} sign-ins p95 ${p95(signIns)} ms\n`,
  );
  expect(counted).toBeLessThanOrEqual(5);
  expect(counted + refused).toBe(tries);
  expect(p95([...reads, ...signIns])).toBeLessThan(passMs);
  const [kept] = await hub.owner`
    select failed from sign_in_tries where sign_in_name = lower(${signInName})`;
  expect(kept?.failed).toBe(5);
}, 60_000);

/** As a person does it: asked to come back, they come back. Tells how often they were. */
async function insist(signInName: string): Promise<number> {
  const entry = { signInName, passphrase: testPassphrase, device: "own" } as const;
  for (let returns = 0; ; returns += 1) {
    const { status } = await new Person(overHttp, origin).ask(signIn, entry);
    if (status === 200) return returns;
    expect(status).toBe(503);
    await sleep(200);
  }
}

test("a thousand tries at a thousand names at once: who is in goes on, and honest people get in (T17)", async () => {
  const inside = await hub.member(made);
  const outside = await Promise.all(Array.from({ length: 5 }, () => hub.member(made)));
  const names = await Promise.all(outside.map(nameOf));
  const attack = await startAttack("nadie", true);
  const began = performance.now();
  const confirms: number[] = [];
  const confirming = (async () => {
    const person = new Person(overHttp, origin, inside.cookieHeader);
    while (attack.underWay)
      confirms.push(await timed(person.ask(confirmSession, { passphrase: testPassphrase })));
  })();
  const returns = await Promise.all(names.map(insist));
  const inAfterMs = Math.round(performance.now() - began);
  await confirming;

  const statuses = await attack.statuses;
  const counted = statuses.filter((status) => status === 401).length;
  process.stdout.write(
    `T17: ${tries} tries at as many names, ${counted} looked at; meanwhile who is in: ${confirms.length} ` +
      `confirmations p95 ${p95(confirms)} ms; ${names.length} honest people in after ${inAfterMs} ms, ` +
      `asked to come back ${returns.join(", ")} times\n`,
  );
  expect(new Set(statuses)).toEqual(new Set([401, 503]));
  expect(p95(confirms)).toBeLessThan(2 * passMs);
  expect(inAfterMs).toBeLessThan(15_000);
  const kept = await hub.owner`select from sign_in_tries where sign_in_name like 'nadie %'`;
  expect(kept).toHaveLength(counted);
}, 60_000);
