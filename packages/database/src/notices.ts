import type { AccountId, CoalitionId, GroupId, GroupRecoveryId } from "@telar/contracts/ids";
import type { Sql } from "./connection.ts";

interface AccountNotice {
  opensAt: Date | null;
  codesLeft: number;
  /** Among their notices stands something unseen that no other of these says: decisions and reports have their own. */
  newsWait: boolean;
}

/** What a person is told about their own account, in one statement: every page asks for it. */
export async function getAccountNotice(sql: Sql, account: AccountId): Promise<AccountNotice> {
  const [notice] = await sql<[AccountNotice]>`
    select (select opens_at from recoveries where account_id = ${account}) as opens_at,
      (select count(*) from recovery_codes where account_id = ${account}) as codes_left,
      exists (select from notices where account_id = ${account} and not seen and ends_on >= current_date
        and kind not in ('decided', 'appeal_answered', 'report_answered', 'appeal_waits', 'report_waits')) as news_wait`;
  return notice;
}

export type GroupNotice = { group: GroupId; groupName: string } & (
  | { kind: "hand_over_offered" }
  | {
      kind: "group_recovery_asked";
      recovery: GroupRecoveryId | null;
      opensAt: Date | null;
    }
  | { kind: "coalition_asks"; coalition: CoalitionId }
);

/** What waits in a person's groups for them alone or as coordinator, in one statement: every page asks for it. */
export function listGroupNotices(sql: Sql, account: AccountId): Promise<GroupNotice[]> {
  return sql<GroupNotice[]>`
    with mine as (
      select id, group_id, 'coordinator' = any (roles) as coordinates from memberships
      where account_id = ${account} and ended_on is null
    ), waiting as (
      select 'hand_over_offered' as kind, h.group_id, null::uuid as coalition, null::uuid as recovery,
        null::timestamptz as opens_at
      from hand_overs h join mine on mine.id = h.to_membership_id
      union all
      select 'group_recovery_asked', r.group_id, null, case when mine.coordinates then r.id end, r.opens_at
      from group_recoveries r join mine on mine.group_id = r.group_id
      where mine.coordinates or mine.id = r.candidate_id and not exists (
        select from group_recovery_agreements a where a.recovery_id = r.id and a.membership_id = mine.id)
      union all
      select 'coalition_asks', cg.group_id, cg.coalition_id, null, null
      from coalition_groups cg join mine on mine.group_id = cg.group_id and mine.coordinates
      join coalitions c on c.id = cg.coalition_id
      where cg.state = 'invited' or cg.state = 'member' and cg.accepted_version < c.agreement_version
    )
    select distinct waiting.kind, g.id as "group", g.name as group_name, waiting.coalition, waiting.recovery, waiting.opens_at
    from waiting join groups g on g.id = waiting.group_id
    order by waiting.kind desc, group_name, "group", coalition limit 20`;
}
