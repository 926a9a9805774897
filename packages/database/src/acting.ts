import type { AccountId, SpaceId } from "@telar/contracts/ids";
import type { Database, Sql } from "./connection.ts";

/** What the row-level wall may believe about who asks. */
export interface Claims {
  /** The signed-in account. */
  account?: AccountId;
  /** The SHA-256, in hex, of a secret that was shown: of a session, an invitation, a passkey challenge. */
  secret?: string;
  /** The sign-in name that somebody gave, as it is stored. */
  signInName?: string;
  /** The group that a steward reads, with a reason that stands in its log. */
  inspectedGroup?: string;
  /** Several people, each in one space, whose messages one transaction writes together. */
  places?: { account: AccountId; space: SpaceId }[];
}

/** Runs `work` in one transaction in which the row-level wall shows only what `claims` open. */
export async function actAs<Result>(
  database: Database,
  claims: Claims,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const result = await database.begin(async (sql) => {
    const opened = open(sql, claims).execute();
    const [done] = await Promise.all([work(sql), opened]);
    return done;
  });
  return result as Result;
}

/** Sent ahead and not waited for: the connection keeps the order, and a request saves a round trip. */
function open(sql: Sql, { account, secret, signInName, inspectedGroup, places }: Claims) {
  return sql`
    select set_config('app.account', ${account ?? ""}, true),
           set_config('app.secret', ${secret ?? ""}, true),
           set_config('app.sign_in_name', ${signInName ?? ""}, true),
           set_config('app.inspected_group', ${inspectedGroup ?? ""}, true),
           set_config('app.accounts', ${listed(places?.map(({ account }) => account))}, true),
           set_config('app.spaces', ${listed(places?.map(({ space }) => space))}, true)`;
}

const listed = (ids: string[] | undefined) => (ids ? `{${ids.join()}}` : "");
