import { expect, test } from "vitest";
import * as z from "zod";
import { readAnswer, requestFor } from "./call.ts";
import { operation } from "./operation.ts";
import { HubError } from "./problems.ts";

const shape = z.object({ tree: z.string(), tags: z.array(z.string()).optional() });
const ask = operation({
  summary: "A tree.",
  method: "GET",
  path: "/api/trees/:tree",
  proof: "none",
  input: shape,
  output: z.object({ height: z.int() }),
});
const change = { ...ask, method: "PUT" } as const;
const hub = "https://hub.example/";

test("a value in the path is escaped and the rest is asked by query, lists by repeated names", () => {
  const { url, method } = requestFor(ask, { tree: "a/b ñ", tags: ["x", "y"] }, hub);
  expect(method).toBe("GET");
  expect(url).toBe("https://hub.example/api/trees/a%2Fb%20%C3%B1?tags=x&tags=y");
});

test("a change travels as JSON without what stands in the path, from the hub's own origin", async () => {
  const request = requestFor(change, { tree: "ceiba", tags: ["x"] }, hub);
  expect(request.url).toBe("https://hub.example/api/trees/ceiba");
  expect(request.headers.get("origin")).toBe("https://hub.example");
  expect(await request.json()).toEqual({ tags: ["x"] });
});

test("what is left out is not sent", () => {
  expect(requestFor(ask, { tree: "ceiba", tags: undefined }, hub).url).not.toContain("tags");
});

test("a value that would walk up the path is not found", () => {
  for (const tree of ["", ".", ".."])
    expect(() => requestFor(ask, { tree }, hub)).toThrow(new HubError("not_found"));
});

test("an answer keeps to its contract", async () => {
  expect(await readAnswer(ask, Response.json({ height: 3, secret: 1 }))).toEqual({ height: 3 });
  await expect(readAnswer(ask, Response.json({ height: "3" }))).rejects.toThrow(z.ZodError);
});

test("a refusal comes back as the HubError that was thrown in the hub", async () => {
  const fields = { tree: "taken" } as const;
  const body = { status: 429, code: "too_many_tries", fields, retryAfterSeconds: 7 };
  const refused = readAnswer(ask, Response.json(body, { status: 429 }));
  await expect(refused).rejects.toMatchObject({
    code: "too_many_tries",
    fields,
    retryAfterSeconds: 7,
  });
});

test("an answer that is no problem document is unexpected", async () => {
  const refused = readAnswer(ask, new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await expect(refused).rejects.toMatchObject({ code: "unexpected" });
});
