import type postgres from "postgres";
import type { Sql } from "./connection.ts";

/** Work inside an open transaction that, where it fails, is undone alone. */
export async function attempt<Result>(
  sql: Sql,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const result = await (sql as postgres.TransactionSql<{ bigint: number }>).savepoint(work);
  return result as Result;
}
