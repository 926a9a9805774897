import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getAccount } from "@telar/contracts/accounts";
import { connect, type Database } from "@telar/database/connection";
import { type EmbeddedPostgres, startPostgres } from "@telar/database/embedded";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Hubs } from "./testing/hub-process.ts";

vi.setConfig({ testTimeout: 60_000 });

let hubs: Hubs;
let folder: string;
let server: EmbeddedPostgres;
let admin: Database;
beforeEach(async () => {
  hubs = new Hubs();
  folder = `${hubs.folder}-server`;
  server = await startPostgres({ folder });
  admin = connect(server.url);
  hubs.undo.push(async () => {
    await admin.end();
    await server.close();
  });
});
afterEach(() => hubs.close());

/** A database, and the url of its owner, who may do this besides. */
async function ownDatabase(name: string, may: string): Promise<string> {
  await admin.unsafe(`create role ${name} login ${may} password 'clave'`);
  await admin`create database ${admin(name)} owner ${admin(name)}`;
  return Object.assign(new URL(server.url), { username: name, password: "clave", pathname: name })
    .href;
}

test("an owner who is no superuser is enough, and serves two hubs on one server", async () => {
  const first = await ownDatabase("telar_hubs", "createrole");
  await admin`create database second owner telar_hubs`;
  const second = Object.assign(new URL(first), { pathname: "second" }).href;
  const [one, other] = await Promise.all([
    hubs.ready({ DATABASE_URL: first }),
    hubs.ready({ DATABASE_URL: second }, `${hubs.folder}-2`),
  ]);
  for (const hub of [one, other])
    expect(await (await hub.steward()).call(getAccount, {})).toMatchObject({ steward: true });
  const sessions = await admin<{ login: string; superuser: boolean }[]>`
    select distinct usename as login, rolsuper as superuser from pg_stat_activity
    join pg_roles on rolname = usename where application_name like 'telar\\_%' and application_name <> 'telar_owner'`;
  // Messaging connects when the first follower comes.
  const working = sessions.filter(({ login }) => !login.startsWith("telar_messaging"));
  expect(working).toHaveLength(4);
  expect(sessions.some(({ superuser }) => superuser)).toBe(false);
});

test("an owner who may not make roles is refused in plain words", async () => {
  const url = await ownDatabase("pobre", "nocreaterole");
  expect(await (await hubs.start({ DATABASE_URL: url })).refused()).toContain("CREATEROLE");
});

test("a server that keeps the hub's own logins out is refused in plain words", async () => {
  const rules = join(folder, "pg_hba.conf");
  await writeFile(rules, (await readFile(rules, "utf8")).replace(/^host.*$/gm, ""));
  await appendFile(rules, "host all telar 127.0.0.1/32 scram-sha-256\n");
  await admin`select pg_reload_conf()`;
  const refused = await (await hubs.start({ DATABASE_URL: server.url })).refused();
  expect(refused).toMatch(/no deja entrar a la cuenta telar_api_\d+/);
});
