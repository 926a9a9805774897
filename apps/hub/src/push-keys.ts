import { createSecretKey } from "node:crypto";
import { join } from "node:path";
import { makePushKey, type PushKeys } from "@telar/api/push";
import { KeyFileProblem, readPrivateFile, writePrivateFile } from "@telar/federation/private-files";
import * as z from "zod";

const base64url = (bytes: number) =>
  z.string().refine((text) => Buffer.from(text, "base64url").length === bytes);
const Kept = z.object({ publicKey: base64url(65), privateKey: base64url(32) });

/**
 * Opens the key with which devices subscribe, or makes it: with another one each device has to subscribe again, and nothing
 * else is lost. None for a hub in an onion network: the services would learn where it stands.
 */
export async function openPushKeys(
  folder: string,
  { publicUrl, seal }: { publicUrl: string; seal: Uint8Array },
): Promise<PushKeys | undefined> {
  if (new URL(publicUrl).hostname.endsWith(".onion")) return undefined;
  const file = join(folder, "push.json");
  const kept = await readPrivateFile(file);
  const key = kept ? parse(kept, file) : makePushKey();
  if (!kept) await writePrivateFile(file, JSON.stringify(key));
  const contact = publicUrl.startsWith("https:") ? publicUrl : "mailto:telar@localhost";
  return { ...key, contact, seal: createSecretKey(seal) };
}

function parse(kept: Buffer, file: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(kept.toString()));
  } catch (cause) {
    throw new KeyFileProblem("damaged", file, { cause });
  }
}
