import { execFileSync } from "node:child_process";
import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figures.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface LockedPackage {
  integrity?: string;
  link?: boolean;
}

/** What `npm install` brought to this machine: over the network as packed archives, and on disk. */
export async function measureInstall(): Promise<Figure[]> {
  const lock = await readFile(join(root, "node_modules/.package-lock.json"), "utf8");
  const packages: LockedPackage[] = Object.values(JSON.parse(lock).packages);
  const fetched = [...new Set(packages.flatMap(({ integrity }) => integrity ?? []))];
  const sizes = await Promise.all(fetched.map(archiveBytes));
  const known = sizes.filter((size) => size !== undefined);
  const missing = sizes.length - known.length;
  return [
    {
      name: "npm install, download",
      unit: "MB",
      values: [known.reduce((sum, size) => sum + size, 0) / 1e6],
      note: `${known.length} packages${missing > 0 ? `; ${missing} more are not in npm's cache and not counted` : ""}`,
    },
    {
      name: "npm install, on disk",
      unit: "MB",
      values: [(await diskBytes(join(root, "node_modules"))) / 1e6],
    },
  ];
}

const cache = () =>
  join(execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim(), "_cacache");
let cacheFolder: string | undefined;

/** Of the archive in npm's cache, which is named after its hash. */
async function archiveBytes(integrity: string): Promise<number | undefined> {
  cacheFolder ??= cache();
  const [algorithm = "", hash = ""] = integrity.split("-");
  const hex = Buffer.from(hash, "base64").toString("hex");
  const file = join(
    cacheFolder,
    "content-v2",
    algorithm,
    hex.slice(0, 2),
    hex.slice(2, 4),
    hex.slice(4),
  );
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}

async function diskBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  let bytes = 0;
  for (const { parentPath, name } of files)
    bytes += (await lstat(join(parentPath, name))).blocks * 512;
  return bytes;
}
