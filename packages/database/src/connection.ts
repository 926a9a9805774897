import type postgres from "postgres";
import { driver } from "./postgres-driver.ts";

export type Database = postgres.Sql<{ bigint: number }>;
/** A connection, or a transaction that is already open. */
export type Sql = postgres.ISql<{ bigint: number }>;

/** The roles the apps connect as: they own nothing and cannot pass the row-level wall. */
export const roles = ["telar_api", "telar_jobs", "telar_messaging"] as const;
export type Role = (typeof roles)[number];

/** A role's own way into one database, as `openLogins` gives it. */
export interface Login {
  role: Role;
  url: string;
}

/** With a url: the owner, for migrations and the first start only. */
export function connect(to: string | Login, connections = 10): Database {
  const { url, role } = typeof to === "string" ? { url: to, role: undefined } : to;
  return driver(url, {
    max: role ? connections : 2,
    transform: driver.camel,
    types: { bigint: bigintAsNumber, date: dateAsText },
    onnotice: () => {},
    connect_timeout: 10,
    backoff: () => reconnectSeconds,
    connection: {
      application_name: role ?? "telar_owner",
      ...(role && { role, ...lookUps }),
      ...(role === "telar_api" && noWaits),
    },
  });
}

/** What people ask for is little and lies in memory: found by its key, not by reading a table through. */
const lookUps = { random_page_cost: 1.1 };

/** In milliseconds: one stuck statement, lock or transaction must not hold up everybody else. */
const noWaits = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
};

/** Short, so that a hub answers 503 without delay while PostgreSQL is away, and answers as soon as it is back. */
const reconnectSeconds = 0.2;

/** Our counters stay far below 2^53. */
const bigintAsNumber = { to: 20, from: [20], serialize: String, parse: Number };

/** A day is `2026-11-21`, without an hour or a zone. */
const dateAsText = { to: 1082, from: [1082], serialize: String, parse: String };
