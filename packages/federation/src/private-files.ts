import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** A key file that the hub must not start without: half written, changed, or gone while others are still there. */
export class KeyFileProblem extends Error {
  override name = "KeyFileProblem";
  readonly reason: "damaged" | "missing";
  readonly file: string;

  constructor(reason: KeyFileProblem["reason"], file: string, options?: ErrorOptions) {
    super(`${reason}: ${file}`, options);
    this.reason = reason;
    this.file = file;
  }
}

/** Undefined where there is none. Closes the file to others, as copies from a backup are often open. */
export async function readPrivateFile(file: string): Promise<Buffer | undefined> {
  try {
    await chmod(file, 0o600);
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** For its owner only (0600), and in place whole or not at all. */
export async function writePrivateFile(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.part`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await rm(unfinished, { force: true });
  await writeFile(unfinished, content, { mode: 0o600, flush: true });
  await rename(unfinished, file);
}
