import { GroupId, MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const elsewhere = "019a0000-0000-7000-8000-000000000002";
const id = "019a0000-0000-7000-8000-000000000003";
const asked = (parts: object = {}) => ({
  id,
  group,
  groupName: "Raíz",
  askedBy: "Zapote",
  youAsked: false,
  reason: "Respaldo <de todo>",
  state: "asked",
  mayAgree: true,
  until: "2026-11-28",
  ...parts,
});
const copy = {
  name: "Raíz",
  profile: {},
  members: [{ alias: "Ceiba", roles: ["member"] }],
  log: [],
};

interface Situation {
  listed?: object[];
  roles?: Role[];
  steward?: boolean;
  seen?: string[];
}

function open({ listed = [asked()], roles, steward = true, seen = [] }: Situation = {}) {
  const place = { id: MembershipId.parse(id), group, groupName: "Raíz", alias: "Copal" };
  return openWeb((api: Hono) => {
    serveAccount({ steward, memberships: roles ? [{ ...place, roles }] : [] })(api);
    api.get("/api/hub/exports", (c) => c.json(listed));
    api.post("/api/hub/exports/:id/file", (c) =>
      listed.some((each) => "youAsked" in each && each.youAsked)
        ? c.json(copy)
        : c.json(problem("not_allowed"), 403),
    );
    api.on(["POST", "DELETE"], "/api/hub/exports/:id/:part?", (c) => {
      seen.push(`${c.req.method} ${new URL(c.req.url).pathname}`);
      return c.json({});
    });
  });
}
const show = async (situation: Situation = {}, path = "/central/copias") =>
  (await open(situation).request(publicUrl + path, signedIn)).text();
const press = (situation: Situation, fields: Record<string, string>, path = "/central/copias") =>
  open(situation).request(publicUrl + path, sent(fields, signedIn.headers));

test("another steward can agree or not, after reading who asks and why", async () => {
  const html = await show();
  expect(html).toContain("La pidió Zapote");
  expect(html).toContain("Respaldo &lt;de todo&gt;");
  expect(html).toContain('name="agree"');
  expect(html).toContain('name="refuse"');
});

test("who asked is not offered to agree", async () => {
  const html = await show({ listed: [asked({ youAsked: true, mayAgree: false })] });
  expect(html).not.toContain('name="agree"');
  expect(html).toContain("Ya no la pido");
});

test("the copy is offered to who asked, once somebody agreed", async () => {
  const own = { youAsked: true, mayAgree: false, state: "agreed" };
  expect(await show({ listed: [asked(own)] })).toContain(`href="/central/copias/${id}"`);
  expect(await show({ listed: [asked({ ...own, youAsked: false })] })).not.toContain(
    `href="/central/copias/${id}"`,
  );
});

test("the pressed button says which copy, and what", async () => {
  const seen: string[] = [];
  const answer = await press({ seen }, { agree: id });
  expect(answer.headers.get("location")).toBe("/central/copias?listo");
  await press({ seen }, { refuse: id });
  expect(seen).toEqual([`POST /api/hub/exports/${id}/agreement`, `DELETE /api/hub/exports/${id}`]);
});

test("a copy is a file whose name tells nothing, kept in no cache", async () => {
  const listed = [asked({ youAsked: true, mayAgree: false, state: "agreed" })];
  expect(await show({ listed }, `/central/copias/${id}`)).toContain("Quien encuentre el archivo");
  const answer = await press({ listed }, {}, `/central/copias/${id}`);
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="copia.json"');
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.json()).toEqual(copy);
});

test("coordinators answer for their own group only", async () => {
  const path = `/grupos/${group}/copias`;
  const situation = { steward: false, roles: ["coordinator" as const] };
  const listed = [asked(), asked({ id: elsewhere, group: elsewhere, groupName: "Otro" })];
  const html = await show({ ...situation, listed }, path);
  expect(html).toContain('name="agree"');
  expect(html).not.toContain("Otro");
  const answer = await press(situation, { agree: id }, path);
  expect(answer.headers.get("location")).toBe(`${path}?listo`);
});

test("members who do not coordinate, and strangers, find nothing to answer", async () => {
  const path = `/grupos/${group}/copias`;
  const member = await open({ steward: false, roles: ["member"] }).request(
    publicUrl + path,
    signedIn,
  );
  expect(member.status).toBe(403);
  const stranger = await open({ steward: false }).request(publicUrl + path, signedIn);
  expect(stranger.status).toBe(404);
  expect((await open().request(publicUrl + path)).headers.get("location")).toContain("/entrar");
});
