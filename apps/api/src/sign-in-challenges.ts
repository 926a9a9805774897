import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";

const lifeMs = 5 * 60_000;
const randomLength = 16;
const timeLength = 6;
const bodyLength = randomLength + timeLength;

/** Carries its own end and seal: whoever only asks for one, as any stranger may, leaves nothing in the database. */
export function newSignInChallenge(key: KeyObject): Uint8Array<ArrayBuffer> {
  const body = Buffer.alloc(bodyLength);
  randomBytes(randomLength).copy(body);
  body.writeUIntBE(Date.now() + lifeMs, randomLength, timeLength);
  return new Uint8Array(Buffer.concat([body, sealOf(body, key)]));
}

/** Whether this hub made it in the last five minutes. Whether it was answered already, the database knows. */
export function isOpenChallenge(challenge: string, key: KeyObject): boolean {
  const bytes = Buffer.from(challenge, "base64url");
  const body = bytes.subarray(0, bodyLength);
  const right = sealOf(body, key);
  const given = bytes.subarray(bodyLength);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  return body.readUIntBE(randomLength, timeLength) > Date.now();
}

/** No session cookie begins with these words, which the same key signs. */
function sealOf(body: Uint8Array, key: KeyObject): Buffer {
  return createHmac("sha256", key).update("sign-in challenge ").update(body).digest();
}
