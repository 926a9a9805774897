import type { AccountId, SessionId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Device } from "@telar/contracts/sessions";
import type postgres from "postgres";
import { actAs } from "./acting.ts";
import type { Database, Sql } from "./connection.ts";

type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface FoundSession {
  id: SessionId;
  account: AccountId;
  device: Device;
  usedThisWeek: boolean;
  steward: boolean;
}

/** One statement outside any transaction: it starts every request. */
export async function findSession(
  database: Database,
  tokenHash: string,
): Promise<FoundSession | undefined> {
  const [session] = await database<FoundSession[]>`
    select id, account_id as account, device, used_this_week, steward from open_session(${tokenHash})`;
  return session;
}

/** The sessions of many tokens, in their order. */
export async function findSessions(
  database: Database,
  tokenHashes: string[],
): Promise<(FoundSession | undefined)[]> {
  const rows = await database<(FoundSession & { n: number })[]>`
    select n, id, account_id as account, device, used_this_week, steward
    from unnest(${tokenHashes}::text[]) with ordinality as shown (hash, n), open_session(hash)`;
  const found = new Map(rows.map(({ n, ...session }) => [n - 1, session]));
  return tokenHashes.map((_, at) => found.get(at));
}

export async function markUsed(
  database: Database,
  account: AccountId,
  id: SessionId,
): Promise<void> {
  await actAs(
    database,
    { account },
    (sql) => sql`update sessions set used_week = date_trunc('week', current_date) where id = ${id}`,
  );
}

export async function addSession(
  sql: Sql,
  session: { account: AccountId; tokenHash: string; device: Device; name: string },
): Promise<void> {
  const { account, tokenHash, device, name } = session;
  await sql`
    insert into sessions (account_id, token_hash, device, name, ends_on)
    values (${account}, ${tokenHash}, ${device}, ${name},
      date_trunc('week', current_date + ${device === "own" ? 30 : 1}::integer)::date + 7)`;
}

/** A session that nobody used last week or this one has ended by lying idle. */
const isAlive = (sql: Sql) => sql`
  ends_on >= current_date and used_week >= date_trunc('week', current_date)::date - 7`;

export function listSessions(
  sql: Sql,
  account: AccountId,
): Promise<{ id: SessionId; name: string; device: Device; usedThisWeek: boolean }[]> {
  return sql`
    select id, name, device, used_week = date_trunc('week', current_date)::date as used_this_week
    from sessions where account_id = ${account} and ${isAlive(sql)}
    order by used_week desc, id limit 100`;
}

export async function removeSession(sql: Sql, account: AccountId, id: SessionId): Promise<void> {
  const count = await endSessions(sql, account, sql`id = ${id}`);
  if (count === 0) throw new HubError("not_found");
}

/** Ends every session of the account but the kept one. */
export async function removeSessions(
  sql: Sql,
  account: AccountId,
  kept?: SessionId,
): Promise<void> {
  await endSessions(sql, account, sql`id is distinct from ${kept ?? null}`);
}

/** Of a device that ends the account keeps the week: whoever ends it must not hurry a recovery. */
async function endSessions(sql: Sql, account: AccountId, which: Fragment): Promise<number> {
  const theirs = sql`account_id = ${account} and ${which}`;
  await sql`
    update accounts set device_ended_week = date_trunc('week', current_date)
    where id = ${account} and exists (
      select from sessions where ${theirs} and device = 'own' and ${isAlive(sql)})`;
  const { count } = await sql`delete from sessions where ${theirs}`;
  return count;
}

/** Whether one of the person's own devices ended this week or last. */
export async function hasDeviceEndedLately(sql: Sql, account: AccountId): Promise<boolean> {
  const { count } = await sql`
    select from accounts
    where id = ${account} and device_ended_week >= date_trunc('week', current_date)::date - 7`;
  return count > 0;
}

/** The person's own devices. A shared one ends by itself before anybody reads a notice there. */
export async function countOwnDevices(sql: Sql, account: AccountId): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from sessions
    where account_id = ${account} and device = 'own' and ${isAlive(sql)}`;
  return row.count;
}
