import { createHash } from "node:crypto";
import { join } from "node:path";
import { wordsOfFingerprint } from "./fingerprint-words.ts";
import {
  isKeyPair,
  type KeyDocument,
  newKey,
  type OnlineKey,
  type PrivateKey,
  readKeyDocument,
  signKeyDocument,
  thumbprintOf,
} from "./key-document.ts";
import { KeyFileProblem, readPrivateFile, writePrivateFile } from "./private-files.ts";
import type { SigningKey } from "./signed-text.ts";

export interface IdentityOptions {
  /** Where the keys are kept; made on the first start. */
  folder: string;
  publicUrl: string;
  /** The version of this software. */
  version: string;
  /** Hears of a renewal that failed; meanwhile the document before it is served. */
  report(error: unknown): void;
  now?(): Date;
}

export interface Identity {
  /** The root key's thumbprint as twelve words, to compare out of band. */
  fingerprint: string;
  /** The body of `/.well-known/telar.json`; unsigned, so it binds nobody. */
  document(): object;
  /** The body of `/.well-known/telar-keys.jws`, renewed when half its time is over. */
  keys(): Promise<string>;
  /** The key to sign with now, which those documents name. */
  signingKey(): Promise<SigningKey>;
}

interface Published {
  jws: string;
  document: KeyDocument;
}

const day = 24 * 60 * 60;
const documentLife = 30 * day;
const keyLife = 90 * day;
/** Seven days, after the longest time that a renewal can be away. */
const keyOverlap = 7 * day + documentLife / 2;

/** Opens the hub's keys, or makes them. Later the root's file may be taken away, and is missed only when a renewal is due. */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { folder, publicUrl, version, report, now = () => new Date() } = options;
  const files = {
    root: join(folder, "root.json"),
    online: join(folder, "online.json"),
    document: join(folder, "telar-keys.jws"),
  };
  let published = await readPublished(files.document);
  let online = await readKeys<OnlineKey & PrivateKey>(files.online);
  const root = await openRoot(files.root, published, online);

  const seconds = () => Math.floor(now().getTime() / 1000);
  const renew = async (): Promise<Published> => {
    if (!root) throw new KeyFileProblem("missing", files.root);
    online = await rotate(online, seconds());
    await writePrivateFile(files.online, JSON.stringify(online));
    const after = await publish(publicUrl, root, online, seconds(), published);
    await writePrivateFile(files.document, after.jws);
    return after;
  };
  const current = async (): Promise<Published> => {
    const known = published?.document.iss === publicUrl ? published : undefined;
    if (known && known.document.exp - seconds() > documentLife / 2) return known;
    try {
      published = await renew();
      return published;
    } catch (problem) {
      if (!known) throw problem;
      report(problem);
      return known;
    }
  };
  let latest = current();
  return {
    fingerprint: wordsOfFingerprint(await thumbprintOf((await latest).document.root)),
    document: () => ({ url: publicUrl, software: { name: "telar", version }, protocols: [1] }),
    async keys() {
      latest = latest.then(current);
      return (await latest).jws;
    },
    async signingKey() {
      latest = latest.then(current);
      const { document } = await latest;
      const named = (key: OnlineKey) => document.keys.some(({ kid }) => kid === key.kid);
      const key = online.findLast((one) => named(one) && one.exp > seconds());
      if (!key) throw new KeyFileProblem("missing", files.online);
      return key;
    },
  };
}

async function readPublished(file: string): Promise<Published | undefined> {
  const jws = (await readPrivateFile(file))?.toString();
  if (jws === undefined) return undefined;
  try {
    return { jws, document: await readKeyDocument(jws) };
  } catch (cause) {
    throw new KeyFileProblem("damaged", file, { cause });
  }
}

async function readKeys<Key extends PrivateKey>(file: string): Promise<Key[]> {
  const text = (await readPrivateFile(file))?.toString();
  if (text === undefined) return [];
  try {
    const keys: Key[] = JSON.parse(text);
    if (keys.length > 0 && keys.every(isKeyPair)) return keys;
  } catch (cause) {
    throw new KeyFileProblem("damaged", file, { cause });
  }
  throw new KeyFileProblem("damaged", file);
}

/** A new root is a new hub to every peer, so it is made only where nothing tells of an old one. */
async function openRoot(
  file: string,
  found: Published | undefined,
  online: PrivateKey[],
): Promise<PrivateKey | undefined> {
  const [root] = await readKeys(file);
  if (root && found && found.document.root !== root.x) throw new KeyFileProblem("damaged", file);
  if (root || found || online.length > 0) return root;
  const made = await newKey();
  await writePrivateFile(file, JSON.stringify([made]));
  return made;
}

/** Drops what is over, and adds a successor in time. */
async function rotate<Key extends OnlineKey & PrivateKey>(keys: Key[], at: number) {
  const kept: (OnlineKey & PrivateKey)[] = keys.filter(({ exp }) => exp > at);
  if (kept.some(({ exp }) => exp - at > keyOverlap)) return kept;
  const key = await newKey();
  return [...kept, { kid: await thumbprintOf(key.x), ...key, nbf: at, exp: at + keyLife }];
}

async function publish(
  iss: string,
  root: PrivateKey,
  online: OnlineKey[],
  at: number,
  before?: Published,
): Promise<Published> {
  const document: KeyDocument = {
    iss,
    root: root.x,
    version: (before?.document.version ?? 0) + 1,
    iat: at,
    exp: at + documentLife,
    keys: online.map(({ kid, x, nbf, exp }) => ({ kid, x, nbf, exp })),
    revoked: before?.document.revoked ?? [],
    endpoints: before?.document.endpoints ?? {},
    ...(before && { prev: createHash("sha256").update(before.jws).digest("base64url") }),
  };
  return { jws: await signKeyDocument(document, root), document };
}
