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
  /** The address of another hub whose signature was verified. */
  peer?: string;
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

/** One transaction; its answer comes once it is committed. `finish` sends the commit behind the statements made so far. */
export type Turn = <Result>(
  claims: Claims,
  work: (sql: Sql, finish: () => void) => Promise<Result>,
) => Promise<Result>;

/**
 * Transactions one after the other on one connection, for work that comes in batches: each is committed in the round
 * trip of its last statements, and the next begins there. After one that failed `work` must end; those before stay.
 */
export async function actInTurns(
  database: Database,
  work: (turn: Turn) => Promise<void>,
): Promise<void> {
  await database.begin((sql) =>
    work(async (claims, workOfTurn) => {
      let commit: ReturnType<typeof commitAndChain> | undefined;
      const finish = () => {
        commit ??= commitAndChain(sql);
      };
      const opened = open(sql, claims).execute();
      const [done] = await Promise.all([workOfTurn(sql, finish), opened]);
      finish();
      const ended = await commit;
      // A transaction with a failed statement that nobody heeded rolls back, and says so without an error.
      if (ended?.command !== "COMMIT") throw new Error("The transaction was rolled back.");
      return done;
    }),
  );
}

function commitAndChain(sql: Sql) {
  const committed = (async () => {
    // A query reaches the connection some microtasks after it is made; this goes behind all of them.
    await new Promise<void>((sent) => process.nextTick(sent));
    return sql`commit and chain`;
  })();
  committed.catch(() => {});
  return committed;
}

/** Sent ahead and not waited for: the connection keeps the order, and a request saves a round trip. */
function open(sql: Sql, { account, secret, signInName, inspectedGroup, peer, places }: Claims) {
  return sql`
    select set_config('app.account', ${account ?? ""}, true),
           set_config('app.secret', ${secret ?? ""}, true),
           set_config('app.sign_in_name', ${signInName ?? ""}, true),
           set_config('app.inspected_group', ${inspectedGroup ?? ""}, true),
           set_config('app.peer', ${peer ?? ""}, true),
           set_config('app.accounts', ${listed(places?.map(({ account }) => account))}, true),
           set_config('app.spaces', ${listed(places?.map(({ space }) => space))}, true)`;
}

const listed = (ids: string[] | undefined) => (ids ? `{${ids.join()}}` : "");
