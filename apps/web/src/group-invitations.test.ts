import { GroupId, InvitationId, MembershipId } from "@telar/contracts/ids";
import type { Invitation, NewInvitation } from "@telar/contracts/invitations";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const path = `${publicUrl}/grupos/${group}/invitar`;
const expiresAt = "2026-11-24T04:30:00Z";
const invitation = (end: number, state: Invitation["state"]): Invitation => ({
  id: InvitationId.parse(`019a0000-0000-4000-8000-00000000000${end}`),
  purpose: "membership",
  roles: ["facilitator"],
  ending: `WXY${end}`,
  state,
  expiresAt,
});
const code = "QWV0A-JP7JG-KQV4B-MW98V-GJ477-2";
const made: NewInvitation = {
  id: invitation(1, "open").id,
  code,
  link: `https://hub.test/invitacion#${code}`,
  expiresAt,
};

function openInvitations(listed: Invitation[], refuse?: Response) {
  const done: unknown[] = [];
  const id = MembershipId.parse("019a0000-0000-7000-8000-000000000002");
  const you = { id, alias: "Ceiba", roles: ["coordinator"], you: true };
  const levels = ["name", "about", "region", "languages", "capabilities", "contact"];
  const visibility = Object.fromEntries(levels.map((field) => [field, "members"]));
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/groups/:group", (c) =>
      c.json({
        id: group,
        name: "Tejido",
        kind: "victim_network",
        closed: false,
        profile: {},
        inside: { you, visibility, twoCoordinators: true, coordinators: [you], memberCount: 2 },
      }),
    );
    api.get("/api/groups/:group/invitations", (c) => c.json(listed));
    api.post("/api/groups/:group/invitations", async (c) => {
      done.push(await c.req.json());
      return refuse ?? c.json(made);
    });
    api.delete("/api/invitations/:id", (c) => {
      done.push(c.req.param("id"));
      return c.json({});
    });
  });
  return { web, done };
}

test("a made invitation is shown once as drawing, code and link, in no address and no store", async () => {
  const { web, done } = openInvitations([]);
  const answer = await web.request(path, sent({ roles: "facilitator" }, signedIn.headers));
  const html = await answer.text();
  expect(done).toEqual([{ roles: "facilitator" }]);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("location")).toBeNull();
  expect(answer.headers.get("cache-control")).toContain("no-store");
  expect(html).toContain(`value="${made.link}"`);
  expect(html.replace(/<[^>]+>/g, "")).toContain(code);
  expect(html).toMatch(/<svg class="qr"[^>]*role="img" aria-label="[^"]+"/);
  expect(html).toContain("hub.test/invitacion");
  expect(html).toContain("hasta el lunes, 23 de noviembre, 22:30");
  expect(html).not.toContain("style=");
});

test("open invitations can be closed, past ones say what became of them", async () => {
  const { web, done } = openInvitations([invitation(1, "open"), invitation(2, "used")]);
  const html = await (await web.request(path, signedIn)).text();
  expect(html).toContain("Para quien facilita.");
  expect(html).toContain("Cerrar la invitación que termina en WXY1");
  expect(html).not.toContain("Cerrar la invitación que termina en WXY2");
  expect(html).toContain("Termina en WXY2. Ya se usó.");
  const { id } = invitation(1, "open");
  const answer = await web.request(`${path}/cerrar`, sent({ id }, signedIn.headers));
  expect([answer.status, answer.headers.get("location")]).toEqual([
    303,
    `/grupos/${group}/invitar`,
  ]);
  expect(done).toEqual([id]);
});

test("when no more invitations fit, the page says so and keeps the choice", async () => {
  const refuse = Response.json(problem("limit_reached"), { status: 409 });
  const { web } = openInvitations([], refuse);
  const answer = await web.request(path, sent({ roles: "signatory" }, signedIn.headers));
  expect(answer.status).toBe(409);
  const html = await answer.text();
  expect(html).toContain('class="summary"');
  expect(html).toMatch(/value="signatory" checked/);
});
