import type { SpaceId } from "@telar/contracts/ids";
import type { Sql } from "./connection.ts";

/** A space's words, for those who facilitate it. */
export async function listFilters(sql: Sql, space: SpaceId): Promise<string[]> {
  const rows = await sql<{ word: string }[]>`
    select word from filters where space_id = ${space} order by word collate "es-x-icu"`;
  return rows.map(({ word }) => word);
}

/** Answers whether the list is another one than before. */
export async function changeFilters(sql: Sql, space: SpaceId, words: string[]): Promise<boolean> {
  const gone = await sql`
    delete from filters where space_id = ${space} and word <> all (${words})`;
  const added = await sql`
    insert into filters (space_id, word) select ${space}, word from unnest(${words}::text[]) as given (word)
    on conflict do nothing`;
  return gone.count + added.count > 0;
}

/** The words by which what people write in these spaces is judged, for whoever writes there. */
export async function listFiltersOf(sql: Sql, spaces: SpaceId[]): Promise<Map<SpaceId, string[]>> {
  const rows = await sql<{ space: SpaceId; word: string }[]>`
    select space_id as space, word from filters_of(${spaces}::uuid[])`;
  const bySpace = Map.groupBy(rows, ({ space }) => space);
  return new Map([...bySpace].map(([space, found]) => [space, found.map(({ word }) => word)]));
}
