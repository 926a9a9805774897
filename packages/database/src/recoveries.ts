import type { AccountId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

/** Puts a new sheet in the place of the earlier one; a recovery that waits on an old code ends. */
export async function changeCodes(
  sql: Sql,
  account: AccountId,
  codeHashes: string[],
): Promise<void> {
  await sql`delete from recovery_codes where account_id = ${account}`;
  await sql`
    insert into recovery_codes (account_id, code_hash)
    select ${account}, code_hash from unnest(${codeHashes}::text[]) as code_hash`;
}

export async function countCodes(sql: Sql, account: AccountId): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from recovery_codes where account_id = ${account}`;
  return row.count;
}

/** Whether the account, the caller's or the one that was claimed by name, has this code left. */
export async function hasCode(sql: Sql, account: AccountId, codeHash: string): Promise<boolean> {
  const { count } = await sql`
    select from recovery_codes where account_id = ${account} and code_hash = ${codeHash}`;
  return count > 0;
}

export async function removeCode(sql: Sql, account: AccountId, codeHash: string): Promise<void> {
  await sql`delete from recovery_codes where account_id = ${account} and code_hash = ${codeHash}`;
}

/** How many waits for the account began this week. */
export async function countRecoveriesThisWeek(sql: Sql, account: AccountId): Promise<number> {
  const [row] = await sql<{ begun: number }[]>`
    select recoveries_begun as begun from accounts
    where id = ${account} and recoveries_week = date_trunc('week', current_date)`;
  return row?.begun ?? 0;
}

/** Begins a wait that ends when it is stopped, or when its code ends. */
export async function addRecovery(
  sql: Sql,
  wait: { account: AccountId; codeHash: string; opensAt: Date },
): Promise<void> {
  await sql`
    insert into recoveries (account_id, code_hash, opens_at)
    values (${wait.account}, ${wait.codeHash}, ${wait.opensAt})`;
  await sql`
    update accounts set recoveries_week = date_trunc('week', current_date), recoveries_begun = 1 +
      case when recoveries_week = date_trunc('week', current_date) then recoveries_begun else 0 end
    where id = ${wait.account}`;
}

export async function findRecovery(
  sql: Sql,
  account: AccountId,
): Promise<{ opensAt: Date } | undefined> {
  const [recovery] = await sql<{ opensAt: Date }[]>`
    select opens_at from recoveries where account_id = ${account}`;
  return recovery;
}

/** Ends the wait together with the code that was shown for it. */
export async function stopRecovery(sql: Sql, account: AccountId): Promise<void> {
  const { count } = await sql`
    delete from recovery_codes where (account_id, code_hash) in (
      select account_id, code_hash from recoveries where account_id = ${account})`;
  if (count === 0) throw new HubError("not_found");
}
