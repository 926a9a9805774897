import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { chown, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { EmbeddedProblem } from "./embedded-problem.ts";

const run = promisify(execFile);

export type Program = ChildProcessByStdio<null, null, Readable>;

/** Whom PostgreSQL's programs run as: ourselves or, because they refuse root, the account `postgres`. */
export interface Account {
  /** Own session, so that a Ctrl-C in the terminal reaches only the hub; empty environment, so that nothing there steers it. */
  spawn(program: string, args: string[], signal?: AbortSignal): Program;
  /** Gives a file or folder to the account. */
  own(path: string): Promise<void>;
}

interface Ids {
  uid?: number;
  gid?: number;
}

/** Makes the account where root has none; `paths` are what PostgreSQL must reach. */
export async function findAccount(paths: string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return accountOf({});
  const ids = await idsOfPostgres().catch(makePostgres);
  const closed = await closedFolder(paths, ids);
  return closed ? accountOf(ids, await passClosedFolders(ids, closed)) : accountOf(ids);
}

function accountOf(ids: Ids, prefix: string[] = []): Account {
  const { uid, gid } = ids;
  return {
    spawn(program, args, signal) {
      const [file = program, ...rest] = [...prefix, program, ...args];
      return spawn(file, rest, {
        ...(prefix.length === 0 && ids),
        ...(signal && { signal, killSignal: "SIGINT" }),
        detached: true,
        cwd: "/",
        env: { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" },
        stdio: ["ignore", "ignore", "pipe"],
      });
    },
    async own(path) {
      if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
    },
  };
}

/**
 * In /root and the like: PostgreSQL may pass closed folders and read there, and writes only what is its own.
 * access(2), with which it looks for its own programs, would forget that right without `no_setuid_fixup`.
 */
async function passClosedFolders({ uid, gid }: Ids, closed: string): Promise<string[]> {
  const right = "+dac_read_search";
  const rights = [
    `--inh-caps=${right}`,
    `--ambient-caps=${right}`,
    "--securebits=+no_setuid_fixup",
  ];
  const account = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const prefix = ["setpriv", ...account, ...rights, "--no-new-privs", "--"];
  await run("setpriv", [...prefix.slice(1), "true"]).catch((cause) => {
    throw new EmbeddedProblem("folder_closed", closed, { cause });
  });
  return prefix;
}

async function idsOfPostgres(): Promise<Ids> {
  const [uid, gid] = await Promise.all(
    ["-u", "-g"].map(async (which) => Number((await run("id", [which, "postgres"])).stdout)),
  );
  return { uid, gid } as Ids;
}

async function makePostgres(): Promise<Ids> {
  const shell = "/usr/sbin/nologin";
  await run("useradd", ["--system", "--user-group", "--shell", shell, "postgres"]).catch(
    (cause) => {
      throw new EmbeddedProblem("no_account", "postgres", { cause });
    },
  );
  return await idsOfPostgres();
}

/** The first folder on the way to one of the paths that the account may not pass. */
async function closedFolder(paths: string[], { uid, gid }: Ids): Promise<string | undefined> {
  for (const folder of paths.flatMap(foldersAbove)) {
    const entry = await stat(folder);
    const mayPass = entry.uid === uid ? 0o100 : entry.gid === gid ? 0o010 : 0o001;
    if ((entry.mode & mayPass) === 0) return folder;
  }
  return undefined;
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [...foldersAbove(above), above];
}
