import type { Founding } from "@telar/contracts/foundings";
import type { GroupKind } from "@telar/contracts/groups";
import type { AccountId, FoundingId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

/** The right to found one group without asking, as a steward's invitation gives it. */
export async function addGrant(sql: Sql, account: AccountId): Promise<void> {
  await sql`insert into foundings (account_id, state) values (${account}, 'approved')`;
}

export async function hasGrant(sql: Sql, account: AccountId): Promise<boolean> {
  const rows = await sql`
    select from foundings where account_id = ${account} and state = 'approved' limit 1`;
  return rows.count > 0;
}

/**
 * Uses one grant up: the one for a group of this name and kind, or one that names none. Fails with `not_allowed` for
 * whoever has neither: what was approved is all that may be founded.
 */
export async function useGrant(
  sql: Sql,
  account: AccountId,
  { name, kind }: { name: string; kind: GroupKind },
): Promise<void> {
  const { count } = await sql`
    delete from foundings
    where id = (select id from foundings where account_id = ${account} and state = 'approved'
        and (name is null or name = ${name} and kind = ${kind})
      order by name is null limit 1 for update skip locked)`;
  if (count === 0) throw new HubError("not_allowed");
}

export interface FoundingRow {
  id: FoundingId;
  name: string;
  kind: GroupKind;
  region: string | null;
  purpose: string;
  alias: string;
  state: Founding["state"];
  answer: string | null;
}

const wish = (sql: Sql) => sql`id, name, kind, region, purpose, alias, state, answer`;

/** Holds the account still until the transaction ends, so that two wishes at once are both counted. */
export async function countOpenWishesForChange(sql: Sql, account: AccountId): Promise<number> {
  await sql`select from accounts where id = ${account} for no key update`;
  const [row] = await sql<[{ count: number }]>`
    select count(*) from foundings where account_id = ${account} and state = 'asked'`;
  return row.count;
}

export async function addWish(
  sql: Sql,
  account: AccountId,
  asked: Pick<FoundingRow, "name" | "kind" | "region" | "purpose" | "alias">,
): Promise<FoundingRow> {
  const [added] = await sql<[FoundingRow]>`
    insert into foundings ${sql({ ...asked, account_id: account, state: "asked" })} returning ${wish(sql)}`;
  return added;
}

/** What somebody asked for and has not founded, newest first. */
export function listOwnWishes(sql: Sql, account: AccountId): Promise<FoundingRow[]> {
  return sql<FoundingRow[]>`
    select ${wish(sql)} from foundings
    where account_id = ${account} and name is not null order by asked_on desc, id limit 20`;
}

/** For stewards: what waits for their answer, oldest first. */
export function listOpenWishes(sql: Sql): Promise<FoundingRow[]> {
  return sql<FoundingRow[]>`
    select ${wish(sql)} from foundings where state = 'asked' order by asked_on, id limit 100`;
}

/** Answers a wish that waits: yes, or no in words. Of two answers the second fails with `already_done`. */
export async function markAnswered(
  sql: Sql,
  id: FoundingId,
  given: { state: "approved" } | { state: "declined"; answer: string },
): Promise<void> {
  const answer = "answer" in given ? given.answer : null;
  const { count } = await sql`
    update foundings set state = ${given.state}, answer = ${answer}, changed_on = current_date
    where id = ${id} and state = 'asked'`;
  if (count > 0) return;
  const known = await sql`select from foundings where id = ${id}`;
  throw new HubError(known.count > 0 ? "already_done" : "not_found");
}
