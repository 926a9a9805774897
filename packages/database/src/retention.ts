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
    groupExports: sql`delete from group_exports where ends_on < current_date`,
    foundings: sql`delete from foundings where changed_on < current_date - 30`,
    endedMemberships: sql`
      update memberships set account_id = null
      where ended_on < current_date - 180 and account_id is not null`,
    events: sql`delete from events where happened_on < current_date - 180`,
  };
  const counts = Object.entries(removals).map(async ([table, removal]) => {
    const { count } = await removal;
    return [table, count] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
