import { join } from "node:path";
import { type InvitationSecret, renewFirstInvitation } from "@telar/api/first-invitation";
import { connect, type Database, type Login, type Role } from "@telar/database/connection";
import { type EmbeddedPostgres, startPostgres } from "@telar/database/embedded";
import { openLogins } from "@telar/database/logins";
import { migrate } from "@telar/database/migrate";
import type { Logger } from "pino";
import { demandSpace } from "./data-folder.ts";
import { codeOf, Refusal } from "./refusals.ts";

/** The hub's own PostgreSQL. When it falls, one line in the log says so, and whether the disk is full. */
export function openPostgres(
  data: string,
  log: Logger,
  signal: AbortSignal,
): Promise<EmbeddedPostgres> {
  const tellFall = async () => {
    const full = await demandSpace(data).catch((problem: Error) => problem.message);
    log.error(["PostgreSQL ended by itself and is started again.", full].join(" ").trim());
  };
  return startPostgres({
    folder: join(data, "postgres"),
    signal,
    onLog: (line) => log.debug({ postgres: line }),
    onFall: () => void tellFall(),
  });
}

interface PreparedDatabase {
  logins: Record<Role, Login>;
  /** While there is no steward. */
  firstInvitation: InvitationSecret | undefined;
}

/** What only its owner may do: brings the database up to date, gives the apps their logins, invites the first steward. */
export async function prepareDatabase(
  url: string,
  publicUrl: string,
  secret: Uint8Array,
): Promise<PreparedDatabase> {
  const owner = connect(url);
  try {
    demandVersion(await serverVersion(owner));
    await migrate(owner);
    const logins = await openLogins(owner, url, secret);
    return { logins, firstInvitation: await renewFirstInvitation(owner, publicUrl) };
  } finally {
    await owner.end();
  }
}

/** Throws in plain words when PostgreSQL lets its owner in, but not the login that was just made. */
export async function demandEntry(database: Database, { url }: Login): Promise<void> {
  try {
    await database`select`;
  } catch (cause) {
    if (!codeOf(cause).startsWith("28")) throw cause;
    const { username } = new URL(url);
    const es = `El PostgreSQL de DATABASE_URL no deja entrar a la cuenta ${username}, con la que trabaja Telar. Ábrele el paso en pg_hba.conf.`;
    const en = `The PostgreSQL of DATABASE_URL does not let the account ${username} in, as which Telar works. Open the way for it in pg_hba.conf.`;
    throw new Refusal([{ es, en }], { cause });
  }
}

const oldest = 18;

async function serverVersion(owner: Database): Promise<string> {
  const [found] = await owner<{ version: string }[]>`
    select current_setting('server_version') as version`;
  return found?.version ?? "";
}

/** Refuses a PostgreSQL that is too old for the schema, given as it names itself: `17.5`. */
export function demandVersion(version: string): void {
  if (Number.parseInt(version, 10) >= oldest) return;
  throw new Refusal([
    {
      es: `El PostgreSQL de DATABASE_URL es de la versión ${version}; Telar necesita la ${oldest} o una más nueva.`,
      en: `The PostgreSQL of DATABASE_URL has version ${version}; Telar needs ${oldest} or newer.`,
    },
  ]);
}
