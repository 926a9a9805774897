import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, base64url. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What the hub stores of a secret. Only for secrets with 80 random bits or more: passphrases take Argon2. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Crockford's base 32, without I, L, O and U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A random code to read out and type: five bits a sign, in groups joined by dashes. */
export function newCode(signs: number, group = 5): string {
  const random = randomBytes(signs);
  const text = Array.from(random, (byte) => alphabet[byte & 31]).join("");
  return text.replace(new RegExp(`.{${group}}(?=.)`, "g"), "$&-");
}

/** Forgives case, spaces, dashes, and the letters that look like digits. */
export function readCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[OIL]/g, (sign) => (sign === "O" ? "0" : "1"))
    .replace(/[^0-9A-Z]/g, "");
}
