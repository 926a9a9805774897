/** What somebody said: packets as RFC 6716 describes them. */
export interface OpusSound {
  channels: 1 | 2;
  /** Samples of 48 kHz at the beginning that are not played. */
  preSkip: number;
  packets: Buffer[];
}

const silk = [10, 20, 40, 60];
const hybrid = [10, 20];
const celt = [2.5, 5, 10, 20];
const packetMaxMs = 120;

/** How long a packet sounds, by its first byte. */
export function msOf(packet: Buffer): number {
  const [toc = 0, second = 0] = packet;
  const config = toc >> 3;
  const frameMs =
    config < 12 ? silk[config % 4] : config < 16 ? hybrid[config % 2] : celt[config % 4];
  const frames = [1, 2, 2, second & 63][toc & 3] ?? 0;
  const ms = (frameMs ?? 0) * frames;
  if (ms === 0 || ms > packetMaxMs) throw new Error("This is no packet.");
  return ms;
}

export const secondsOf = (packets: Buffer[]): number =>
  packets.reduce((sum, packet) => sum + msOf(packet), 0) / 1000;

/** The head that both wrappings carry (RFC 7845); families with more than two channels are not for voices. */
export function readHead(head: Buffer): Omit<OpusSound, "packets"> {
  const channels = head.readUInt8(9);
  const known = head.toString("latin1", 0, 8) === "OpusHead" && head.readUInt8(18) === 0;
  if (!known || (channels !== 1 && channels !== 2)) throw new Error("This is no head.");
  return { channels, preSkip: head.readUInt16LE(10) };
}

export function writeHead({ channels, preSkip }: Omit<OpusSound, "packets">): Buffer {
  const head = Buffer.alloc(19);
  head.write("OpusHead", "latin1");
  head.writeUInt8(1, 8);
  head.writeUInt8(channels, 9);
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
}
