import { HubError } from "@telar/contracts/problems";
import { expect, test } from "vitest";
import { offeredWords } from "./offered-words.ts";
import { comparedPassphrase, createPassphrases, newPassphrase } from "./passphrases.ts";

const lanes = createPassphrases({ memoryCost: 16, timeCost: 1 });
const passphrases = lanes.place("known");
const words = "ahuehuete ceiba copal encino fresno guaje nogal";

test.each(["es", "en"] as const)("an offer in %s holds 75 random bits", (language) => {
  const all = offeredWords(language);
  expect(new Set(all).size).toBe(all.length);
  expect(Math.log2(all.length) * 7).toBeGreaterThan(75);
  const offered = newPassphrase(language).split(" ");
  expect(offered).toHaveLength(7);
  expect(offered.every((word) => all.includes(word))).toBe(true);
});

test("words that hurt are never offered", () => {
  for (const word of ["fosa", "terror", "cárcel", "víctima", "capucha"])
    expect(offeredWords("es")).not.toContain(word);
  for (const word of ["vanish", "grief", "prison"]) expect(offeredWords("en")).not.toContain(word);
});

test("words stay different when accents and capitals are forgiven", () => {
  for (const language of ["es", "en"] as const) {
    const compared = offeredWords(language).map(comparedPassphrase);
    expect(Math.log2(new Set(compared).size) * 7).toBeGreaterThan(75);
  }
});

test("a passphrase is known however a phone writes it, and no other is", async () => {
  const kept = await passphrases.hash(words);
  expect(kept).toMatch(/^\$argon2id\$/);
  expect(
    await passphrases.matches("  Ahuehuete CEIBA-copal encino\tfresno guáje nogal ", kept),
  ).toBe(true);
  expect(await passphrases.matches("ahuehuete ceiba copal", kept)).toBe(false);
});

test("nobody's passphrase matches an account without one", async () => {
  for (const kept of [null, undefined])
    expect(await passphrases.matches("nobody signs in with this", kept)).toBe(false);
});

test("when too many wait at once the next are told to come back, and the others are answered", async () => {
  const asked = await Promise.allSettled(
    Array.from({ length: 60 }, async () => {
      using place = lanes.place("strangers");
      return await place.hash(words);
    }),
  );
  const refused = asked.filter(({ status }) => status === "rejected");
  expect(asked.length - refused.length).toBe(42);
  for (const { reason } of refused as PromiseRejectedResult[])
    expect(reason).toSatisfy((it: HubError) => it instanceof HubError && it.code === "unavailable");
  lanes.place("strangers")[Symbol.dispose]();
});

test("whoever is known finds a place while strangers fill theirs", async () => {
  const strangers = Array.from({ length: 42 }, () => lanes.place("strangers"));
  expect(() => lanes.place("strangers")).toThrow("unavailable");
  using known = lanes.place("known");
  expect(await known.hash(words)).toMatch(/^\$argon2id\$/);
  for (const place of strangers) place[Symbol.dispose]();
});
