import { ArchiveLine } from "@telar/contracts/archives";
import { HubError } from "@telar/contracts/problems";
import { ArchiveEntry, ArchivePerson, ArchivePlace, archiveStyles } from "./archive-parts.tsx";
import { archiveWords as words } from "./archives.words.ts";
import type { Translate } from "./words.ts";

/** What a line adds to a file; lines come in order, the person first and the end last. */
type LineWriter = (line: ArchiveLine) => string | Promise<string>;

/** A file written as its lines come, no faster than it is read: at no time is all of it in memory. */
export function writeFile(lines: ReadableStream<Uint8Array>, write: LineWriter) {
  let rest = "";
  let whole = false;
  const writer = new TransformStream<string, string>({
    async transform(text, file) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const line = ArchiveLine.parse(JSON.parse(part));
        whole = line.line === "end";
        file.enqueue(await write(line));
      }
    },
    flush() {
      if (!whole) throw new HubError("unavailable", "the copy was cut off");
    },
  });
  return (lines as ReadableStream<BufferSource>)
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(writer)
    .pipeThrough(new TextEncoderStream());
}

/** One JSON document, an entry on each line. */
export function jsonWriter(): LineWriter {
  let places = 0;
  let entries = 0;
  const closed = () => (places > 0 ? "\n]}" : "");
  return ({ line, ...rest }) => {
    const json = JSON.stringify(rest);
    if (line === "person") return `{\n"person": ${json},\n"places": [`;
    if (line === "end")
      return `${closed()}\n],\n"entries": ${"entries" in rest && rest.entries}\n}\n`;
    if (line === "place") {
      const before = places > 0 ? `${closed()},` : "";
      places += 1;
      entries = 0;
      return `${before}\n${json.slice(0, -1)},"entries":[`;
    }
    entries += 1;
    return `${entries > 1 ? "," : ""}\n${JSON.stringify({ is: line, ...rest })}`;
  };
}

/** One page that needs nothing else: no script, no picture, no address outside, and none of them would be let in. */
export function pageWriter(t: Translate): LineWriter {
  let places = 0;
  const closed = () => (places > 0 ? "</section>\n" : "");
  return async (line) => {
    if (line.line === "person")
      return (await begun(t)) + (await text(<ArchivePerson t={t} person={line} />));
    if (line.line === "end")
      return `${closed()}${await text(<p>{t(words.end, { entries: line.entries })}</p>)}</main></body></html>\n`;
    if (line.line === "place") {
      const before = closed();
      places += 1;
      return `${before}<section>${await text(<ArchivePlace t={t} place={line} />)}\n`;
    }
    return `${await text(<ArchiveEntry t={t} entry={line} />)}\n`;
  };
}

const text = async (element: { toString(): string | Promise<string> }) => element.toString();

async function begun(t: Translate): Promise<string> {
  const head = await text(
    <head>
      <meta charset="utf-8" />
      <meta
        http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'"
      />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{t.plain(words.title)}</title>
      <style>{archiveStyles}</style>
    </head>,
  );
  return `<!doctype html><html lang="${t.language}">${head}<body><main>\n`;
}
