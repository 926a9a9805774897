import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { stopInSteps } from "./embedded-process.ts";

const run = promisify(execFile);

/** Ends the PostgreSQL that a killed hub left on this data folder, and removes the file that would keep the next one from starting. */
export async function stopOrphan(folder: string): Promise<void> {
  const file = join(folder, "postmaster.pid");
  const pid = Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
  if (Number.isNaN(pid)) return;
  const runs = async () => (await commandOf(pid)).includes(`-D ${folder} `);
  await stopInSteps((signal) => process.kill(pid, signal), runs);
  await rm(file, { force: true });
}

/** Empty for a process that is gone, or dead and not yet buried by its parent. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return line.replaceAll("\0", " ");
  }
  const ps = await run("ps", ["-o", "args=", "-p", `${pid}`]).catch(() => undefined);
  return ps?.stdout ?? "";
}
