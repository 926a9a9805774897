import type { Sql } from "./connection.ts";

/** Deletes what is past its time, as `telar_jobs`; says how many rows of each table went. */
export async function removePast(sql: Sql): Promise<Record<string, number>> {
  const removals = {
    sessions: sql`
      delete from sessions
      where ends_on < current_date or used_week < date_trunc('week', current_date)::date - 7`,
    signInTries: sql`delete from sign_in_tries where window_ends_at < now() - interval '1 day'`,
    passkeyChallenges: sql`delete from passkey_challenges where ends_at < now()`,
    recoveries: sql`delete from recoveries where opens_at < now() - interval '14 days'`,
    invitations: sql`delete from invitations where expires_at < now() - interval '7 days'`,
    groupExports: sql`delete from group_exports where ends_on < current_date`,
    events: sql`delete from events where happened_on < current_date - 180`,
  };
  const counts = Object.entries(removals).map(async ([table, removal]) => {
    const { count } = await removal;
    return [table, count] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
