import { afterAll, expect, test } from "vitest";
import { createTestDatabase } from "./testing/database.ts";

const { owner, release } = await createTestDatabase();
afterAll(release);

/** Holds names of files, and nothing of anybody. */
const withoutMemberData = ["migrations"];

test("every table stands behind a forced row-level wall (T14)", async () => {
  const tables = await owner<{ name: string; walled: boolean }[]>`
    select relname as name, relrowsecurity and relforcerowsecurity as walled
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relname = any (${withoutMemberData})`;
  const open = tables.filter(({ walled }) => !walled);
  process.stdout.write(`T14 tables: ${tables.length - open.length} of ${tables.length} walled\n`);
  expect(open).toEqual([]);
  expect(tables.length).toBeGreaterThan(15);
});

test("the roles of the apps own nothing, cannot log in and cannot pass the wall (T14)", async () => {
  const roles = await owner`
    select rolname as name, rolsuper or rolbypassrls or rolcanlogin or rolcreaterole as strong,
      exists (select from pg_class where relowner = pg_roles.oid) as owns
    from pg_roles where rolname in ('telar_api', 'telar_jobs', 'telar_messaging', 'telar_walls') order by rolname`;
  expect(roles.map((role) => ({ ...role }))).toEqual(
    ["telar_api", "telar_jobs", "telar_messaging", "telar_walls"].map((name) => ({
      name,
      strong: false,
      owns: false,
    })),
  );
});

test("nobody of the apps can act as the role that policies ask with (T14)", async () => {
  const [row] = await owner<[{ any: boolean }]>`
    select pg_has_role('telar_api', 'telar_walls', 'member')
      or pg_has_role('telar_jobs', 'telar_walls', 'member')
      or pg_has_role('telar_messaging', 'telar_walls', 'member') as any`;
  expect(row.any).toBe(false);
});

test("every view asks with the rights of who reads it (T14)", async () => {
  const views = await owner`
    select relname from pg_class where relnamespace = 'public'::regnamespace
      and relkind in ('v', 'm') and not coalesce('security_invoker=true' = any (reloptions), false)`;
  expect(views).toHaveLength(0);
});

test("every function that stands above the caller fixes where it looks names up (T14)", async () => {
  const loose = await owner`
    select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      and (proconfig is null or not exists (
        select from unnest(proconfig) as setting where setting like 'search_path=%'))`;
  expect(loose).toHaveLength(0);
});
