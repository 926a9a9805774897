import type { AccountId, GroupId, HandOverId, MembershipId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";

export interface HandOverRow {
  id: HandOverId;
  from: string;
  to: string;
  fromYou: boolean;
  toYou: boolean;
  note: string;
  staysCoordinator: boolean;
}

/** Fails with `already_done` while the same offer waits. */
export async function addHandOver(
  sql: Sql,
  made: {
    group: GroupId;
    from: MembershipId;
    to: MembershipId;
    note: string;
    staysCoordinator: boolean;
  },
): Promise<void> {
  try {
    await sql`
      insert into hand_overs (group_id, from_membership_id, to_membership_id, note, stays_coordinator)
      values (${made.group}, ${made.from}, ${made.to}, ${made.note}, ${made.staysCoordinator})`;
  } catch (error) {
    throw brokenConstraint(error) === "one_hand_over_per_person"
      ? new HubError("already_done")
      : error;
  }
}

/** The offers that the caller made or was made; nobody else reads the note. */
export function listHandOvers(
  sql: Sql,
  group: GroupId,
  account: AccountId,
): Promise<HandOverRow[]> {
  return sql<HandOverRow[]>`
    select h.id, giver.alias as "from", taker.alias as "to", h.note, h.stays_coordinator,
      giver.account_id = ${account} as from_you, taker.account_id = ${account} as to_you
    from hand_overs h
    join memberships giver on giver.id = h.from_membership_id
    join memberships taker on taker.id = h.to_membership_id
    where h.group_id = ${group} and ${account} in (giver.account_id, taker.account_id)
    order by taker.alias, h.id`;
}

interface OpenHandOver {
  from: MembershipId;
  to: MembershipId;
  staysCoordinator: boolean;
}

/** `not_found` for an offer that is gone, or that is neither for nor by the caller. */
export async function getHandOver(sql: Sql, group: GroupId, id: HandOverId): Promise<OpenHandOver> {
  const [offer] = await sql<OpenHandOver[]>`
    select from_membership_id as "from", to_membership_id as "to", stays_coordinator
    from hand_overs where id = ${id} and group_id = ${group}`;
  if (!offer) throw new HubError("not_found");
  return offer;
}

/** Answers what it was; `not_found` for an offer that is gone, or that is neither for nor by the caller. */
export async function removeHandOver(
  sql: Sql,
  group: GroupId,
  id: HandOverId,
): Promise<OpenHandOver> {
  const [offer] = await sql<OpenHandOver[]>`
    delete from hand_overs where id = ${id} and group_id = ${group}
    returning from_membership_id as "from", to_membership_id as "to", stays_coordinator`;
  if (!offer) throw new HubError("not_found");
  return offer;
}
