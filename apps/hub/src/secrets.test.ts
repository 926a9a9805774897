import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSecrets } from "./secrets.ts";

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "telar-secrets-"));
});
afterEach(() => rm(data, { recursive: true }));
const keyFile = () => join(data, "keys", "hub.key");

test("the secrets are 32 bytes, unlike each other, and the same at every start", async () => {
  const secrets = await openSecrets(data);
  const all = Object.values(secrets).map((secret) => Buffer.from(secret).toString("hex"));
  expect(all.map(({ length }) => length)).toEqual([64, 64, 64, 64]);
  expect(new Set(all).size).toBe(4);
  expect(await openSecrets(data)).toEqual(secrets);
  expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
});

test("each hub has its own", async () => {
  const { cookie } = await openSecrets(data);
  expect((await openSecrets(join(data, "other"))).cookie).not.toEqual(cookie);
});

test("the secrets of a known key are these, so that no release signs people out", async () => {
  await mkdir(join(data, "keys"));
  await writeFile(keyFile(), Buffer.alloc(32, 7));
  const { cookie, cursor, fields } = await openSecrets(data);
  expect(
    [cookie, cursor, fields].map((bytes) => Buffer.from(bytes).toString("base64url")),
  ).toMatchInlineSnapshot(`
    [
      "hZ18oqg6Jwe0P_vAYXTsZExEbIF9qVw8UJI_JL_aG_Q",
      "VPjBdgr3MYbjdMsN6wClSLlwdlixVi6SPwzczoxm_Bo",
      "tNwpABeEknQza2UgMi6P2KZzVzLudKpMV6wVo5dvdlA",
    ]
  `);
});

test("a key of another length is refused", async () => {
  await openSecrets(data);
  await writeFile(keyFile(), Buffer.alloc(31));
  await expect(openSecrets(data)).rejects.toMatchObject({ reason: "damaged", file: keyFile() });
});

test.each(["keys/root.json", "postgres/PG_VERSION"])(
  "no new key is made beside %s, which needs the old one",
  async (kept) => {
    await mkdir(join(data, kept, ".."), { recursive: true });
    await writeFile(join(data, kept), "");
    await expect(openSecrets(data)).rejects.toMatchObject({ reason: "missing", file: keyFile() });
  },
);

test("a key that was only half written before is written anew", async () => {
  await mkdir(join(data, "keys"));
  await writeFile(`${keyFile()}.part`, "half");
  await expect(openSecrets(data)).resolves.toBeDefined();
});
