import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { connect, type Database } from "./connection.ts";
import { type EmbeddedOptions, startPostgres } from "./embedded.ts";
import { findAccount } from "./embedded-account.ts";
import { testFolder } from "./testing/folder.ts";

vi.setConfig({ testTimeout: 60_000 });

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Closed to everybody but its owner, like /root. */
async function newFolder(): Promise<string> {
  const parent = await mkdtemp(join(testFolder, "telar-embedded-"));
  undo.push(() => rm(parent, { recursive: true }));
  return join(parent, "postgres");
}

async function start(folder: string, options: Partial<EmbeddedOptions> = {}) {
  const postgres = await startPostgres({ folder, ...options });
  const database = connect(postgres.url);
  const close = async () => {
    await database.end({ timeout: 0 });
    await postgres.close();
  };
  undo.push(close);
  return { postgres, database, close };
}

const postmaster = async (folder: string) =>
  Number.parseInt(await readFile(join(folder, "postmaster.pid"), "utf8"), 10);

const writeNote = (database: Database) => database`create table notes as select 'kept' as text`;
const readNote = async (database: Database) => (await database`select text from notes`)[0]?.text;

test("a second start finds what the first one stored", async () => {
  const folder = await newFolder();
  const first = await start(folder);
  await writeNote(first.database);
  await first.close();
  expect(await readNote((await start(folder)).database)).toBe("kept");
});

test("it answers on 127.0.0.1 only, to its owner's password only", async () => {
  const folder = await newFolder();
  const { postgres, database } = await start(folder);
  const [shown] = await database`
    select current_setting('listen_addresses') as addresses,
      current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commits, current_setting('server_encoding') as text`;
  expect(shown).toEqual({
    addresses: "127.0.0.1",
    sockets: "",
    fsync: "on",
    commits: "on",
    text: "UTF8",
  });
  const stranger = connect(postgres.url.replace(/:[^:@]+@/, ":guessed@"));
  await expect(stranger`select 1`).rejects.toMatchObject({ code: "28P01" });
  await stranger.end();
  expect((await stat(`${folder}.password`)).mode & 0o777).toBe(0o600);
});

test("its log quotes neither statements nor values", async () => {
  const lines: string[] = [];
  const { database } = await start(await newFolder(), { onLog: (line) => lines.push(line) });
  await database`create table names (name text primary key)`;
  await database`insert into names values ('Ahuehuete')`;
  await expect(database`insert into names values ('Ahuehuete')`).rejects.toThrow();
  await expect(database`select ${"Ceiba"}::uuid`).rejects.toThrow();
  await database`do $$ begin raise log 'written'; end $$`;
  await vi.waitFor(() => expect(lines.at(-1)).toContain("written"));
  expect(lines.join("\n")).not.toMatch(/Ahuehuete|Ceiba|names/);
});

test("a PostgreSQL that was killed comes back at the same address with everything in it", async () => {
  const folder = await newFolder();
  const onFall = vi.fn();
  const { database } = await start(folder, { onFall });
  await writeNote(database);
  const killed = await postmaster(folder);
  process.kill(killed, "SIGKILL");
  await vi.waitFor(async () => expect(await postmaster(folder)).not.toBe(killed), 20_000);
  await vi.waitFor(async () => expect(await readNote(database)).toBe("kept"), 20_000);
  expect(onFall).toHaveBeenCalledOnce();
});

test("what a killed hub left running is ended and replaced", async () => {
  const folder = await newFolder();
  const program = `
    const { startPostgres } = await import(${JSON.stringify(import.meta.resolve("./embedded.ts"))});
    console.log((await startPostgres({ folder: ${JSON.stringify(folder)} })).url);`;
  const hub = spawn(process.execPath, ["--input-type=module", "-e", program]);
  const left = connect(`${(await once(hub.stdout, "data"))[0]}`.trim());
  undo.push(() => left.end());
  hub.kill("SIGKILL");
  await once(hub, "exit");
  await writeNote(left);
  expect(await readNote((await start(folder)).database)).toBe("kept");
  await expect(readNote(left)).rejects.toThrow();
});

test("a stale note that names another living process neither ends that process nor stops the start", async () => {
  const folder = await newFolder();
  await (await start(folder)).close();
  const account = await findAccount([folder]);
  const bystander = account.spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  undo.push(() => bystander.kill());
  await writeFile(join(folder, "postmaster.pid"), `${bystander.pid}\n${folder}\n`);
  await start(folder);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
});

test("a start that is cut off leaves nothing half made, and the next one works", async () => {
  const folder = await newFolder();
  const cut = new AbortController();
  const signals = [AbortSignal.abort(), AbortSignal.timeout(100), cut.signal];
  for (const signal of signals) {
    const starting = startPostgres({ folder, signal, onLog: () => cut.abort() });
    await expect(starting).rejects.toThrow();
  }
  await (await start(folder)).database`select 1`;
});

test("a start that fails says PostgreSQL's reason", async () => {
  const settings = { shared_buffers: "plenty" };
  await expect(startPostgres({ folder: await newFolder(), settings })).rejects.toMatchObject({
    reason: "stopped",
    subject: expect.stringContaining("shared_buffers"),
  });
});

test("closing takes less than two seconds, also while a client is at work", async () => {
  const { postgres, database } = await start(await newFolder());
  const working = expect(database`select pg_sleep(60)`).rejects.toThrow();
  await vi.waitFor(async () =>
    expect(await database`select from pg_stat_activity where wait_event = 'PgSleep'`).toHaveLength(
      1,
    ),
  );
  const began = performance.now();
  await postgres.close();
  expect(performance.now() - began).toBeLessThan(2000);
  await working;
});
