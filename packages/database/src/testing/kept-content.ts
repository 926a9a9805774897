import type { Database } from "../connection.ts";

export interface KeptContent {
  /** The tables that no longer hold what was kept. */
  changed(): Promise<string[]>;
  /** Lets those tables hold it again; only counters go on from where they are. */
  restore(): Promise<void>;
}

/** Keeps what every table holds now, which is much quicker to go back to than a new database is to make. */
export async function keepContent(owner: Database): Promise<KeptContent> {
  const tables = await owner<{ name: string }[]>`
    select quote_ident(relname) as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  const names = tables.map(({ name }) => name);
  await owner.unsafe(`create schema kept; ${names.map(copyOf).join("")}`);
  const summing = names.map(sumOf).join(" union all ");
  const sums = async () => {
    const rows = await owner.unsafe<{ name: string; sum: string }[]>(summing, [], {
      prepare: true,
    });
    return new Map(rows.map(({ name, sum }) => [name, sum]));
  };
  const kept = await sums();

  async function changed(): Promise<string[]> {
    const now = await sums();
    return names.filter((name) => now.get(name) !== kept.get(name));
  }

  return {
    changed,
    async restore() {
      const lost = await changed();
      if (lost.length > 0) await owner.unsafe(withoutTriggers + lost.map(puttingBack).join(""));
    },
  };
}

const copyOf = (name: string) => `create table kept.${name} as table public.${name};`;

const sumOf = (name: string) => `
  select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as sum
  from public.${name} t`;

/** Nor references: all tables together are as they were. */
const withoutTriggers = "set local session_replication_role = replica;";

const puttingBack = (name: string) => `
  delete from public.${name}; insert into public.${name} overriding system value table kept.${name};`;
