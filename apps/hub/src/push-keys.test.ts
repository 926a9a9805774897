import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyFileProblem } from "@telar/federation/private-files";
import { afterAll, expect, test } from "vitest";
import { openPushKeys } from "./push-keys.ts";

const folder = await mkdtemp(join(tmpdir(), "telar-push-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const seal = randomBytes(32);
const publicUrl = "https://telar.example.org";

test("the key for pushes is made once, kept for its owner only, and found again", async () => {
  const first = await openPushKeys(folder, { publicUrl, seal });
  expect(first).toMatchObject({ contact: publicUrl });
  expect(Buffer.from(first?.publicKey ?? "", "base64url")).toHaveLength(65);
  expect((await stat(join(folder, "push.json"))).mode & 0o777).toBe(0o600);
  expect(await openPushKeys(folder, { publicUrl, seal })).toMatchObject({
    publicKey: first?.publicKey,
    privateKey: first?.privateKey,
  });
});

test("a hub that only its own machine reaches names no address of its own", async () => {
  const keys = await openPushKeys(folder, { publicUrl: "http://localhost:8080", seal });
  expect(keys?.contact).toBe("mailto:telar@localhost");
});

test("a hub in an onion network sends no pushes: they would tell where it stands", async () => {
  expect(await openPushKeys(folder, { publicUrl: "http://abc.onion", seal })).toBeUndefined();
});

test.each(["", "{}", '{"publicKey":"AAAA","privateKey":"AAAA"}', "\u0000"])(
  "a damaged key is told and not replaced: %j",
  async (content) => {
    const file = join(folder, "push.json");
    await writeFile(file, content);
    const problem = await openPushKeys(folder, { publicUrl, seal }).catch((error) => error);
    expect(problem).toBeInstanceOf(KeyFileProblem);
    expect(problem).toMatchObject({ reason: "damaged", file });
  },
);
