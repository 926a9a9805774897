import { chmod, mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Refusal } from "./refusals.ts";

/** What a first start writes. */
const freeMinBytes = 64 * 1024 * 1024;

/** Makes the folder if need be, closes it to others, sees that it can be written to, and holds it for this process alone. */
export async function openDataFolder(folder: string): Promise<{ close(): void }> {
  // PostgreSQL, which works under another account than root, must pass; the keys are in a closed folder inside.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  await mkdir(folder, { recursive: true, mode });
  // One that somebody else owns and lends us stays as it is; what is secret inside is closed by itself.
  await chmod(folder, mode).catch(() => {});
  await demandSpace(folder);
  const probe = join(folder, "probe");
  await writeFile(probe, "");
  await rm(probe);
  return lock(folder);
}

/** Throws the reason in plain words. */
export async function demandSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= freeMinBytes) return;
  throw new Refusal([
    {
      es: `El disco de la carpeta de datos ${folder} está casi lleno: Telar necesita 64 MB libres.`,
      en: `The disk of the data folder ${folder} is almost full: Telar needs 64 MB of free space.`,
    },
  ]);
}

/** SQLite's lock on a file, since Node has no other that the system takes back by itself, however the process ends. */
function lock(folder: string): { close(): void } {
  const file = new DatabaseSync(join(folder, "hub.lock"));
  try {
    file.exec("begin exclusive");
    return file;
  } catch (cause) {
    file.close();
    const es = `Otro Telar ya trabaja con la carpeta de datos ${folder}. Elige otra con TELAR_DATA.`;
    const en = `Another Telar already works on the data folder ${folder}. Choose another one with TELAR_DATA.`;
    throw new Refusal([{ es, en }], { cause });
  }
}
