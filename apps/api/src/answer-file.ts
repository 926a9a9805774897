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
  return answerPart(c, Buffer.concat(await Array.fromAsync(content)));
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
