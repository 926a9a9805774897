import { join } from "node:path";
import { type InvitationSecret, renewFirstInvitation } from "@telar/api/first-invitation";
import { connect, type Database } from "@telar/database/connection";
import { type EmbeddedPostgres, startPostgres } from "@telar/database/embedded";
import { migrate } from "@telar/database/migrate";
import type { Logger } from "pino";
import { demandSpace } from "./data-folder.ts";
import { Refusal } from "./refusals.ts";

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

/** Brings the database up to date as its owner, and gives the invitation of the first steward while there is none. */
export async function prepareDatabase(
  url: string,
  publicUrl: string,
): Promise<InvitationSecret | undefined> {
  const owner = connect(url);
  try {
    demandVersion(await serverVersion(owner));
    await migrate(owner);
    return await renewFirstInvitation(owner, publicUrl);
  } finally {
    await owner.end();
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
