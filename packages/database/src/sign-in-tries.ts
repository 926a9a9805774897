import type { AccountId } from "@telar/contracts/ids";
import { comparedName } from "./accounts.ts";
import type { Sql } from "./connection.ts";

/** What tries are counted at, and how many a window allows. The tab keeps kinds apart: no sign-in name holds one. */
export interface Counted {
  key: string;
  allowed: number;
}

export const signInAt = (name: string): Counted => ({ key: comparedName(name), allowed: 5 });

/** Apart from the name, which strangers may use up. */
export const confirmationAt = (account: AccountId): Counted => ({
  key: `confirmation\t${account}`,
  allowed: 5,
});

/** Many: a code holds 80 random bits, and whoever shuts a name out must not shut its way back out too. */
export const recoveryAt = (name: string): Counted => ({
  key: `recovery\t${comparedName(name)}`,
  allowed: 50,
});

const windowMinutes = 15;

/** How it was before the try; null when nobody had tried yet. */
export interface TakenTry {
  before: Date | null;
}

/**
 * Takes one try before what was shown for it is looked at, so that parallel tries count too. After the last allowed
 * one in fifteen minutes the wait doubles each time, up to an hour. Returns the seconds to wait when none is left.
 */
export async function takeTry(sql: Sql, { key, allowed }: Counted): Promise<TakenTry | number> {
  const [taken] = await sql<TakenTry[]>`
    insert into sign_in_tries as tries (sign_in_name, failed, window_ends_at)
    values (${key}, 1, now() + ${windowMinutes} * interval '1 minute')
    on conflict (sign_in_name) do update set
      failed = case when tries.window_ends_at <= now() then 1 else tries.failed + 1 end,
      locked_times = tries.locked_times + (tries.window_ends_at > now() and tries.failed + 1 = ${allowed})::integer,
      window_ends_at = case
        when tries.window_ends_at <= now() then now() + ${windowMinutes} * interval '1 minute'
        when tries.failed + 1 = ${allowed}
          then now() + least(60, ${windowMinutes} * 2 ^ least(tries.locked_times, 8)) * interval '1 minute'
        else tries.window_ends_at end
    where tries.failed < ${allowed} or tries.window_ends_at <= now()
    returning old.window_ends_at as before`;
  if (taken) return taken;
  const [locked] = await sql<{ seconds: number }[]>`
    select ceil(extract(epoch from window_ends_at - now()))::integer as seconds
    from sign_in_tries where sign_in_name = ${key}`;
  return Math.max(1, locked?.seconds ?? 1);
}

/** As if the try had never been: a count that ended here would tell who guesses when the right words came. */
export async function giveTryBack(
  sql: Sql,
  { key, allowed }: Counted,
  { before }: TakenTry,
): Promise<void> {
  const { count } = before
    ? { count: 0 }
    : await sql`delete from sign_in_tries where sign_in_name = ${key} and failed = 1`;
  if (count > 0) return;
  await sql`
    update sign_in_tries set
      failed = failed - 1,
      locked_times = locked_times - (failed = ${allowed} and locked_times > 0)::integer,
      window_ends_at = case
        when failed = 1 or failed = ${allowed} then coalesce(${before}, window_ends_at)
        else window_ends_at end
    where sign_in_name = ${key} and failed > 0`;
}

export async function forgetTries(sql: Sql, { key }: Counted): Promise<void> {
  await sql`delete from sign_in_tries where sign_in_name = ${key}`;
}
