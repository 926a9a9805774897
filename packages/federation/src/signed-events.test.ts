import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type SignedEvent,
  signEvent,
  signReceipt,
  verifyEvent,
  verifyReceipt,
} from "./signed-events.ts";
import { digestOf } from "./signed-text.ts";
import { vectorHub } from "./testing/vector-hubs.ts";

const { hubs } = await vectorHub();
const { online } = hubs.keys;
const keyOf = async (kid: string) => (kid === online.kid ? online.x : undefined);

const event: SignedEvent = {
  v: 1,
  id: "019a0000-0000-7000-8000-000000000001",
  stream: "space:019a0000-0000-7000-8000-000000000002",
  type: "message.posted",
  author: "019a0000-0000-7000-8000-000000000003@https://raices.example",
  ts: "2026-11-22T08:00:00.000Z",
  body: { body: "Llegamos bien" },
};

async function history(length: number) {
  const chain: { event: string; jws: string; place: number }[] = [];
  for (let place = 1; place <= length; place += 1) {
    const signed = await signEvent({ ...event, body: { place } }, online);
    const before = chain.at(-1);
    const receipt = {
      stream: event.stream,
      place,
      event_sha256: digestOf(signed),
      prev_sha256: before ? digestOf(before.jws) : "",
      accepted_at: event.ts,
    };
    chain.push({ event: signed, jws: await signReceipt(receipt, online), place });
  }
  return chain;
}

test("an event is read as its origin signed it", async () => {
  expect(await verifyEvent(await signEvent(event, online), keyOf)).toEqual(event);
});

test("an event of a version and type to come is read and kept", async () => {
  const later = { ...event, v: 7, type: "caravan.left", body: { legs: [1, { at: null }] } };
  expect(await verifyEvent(await signEvent(later, online), keyOf)).toEqual(later);
});

test.each<[string, Partial<Record<keyof SignedEvent, unknown>>]>([
  ["no id", { id: undefined }],
  ["an id of another kind", { id: "1" }],
  ["a time without a zone", { ts: "2026-11-22T08:00:00" }],
  ["no version", { v: 0 }],
  ["a body that is a list", { body: [] }],
  ["a stream without end", { stream: "s".repeat(201) }],
])("an event with %s is malformed, even when it is signed", async (_, changed) => {
  const signed = await signEvent({ ...event, ...changed } as SignedEvent, online);
  await expect(verifyEvent(signed, keyOf)).rejects.toMatchObject({ reason: "malformed" });
});

test("an event that is too long is not even looked at", async () => {
  const long = await signEvent({ ...event, body: { body: "x".repeat(64_000) } }, online);
  await expect(verifyEvent(long, () => Promise.reject())).rejects.toMatchObject({
    reason: "too_large",
  });
});

test("a chain of receipts holds from the first place on", async () => {
  const chain = await history(5);
  for (const [index, { jws, event, place }] of chain.entries())
    expect(await verifyReceipt(jws, event, chain[index - 1], keyOf)).toMatchObject({ place });
});

test("another event, a left out place, a place given twice and a second history break the chain", async () => {
  const [first, second, third] = await history(3);
  const [, other] = await history(2);
  if (!first || !second || !third || !other) throw new Error("The history is too short.");
  const verdict = (one: typeof first, event: string, before: typeof first | undefined) =>
    verifyReceipt(one.jws, event, before, keyOf);
  await expect(verdict(second, third.event, first)).rejects.toMatchObject({ reason: "wrong_body" });
  for (const [one, before] of [
    [third, first],
    [second, second],
    [second, undefined],
    [first, first],
  ] as const)
    await expect(verdict(one, one.event, before)).rejects.toMatchObject({ reason: "broken_chain" });
  const signed = await signEvent({ ...event, body: { said: "to others" } }, online);
  const told = {
    stream: event.stream,
    place: 2,
    event_sha256: digestOf(signed),
    accepted_at: event.ts,
  };
  const jws = await signReceipt({ ...told, prev_sha256: digestOf(other.jws) }, online);
  await expect(verifyReceipt(jws, signed, first, keyOf)).rejects.toMatchObject({
    reason: "broken_chain",
  });
});

test("no text passes for an event (T13)", async () => {
  const signed = await signEvent(event, online);
  const cut = fc
    .tuple(fc.nat(signed.length), fc.nat(8), fc.string({ maxLength: 8 }))
    .map(([at, gone, put]) => signed.slice(0, at) + put + signed.slice(at + gone));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, fc.string(), fc.json()), async (text) => {
      const verdict = await verifyEvent(text, keyOf).then(
        () => "read",
        ({ reason }) => reason,
      );
      expect(verdict).toBeTypeOf("string");
      expect(verdict === "read").toBe(text === signed);
    }),
    { numRuns: 10_000 },
  );
});
