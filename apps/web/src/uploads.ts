import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import {
  attachmentsPerMessage,
  documentMaxBytes,
  uploadAttachment,
} from "@telar/contracts/attachments";
import { readAnswer } from "@telar/contracts/call";
import { HubError } from "@telar/contracts/problems";
import type { Context } from "hono";
import type { PageContext } from "./frame.ts";
import { spaceId } from "./space-inside.ts";
import { readTyped, type Typed, typedFrom } from "./typed.ts";

/** A form with files: the one kind of body that may be large, since nothing of it is kept here. */
export const bringsFiles = ({ req }: Context) =>
  /^\/espacios\/[^/]+\/mensajes$/.test(req.path) &&
  req.header("content-type")?.startsWith("multipart/form-data") === true;

export interface SentForm {
  typed: Typed;
  /** Of a file that the hub did not take. */
  refusal?: HubError | undefined;
}

/** What somebody typed; each file goes on to the hub while it arrives, and its id stands for it under `attachments`. */
export async function readSentForm(c: PageContext): Promise<SentForm> {
  if (!bringsFiles(c) || !c.req.raw.body) return { typed: await readTyped(c) };
  const entries: [string, string][] = [];
  const sending: Promise<string | undefined>[] = [];
  let refusal: HubError | undefined;
  const refuse = (problem: unknown) => {
    refusal ??=
      problem instanceof HubError
        ? problem
        : new HubError("unexpected", undefined, { cause: problem });
  };
  const parser = new Busboy({
    headers: { "content-type": c.req.header("content-type") ?? "" },
    limits,
  });
  parser.on("field", (name: string, text: string) => void entries.push([name, text]));
  parser.on("filesLimit", () =>
    refuse(new HubError("invalid_input", undefined, { fields: { file: "too_many" } })),
  );
  parser.on("file", (_field: string, content: Readable, name = "") => {
    content.on("error", refuse);
    if (!name) return void content.resume();
    sending.push(
      passOn(c, content, name)
        .catch((problem: unknown) => void refuse(problem))
        .finally(() => content.resume()),
    );
  });
  const source = Readable.fromWeb(c.req.raw.body as Parameters<typeof Readable.fromWeb>[0]);
  await pipeline(source, parser).catch(() => refuse(new HubError("invalid_input")));
  for (const id of await Promise.all(sending)) if (id) entries.push(["attachments", id]);
  return { typed: typedFrom(entries), refusal };
}

const limits = {
  files: attachmentsPerMessage,
  // A little more than the hub takes, so that it is the hub who says no.
  fileSize: documentMaxBytes + 1024,
  fields: 30,
  fieldSize: 64 * 1024,
  parts: 40,
  headerPairs: 20,
};

async function passOn(c: PageContext, content: Readable, name: string): Promise<string> {
  const { options } = c.var;
  const boundary = `telar-${crypto.randomUUID()}`;
  const url = new URL(uploadAttachment.path.replace(":space", spaceId(c)), options.publicUrl);
  const request = new Request(url, {
    method: uploadAttachment.method,
    headers: {
      cookie: c.req.header("cookie") ?? "",
      origin: url.origin,
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    body: Readable.toWeb(Readable.from(wrapped(content, name, boundary))),
    duplex: "half",
  } as RequestInit);
  const answer = await options.askApi(request);
  for (const kept of answer.headers.getSetCookie()) c.header("set-cookie", kept, { append: true });
  return (await readAnswer(uploadAttachment, answer)).id;
}

async function* wrapped(content: Readable, name: string, boundary: string) {
  const plain = name.replace(/["\r\n\0]/g, " ");
  yield Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${plain}"\r\n\r\n`,
  );
  yield* content.iterator({ destroyOnReturn: false });
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}
