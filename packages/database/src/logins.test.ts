import { afterAll, expect, test } from "vitest";
import { connect, type Database, type Login, roles } from "./connection.ts";
import { openLogins } from "./logins.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, url, release } = await createTestDatabase();
afterAll(release);
await createCast({ owner, as }).group();

const attempts = [
  "set local role none",
  "reset role",
  `set local role ${decodeURIComponent(new URL(url).username)}`,
  "set local role telar_walls",
  "set local session authorization default",
  "reset session authorization",
];

/** In a transaction whose settings go with it; 0 for what is refused. */
async function groupsAfter(database: Database, attempt: string): Promise<number> {
  try {
    return (await database.begin(async (sql) => {
      await sql.unsafe(attempt);
      return (await sql`select from groups`).count;
    })) as number;
  } catch (error) {
    expect(error).toMatchObject({ code: "42501" });
    return 0;
  }
}

test.each(roles)(
  "%s comes in with a login of its own, and nothing that it sets opens more (T14)",
  async (role) => {
    const database = as(role);
    const [who] = await database`
    select session_user as login, current_user as role, rolsuper or rolbypassrls or rolcreaterole or rolinherit as strong,
      (select array_agg(roleid::regrole::text) from pg_auth_members where member = pg_roles.oid) as may_become
    from pg_roles where rolname = session_user`;
    const [{ number }] = await owner<[{ number: number }]>`
    select oid::bigint as number from pg_database where datname = current_database()`;
    expect(who).toEqual({ login: `${role}_${number}`, role, strong: false, mayBecome: [role] });
    for (const attempt of attempts) expect(await groupsAfter(database, attempt)).toBe(0);
    const [after] = await database`select session_user as login, current_user as role`;
    expect(after).toEqual({ login: `${role}_${number}`, role });
  },
);

test("a login has no right but its role's", async () => {
  const asked = as("telar_api").begin(async (sql) => {
    await sql`set local role none`;
    await sql`select from groups`;
  });
  await expect(asked).rejects.toMatchObject({ code: "42501" });
});

test("a login opens its own database and no other on the same server", async () => {
  const other = await createTestDatabase();
  const { telar_api: login } = await openLogins(owner, url, new Uint8Array(32));
  const elsewhere = Object.assign(new URL(login.url), { pathname: other.name }).href;
  await expect(enter({ ...login, url: elsewhere })).rejects.toMatchObject({ code: "42501" });
  await other.release();
});

test("no login makes a temporary table, which functions could take for another", async () => {
  await expect(as("telar_api")`create temporary table groups (id uuid)`).rejects.toMatchObject({
    code: "42501",
  });
});

test("several starts at once agree, and another secret shuts the earlier password out", async () => {
  const open = (fill: number) => openLogins(owner, url, new Uint8Array(32).fill(fill));
  const [first, ...others] = await Promise.all([open(1), open(1), open(1), open(1)]);
  for (const other of others) expect(other).toEqual(first);
  await expect(enter(first.telar_api)).resolves.toBe("telar_api");
  const changed = await open(2);
  await expect(enter(first.telar_api)).rejects.toMatchObject({ code: "28P01" });
  await expect(enter(changed.telar_api)).resolves.toBe("telar_api");
});

async function enter(login: Login): Promise<string> {
  const database = connect(login);
  try {
    const [who] = await database`select current_user as role`;
    return who?.role;
  } finally {
    await database.end();
  }
}
