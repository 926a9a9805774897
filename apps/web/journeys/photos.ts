import { crc32, deflateSync } from "node:zlib";

/** A picture with colours, as a phone would send it. */
export function photo(side = 400) {
  const chunk = (type: string, content: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), content]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    crc.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, crc]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  const line = Buffer.alloc(1 + side * 3);
  for (let at = 0; at < side; at += 1)
    line.set(at < side / 2 ? [190, 40, 60] : [40, 150, 90], 1 + at * 3);
  const lines = Buffer.concat(Array.from({ length: side }, () => line));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return { name: "IMG.png", mimeType: "image/png", buffer: Buffer.concat([signature, ...parts]) };
}
