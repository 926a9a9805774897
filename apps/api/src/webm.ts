import { msOf, type OpusSound, readHead, writeHead } from "./opus.ts";

const id = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  track: 0xae,
  audio: 0xe1,
  codec: 0x86,
  codecHead: 0x63a2,
  cluster: 0x1f43b675,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
} as const;

/** Elements that hold others: their parts are read as if they stood one after the other. */
const holding: ReadonlySet<number> = new Set([
  id.segment,
  id.tracks,
  id.track,
  id.cluster,
  id.blockGroup,
]);
const laced = 0x06;

/** The sound of a WebM file with one track of Opus; throws for anything else. */
export function readWebm(file: Buffer): OpusSound {
  let tracks = 0;
  let head: Buffer | undefined;
  const packets: Buffer[] = [];
  for (const { kind, content } of elementsOf(file)) {
    if (kind === id.track) tracks += 1;
    if (kind === id.codec && content.toString("latin1") !== "A_OPUS") throw new Error("No Opus.");
    if (kind === id.codecHead) head = content;
    if (kind === id.simpleBlock || kind === id.block) packets.push(packetIn(content));
  }
  if (tracks !== 1 || !head || packets.length === 0) throw new Error("There is no sound.");
  return { ...readHead(head), packets };
}

function* elementsOf(file: Buffer): Generator<{ kind: number; content: Buffer }> {
  for (let at = 0; at < file.length; ) {
    const kindBytes = lengthAt(file, at, 4);
    const kind = file.readUIntBE(at, kindBytes);
    const sizeBytes = lengthAt(file, at + kindBytes, 8);
    const begins = at + kindBytes + sizeBytes;
    if (holding.has(kind)) {
      yield { kind, content: Buffer.alloc(0) };
      at = begins;
      continue;
    }
    const size = sizeAt(file, at + kindBytes, sizeBytes);
    if (begins + size > file.length) throw new Error("The element breaks off.");
    yield { kind, content: file.subarray(begins, begins + size) };
    at = begins + size;
  }
}

/** How many bytes a number takes: its first bits say so. */
function lengthAt(file: Buffer, at: number, max: number): number {
  const length = Math.clz32(file.readUInt8(at)) - 23;
  if (length > max) throw new Error("This is no element.");
  return length;
}

function sizeAt(file: Buffer, at: number, length: number): number {
  const bytes = Buffer.from(file.subarray(at, at + length));
  if (bytes.length < length) throw new Error("The element breaks off.");
  bytes[0] = (bytes[0] ?? 0) & (0xff >> length);
  return Number(BigInt(`0x${bytes.toString("hex")}`));
}

function packetIn(block: Buffer): Buffer {
  const begins = lengthAt(block, 0, 8) + 3;
  if (block.readUInt8(begins - 1) & laced) throw new Error("Laced blocks are not for voices.");
  return block.subarray(begins);
}

const clusterMs = 5000;

export function writeWebm({ packets, ...sound }: OpusSound): Buffer {
  const clusters: { at: number; blocks: Buffer[] }[] = [];
  let at = 0;
  for (const packet of packets) {
    let cluster = clusters.at(-1);
    if (!cluster || at - cluster.at >= clusterMs) {
      cluster = { at: Math.round(at), blocks: [] };
      clusters.push(cluster);
    }
    const place = Buffer.from([0x81, 0, 0, 0x80]);
    place.writeInt16BE(Math.round(at) - cluster.at, 1);
    cluster.blocks.push(element(id.simpleBlock, place, packet));
    at += msOf(packet);
  }
  return Buffer.concat([
    element(
      id.ebml,
      ...[number(0x4286, 1), number(0x42f7, 1), number(0x42f2, 4), number(0x42f3, 8)],
      ...[text(0x4282, "webm"), number(0x4287, 4), number(0x4285, 2)],
    ),
    element(
      id.segment,
      element(
        id.info,
        ...[number(0x2ad7b1, 1_000_000), text(0x4d80, "telar"), text(0x5741, "telar")],
        float(0x4489, at),
      ),
      element(id.tracks, track(sound)),
      ...clusters.map((cluster) =>
        element(id.cluster, number(0xe7, cluster.at), ...cluster.blocks),
      ),
    ),
  ]);
}

const nsPerSample = 1e9 / 48_000;
const seekPreRollNs = 80_000_000;

function track(sound: Omit<OpusSound, "packets">): Buffer {
  return element(
    id.track,
    ...[number(0xd7, 1), number(0x73c5, 1), number(0x83, 2)],
    text(id.codec, "A_OPUS"),
    element(id.codecHead, writeHead(sound)),
    ...[number(0x56aa, Math.round(sound.preSkip * nsPerSample)), number(0x56bb, seekPreRollNs)],
    element(id.audio, float(0xb5, 48_000), number(0x9f, sound.channels)),
  );
}

function element(kind: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x10000000 + content.length);
  return Buffer.concat([Buffer.from(evenHex(kind), "hex"), size, content]);
}

const number = (kind: number, value: number) => element(kind, Buffer.from(evenHex(value), "hex"));
const text = (kind: number, value: string) => element(kind, Buffer.from(value, "latin1"));
function float(kind: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(kind, bytes);
}

function evenHex(value: number): string {
  const hex = value.toString(16);
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}
