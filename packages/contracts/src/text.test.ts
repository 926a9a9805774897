import { expect, test } from "vitest";
import { words, wordsOnOneLine } from "./text.ts";

const body = words(4000, 1);
const note = wordsOnOneLine(120);
const family = "👩‍👩‍👧";
const heart = "❤️";
const persian = "می‌خواهم";

test.each([
  ["emoji joined by joiners", family],
  ["an emoji with its variation", heart],
  ["a script that needs its non-joiner", persian],
  ["one hundred emoji", family.repeat(100)],
  ["marks on letters", "mä ꞌ ʼ ɨ"],
  ["what looks like code", "<script>alert(1)</script> '; drop table messages; --"],
])("%s stays as it was written", (_, text) => {
  expect(body.parse(text)).toBe(text);
});

test.each([
  ["direction overrides", "abc\u202edef\u202c", "abcdef"],
  ["isolates around a copied number", "\u206855 1234\u2069", "55 1234"],
  ["zero-width spaces and byte order marks", "ho\u200bla\ufeff", "hola"],
  ["hidden tags", "hola\u{e0068}\u{e0069}", "hola"],
  [
    "line ends of other systems",
    "uno\r\ndos\rtres\u2028cuatro\vcinco",
    "uno\ndos\ntres\ncuatro\ncinco",
  ],
  ["spaces around it", "  hola \n", "hola"],
])("%s are tidied away", (_, text, left) => {
  expect(body.parse(text)).toBe(left);
});

test.each([
  ["nothing", ""],
  ["blanks", " \n\t "],
  ["zero-width signs", "\u200b\u200b"],
  ["joiners", "\u200d\u200c\ufe0f"],
  ["blanks that look like letters", "\u3164\u2800\u115f"],
  ["a zero byte", "ho\u0000la"],
  ["an escape", "\u001b[31m"],
  ["half a surrogate", "\ud800"],
  ["too much", "a".repeat(4001)],
  ["100,000 emoji", "😀".repeat(100_000)],
])("%s is no message", (_, text) => {
  expect(body.safeParse(text).success).toBe(false);
});

test("a note may be left out, is one line, and keeps its emoji", () => {
  expect(note.parse("")).toBe("");
  expect(note.parse(" sueños\n malos  ")).toBe("sueños malos");
  expect(note.parse(heart)).toBe(heart);
  expect(note.safeParse("\u200d").success).toBe(false);
  expect(note.safeParse("a".repeat(121)).success).toBe(false);
});
