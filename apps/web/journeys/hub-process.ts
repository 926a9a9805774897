import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface HubProcess {
  url: string;
  /** The first steward's invitation, as it was printed. */
  code: string;
  /** As when the power goes; `restart` brings it back on the same port, with what it had. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** The process id of its PostgreSQL. */
  postgres(): Promise<number>;
  close(): Promise<void>;
}

const main = new URL("../../hub/src/main.ts", import.meta.url).pathname;

/** Set to nothing, so that the `.env` of whoever runs the journeys does not count. */
const unset = { HOST: "", PUBLIC_URL: "", DATABASE_URL: "", EXIT_URL: "", LOG_LEVEL: "" };

/** A hub that starts compiles nothing that an earlier one has compiled. */
const compiled = { NODE_COMPILE_CACHE: join(tmpdir(), "telar-compiled") };

/** A whole hub as `npm start` runs it, with a data folder of its own that goes with it. */
export async function startHubProcess(settings: Record<string, string> = {}): Promise<HubProcess> {
  const folder = await mkdtemp(join(tmpdir(), "telar-journey-"));
  const port = await freePort();
  const data = join(folder, "hub");
  const env = {
    ...process.env,
    ...unset,
    ...compiled,
    PORT: String(port),
    TELAR_DATA: data,
    ...settings,
  };
  const launch = () =>
    spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "inherit"] });
  let child = launch();
  let ended = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  const url = `http://localhost:${port}`;
  const [code = ""] = await readUntil(child.stdout, invitationCode, isReady);
  return {
    url,
    code,
    kill: () => end("SIGKILL"),
    async restart() {
      child = launch();
      ended = once(child, "exit");
      await readUntil(child.stdout, isReady);
    },
    async postgres() {
      return Number.parseInt(await readFile(join(data, "postgres", "postmaster.pid"), "utf8"), 10);
    },
    async close() {
      await end("SIGINT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const isReady = /Telar is ready at/;
const invitationCode = /\b[0-9A-Z]{5}(?:-[0-9A-Z]{1,5}){5}\b/;

/** Waits until the hub has said all of this, and gives what it said. */
async function readUntil(output: NodeJS.ReadableStream, ...patterns: RegExp[]): Promise<string[]> {
  const said: string[] = [];
  const read = async () => {
    for await (const text of createInterface({ input: output })) {
      said.push(text);
      const found = patterns.flatMap((pattern) => pattern.exec(said.join("\n"))?.[0] ?? []);
      if (found.length === patterns.length) return found;
    }
    throw new Error(`The hub ended before it was ready:\n${said.join("\n")}`);
  };
  const found = await read();
  output.resume();
  return found;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
