import { type Attachment, imageMaxBytes, voiceMaxBytes } from "@telar/contracts/attachments";
import { HubError } from "@telar/contracts/problems";
import type { AttachmentSize } from "@telar/database/attachments";
import type { Files, KeptFile } from "./files.ts";
import { makeImages } from "./images.ts";
import { type Found, Inspection } from "./inspection.ts";
import { wrapVoice } from "./voices.ts";

/** What the hub keeps of what was sent. */
export interface Taken extends Omit<Attachment, "id" | "name"> {
  files: Partial<Record<AttachmentSize, KeptFile>>;
  /** What was sent, in bytes. */
  received: number;
}

export async function removeTaken(
  files: Files,
  { files: kept }: Pick<Taken, "files">,
): Promise<void> {
  for (const { hash } of Object.values(kept)) await files.remove(hash);
}

type Content = AsyncIterable<Uint8Array>;

/** Takes a file in by what it is, sealed from its first byte on; what the hub does not take leaves nothing behind. */
export async function takeIn(files: Files, content: Content): Promise<Taken> {
  const inspection = new Inspection();
  const sent = await files.keep(inspection.watch(content)).catch(asRefusal);
  const received = inspection.bytes;
  const found = await inspection.found();
  if (found === "pdf" || found === "docx" || found === "odt" || found === "txt")
    return { kind: "document", format: found, bytes: received, files: { small: sent }, received };
  try {
    const read = () => files.read(sent);
    return { ...(await remake(files, found, { received, read })), received };
  } catch (problem) {
    return asRefusal(problem);
  } finally {
    await files.remove(sent.hash);
  }
}

interface Sent {
  received: number;
  read(): Promise<Content>;
}

/** Pictures and voices are made anew: what was sent is not kept. */
async function remake(
  files: Files,
  found: Found,
  { received, read }: Sent,
): Promise<Omit<Taken, "received">> {
  if (received === 0) throw new HubError("invalid_input", undefined, missing);
  if (found === "image") {
    if (received > imageMaxBytes) throw new HubError("too_large");
    const { small, large } = await makeImages(await read());
    const kept = { small: await keepWhole(files, small), large: await keepWhole(files, large) };
    const sizes = { bytes: small.length, largeBytes: large.length };
    return { kind: "image", format: "webp", ...sizes, files: kept };
  }
  if (found === "webm" || found === "ogg") {
    if (received > voiceMaxBytes) throw new HubError("too_large");
    const recorded = Buffer.concat(await Array.fromAsync(await read()));
    const { sound, seconds } = wrapVoice(recorded, found);
    const kept = { small: await keepWhole(files, sound) };
    return {
      kind: "voice",
      format: "webm",
      bytes: sound.length,
      voiceSeconds: seconds,
      files: kept,
    };
  }
  throw new HubError("invalid_input", undefined, { fields: { file: "not_an_option" } });
}

const missing = { fields: { file: "missing" as const } };

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

const keepWhole = (files: Files, content: Uint8Array) => files.keep(once(content));

/** A full disk is nothing that was done wrong. */
function asRefusal(problem: unknown): never {
  const full = problem instanceof Error && "code" in problem && problem.code === "ENOSPC";
  throw full
    ? new HubError("unavailable", undefined, { retryAfterSeconds: 600, cause: problem })
    : problem;
}
