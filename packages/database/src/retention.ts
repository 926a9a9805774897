import type { Sql } from "./connection.ts";

/** Deletes or empties what is past its time, as `telar_jobs`; says of how many rows of each table. */
export async function removePast(
  sql: Sql,
  signInTriesMax = 50_000,
): Promise<Record<string, number>> {
  const removals = {
    sessions: sql`
      delete from sessions
      where ends_on < current_date or used_week < date_trunc('week', current_date)::date - 7`,
    // A window that ended without a lock counts for nothing. The oldest beyond the most that are kept go too, as strangers
    // can try any name: hashing lets in fewer than that many before a window ends anyway.
    signInTries: sql`
      delete from sign_in_tries
      where window_ends_at < now() and locked_times = 0 or window_ends_at < now() - interval '1 day'
        or window_ends_at <= (select window_ends_at from sign_in_tries
          order by window_ends_at desc offset ${signInTriesMax} limit 1)`,
    passkeyChallenges: sql`delete from passkey_challenges where ends_at < now()`,
    recoveries: sql`delete from recoveries where opens_at < now() - interval '14 days'`,
    invitations: sql`delete from invitations where expires_at < now() - interval '7 days'`,
    shifts: sql`delete from shifts where began_at < now() - interval '7 days'`,
    facilitatedWeeks: sql`delete from facilitated_weeks where week < current_date - 8`,
    shiftNotes: sql`delete from shift_notes where expires_on < current_date`,
    reports: sql`delete from reports where ends_on < current_date`,
    moderationActs: sql`delete from moderation_acts where ends_on < current_date`,
    circles: sql`delete from circles where ends_on < current_date`,
    oneToOneAsks: sql`delete from one_to_one_asks where ends_on < current_date`,
    notices: sql`delete from notices where ends_on < current_date`,
    attachments: sql`
      delete from attachments where message_id is null and waits_until < current_date`,
    uploads: sql`delete from uploads where day < current_date`,
    turns: sql`update participants set may_post_from = null where may_post_from < now()`,
    groupExports: sql`delete from group_exports where ends_on < current_date`,
    foundings: sql`delete from foundings where changed_on < current_date - 30`,
    peerRequests: sql`delete from peer_requests where arrived_at < now() - interval '10 minutes'`,
    unansweredPeers: sql`delete from peers where ours = 'open' and asked_at < now() - interval '7 days'`,
    peerGroups: sql`
      delete from peer_groups where peer_id not in (select id from peers
        where ours = 'wanted' and theirs = 'wanted' and 'catalogue' = any (scopes) and 'catalogue' = any (their_scopes))`,
    peerDays: sql`delete from peer_days where day < current_date - 90`,
    endedMemberships: sql`
      update memberships set account_id = null
      where ended_on < current_date - 180 and account_id is not null`,
  };
  const counts = Object.entries(removals).map(async ([table, removal]) => {
    const { count } = await removal;
    return [table, count] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
