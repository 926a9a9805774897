import type { AccountId, SessionId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

/** The person's other devices that get pushes. */
export async function countOtherSubscriptions(
  sql: Sql,
  account: AccountId,
  session: SessionId,
): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from push_subscriptions where account_id = ${account} and session_id <> ${session}`;
  return row.count;
}

/** One a session: another address takes the place of the first. */
export async function putSubscription(
  sql: Sql,
  { account, session, sealed }: { account: AccountId; session: SessionId; sealed: string },
): Promise<void> {
  const { count } = await sql`
    insert into push_subscriptions (session_id, account_id, sealed_endpoint)
    select id, account_id, ${sealed} from sessions where id = ${session} and account_id = ${account}
    on conflict (session_id) do update set sealed_endpoint = excluded.sealed_endpoint, failures = 0`;
  if (count === 0) throw new HubError("not_signed_in");
}

export async function hasSubscription(sql: Sql, session: SessionId): Promise<boolean> {
  const { count } = await sql`select from push_subscriptions where session_id = ${session}`;
  return count > 0;
}

export async function removeSubscription(sql: Sql, session: SessionId): Promise<void> {
  await sql`delete from push_subscriptions where session_id = ${session}`;
}
