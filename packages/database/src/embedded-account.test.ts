import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Account, findAccount } from "./embedded-account.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "telar-account-"));
  file = join(folder, "file");
  await writeFile(file, "", { mode: 0o755 });
});
afterEach(() => rm(folder, { recursive: true }));

/** Whether a program of the account gets through with this. */
async function may(account: Account, program: string): Promise<boolean> {
  const [code] = await once(account.spawn(process.execPath, ["-e", program]), "exit");
  return code === 0;
}
const pass = () => `fs.accessSync(${JSON.stringify(file)}, fs.constants.X_OK)`;
const write = () => `fs.writeFileSync(${JSON.stringify(file)}, "changed")`;

test("a program of the account gets nothing of the environment that started the hub", async () => {
  const account = await findAccount([file]);
  const known = "LC_ALL,PATH,TZ";
  expect(await may(account, `if (Object.keys(process.env).sort() != "${known}") throw 0`)).toBe(
    true,
  );
});

test.skipIf(process.getuid?.() !== 0)(
  "as root: through folders that are closed to it, the account passes and reads, and writes nothing",
  async () => {
    await chmod(folder, 0o755);
    const outside = await findAccount([]);
    await chmod(folder, 0o700);
    expect(await may(outside, pass())).toBe(false);
    const inside = await findAccount([file]);
    expect(await may(inside, pass())).toBe(true);
    expect(await may(inside, write())).toBe(false);
    expect(await may(inside, "if (process.getuid() === 0) throw 0")).toBe(true);
  },
);

test.skipIf(process.getuid?.() !== 0)(
  "as root: what is given to the account, it may write",
  async () => {
    const account = await findAccount([file]);
    expect(await may(account, write())).toBe(false);
    await account.own(file);
    expect(await may(account, write())).toBe(true);
  },
);
