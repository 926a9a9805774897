import { once } from "node:events";
import { type AddressInfo, createServer, connect as openSocket, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { connect, type Database } from "./connection.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A way to PostgreSQL on which every connection can be cut, once also by a word that is sent. */
async function openWay(fatalWord?: string) {
  const url = new URL(process.env.TEST_POSTGRES ?? "");
  const { hostname, port } = url;
  const ends: Socket[] = [];
  const way = createServer((near) => {
    const far = openSocket(Number(port), hostname);
    ends.push(near, far);
    for (const end of [near, far]) end.on("error", () => {});
    near.on("data", (sent) => {
      if (!fatalWord || !sent.includes(fatalWord)) return;
      fatalWord = undefined;
      near.resetAndDestroy();
    });
    near.pipe(far).pipe(near);
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  url.host = `127.0.0.1:${(way.address() as AddressInfo).port}`;
  const cut = (how: "destroy" | "resetAndDestroy" = "destroy") => {
    for (const end of ends.splice(0)) end[how]();
  };
  const close = () => {
    cut();
    way.close();
  };
  undo.push(close);
  return { url: url.href, cut, close, reopen: () => way.listen(Number(url.port), "127.0.0.1") };
}

/** Two connections that are open and idle. */
async function openPair(url: string) {
  const database = connect(url);
  undo.push(() => database.end({ timeout: 0 }));
  await Promise.all([database`select 1`, database`select 1`]);
  return database;
}

const answers = (database: Database) =>
  Promise.all([database`select 1 as one`, database`select 1 as one`, database`select 1 as one`]);

test.each(["destroy", "resetAndDestroy"] as const)(
  "transactions whose connections are cut (%s) are refused, and the next ones are answered",
  async (how) => {
    const { url, cut } = await openWay();
    const database = await openPair(url);
    const transactions = [1, 2].map((one) =>
      database.begin(async (sql) => {
        await sql`select ${one}::integer`;
        setImmediate(cut, how);
        await sql`select pg_sleep(10)`;
      }),
    );
    for (const { status } of await Promise.allSettled(transactions))
      expect(status).toBe("rejected");
    const next = [1, 2].map((one) =>
      database.begin(async (sql) => (await sql`select ${one}::integer as one`)[0]),
    );
    expect(await Promise.all(next)).toEqual([{ one: 1 }, { one: 2 }]);
  },
);

test("a query on its way to a connection that is just being cut leaves that connection usable", async () => {
  const { url, cut } = await openWay();
  const database = await openPair(url);
  const working = database`select pg_sleep(10)`.catch(() => database`select 1`);
  setTimeout(cut, 50);
  await working.catch(() => {});
  expect(await answers(database)).toHaveLength(3);
});

test("after a long absence of PostgreSQL the first query is answered at once", async () => {
  const { url, close, reopen } = await openWay();
  const database = await openPair(url);
  close();
  for (let tries = 0; tries < 8; tries += 1) await expect(answers(database)).rejects.toThrow();
  reopen();
  const began = performance.now();
  await answers(database);
  expect(performance.now() - began).toBeLessThan(1000);
});

test("a connection that breaks while it begins is refused, and the next one is answered", async () => {
  const { url } = await openWay("typarray");
  const database = connect(url);
  undo.push(() => database.end({ timeout: 0 }));
  await expect(database`select 1`).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(await answers(database)).toHaveLength(3);
});

test("why a connection ended is not told to whoever uses it next", async () => {
  const database = await openPair(process.env.TEST_POSTGRES ?? "");
  const end = () => database`select pg_terminate_backend(pg_backend_pid())`;
  const ended = await Promise.allSettled([end(), end()]);
  expect(ended).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
  expect(await answers(database)).toHaveLength(3);
});
