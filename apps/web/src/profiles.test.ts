import { GroupId, MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const path = `${publicUrl}/grupos/${group}/perfil`;
const visibility = {
  name: "public",
  about: "peers",
  region: "public",
  languages: "coalition",
  capabilities: "public",
  contact: "members",
};

function openProfile(roles: Role[] = ["coordinator"], refuse?: Response) {
  const written: unknown[] = [];
  const id = MembershipId.parse("019a0000-0000-7000-8000-000000000002");
  const you = { id, alias: "Ceiba", roles, you: true };
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/groups/:group", (c) =>
      c.json({
        id: group,
        name: "Tejido",
        kind: "victim_network",
        closed: false,
        profile: {
          about: "Buscamos <juntas>.",
          languages: ["es", "nah"],
          capabilities: ["search"],
        },
        inside: { you, visibility, twoCoordinators: true, coordinators: [you], memberCount: 2 },
      }),
    );
    api.put("/api/groups/:group/profile", async (c) => {
      written.push(await c.req.json());
      return refuse ?? c.json({});
    });
  });
  return { web, written };
}

test("each field stands with who sees it, as it is now", async () => {
  const html = await (await openProfile().web.request(path, signedIn)).text();
  expect(html).toContain("Buscamos &lt;juntas&gt;.");
  expect(html).toContain("Lenguas: Español y Nahuatlahtolli");
  for (const [field, level] of Object.entries(visibility)) {
    const select = html.split(`name="visibility.${field}"`)[1]?.split("</select>")[0];
    expect(select).toMatch(new RegExp(`value="${level}" selected`));
  }
  expect(html).toContain("nada se muestra a más personas que el nombre");
});

test("only coordinators open the page", async () => {
  expect((await openProfile(["facilitator"]).web.request(path, signedIn)).status).toBe(403);
});

const fields = { name: "Tejido", about: "", region: "Sonora", languages: "es" };
const chosen = Object.fromEntries(
  Object.entries(visibility).map(([field, level]) => [`visibility.${field}`, level]),
);

test("what is left empty is left out, and the page leads back to the group", async () => {
  const { web, written } = openProfile();
  const answer = await web.request(path, sent({ ...fields, ...chosen }, signedIn.headers));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/grupos/${group}?listo`]);
  expect(written).toEqual([{ name: "Tejido", region: "Sonora", languages: "es", visibility }]);
});

test("what cannot be kept comes back with everything that was typed", async () => {
  const refuse = Response.json(problem("invalid_input", { fields: { name: "too_short" } }), {
    status: 400,
  });
  const { web } = openProfile(["coordinator"], refuse);
  const typed = { ...fields, ...chosen, name: "T", "visibility.name": "members" };
  const html = await (await web.request(path, sent(typed, signedIn.headers))).text();
  expect(html).toContain('id="name-problem"');
  expect(html).toContain('value="Sonora"');
  expect(html.split('name="visibility.name"')[1]?.split("</select>")[0]).toMatch(
    /value="members" selected/,
  );
});
