import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import {
  type KeyDocument,
  type PrivateKey,
  signKeyDocument,
  thumbprintOf,
} from "../key-document.ts";
import type { VectorHubs } from "./request-vectors.ts";

const day = 86_400;
const begin = 1_795_262_400;

export interface HubVector {
  url: string;
  /** RFC 7638 thumbprint of the root. */
  fingerprint: string;
  root: PrivateKey;
  document: KeyDocument;
  jws: string;
}

/** Keys from fixed seeds, so that everybody makes the same vectors; never for a real hub. */
async function keyOf(seed: string): Promise<PrivateKey & { kid: string }> {
  const der = Buffer.concat([
    Buffer.from("302e020100300506032b657004220420", "hex"),
    createHash("sha256").update(seed).digest(),
  ]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "", d = "" } = {
    ...createPublicKey(key).export({ format: "jwk" }),
    ...key.export({ format: "jwk" }),
  };
  return { x, d, kid: await thumbprintOf(x) };
}

/** The hub that asks, with its document and keys. */
export async function vectorHub(): Promise<HubVector & { hubs: VectorHubs }> {
  const root = await keyOf("root");
  const [online, before, revoked, stranger] = await Promise.all(
    ["online", "before", "revoked", "stranger"].map(keyOf),
  );
  if (!online || !before || !revoked || !stranger) throw new Error("A key is missing.");
  const url = "https://raices.example";
  const shown = ({ kid, x }: { kid: string; x: string }, nbf: number) => ({
    kid,
    x,
    nbf,
    exp: nbf + 90 * day,
  });
  const document: KeyDocument = {
    iss: url,
    root: root.x,
    version: 1,
    iat: begin - day,
    exp: begin + 29 * day,
    keys: [
      shown(online, begin - day),
      shown(before, begin - 91 * day),
      shown(revoked, begin - day),
    ],
    revoked: [revoked.kid],
    endpoints: {},
  };
  return {
    url,
    fingerprint: root.kid,
    root: { x: root.x, d: root.d },
    document,
    jws: await signKeyDocument(document, root),
    hubs: { from: url, to: "https://telar.example", keys: { online, before, revoked, stranger } },
  };
}
