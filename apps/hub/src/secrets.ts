import { hkdfSync, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { KeyFileProblem, readPrivateFile, writePrivateFile } from "@telar/federation/private-files";

/** 32 bytes each. */
export interface Secrets {
  /** Signs what the session cookie carries. */
  cookie: Uint8Array;
  /** Signs the cursors of lists. */
  cursor: Uint8Array;
  /** Encrypts the fields that the database must not show. */
  fields: Uint8Array;
  /** What the passwords of the apps' logins in the database follow from. */
  database: Uint8Array;
}

const keyBytes = 32;

/** Opens the hub's own key, from which all its secrets are derived; made only where there is nothing yet that needs the old one. */
export async function openSecrets(data: string): Promise<Secrets> {
  const file = join(data, "keys", "hub.key");
  const key = (await readPrivateFile(file)) ?? (await makeKey(data, file));
  if (key.length !== keyBytes) throw new KeyFileProblem("damaged", file);
  const derive = (name: string) =>
    new Uint8Array(hkdfSync("sha256", key, "", `telar ${name}`, keyBytes));
  return {
    cookie: derive("cookie"),
    cursor: derive("cursor"),
    fields: derive("fields"),
    database: derive("database"),
  };
}

async function makeKey(data: string, file: string): Promise<Uint8Array> {
  const folders = ["keys", "postgres"].map((name) => readdir(join(data, name)).catch(() => []));
  const kept = (await Promise.all(folders)).flat().filter((name) => !name.endsWith(".part"));
  if (kept.length > 0) throw new KeyFileProblem("missing", file);
  const key = randomBytes(keyBytes);
  await writePrivateFile(file, key);
  return key;
}
