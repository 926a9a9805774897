/** The list at the end of a packed file, by which honest programs read it. */
const endMark = Buffer.from("PK\u0005\u0006", "latin1");
const endBytes = 22;
const entryMark = 0x02014b50;
const entryBytes = 46;

/** A document unpacks to this at most, and to no more than so many times what it was. */
const unpackedMaxBytes = 200 * 1024 * 1024;
const ratioMax = 200;
const smallBytes = 10 * 1024 * 1024;
const entriesMax = 5000;

interface Entry {
  name: string;
  packed: number;
  unpacked: number;
}

const odtType = "mimetypeapplication/vnd.oasis.opendocument.text";

/**
 * Which document somebody packed; undefined for anything else: an archive, a bomb, a document with programs in it, or one
 * with something before or behind it.
 */
export function packedFormat(
  head: Buffer,
  tail: Buffer,
  bytes: number,
): "docx" | "odt" | undefined {
  const entries = readEntries(tail, bytes);
  if (!entries || !isHarmless(entries)) return undefined;
  const has = (name: string) => entries.some((entry) => entry.name === name);
  if (has("[Content_Types].xml") && has("word/document.xml")) return "docx";
  const says = head.toString("latin1", 30, 30 + odtType.length + 1);
  return has("content.xml") &&
    says.startsWith(odtType) &&
    !/[a-z-]$/.test(says.slice(odtType.length))
    ? "odt"
    : undefined;
}

function readEntries(tail: Buffer, bytes: number): Entry[] | undefined {
  const end = tail.lastIndexOf(endMark);
  if (end < 0 || end + endBytes + tail.readUInt16LE(end + 20) !== tail.length) return undefined;
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const listed = tail.readUInt32LE(end + 16);
  const begins = end - length;
  if (begins < 0 || count > entriesMax || listed + length + (tail.length - end) !== bytes)
    return undefined;
  const entries: Entry[] = [];
  let at = begins;
  while (entries.length < count) {
    if (at + entryBytes > end || tail.readUInt32LE(at) !== entryMark) return undefined;
    const nameBytes = tail.readUInt16LE(at + 28);
    const rest = tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
    entries.push({
      name: tail.toString("utf8", at + entryBytes, at + entryBytes + nameBytes),
      packed: tail.readUInt32LE(at + 20),
      unpacked: tail.readUInt32LE(at + 24),
    });
    at += entryBytes + nameBytes + rest;
  }
  return at === end ? entries : undefined;
}

const dangerous =
  /(^|\/)\.\.(\/|$)|^\/|\\|\0|vbaProject\.bin|(^|\/)Basic\/|\.(exe|dll|js|vbs|scr|bat|ps1|lnk)$/i;

function isHarmless(entries: Entry[]): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  return (
    unpacked <= unpackedMaxBytes &&
    (unpacked <= smallBytes || unpacked <= packed * ratioMax) &&
    !entries.some(({ name }) => dangerous.test(name))
  );
}
