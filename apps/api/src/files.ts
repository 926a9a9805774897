import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { seal, unseal } from "./sealed-bytes.ts";

/** Where a file lies, and its key, which only this hub can open. */
export interface KeptFile {
  hash: string;
  key: Uint8Array;
}

/** What people send, sealed. Another place to keep it, such as an object store, has to do no more than this. */
export interface Files {
  /** In place whole or not at all; content that breaks off leaves nothing. */
  keep(content: AsyncIterable<Uint8Array>): Promise<KeptFile>;
  /** Breaks off where the file was changed; `not there` throws at once. */
  read(file: KeptFile): Promise<AsyncIterable<Uint8Array>>;
  remove(hash: string): Promise<void>;
  /** The hashes of all files that were kept before that moment; what never became a file is removed on the way. */
  listOld(before: Date): AsyncIterable<string>;
}

/** Each file is named by the SHA-256 of what lies in it and has a key of its own, sealed with one derived from `secret`. */
export function openFiles(folder: string, secret: Uint8Array): Files {
  const hubKey = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "telar files", 32)));
  const coming = join(folder, "coming");
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash);
  return {
    async keep(content) {
      const key = createSecretKey(randomBytes(32));
      const part = join(coming, randomUUID());
      await mkdir(coming, { recursive: true, mode: 0o700 });
      try {
        const hash = await write(part, seal(content, key));
        await mkdir(dirname(pathOf(hash)), { recursive: true, mode: 0o700 });
        await rename(part, pathOf(hash));
        return { hash, key: sealKey(key, hubKey, hash) };
      } catch (problem) {
        await rm(part, { force: true });
        throw problem;
      }
    },
    async read({ hash, key }) {
      const file = await open(pathOf(hash));
      return unseal(createReadStream("", { fd: file }), openKey(key, hubKey, hash));
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
    async *listOld(before) {
      for (const shelf of await namesIn(folder))
        for (const name of await namesIn(join(folder, shelf))) {
          const path = join(folder, shelf, name);
          const found = await stat(path).catch(() => undefined);
          if (!found || found.mtime >= before) continue;
          if (shelf === "coming") await rm(path, { force: true });
          else yield name;
        }
    },
  };
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** Safe on the disk before anybody is told of it. Answers its hash. */
async function write(path: string, content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("sha256");
  await using file = await open(path, "wx", 0o600);
  for await (const chunk of content) {
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  await file.sync();
  return hash.digest("hex");
}

const algorithm = "aes-256-gcm";

/** Bound to its file: the key of one opens no other. */
function sealKey(key: KeyObject, hubKey: KeyObject, hash: string): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, hubKey, nonce).setAAD(Buffer.from(hash));
  return Buffer.concat([nonce, cipher.update(key.export()), cipher.final(), cipher.getAuthTag()]);
}

function openKey(sealed: Uint8Array, hubKey: KeyObject, hash: string): KeyObject {
  const decipher = createDecipheriv(algorithm, hubKey, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(hash)).setAuthTag(sealed.subarray(-16));
  return createSecretKey(
    Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]),
  );
}
