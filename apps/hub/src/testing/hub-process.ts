import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { joinByInvitation } from "@telar/contracts/invitations";
import { Person } from "@telar/contracts/person";
import { testFolder } from "@telar/database/testing/folder";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** Set to nothing, so that the `.env` of whoever runs the tests does not count. */
const unset = {
  HOST: "",
  PUBLIC_URL: "",
  DATABASE_URL: "",
  EXIT_URL: "",
  LOG_LEVEL: "",
  METRICS_FROM: "",
};

/** A hub that starts compiles nothing that an earlier one has compiled. */
const compiled = { NODE_COMPILE_CACHE: join(tmpdir(), "telar-compiled") };

/** A hub as `npm start` runs it. */
export class HubProcess {
  readonly url: string;
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  /** Everything that it wrote to the terminal and the log. */
  output = "";

  constructor(folder: string, port: number, env: Record<string, string> = {}) {
    this.folder = folder;
    this.url = `http://localhost:${port}`;
    const all = { ...unset, ...compiled, PORT: `${port}`, TELAR_DATA: folder, ...env };
    this.#child = spawn(process.execPath, [main], {
      env: all,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#ended = once(this.#child, "close");
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk) => {
        this.output += chunk;
      });
  }

  /** Resolves when it has said so; throws for a hub that ended before. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output)) {
      if (this.#child.exitCode !== null) throw new Error(`The hub ended:\n${this.output}`);
      await sleep(10);
    }
  }

  get invitationCode(): string {
    return this.output.match(/invitacion#(\S+)/)?.[1] ?? "";
  }

  /** As a terminal does it: the hub and whatever it started in its own session. */
  ctrlC(): void {
    if (this.#child.pid) process.kill(-this.#child.pid, "SIGINT");
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The exit code, once it and whatever writes to its terminal are gone. */
  async end(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** What it said when it did not start; throws if it did, or spoke in a stack. */
  async refused(): Promise<string> {
    const code = await this.end();
    const plain = /Telar no pudo empezar/.test(this.output) && !/^\s+at /m.test(this.output);
    if (code === 1 && plain) return this.output;
    throw new Error(`No plain refusal:\n${this.output}`);
  }

  /** The process id of its PostgreSQL. */
  async postgres(): Promise<number> {
    const file = join(this.folder, "postgres", "postmaster.pid");
    return Number.parseInt(await readFile(file, "utf8"), 10);
  }

  visitor(cookies?: string): Person {
    return new Person((request) => fetch(request), this.url, cookies);
  }

  /** Comes in with the invitation that the hub printed. */
  async steward(): Promise<Person> {
    const person = this.visitor();
    await person.call(joinByInvitation, {
      code: this.invitationCode,
      signInName: "Ahuehuete",
      alias: "Guayacán",
      passphrase: "ahuehuete ceiba copal encino fresno guaje nogal",
      device: "own",
    });
    return person;
  }
}

/** The hubs of one test, on one folder unless told otherwise. */
export class Hubs {
  readonly #started: HubProcess[] = [];
  readonly #folder: string;
  /** Done after the hubs have ended, before their folder is removed. */
  readonly undo: (() => Promise<unknown>)[] = [];

  constructor() {
    this.#folder = mkdtempSync(join(testFolder, "telar-hub-"));
  }

  get folder(): string {
    return join(this.#folder, "data");
  }

  async start(
    env: Record<string, string> = {},
    folder = this.folder,
    port?: number,
  ): Promise<HubProcess> {
    const hub = new HubProcess(folder, port ?? (await freePort()), env);
    this.#started.push(hub);
    return hub;
  }

  async ready(env?: Record<string, string>, folder?: string, port?: number): Promise<HubProcess> {
    const hub = await this.start(env, folder, port);
    await hub.says(/^Telar is ready at /m);
    return hub;
  }

  async close(): Promise<void> {
    for (const hub of this.#started) {
      hub.kill("SIGTERM");
      await hub.end();
    }
    for (const step of this.undo) await step();
    await rm(this.#folder, { recursive: true });
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}
