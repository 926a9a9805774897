import { readdir, readFile } from "node:fs/promises";
import type { Database } from "./connection.ts";

const folder = new URL("../migrations/", import.meta.url);

/** Brings the schema up to date as its owner. Safe to run from several servers at once. */
export async function migrate(owner: Database): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  await owner.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtext('migrate'))`;
    // An owner who is no superuser takes on the roles that it makes: functions are given to telar_walls.
    await sql`set local createrole_self_grant = 'set, inherit'`;
    await sql`create table if not exists migrations (
      name text primary key, applied_at timestamptz not null default now())`;
    const rows = await sql<{ name: string }[]>`select name from migrations`;
    const applied = new Set(rows.map(({ name }) => name));
    const unknown = [...applied].filter((name) => !files.includes(name));
    if (unknown.length > 0)
      throw Object.assign(
        new Error(`The database is newer than this code: ${unknown.join(", ")}`),
        {
          code: "newer_database",
        },
      );
    for (const name of files.filter((file) => !applied.has(file))) {
      await sql.unsafe(await readFile(new URL(name, folder), "utf8"));
      await sql`insert into migrations (name) values (${name})`;
    }
  });
}
