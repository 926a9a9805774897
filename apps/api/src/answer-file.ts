import { Readable } from "node:stream";
import type { AttachmentFormat } from "@telar/contracts/attachments";
import type { OpenedAttachment } from "@telar/database/attachments";
import type { Context } from "hono";

const types: Record<AttachmentFormat, string> = {
  webp: "image/webp",
  webm: "audio/webm",
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  odt: "application/vnd.oasis.opendocument.text",
  txt: "text/plain; charset=utf-8",
};

/** Documents are for the disk and never for a page of the hub; what the hub painted or wrapped itself may stand in one. */
export async function answerFile(
  c: Context,
  { kind, format, name, bytes }: OpenedAttachment,
  content: AsyncIterable<Uint8Array>,
): Promise<Response> {
  c.header("content-type", types[format]);
  if (kind === "document") {
    c.header("content-disposition", disposition(name, format));
    c.header("content-length", String(bytes));
    return c.body(Readable.toWeb(Readable.from(content)) as ReadableStream);
  }
  c.header("content-disposition", "inline");
  const whole = Buffer.concat(await Array.fromAsync(content));
  if (kind === "image" && (await isKept(c))) return c.body(null, 304);
  return answerPart(c, whole);
}

/**
 * Whether the browser has this picture from before. A device of one's own keeps pictures, to save data, and asks each time
 * whether they may still be shown: what was deleted, hidden or left behind does not come back.
 */
async function isKept(c: Context): Promise<boolean> {
  const session = await c.get("liveSession");
  if (session?.device !== "own") return false;
  // A picture never changes: its id, and its size in the address, tell it from every other.
  const tag = `"${c.req.param("id")}"`;
  c.header("cache-control", "private, no-cache");
  c.header("etag", tag);
  return c.req.header("if-none-match")?.includes(tag) ?? false;
}

/** Some browsers play a sound only from a server that gives it in parts. */
function answerPart(c: Context, whole: Buffer<ArrayBuffer>): Response {
  c.header("accept-ranges", "bytes");
  const [, first, last] = /^bytes=(\d{1,9})-(\d{0,9})$/.exec(c.req.header("range") ?? "") ?? [];
  const from = Number(first);
  const to = last ? Math.min(Number(last), whole.length - 1) : whole.length - 1;
  if (first === undefined || from > to) return c.body(whole);
  c.header("content-range", `bytes ${from}-${to}/${whole.length}`);
  return c.body(whole.subarray(from, to + 1), 206);
}

function disposition(name: string, format: string): string {
  const encoded = encodeURIComponent(`${name || "documento"}.${format}`).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="documento.${format}"; filename*=UTF-8''${encoded}`;
}
