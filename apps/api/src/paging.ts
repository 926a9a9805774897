import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Cursor } from "@telar/contracts/paging";
import { HubError } from "@telar/contracts/problems";
import type { PageAfter } from "@telar/database/paging";

const pageLength = 50;

interface AskedPage {
  /** The list's name, and the key that seals where it goes on. */
  list: string;
  key: Uint8Array;
  after: Cursor | undefined;
}

/** A page of what `find` finds, and where the next one starts; `placeOf` says what an entry is sorted by. */
export async function answerPage<Entry, Place extends string[]>(
  { list, key, after }: AskedPage,
  find: (page: PageAfter<Place>) => Promise<Entry[]>,
  placeOf: (entry: Entry) => Place,
): Promise<{ entries: Entry[]; next?: Cursor }> {
  const place = openCursor(list, after, key) as Place | undefined;
  const found = await find({ after: place, limit: pageLength + 1 });
  const entries = found.slice(0, pageLength);
  const last = found.length > pageLength ? entries.at(-1) : undefined;
  return { entries, ...(last && { next: sealCursor(list, placeOf(last), key) }) };
}

/** Where a row says itself what it is sorted by. */
export const placeOfRow = <Place>({ at }: { at: Place }) => at;

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
