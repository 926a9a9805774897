import { driver } from "./postgres-driver.ts";

/** The name of the constraint that an insert or update ran into, if that is what failed. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof driver.PostgresError && error.code.startsWith("23")
    ? error.constraint_name
    : undefined;
}

/** What the row-level wall, or a function behind it, does not let the caller do. */
export const isWalledOff = (error: unknown): boolean =>
  error instanceof driver.PostgresError && error.code === "42501";

/** Full disk, too many connections, shutdown, lost connection: the database cannot answer now. */
export function isUnavailable(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(53|57P|08|58)/.test(code) || connectionCodes.has(code);
}

const connectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
]);
