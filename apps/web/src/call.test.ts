import { changeAccount, closeAccount, getAccount } from "@telar/contracts/accounts";
import { listGroups } from "@telar/contracts/groups";
import { GroupId, type InvitationId, MembershipId } from "@telar/contracts/ids";
import { revokeInvitation } from "@telar/contracts/invitations";
import { changeRoles, removeMember } from "@telar/contracts/memberships";
import { HubError } from "@telar/contracts/problems";
import { signIn } from "@telar/contracts/sessions";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { type Call, createCall } from "./call.ts";
import { problem, publicUrl } from "./testing.ts";

/** A page that asks an API which tells what it was asked. */
async function page(ask: (call: Call) => Promise<unknown>, answer?: () => Response) {
  const asked: { request: Request; body: string }[] = [];
  const askApi = async (request: Request) => {
    asked.push({ request, body: await request.clone().text() });
    return answer?.() ?? Response.json({});
  };
  let outcome: unknown;
  const app = new Hono().get("/", async (c) => {
    outcome = await ask(createCall(c, { askApi, publicUrl })).catch((error: unknown) => error);
    return c.text("");
  });
  const response = await app.request("/", { headers: { cookie: "session=mine" } });
  const [{ request, body } = { request: new Request(publicUrl), body: "" }] = asked;
  return { asked: asked.length, request, body, outcome, response };
}

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const id = MembershipId.parse("019a0000-0000-7000-8000-000000000002");

test("a question carries the person's cookie and this hub's origin, and its answer is checked", async () => {
  const { request, outcome } = await page((call) => call(getAccount, {}));
  expect(request.headers.get("cookie")).toBe("session=mine");
  expect(request.headers.get("origin")).toBe(publicUrl);
  expect(outcome).toHaveProperty("name", "ZodError");
});

test("where the API shares the process a page reads from it directly, until it has written", async () => {
  const readApi = async () => ({ told: "directly" }) as never;
  const asked: string[] = [];
  const askApi = async ({ method, headers }: Request) => {
    asked.push(`${method} ${headers.get("cookie")}`);
    return Response.json({}, { headers: { "set-cookie": "session=newer; Path=/" } });
  };
  const app = new Hono().get("/", async (c) => {
    const call = createCall(c, { askApi, readApi, publicUrl });
    const before = await call(getAccount, {});
    await call(changeAccount, {});
    await call(getAccount, {}).catch(() => {});
    return c.json(before);
  });
  const response = await app.request("/", { headers: { cookie: "session=mine" } });
  expect(await response.json()).toEqual({ told: "directly" });
  expect(asked).toEqual(["PATCH session=mine", "GET session=newer"]);
});

test("path parameters stand in the path and the rest in a JSON body", async () => {
  const { request, body } = await page((call) =>
    call(changeRoles, { group, id, roles: ["facilitator"] }),
  );
  expect(request.method).toBe("PUT");
  expect(new URL(request.url).pathname).toBe(`/api/groups/${group}/memberships/${id}/roles`);
  expect(JSON.parse(body)).toEqual({ roles: ["facilitator"] });
});

test("a list is asked for in the query, without what was left out", async () => {
  const { request } = await page((call) =>
    call(listGroups, { region: "Costa & Sierra", kind: undefined }),
  );
  expect(new URL(request.url).search).toBe("?region=Costa+%26+Sierra");
});

test("a deletion has no body", async () => {
  const { request, body } = await page((call) => call(closeAccount, {}));
  expect([request.method, body]).toEqual(["DELETE", ""]);
});

test("what a form sends as an id cannot lead to another operation", async () => {
  for (const sent of ["..", ".", "", "../account"]) {
    const { request, asked, outcome } = await page((call) =>
      call(revokeInvitation, { id: sent as InvitationId }),
    );
    if (asked === 0) expect(outcome).toHaveProperty("code", "not_found");
    else expect(new URL(request.url).pathname).toBe("/api/invitations/..%2Faccount");
  }
});

test("a refusal is thrown with its fields and how long to wait", async () => {
  const refusal = { fields: { reason: "too_short" }, retryAfterSeconds: 120 };
  const { outcome } = await page(
    (call) => call(removeMember, { group, id, reason: "" }),
    () => Response.json(problem("invalid_input", refusal), { status: 400 }),
  );
  expect(outcome).toBeInstanceOf(HubError);
  expect(outcome).toMatchObject({ code: "invalid_input", ...refusal });
});

test("an answer that is no problem of ours counts as unexpected", async () => {
  const { outcome } = await page(
    (call) => call(changeAccount, {}),
    () => new Response("<html>", { status: 502 }),
  );
  expect(outcome).toMatchObject({ code: "unexpected" });
});

test("cookies and what is to be forgotten reach the browser, also beside a refusal", async () => {
  const headers = new Headers({ "clear-site-data": '"storage"' });
  headers.append("set-cookie", "one=1; Path=/");
  headers.append("set-cookie", "two=2; Path=/");
  const { response } = await page(
    (call) => call(signIn, { signInName: "Ceiba", passphrase: "x", device: "own" }),
    () => Response.json(problem("wrong_sign_in"), { status: 401, headers }),
  );
  expect(response.headers.getSetCookie()).toEqual(["one=1; Path=/", "two=2; Path=/"]);
  expect(response.headers.get("clear-site-data")).toBe('"storage"');
});
