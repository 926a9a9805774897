import { connect, type Database, type Login, type Role } from "../connection.ts";
import { openLogins } from "../logins.ts";
import { migrate } from "../migrate.ts";

export interface TestDatabase {
  url: string;
  /** The owner, who stands before the wall: to prepare and to look behind it. */
  owner: Database;
  login(role: Role): Login;
  /** Connects as one of the apps' roles; closed on release. */
  as(role: Role): Database;
  name: string;
  release(): Promise<void>;
}

/** Migrates the database that every test database of a run is cloned from. */
export async function prepareTemplate(server: string, template: string): Promise<void> {
  const admin = connect(server);
  await admin`create database ${admin(template)}`;
  await admin.end();
  const owner = connect(databaseUrl(server, template));
  await migrate(owner);
  await owner.end();
}

export async function dropTemplate(server: string, template: string): Promise<void> {
  const admin = connect(server);
  await admin`drop database ${admin(template)} with (force)`;
  await admin.end();
}

/** A migrated database of one's own; dropped on release. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = setUp("TEST_POSTGRES");
  const admin = connect(server);
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await admin`create database ${admin(name)} template ${admin(setUp("TEST_TEMPLATE"))}`;
  const url = databaseUrl(server, name);
  const owner = connect(url);
  const logins = await openLogins(owner, url, secret);
  const opened = [owner];
  return {
    url,
    owner,
    login: (role) => logins[role],
    as(role) {
      const database = connect(logins[role]);
      opened.push(database);
      return database;
    },
    name,
    async release() {
      await Promise.all(opened.map((database) => database.end({ timeout: 5 })));
      await admin`drop database ${admin(name)} with (force)`;
      for (const login of Object.values(logins))
        await admin`drop role ${admin(new URL(login.url).username)}`;
      await admin.end();
    },
  };
}

const secret = new Uint8Array(32);

/** What is put here goes with the test run. */
export const folderOfRun = () => setUp("TEST_FOLDER");

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

/** What the test run's global setup left in the environment. */
function setUp(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run the tests with \`npm test\`.`);
  return value;
}
