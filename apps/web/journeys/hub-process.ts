import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface HubProcess {
  url: string;
  /** The first steward's invitation, as it was printed. */
  code: string;
  close(): Promise<void>;
}

const main = new URL("../../hub/src/main.ts", import.meta.url).pathname;

/** Set to nothing, so that the `.env` of whoever runs the journeys does not count. */
const unset = { HOST: "", PUBLIC_URL: "", DATABASE_URL: "", EXIT_URL: "", LOG_LEVEL: "" };

/** A whole hub as `npm start` runs it, with a data folder of its own that goes with it. */
export async function startHubProcess(settings: Record<string, string> = {}): Promise<HubProcess> {
  const folder = await mkdtemp(join(tmpdir(), "telar-journey-"));
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      ...unset,
      PORT: String(port),
      TELAR_DATA: join(folder, "hub"),
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const url = `http://localhost:${port}`;
  const code = await readCode(child.stdout);
  return {
    url,
    code,
    async close() {
      child.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the hub says that it is ready and has printed the code. */
async function readCode(output: NodeJS.ReadableStream): Promise<string> {
  let code = "";
  let ready = false;
  const said: string[] = [];
  const read = async () => {
    for await (const text of createInterface({ input: output })) {
      said.push(text);
      ready ||= text.includes("Telar is ready at");
      code ||= /\b[0-9A-Z]{5}(?:-[0-9A-Z]{1,5}){5}\b/.exec(text)?.[0] ?? "";
      if (ready && code) return code;
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
