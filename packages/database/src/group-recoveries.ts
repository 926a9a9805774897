import type {
  AccountId,
  GroupId,
  GroupRecoveryId,
  MembershipId,
  StewardId,
} from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";

/** Fails with `already_done` while another recovery of the group is open. */
export async function addGroupRecovery(
  sql: Sql,
  made: { group: GroupId; candidate: MembershipId; askedBy: MembershipId; reason: string },
): Promise<GroupRecoveryId> {
  try {
    const [recovery] = await sql<[{ id: GroupRecoveryId }]>`
      insert into group_recoveries (group_id, candidate_id, asked_by, reason)
      values (${made.group}, ${made.candidate}, ${made.askedBy}, ${made.reason}) returning id`;
    return recovery.id;
  } catch (error) {
    throw brokenConstraint(error) === "one_recovery_per_group"
      ? new HubError("already_done")
      : error;
  }
}

export interface GroupRecoveryRow {
  id: GroupRecoveryId;
  group: GroupId;
  groupName: string;
  candidate: string;
  candidateIsYou: boolean;
  reason: string;
  askedByYou: boolean;
  membersAgreed: number;
  stewardAgreed: boolean;
  youAgreed: boolean;
  youAgreedAsSteward: boolean;
  opensAt: Date | null;
}

/** The open recoveries that the caller may see, by group name; of one group where it is named. */
export function listGroupRecoveries(
  sql: Sql,
  account: AccountId,
  group?: GroupId,
): Promise<GroupRecoveryRow[]> {
  return sql<GroupRecoveryRow[]>`
    with my_memberships as (select id from memberships where account_id = ${account}),
      my_stewardships as (select id from stewards where account_id = ${account})
    select r.id, r.group_id as "group", g.name as group_name, candidate.alias as candidate, r.reason, r.opens_at,
      candidate.account_id = ${account} as candidate_is_you,
      r.asked_by in (select id from my_memberships) as asked_by_you,
      count(a.membership_id) as members_agreed,
      count(a.steward_id) > 0 as steward_agreed,
      coalesce(bool_or(a.membership_id in (select id from my_memberships)), false) as you_agreed,
      coalesce(bool_or(a.steward_id in (select id from my_stewardships)), false) as you_agreed_as_steward
    from group_recoveries r
    join groups g on g.id = r.group_id
    join memberships candidate on candidate.id = r.candidate_id
    left join group_recovery_agreements a on a.recovery_id = r.id
    where ${group ? sql`r.group_id = ${group}` : sql`true`}
    group by r.id, g.id, candidate.id
    order by g.name collate "es-x-icu", r.id limit 200`;
}

export interface OpenGroupRecovery {
  id: GroupRecoveryId;
  group: GroupId;
  candidate: MembershipId;
  askedBy: MembershipId;
  opensAt: Date | null;
}

/** `not_found` once it is over. */
export async function getGroupRecovery(sql: Sql, id: GroupRecoveryId): Promise<OpenGroupRecovery> {
  const [recovery] = await sql<OpenGroupRecovery[]>`
    select id, group_id as "group", candidate_id as candidate, asked_by, opens_at
    from group_recoveries where id = ${id}`;
  if (!recovery) throw new HubError("not_found");
  return recovery;
}

/** Fails with `already_done` when the same person agrees again. */
export async function addAgreement(
  sql: Sql,
  recovery: GroupRecoveryId,
  by: { membership: MembershipId } | { steward: StewardId },
): Promise<void> {
  const membership = "membership" in by ? by.membership : null;
  const steward = "steward" in by ? by.steward : null;
  try {
    await sql`
      insert into group_recovery_agreements (recovery_id, membership_id, steward_id)
      values (${recovery}, ${membership}, ${steward})`;
  } catch (error) {
    throw brokenConstraint(error)?.startsWith("one_agreement_per_")
      ? new HubError("already_done")
      : error;
  }
}

/** Whether the caller agreed, as a member or as a steward. */
export async function hasAgreed(
  sql: Sql,
  recovery: GroupRecoveryId,
  account: AccountId,
): Promise<boolean> {
  const { count } = await sql`
    select from group_recovery_agreements where recovery_id = ${recovery}
      and (membership_id in (select id from memberships where account_id = ${account})
        or steward_id in (select id from stewards where account_id = ${account}))`;
  return count > 0;
}

export async function countAgreements(
  sql: Sql,
  recovery: GroupRecoveryId,
): Promise<{ members: number; stewards: number }> {
  const [row] = await sql<[{ members: number; stewards: number }]>`
    select count(membership_id) as members, count(steward_id) as stewards
    from group_recovery_agreements where recovery_id = ${recovery}`;
  return row;
}

/** Whether somebody coordinates the group; stewards may ask too. */
export async function isCoordinated(sql: Sql, group: GroupId): Promise<boolean> {
  const [row] = await sql<
    [{ coordinated: boolean }]
  >`select is_coordinated(${group}) as coordinated`;
  return row.coordinated;
}

/** The wait ends by itself when an agreement goes (`end_wait`). */
export async function markWaiting(sql: Sql, id: GroupRecoveryId, opensAt: Date): Promise<void> {
  await sql`update group_recoveries set opens_at = ${opensAt} where id = ${id}`;
}

/** As `telar_jobs`: makes those coordinate whose wait is over, or whose group has lost its coordination meanwhile. */
export async function completeGroupRecoveries(sql: Sql): Promise<number> {
  const [row] = await sql<[{ completed: number }]>`select complete_group_recoveries() as completed`;
  return row.completed;
}

/** Its agreements go with it. */
export async function removeGroupRecovery(sql: Sql, id: GroupRecoveryId): Promise<void> {
  await sql`delete from group_recoveries where id = ${id}`;
}
