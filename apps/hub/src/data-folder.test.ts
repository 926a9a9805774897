import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDataFolder } from "./data-folder.ts";

test("nobody else lists the data folder, also one that stood open before", async () => {
  const parent = await mkdtemp(join(tmpdir(), "telar-folder-"));
  for (const folder of [parent, join(parent, "new")]) {
    if (folder === parent) await chmod(folder, 0o755);
    (await openDataFolder(folder)).close();
    expect((await stat(folder)).mode & 0o066).toBe(0);
  }
  await rm(parent, { recursive: true });
});
