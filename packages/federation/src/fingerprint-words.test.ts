import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprintOfWords, wordsOfFingerprint } from "./fingerprint-words.ts";

const thumbprints = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("base64url"));

test("twelve words carry the first 132 bits, and can be read back", () => {
  fc.assert(
    fc.property(thumbprints, (thumbprint) => {
      const words = wordsOfFingerprint(thumbprint);
      expect(words.split(" ")).toHaveLength(12);
      expect(fingerprintOfWords(words)).toBe(thumbprint.slice(0, 22));
    }),
  );
});

test("words typed in capitals, without accents and with wide spaces are the same words", () => {
  fc.assert(
    fc.property(thumbprints, (thumbprint) => {
      const typed = wordsOfFingerprint(thumbprint)
        .normalize("NFD")
        .replace(/\p{Mn}/gu, "");
      expect(fingerprintOfWords(`  ${typed.toUpperCase().replaceAll(" ", " \n")} `)).toBe(
        thumbprint.slice(0, 22),
      );
    }),
  );
});

test("zero bits are the list's first word and one bits its last", () => {
  expect(wordsOfFingerprint("A".repeat(43))).toBe(Array(12).fill("ábaco").join(" "));
  expect(wordsOfFingerprint("_".repeat(43))).toBe(Array(12).fill("zurdo").join(" "));
});

test("words that are too few, too many or not of the list are no fingerprint", () => {
  const words = Array(12).fill("abeja");
  expect(fingerprintOfWords(words.slice(1).join(" "))).toBeUndefined();
  expect(fingerprintOfWords([...words, "abeja"].join(" "))).toBeUndefined();
  expect(fingerprintOfWords([...words.slice(1), "telar"].join(" "))).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => fingerprintOfWords(text) === undefined));
});
