import { type OpusSound, readHead } from "./opus.ts";

const pageHeadBytes = 27;

/** The sound of an Ogg file with one stream of Opus (RFC 3533, 7845); throws for anything else. */
export function readOgg(file: Buffer): OpusSound {
  const [head, , ...packets] = readPackets(file);
  if (!head || packets.length === 0) throw new Error("There is no sound.");
  return { ...readHead(head), packets };
}

function readPackets(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  const stream = file.readUInt32LE(14);
  let open: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    if (file.toString("latin1", at, at + 4) !== "OggS" || file.readUInt32LE(at + 14) !== stream)
      throw new Error("This is no page of the stream.");
    const segments = file.subarray(
      at + pageHeadBytes,
      at + pageHeadBytes + file.readUInt8(at + 26),
    );
    at += pageHeadBytes + segments.length;
    for (const length of segments) {
      if (at + length > file.length) throw new Error("The page breaks off.");
      open.push(file.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      packets.push(Buffer.concat(open));
      open = [];
    }
  }
  return packets;
}
