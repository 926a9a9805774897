import { wordlist } from "@scure/bip39/wordlists/spanish.js";

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const shownDigits = 22;
const wordCount = 12;

/** The first 132 bits of a base64url thumbprint as twelve Spanish words (BIP-39 list, eleven bits each, no checksum). */
export function wordsOfFingerprint(thumbprint: string): string {
  const bits = Array.from(thumbprint.slice(0, shownDigits), (digit) =>
    toBits(digits.indexOf(digit), 6),
  );
  const numbers = bits.join("").match(/.{11}/g) ?? [];
  return numbers.map((number) => wordlist[Number.parseInt(number, 2)]?.normalize("NFC")).join(" ");
}

/** The first 22 digits of the thumbprint that the words stand for; undefined for other words. Forgives case and accents. */
export function fingerprintOfWords(words: string): string | undefined {
  const numbers = plain(words)
    .trim()
    .split(/\s+/)
    .map((word) => plainWords.indexOf(word));
  if (numbers.length !== wordCount || numbers.includes(-1)) return undefined;
  const bits = numbers.map((number) => toBits(number, 11)).join("");
  return bits
    .match(/.{6}/g)
    ?.map((digit) => digits[Number.parseInt(digit, 2)])
    .join("");
}

/** Without accents; no two words of the list become alike. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");
const plainWords = wordlist.map(plain);

const toBits = (number: number, width: number) => number.toString(2).padStart(width, "0");
