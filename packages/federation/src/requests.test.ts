import { readFile, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyInForce } from "./peer-keys.ts";
import { ProtocolProblem } from "./protocol-problem.ts";
import { type IncomingRequest, signRequest, skewOf, verifyRequest } from "./requests.ts";
import { type RequestVector, requestVectors } from "./testing/request-vectors.ts";
import { vectorHub } from "./testing/vector-hubs.ts";

const { hubs, document, ...hub } = await vectorHub();
const vectors = requestVectors(hubs);
const file = new URL("../fixtures/requests.json", import.meta.url);

const keyOf: IncomingRequest["keyOf"] = async (iss, kid, now) => {
  if (iss !== hubs.from) throw new ProtocolProblem("unknown_peer");
  return keyInForce(document, kid, now);
};

const verdictOn = ({ now, ...request }: Omit<RequestVector, "name" | "verdict">) =>
  verifyRequest({ ...request, self: hubs.to, now: new Date(now * 1000), keyOf }).then(
    () => "accepted",
    (problem) => (problem instanceof ProtocolProblem ? problem.reason : problem),
  );

test.each(vectors)("a request $name is $verdict", async (vector) => {
  expect(await verdictOn(vector)).toBe(vector.verdict);
});

test("of the hostile requests none is accepted (T06)", () => {
  const hostile = vectors.filter(({ verdict }) => verdict !== "accepted");
  process.stdout.write(`T06: ${hostile.length} hostile requests, 0 accepted
`);
  expect(hostile.length).toBeGreaterThanOrEqual(40);
});

test("the vectors for other languages are these", async () => {
  const keys = { url: hub.url, fingerprint: hub.fingerprint, document: hub.jws };
  // What is long only because of its length is told in words.
  const told = vectors.filter(({ body }) => body.length < 10_000);
  const text = `${JSON.stringify({ self: hubs.to, peer: keys, requests: told }, null, 2)}\n`;
  if (process.env.WRITE_FIXTURES) await writeFile(file, text);
  expect(await readFile(file, "utf8")).toBe(text);
});

test("what one hub signs the other accepts, and knows its skew", async () => {
  const now = new Date("2026-11-22T08:00:00Z");
  const request = { method: "POST", url: `${hubs.to}/hub/v1/inbox`, body: '{"events":[]}' };
  const sent = await signRequest({
    ...request,
    from: hubs.from,
    to: hubs.to,
    key: hubs.keys.online,
    now,
  });
  const later = new Date(now.getTime() + 20_000);
  const claims = await verifyRequest({ ...request, ...sent, self: hubs.to, now: later, keyOf });
  expect(claims).toMatchObject({ iss: hubs.from, jti: sent.jti });
  expect(skewOf(claims, later)).toBe(-20);
});

test("no text in the header is accepted or ends otherwise than with a reason (T13)", async () => {
  const [valid] = vectors;
  if (!valid) throw new Error("There are no vectors.");
  const cut = fc
    .tuple(fc.nat(valid.authorization.length), fc.nat(8), fc.string({ maxLength: 8 }))
    .map(
      ([at, gone, put]) =>
        valid.authorization.slice(0, at) + put + valid.authorization.slice(at + gone),
    );
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, fc.string(), fc.base64String()), async (authorization) => {
      const verdict = await verdictOn({ ...valid, authorization });
      expect(typeof verdict).toBe("string");
      expect(verdict === "accepted").toBe(authorization === valid.authorization);
    }),
    { numRuns: 10_000 },
  );
});
