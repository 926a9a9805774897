import fc from "fast-check";
import { expect, test } from "vitest";
import { wordsHit } from "./filters.ts";

test.each([
  ["Ese PALO no", ["palo"]],
  ["ese pálo no", ["palo"]],
  ["p a l o", ["palo"]],
  ["p.a.l.o", ["palo"]],
  ["pa-lo", ["palo"]],
  ["ｐａｌｏ", ["palo"]],
  ["mal   vivir", ["mal vivir"]],
])("%s holds %j", (text, words) => {
  expect(wordsHit(words, text)).toEqual(words);
});

test.each([
  ["hermano", "ano"],
  ["apalomado", "palo"],
  ["palomar", "palo"],
])("%s does not hold %s, which is only a part of it", (text, word) => {
  expect(wordsHit([word], text)).toEqual([]);
});

test("a star takes every ending", () => {
  expect(wordsHit(["golpe*"], "lo golpearon")).toEqual(["golpe*"]);
  expect(wordsHit(["golpe"], "lo golpearon")).toEqual([]);
});

test("a word of signs alone holds nothing back", () => {
  expect(wordsHit(["***", "¿?"], "hola ***")).toEqual([]);
});

test("a word stands in every text that it is put into, and matching is quick (T13)", () => {
  const word = fc.stringMatching(/^[a-z]{2,12}$/);
  fc.assert(
    fc.property(word, fc.string({ unit: "binary", maxLength: 4000 }), (sought, around) => {
      const began = performance.now();
      expect(
        wordsHit([sought], `${around} . ${sought.toUpperCase()} . ${around}`.slice(-4000)),
      ).toHaveLength(wordsHit([sought], `${around} . ${sought} . ${around}`.slice(-4000)).length);
      expect(wordsHit([sought], `xx ${sought} xx ${around}`)).toEqual([sought]);
      expect(performance.now() - began).toBeLessThan(200);
    }),
    { numRuns: 300 },
  );
});
