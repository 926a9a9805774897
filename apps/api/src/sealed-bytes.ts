import { type CipherGCM, createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";

/**
 * The STREAM construction over AES-256-GCM, for a key that seals one content only: each piece has its number and whether
 * it is the last one in its nonce, so that pieces that were cut off, moved or changed are found out.
 */
const algorithm = "aes-256-gcm";
const pieceBytes = 64 * 1024;
const tagBytes = 16;

type Content = AsyncIterable<Uint8Array>;

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

export async function* seal(content: Content, key: KeyObject): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, last } of piecesOf(content, pieceBytes)) {
    const cipher = createCipheriv(algorithm, key, nonceOf(number, last)) as CipherGCM;
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/** Throws at the first piece that is not as it was sealed; nothing of that piece comes out. */
export async function* unseal(sealed: Content, key: KeyObject): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, last } of piecesOf(sealed, pieceBytes + tagBytes)) {
    const decipher = createDecipheriv(algorithm, key, nonceOf(number, last));
    decipher.setAuthTag(piece.subarray(-tagBytes));
    yield Buffer.concat([decipher.update(piece.subarray(0, -tagBytes)), decipher.final()]);
    number += 1;
  }
}

/** Pieces of one length, and a last one with what is left: it may be empty only where there is no other. */
async function* piecesOf(content: Content, length: number) {
  let left = Buffer.alloc(0);
  for await (const chunk of content) {
    left = left.length > 0 ? Buffer.concat([left, chunk]) : Buffer.from(chunk);
    while (left.length > length) {
      yield { piece: left.subarray(0, length), last: false };
      left = left.subarray(length);
    }
  }
  yield { piece: left, last: true };
}
