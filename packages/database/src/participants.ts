import type { AccountId, GroupId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { Participant } from "@telar/contracts/participants";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";

export interface OwnPlace {
  id: ParticipantId;
  alias: string;
  state: "asked" | "joined";
  facilitator: boolean;
  acceptedVersion: number;
  mayPostFrom: Date | null;
  mutedUntil: Date | null;
}

/** The caller's own place, or what they asked for; undefined for whoever is neither in nor waits. */
export async function findOwnPlace(
  sql: Sql,
  space: SpaceId,
  account: AccountId,
): Promise<OwnPlace | undefined> {
  const [place] = await sql<OwnPlace[]>`
    select id, alias, state, facilitator, accepted_version, may_post_from, muted_until from participants
    where space_id = ${space} and account_id = ${account} and state in ('asked', 'joined')`;
  return place;
}

/** Whether the caller was removed or not let in, and so can only ask. */
export async function wasRemoved(sql: Sql, space: SpaceId, account: AccountId): Promise<boolean> {
  const { count } = await sql`
    select from participants where space_id = ${space} and account_id = ${account} and state = 'removed' limit 1`;
  return count > 0;
}

/** How many other aliases somebody took up in the space in the last thirty days. */
export async function countOtherAliases(
  sql: Sql,
  space: SpaceId,
  account: AccountId,
  alias: string,
): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) from participants
    where space_id = ${space} and account_id = ${account} and lower(alias) <> lower(${alias})
      and joined_on > current_date - 30`;
  return row.count;
}

/**
 * Whoever had this alias here before takes it up again, and what they wrote under it is theirs once more.
 * Whoever was removed at the same moment asks; undefined for whoever came in at the same moment. Fails with `name_taken` for an alias that somebody else has or had.
 */
export async function addPlace(
  sql: Sql,
  made: {
    space: SpaceId;
    account: AccountId;
    through: GroupId;
    alias: string;
    state: "asked" | "joined";
    version: number;
    facilitator?: boolean;
  },
): Promise<Pick<OwnPlace, "id" | "state"> | undefined> {
  const { space, account, through, alias, state, version, facilitator = false } = made;
  try {
    const [place] = await sql<Pick<OwnPlace, "id" | "state">[]>`
      with again as (
        update participants set group_id = ${through}, state = ${state}, facilitator = false,
          accepted_version = ${version}, joined_on = current_date
        where space_id = ${space} and account_id = ${account} and state in ('left', 'removed')
          and lower(alias) = lower(${alias})
        returning id, state
      ), anew as (
        insert into participants (space_id, account_id, group_id, alias, state, facilitator, accepted_version)
        select ${space}, ${account}, ${through}, ${alias}, ${state}, ${facilitator}, ${version}
        where not exists (select from again)
        on conflict (space_id, account_id) where state in ('asked', 'joined') do nothing returning id, state
      )
      select id, state from again union all select id, state from anew`;
    return place;
  } catch (error) {
    throw brokenConstraint(error) === "space_alias_is_free"
      ? new HubError("name_taken", undefined, { fields: { alias: "taken" } })
      : error;
  }
}

export async function markAccepted(sql: Sql, id: ParticipantId, version: number): Promise<void> {
  await sql`update participants set accepted_version = ${version} where id = ${id}`;
}

/** Leaves, or asks no more; then one can only ask again, so that asking twice is no way around an answer. */
export async function markLeft(sql: Sql, id: ParticipantId): Promise<void> {
  await sql`
    update participants set facilitator = false, state = case state when 'asked' then 'removed' else 'left' end
    where id = ${id} and state in ('asked', 'joined')`;
}

/** Somebody in the space; `not_found` for whoever is not. */
export async function getParticipant(
  sql: Sql,
  space: SpaceId,
  id: ParticipantId,
): Promise<{ id: ParticipantId; facilitator: boolean; guest: boolean }> {
  const [participant] = await sql<{ id: ParticipantId; facilitator: boolean; guest: boolean }[]>`
    select id, facilitator,
      exists (select from groups where groups.id = group_id and kind = 'institution') as guest
    from participants where space_id = ${space} and id = ${id} and state = 'joined'`;
  if (!participant) throw new HubError("not_found");
  return participant;
}

/** A page of the people of a space, by alias. */
export function listParticipants(
  sql: Sql,
  space: SpaceId,
  reader: AccountId,
  { after, limit }: { after?: readonly [string, string] | undefined; limit: number },
): Promise<Participant[]> {
  return sql<Participant[]>`
    select id, alias, facilitator, account_id is not distinct from ${reader} as you from participants
    where space_id = ${space} and state = 'joined'
      ${after ? sql`and (alias collate "es-x-icu", id) > (${after[0]}, ${after[1]})` : sql``}
    order by alias collate "es-x-icu", id limit ${limit}`;
}

/** Who asks to come in, by alias. */
export function listAsking(
  sql: Sql,
  space: SpaceId,
): Promise<{ id: ParticipantId; alias: string }[]> {
  return sql`
    select id, alias from participants where space_id = ${space} and state = 'asked'
    order by alias collate "es-x-icu", id limit 200`;
}

/** Lets somebody in who asks, or does not; `not_found` for whoever does not ask. */
export async function answerAsking(
  sql: Sql,
  space: SpaceId,
  id: ParticipantId,
  state: "joined" | "removed",
): Promise<void> {
  const { count } = await sql`
    update participants set state = ${state}, joined_on = current_date
    where space_id = ${space} and id = ${id} and state = 'asked'`;
  if (count === 0) throw new HubError("not_found");
}

export async function changeFacilitator(
  sql: Sql,
  id: ParticipantId,
  facilitator: boolean,
): Promise<void> {
  const { count } = await sql`
    update participants set facilitator = ${facilitator} where id = ${id} and state = 'joined'`;
  if (count === 0) throw new HubError("not_allowed");
}
