import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { serve } from "@hono/node-server";
import { getAccount } from "@telar/contracts/accounts";
import { signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { passphraseCost } from "./passphrases.ts";
import type { Attack } from "./testing/attack.ts";
import { createTestHub, testPassphrase } from "./testing/hub.ts";
import { Person } from "./testing/person.ts";

const hub = await createTestHub(undefined, undefined, passphraseCost);
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
  const nameOf = async (person: Person) => (await person.call(getAccount, {})).signInName;
  const signInName = await nameOf(attacked);
  const names = await Promise.all(others.map(nameOf));

  const workerData: Attack = { port, origin, path: signIn.path, signInName, tries };
  const attack = new Worker(new URL("./testing/attack.ts", import.meta.url), { workerData });
  await once(attack, "message");
  let attacking = true;
  const answers = once(attack, "message").then(([statuses]) => {
    attacking = false;
    return statuses as number[];
  });
  const reads: number[] = [];
  const signIns: number[] = [];
  const reading = others.map(async ({ cookieHeader }) => {
    const person = new Person(overHttp, origin, cookieHeader);
    while (attacking) reads.push(await timed(person.ask(getAccount, {})));
  });
  for (const name of names) {
    const entry = { signInName: name, passphrase: testPassphrase, device: "own" } as const;
    signIns.push(await timed(new Person(overHttp, origin).ask(signIn, entry)));
  }
  await Promise.all(reading);

  const statuses = await answers;
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
