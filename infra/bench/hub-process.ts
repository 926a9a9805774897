import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Running {
  url: string;
  /** From the launch to the line that says it is ready. */
  readyMs: number;
  /** The code of the first steward's invitation, while it is printed. */
  invitation: string;
  residentMb(): number;
  /** Ctrl-C, as the terminal sends it to all that run in it; how long it took to end. */
  interrupt(): Promise<number>;
  /** Ends it, unless it has ended. */
  [Symbol.asyncDispose](): Promise<void>;
}

const alive = new Set<number>();
process.once("SIGINT", () => process.exit(130));
process.on("exit", () => {
  for (const pid of alive) process.kill(-pid, "SIGINT");
});

/** The real hub, as `npm start` runs it. */
export async function runHub(
  settings: Record<string, string>,
  flags: string[] = [],
): Promise<Running> {
  const port = Number(settings.PORT) || (await freePort());
  const main = ["apps/hub/src/main.ts"];
  return run(process.execPath, [...flags, ...main], { PORT: String(port), ...settings }, port);
}

/** The whole command, with npm and the build that finds everything built. */
export async function npmStart(settings: Record<string, string>): Promise<Running> {
  const port = await freePort();
  return run("npm", ["start", "--silent"], { PORT: String(port), ...settings }, port);
}

/** Another server of the bench, which says "ready" when it is. */
export async function runServer(file: string, args: string[]): Promise<Running> {
  const port = await freePort();
  return run(process.execPath, [`infra/bench/${file}`, String(port), ...args], {}, port);
}

async function run(
  command: string,
  args: string[],
  settings: Record<string, string>,
  port: number,
): Promise<Running> {
  const began = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = child.pid ?? 0;
  alive.add(pid);
  const ended = once(child, "exit").finally(() => alive.delete(pid));
  const said = await untilReady(child);
  const readyMs = performance.now() - began;
  const interrupt = async () => {
    const asked = performance.now();
    process.kill(-pid, "SIGINT");
    await ended;
    return performance.now() - asked;
  };
  return {
    url: `http://localhost:${port}`,
    readyMs,
    get invitation() {
      return invitationCode.exec(said.join("\n"))?.[0] ?? "";
    },
    residentMb: () => residentMb(pid),
    interrupt,
    async [Symbol.asyncDispose]() {
      if (alive.has(pid)) await interrupt();
    },
  };
}

const invitationCode = /\b[0-9A-Z]{5}(?:-[0-9A-Z]{1,5}){5}\b/;

/** Goes on collecting what the process says. */
function untilReady(child: ChildProcess): Promise<string[]> {
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  return new Promise((ready, failed) => {
    lines.on("line", (text) => {
      said.push(text);
      if (/\bready\b/.test(text)) ready(said);
    });
    lines.on("close", () => failed(new Error(`It ended before it was ready:\n${said.join("\n")}`)));
  });
}

/** Of this process alone: PostgreSQL runs in others. */
function residentMb(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}
