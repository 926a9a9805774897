import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Cursor } from "@telar/contracts/paging";
import { HubError } from "@telar/contracts/problems";

const nonceBytes = 12;
const tagBytes = 16;

/** Seals where a list goes on, so that a client can neither read nor forge it. `list` keeps lists apart. */
export function sealCursor(list: string, place: readonly string[], key: Uint8Array): Cursor {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(list));
  const text = Buffer.concat([cipher.update(JSON.stringify(place)), cipher.final()]);
  return Cursor.parse(Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url"));
}

/** Undefined without a cursor; a cursor of another list, hub or day of secrets is refused. */
export function openCursor(
  list: string,
  cursor: Cursor | undefined,
  key: Uint8Array,
): string[] | undefined {
  if (cursor === undefined) return undefined;
  const sealed = Buffer.from(cursor, "base64url");
  const textAt = nonceBytes + tagBytes;
  try {
    const opened = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(list))
      .setAuthTag(sealed.subarray(nonceBytes, textAt));
    const text = Buffer.concat([opened.update(sealed.subarray(textAt)), opened.final()]);
    return JSON.parse(text.toString()) as string[];
  } catch {
    throw new HubError("invalid_input", undefined, { fields: { after: "wrong_form" } });
  }
}
