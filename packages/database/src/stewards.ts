import type { AccountId, StewardId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";
import { holdHub } from "./hub.ts";
import { markAllRevoked } from "./invitations.ts";

export interface StewardRow {
  id: StewardId;
  alias: string;
}

export async function addSteward(sql: Sql, account: AccountId, alias: string): Promise<void> {
  try {
    await sql`insert into stewards (account_id, alias) values (${account}, ${alias})`;
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === "steward_alias_is_free")
      throw new HubError("name_taken", undefined, { fields: { alias: "taken" } });
    throw constraint === "stewards_account_id_key" ? new HubError("already_done") : error;
  }
}

export async function findOwnStewardship(
  sql: Sql,
  account: AccountId,
): Promise<StewardRow | undefined> {
  const [steward] = await sql<StewardRow[]>`
    select id, alias from stewards where account_id = ${account}`;
  return steward;
}

/** Fails with `not_allowed` for whoever is no steward. */
export async function getOwnStewardship(sql: Sql, account: AccountId): Promise<StewardRow> {
  const steward = await findOwnStewardship(sql, account);
  if (!steward) throw new HubError("not_allowed");
  return steward;
}

export function listStewards(sql: Sql): Promise<StewardRow[]> {
  return sql<StewardRow[]>`
    select id, alias from stewards order by alias collate "es-x-icu", id limit 200`;
}

/** For a steward who ends a stewardship: one such transaction at a time, so that two never take the last ones away. */
export async function listStewardsForChange(sql: Sql): Promise<StewardRow[]> {
  await holdHub(sql);
  return listStewards(sql);
}

/** What they asked for as a steward ends with it, and so does every open invitation of the hub: any may be theirs. */
export async function removeSteward(sql: Sql, id: StewardId): Promise<void> {
  await markAllRevoked(sql);
  const { count } = await sql`delete from stewards where id = ${id}`;
  if (count === 0) throw new HubError("not_found");
}

export async function hasSteward(sql: Sql): Promise<boolean> {
  const rows = await sql`select from stewards limit 1`;
  return rows.count > 0;
}
