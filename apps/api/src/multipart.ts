import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { HubError } from "@telar/contracts/problems";

interface Received<Kept> {
  kept: Kept;
  /** As it was called where it came from. */
  name: string;
}

interface Keeping<Kept> {
  keep(content: AsyncIterable<Uint8Array>): Promise<Kept>;
  /** Takes back what was kept of a form that broke off later. */
  drop(kept: Kept): Promise<void>;
}

/**
 * The one file of a form, kept while it arrives. A body that breaks off, or is too large, ends the content with a problem;
 * what else stands in the form is not read.
 */
export async function receiveFile<Kept>(
  request: Request,
  maxBytes: number,
  { keep, drop }: Keeping<Kept>,
): Promise<Received<Kept>> {
  const source = request.body ? Readable.fromWeb(request.body as Body) : Readable.from([]);
  const parser = openParser(request, maxBytes);
  let arriving: { content: Readable; name: string; keeping: Promise<Kept> } | undefined;
  let broken: HubError | undefined;
  const breakOff = (cause: unknown) => {
    broken ??=
      cause instanceof HubError
        ? cause
        : new HubError("invalid_input", "The form broke off.", { cause });
  };
  parser.on("file", (_field: string, content: Readable, name = "") => {
    content.on("error", breakOff);
    content.on("limit", () => source.destroy(new HubError("too_large")));
    const keeping = keep(content);
    keeping.catch((problem) => source.destroy(problem));
    arriving = { content, name, keeping };
  });
  await pipeline(source, parser).catch((problem: unknown) => {
    breakOff(problem);
    arriving?.content.destroy(broken);
  });
  if (!arriving)
    throw broken ?? new HubError("invalid_input", undefined, { fields: { file: "missing" } });
  const { content, name, keeping } = arriving;
  const kept = await keeping.catch((problem: unknown) => {
    throw content.errored ? broken : problem;
  });
  if (!broken) return { kept, name };
  await drop(kept);
  throw broken;
}

type Body = Parameters<typeof Readable.fromWeb>[0];

function openParser(request: Request, fileSize: number) {
  const type = request.headers.get("content-type") ?? "";
  try {
    if (!type.startsWith("multipart/form-data")) throw new Error("another type");
    return new Busboy({
      headers: { "content-type": type },
      limits: { files: 1, fileSize, fields: 10, fieldSize: 4096, parts: 12, headerPairs: 20 },
    });
  } catch (cause) {
    throw new HubError("invalid_input", "Send multipart/form-data with one file.", { cause });
  }
}
