import { expect, test } from "vitest";
import { signKeyDocument } from "./key-document.ts";
import { acceptKeyDocument, keyInForce } from "./peer-keys.ts";
import { digestOf } from "./signed-text.ts";
import { vectorHub } from "./testing/vector-hubs.ts";

const hub = await vectorHub();
const { document, root, jws, url, fingerprint, hubs } = hub;
const now = new Date(document.iat * 1000 + 60_000);
const accept = (text: string, changed = {}) =>
  acceptKeyDocument(text, { url, fingerprint, now, ...changed });
const sign = (changed: object, key = root) => signKeyDocument({ ...document, ...changed }, key);

test("the document of the root that was compared is accepted, by its words too", async () => {
  expect(await accept(jws)).toEqual(document);
  expect(await accept(jws, { fingerprint: fingerprint.slice(0, 22) })).toEqual(document);
  expect(await accept(jws, { known: { jws, version: 1 } })).toEqual(document);
});

test.each([
  ["another root than was compared", jws, { fingerprint: "A".repeat(43) }, "unknown_key"],
  ["a fingerprint of few digits", jws, { fingerprint: fingerprint.slice(0, 21) }, "unknown_key"],
  ["another address", jws, { url: "https://other.example" }, "wrong_hub"],
  ["a time that is over", jws, { now: new Date(document.exp * 1000) }, "wrong_time"],
  ["a life of a year", await sign({ exp: document.iat + 365 * 86_400 }), {}, "wrong_time"],
  ["a time to come", jws, { now: new Date((document.iat - 301) * 1000) }, "wrong_time"],
  ["a root that did not sign it", await sign({}, hubs.keys.stranger), {}, "bad_signature"],
  ["a key of another kind", await sign({ keys: [{ kid: "k" }] }), {}, "malformed"],
  ["very many keys", await sign({ keys: Array(21).fill(document.keys[0]) }), {}, "malformed"],
  ["too many characters", jws + "A".repeat(32_000), {}, "too_large"],
  ["nothing", "", {}, "malformed"],
])("a document with %s is not", async (_, text, changed, reason) => {
  await expect(accept(text, changed)).rejects.toMatchObject({ reason });
});

test("versions never go back, never say two things, and chain where none was missed", async () => {
  const known = { jws, version: 1 };
  const next = await sign({ version: 2, prev: digestOf(jws) });
  expect(await accept(next, { known })).toMatchObject({ version: 2 });
  expect(await accept(await sign({ version: 5, prev: digestOf("four") }), { known })).toBeTruthy();
  const broken: [string, typeof known][] = [
    [jws, { jws: next, version: 2 }],
    [await sign({ endpoints: { other: "" } }), known],
    [await sign({ version: 2, prev: digestOf(next) }), known],
    [await sign({ version: 2 }), known],
  ];
  for (const [text, before] of broken)
    await expect(accept(text, { known: before })).rejects.toMatchObject({ reason: "broken_chain" });
});

test("a key counts from its beginning to its end, unless it was revoked", () => {
  const { online, before, revoked, stranger } = hubs.keys;
  const at = (seconds: number) => keyInForce(document, online.kid, new Date(seconds * 1000));
  const [key] = document.keys;
  if (!key) throw new Error("The document has no key.");
  expect([key.nbf - 1, key.nbf, key.exp - 1, key.exp].map(at)).toEqual([
    undefined,
    online.x,
    online.x,
    undefined,
  ]);
  for (const { kid } of [before, revoked, stranger])
    expect(keyInForce(document, kid, now)).toBe(undefined);
});
