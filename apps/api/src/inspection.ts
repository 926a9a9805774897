import { fileTypeFromBuffer } from "file-type";
import { packedFormat } from "./packed-documents.ts";
import { looksLikeText, TextCheck } from "./plain-text.ts";

const headBytes = 4100;
/** The list of a packed document stands at its end: of an honest one it is far shorter. */
const tailBytes = 256 * 1024;

/** What a file is by its content: what it is called, or said to be, is not asked. */
export type Found = "image" | "webm" | "ogg" | "pdf" | "docx" | "odt" | "txt" | undefined;

/** Looks at a file while it goes by. */
export class Inspection {
  bytes = 0;
  #head = Buffer.alloc(0);
  #last: Uint8Array[] = [];
  #lastBytes = 0;
  #text = new TextCheck();

  async *watch(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      this.bytes += chunk.length;
      if (this.#head.length < headBytes)
        this.#head = Buffer.concat([this.#head, chunk]).subarray(0, headBytes);
      this.#keepLast(chunk);
      this.#text.take(chunk);
      yield chunk;
    }
  }

  #keepLast(chunk: Uint8Array): void {
    this.#lastBytes += chunk.length;
    this.#last.push(chunk);
    for (
      let [first] = this.#last;
      first && this.#lastBytes - first.length >= tailBytes;
      [first] = this.#last
    ) {
      this.#lastBytes -= first.length;
      this.#last.shift();
    }
  }

  async found(): Promise<Found> {
    const type = await fileTypeFromBuffer(this.#head).catch(() => undefined);
    switch (type?.mime) {
      case "image/jpeg":
      case "image/png":
      case "image/apng":
      case "image/webp":
      case "image/gif":
        return "image";
      case "video/webm":
      case "audio/webm":
      case "video/matroska":
        return "webm";
      case "audio/ogg":
      case "audio/ogg; codecs=opus":
        return "ogg";
      case "application/pdf":
        return "pdf";
      case undefined:
        return this.#text.passes() && looksLikeText(this.#head) ? "txt" : undefined;
      default:
        return isPacked(this.#head)
          ? packedFormat(this.#head, Buffer.concat(this.#last), this.bytes)
          : undefined;
    }
  }
}

const isPacked = (head: Buffer) => head.readUInt32LE(0) === 0x04034b50;
