import { createHash } from "node:crypto";
import { chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { afterEach, expect, test } from "vitest";
import { fingerprintOfWords } from "./fingerprint-words.ts";
import { openIdentity } from "./identity.ts";
import { readKeyDocument, thumbprintOf } from "./key-document.ts";

const day = 24 * 60 * 60 * 1000;
const publicUrl = "https://telar.example";
const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "telar-keys-"));
  folders.push(folder);
  return join(folder, "keys");
}

function open(folder: string, { url = publicUrl, days = 0 } = {}) {
  const clock = { days };
  const problems: unknown[] = [];
  const identity = openIdentity({
    folder,
    publicUrl: url,
    version: "1.2.3",
    now: () => new Date(Date.UTC(2026, 10, 21) + clock.days * day),
    report: (problem) => problems.push(problem),
  });
  return identity.then((opened) => ({ ...opened, clock, problems }));
}

const documentOf = async ({ keys }: { keys(): Promise<string> }) => readKeyDocument(await keys());

test("a thumbprint is that of RFC 8037, appendix A.3", async () => {
  expect(await thumbprintOf("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")).toBe(
    "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
  );
});

test("the first start makes keys that only their owner can read, and later starts find them", async () => {
  const folder = await newFolder();
  const first = await open(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of ["root.json", "online.json", "telar-keys.jws"])
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  const second = await open(folder);
  expect(second.fingerprint).toBe(first.fingerprint);
  expect(await second.keys()).toBe(await first.keys());
});

test("the key document is signed by the root, whose thumbprint the fingerprint's words are", async () => {
  const { keys, fingerprint } = await open(await newFolder());
  const jws = await keys();
  const document = await readKeyDocument(jws);
  const root = { kty: "OKP", crv: "Ed25519", x: document.root };
  const { payload } = await compactVerify(jws, await importJWK(root, "Ed25519"), {
    algorithms: ["Ed25519"],
  });
  const thumbprint = await thumbprintOf(document.root);
  expect(fingerprintOfWords(fingerprint)).toBe(thumbprint.slice(0, 22));
  expect(decodeProtectedHeader(jws)).toEqual({
    alg: "Ed25519",
    typ: "hubkeys+jws",
    kid: thumbprint,
  });
  const iat = Date.UTC(2026, 10, 21) / 1000;
  const [key] = document.keys;
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual({
    iss: publicUrl,
    root: document.root,
    version: 1,
    iat,
    exp: iat + 30 * 86_400,
    keys: [{ kid: await thumbprintOf(key?.x ?? ""), x: key?.x, nbf: iat, exp: iat + 90 * 86_400 }],
    revoked: [],
    endpoints: {},
  });
});

test("a document that another key signed, or of another type, is not read", async () => {
  const jws = await (await open(await newFolder())).keys();
  const [header, payload] = jws.split(".");
  const other = await (await open(await newFolder())).keys();
  await expect(readKeyDocument([header, payload, other.split(".")[2]].join("."))).rejects.toThrow();
  const renamed = Buffer.from(`{"alg":"Ed25519","typ":"hubevt+jws"}`).toString("base64url");
  await expect(readKeyDocument([renamed, payload, jws.split(".")[2]].join("."))).rejects.toThrow();
});

test("a document is renewed when half its time is over, one version up and chained to the one before", async () => {
  const hub = await open(await newFolder());
  const first = await hub.keys();
  hub.clock.days = 14;
  expect(await hub.keys()).toBe(first);
  hub.clock.days = 16;
  const [second, again] = await Promise.all([hub.keys(), hub.keys()]);
  expect(again).toBe(second);
  expect(await readKeyDocument(second)).toMatchObject({
    version: 2,
    prev: createHash("sha256").update(first).digest("base64url"),
  });
});

test("through a year of renewals an online key is always in force, and each meets its successor for seven days", async () => {
  const hub = await open(await newFolder());
  const seen = new Map<string, { nbf: number; exp: number }>();
  for (hub.clock.days = 0; hub.clock.days < 365; hub.clock.days += 1) {
    const { keys, exp } = await documentOf(hub);
    const now = (Date.UTC(2026, 10, 21) + hub.clock.days * day) / 1000;
    expect(exp).toBeGreaterThan(now + 14 * 86_400);
    expect(keys.filter(({ nbf, exp }) => nbf <= now && now < exp)).not.toEqual([]);
    for (const key of keys) seen.set(key.kid, key);
  }
  const all = [...seen.values()];
  expect(all.length).toBeGreaterThan(3);
  all.slice(1).forEach(({ nbf }, index) => {
    expect((all[index]?.exp ?? 0) - nbf).toBeGreaterThanOrEqual(7 * 86_400);
  });
});

test("another address means another document", async () => {
  const folder = await newFolder();
  await open(folder);
  const moved = await open(folder, { url: "https://otro.example" });
  expect(await documentOf(moved)).toMatchObject({ iss: "https://otro.example", version: 2 });
});

test("with the root taken away the hub keeps its name and document, and says when it needs the root", async () => {
  const folder = await newFolder();
  const first = await open(folder);
  const jws = await first.keys();
  await rename(join(folder, "root.json"), `${folder}.away`);
  const second = await open(folder, { days: 20 });
  expect(second.fingerprint).toBe(first.fingerprint);
  expect(await second.keys()).toBe(jws);
  second.clock.days = 29;
  expect(await second.keys()).toBe(jws);
  expect(second.problems).toContainEqual(
    expect.objectContaining({ reason: "missing", file: join(folder, "root.json") }),
  );
  await expect(open(folder, { url: "https://otro.example" })).rejects.toThrow("missing");
  await rename(`${folder}.away`, join(folder, "root.json"));
  expect(await documentOf(await open(folder, { days: 16 }))).toMatchObject({ version: 2 });
});

test("a root is never made anew while an online key tells of an old one", async () => {
  const folder = await newFolder();
  await open(folder);
  await rm(join(folder, "root.json"));
  await rm(join(folder, "telar-keys.jws"));
  await expect(open(folder)).rejects.toMatchObject({ reason: "missing" });
});

test.each(["root.json", "online.json", "telar-keys.jws"])(
  "a damaged %s is refused by name",
  async (name) => {
    const folder = await newFolder();
    await open(folder);
    const file = join(folder, name);
    const text = await readFile(file, "utf8");
    const swapped = text.replace(/(?<="d":")../, (two) => (two === "AA" ? "BB" : "AA"));
    for (const damaged of ["", text.slice(0, -20), "[]", swapped === text ? `x${text}` : swapped]) {
      await writeFile(file, damaged);
      await expect(open(folder)).rejects.toMatchObject({ reason: "damaged", file });
    }
  },
);

test("the root of another hub is refused", async () => {
  const [mine, theirs] = [await newFolder(), await newFolder()];
  await Promise.all([open(mine), open(theirs)]);
  await rename(join(theirs, "root.json"), join(mine, "root.json"));
  await expect(open(mine)).rejects.toMatchObject({ reason: "damaged" });
});

test("a key file that a copy left open to others is closed again", async () => {
  const folder = await newFolder();
  await open(folder);
  await chmod(join(folder, "root.json"), 0o644);
  await open(folder);
  expect((await stat(join(folder, "root.json"))).mode & 0o777).toBe(0o600);
});
