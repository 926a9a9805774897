import type { CrisisCard, CrisisCardId } from "@telar/contracts/crisis-cards";
import type { AccountId, CoalitionId, GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { type Owner, ownedBy } from "./spaces.ts";

type Written = Pick<CrisisCard, "name" | "contact" | "hours" | "languages">;

/** A card counts as verified for so many days. */
const staleAfterDays = 90;

/** By name. */
export function listCards(sql: Sql, owner: Owner): Promise<CrisisCard[]> {
  return sql<CrisisCard[]>`
    select id, name, contact, hours, languages, verified_on, verified_on < current_date - ${staleAfterDays}::int as stale
    from crisis_cards where ${ownedBy(sql, owner)} order by name collate "es-x-icu", id limit 100`;
}

export async function addCard(sql: Sql, owner: Owner, card: Written): Promise<CrisisCardId> {
  const { name, contact, hours, languages } = card;
  const kept = "group" in owner ? { groupId: owner.group } : { coalitionId: owner.coalition };
  const [added] = await sql<[{ id: CrisisCardId }]>`
    insert into crisis_cards ${sql({ ...kept, name, contact, hours, languages })} returning id`;
  return added.id;
}

/** Whose card it is; `not_found` too for one that the caller does not see. */
export async function getCardOwner(sql: Sql, id: CrisisCardId): Promise<Owner> {
  const [card] = await sql<{ group: GroupId | null; coalition: CoalitionId | null }[]>`
    select group_id as "group", coalition_id as coalition from crisis_cards where id = ${id}`;
  if (card?.group) return { group: card.group };
  if (card?.coalition) return { coalition: card.coalition };
  throw new HubError("not_found");
}

/** What is written today is verified today. */
export async function changeCard(sql: Sql, id: CrisisCardId, card: Written): Promise<void> {
  const { name, contact, hours, languages } = card;
  await sql`
    update crisis_cards set ${sql({ name, contact, hours, languages })}, verified_on = current_date
    where id = ${id}`;
}

export async function markVerified(sql: Sql, id: CrisisCardId): Promise<void> {
  await sql`update crisis_cards set verified_on = current_date where id = ${id}`;
}

export async function removeCard(sql: Sql, id: CrisisCardId): Promise<void> {
  await sql`delete from crisis_cards where id = ${id}`;
}

/** The groups, and the coalitions through a group that convenes, whose cards their coordinators should verify. */
export function listStaleCards(
  sql: Sql,
  coordinator: AccountId,
): Promise<{ group: GroupId; groupName: string; coalition: CoalitionId | null }[]> {
  return sql`
    select distinct g.id as "group", g.name as group_name, c.coalition_id as coalition
    from crisis_cards c
    join memberships m on m.account_id = ${coordinator} and m.ended_on is null and 'coordinator' = any (m.roles)
      and (m.group_id = c.group_id or m.group_id in (select group_id from coalition_groups
        where coalition_id = c.coalition_id and state = 'member' and convener))
    join groups g on g.id = m.group_id
    where c.verified_on < current_date - ${staleAfterDays}::int
    order by g.name, g.id, coalition limit 20`;
}
