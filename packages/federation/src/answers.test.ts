import { expect, test } from "vitest";
import { signAnswer, verifyAnswer } from "./answers.ts";
import { vectorHub } from "./testing/vector-hubs.ts";

const { hubs } = await vectorHub();
const { online, stranger } = hubs.keys;
const now = new Date("2026-11-22T08:00:00Z");
const between = { from: hubs.to, to: hubs.from, inReplyTo: "AAAAAAAAAAAAAAAAAAAAAA" };
const answer = { status: 200, body: '{"have":{}}' };
const signature = await signAnswer(answer, between, online, now);
const keyOf = async (kid: string) => (kid === online.kid ? online.x : undefined);

test("an answer of the hub that was asked, to what was asked, is believed", async () => {
  await verifyAnswer(answer, signature, between, keyOf);
});

test.each([
  ["another body", { answer: { ...answer, body: "{}" } }, "wrong_body"],
  ["another status", { answer: { ...answer, status: 202 } }, "wrong_body"],
  ["another request", { between: { ...between, inReplyTo: "B".repeat(22) } }, "wrong_reply"],
  [
    "another hub that answers",
    { between: { ...between, from: "https://no.example" } },
    "wrong_hub",
  ],
  ["another hub that asked", { between: { ...between, to: "https://no.example" } }, "wrong_hub"],
  ["a key that we do not know", { keyOf: async () => undefined }, "unknown_key"],
  ["another key", { keyOf: async () => stranger.x }, "bad_signature"],
  ["no signature", { signature: "" }, "malformed"],
])("an answer with %s is not", async (_, changed, reason) => {
  const all = { answer, signature, between, keyOf, ...changed };
  const verdict = verifyAnswer(all.answer, all.signature, all.between, all.keyOf);
  await expect(verdict).rejects.toMatchObject({ reason });
});
