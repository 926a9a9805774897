import type { Sql } from "./connection.ts";

/**
 * Deletes a few of what is past its end, as `telar_jobs`: messages with all that hangs on them, what waits, and events.
 * Answers how many; asked again until it answers 0, so that no statement holds up those who write.
 */
export async function removeExpired(sql: Sql, most: number): Promise<number> {
  const messages = await sql`
    delete from messages where ctid = any (array(
      select ctid from messages where expires_on < current_date order by expires_on limit ${most}))`;
  const waiting = await sql`
    delete from waiting_messages where ctid = any (array(
      select ctid from waiting_messages where ends_on < current_date limit ${most}))`;
  const events = await sql`
    delete from events where ctid = any (array(
      select ctid from events where ends_on < current_date order by ends_on limit ${most}))`;
  return messages.count + waiting.count + events.count;
}

/**
 * After a shorter rule, as `telar_jobs`: a few of what is there in the space already go as if they had been written under it.
 * Answers whether there is more to do.
 */
export async function bringEndsNearer(sql: Sql, most: number): Promise<boolean> {
  const [row] = await sql<[{ more: boolean }]>`select bring_ends_nearer(${most}) as more`;
  return row.more;
}
