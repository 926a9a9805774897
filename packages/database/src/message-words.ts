import type { SpaceId } from "@telar/contracts/ids";
import type { Sql } from "./connection.ts";

/** Where a space has these words, in a message or its note: the latest places first. */
export async function listPlacesWith(
  sql: Sql,
  space: SpaceId,
  words: string,
  before = Number.MAX_SAFE_INTEGER,
  limit = 50,
): Promise<number[]> {
  const rows = await sql<{ place: number }[]>`
    select place from places_with(${space}, ${words}, ${before}, ${limit}) as found (place)`;
  return rows.map(({ place }) => place);
}
