import { GroupId, MembershipId } from "@telar/contracts/ids";
import type { Membership, Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const place = (end: number, alias: string, you: boolean, ...roles: Role[]): Membership => ({
  id: MembershipId.parse(`019a0000-0000-7000-8000-00000000001${end}`),
  alias,
  roles: ["member", ...roles],
  you,
});
const ceiba = place(1, "Ceiba", true, "coordinator");
const nogal = place(2, "Nogal", false, "signatory");

interface Shown {
  you?: Membership;
  coordinators?: Membership[];
  memberCount?: number;
  kind?: string;
  refuse?: Response;
}

function openGroup({ you = ceiba, coordinators = [ceiba], memberCount = 2, ...shown }: Shown = {}) {
  const done: unknown[] = [];
  const levels = ["name", "about", "region", "languages", "capabilities", "contact"];
  const visibility = Object.fromEntries(levels.map((field) => [field, "members"]));
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/groups/:group", (c) =>
      c.json({
        id: group,
        name: "Tejido",
        kind: shown.kind ?? "victim_network",
        closed: false,
        profile: {},
        inside: { you, visibility, twoCoordinators: false, coordinators, memberCount },
      }),
    );
    api.get("/api/groups/:group/memberships", (c) =>
      c.json({ entries: [ceiba, nogal], next: "abc.def" }),
    );
    api.get("/api/groups/:group/memberships/:id", (c) =>
      c.json([ceiba, nogal].find(({ id }) => id === c.req.param("id"))),
    );
    api.on(["PUT", "POST", "DELETE"], "/api/*", async (c) => {
      const body = await c.req.json().catch(() => undefined);
      done.push([c.req.method, c.req.path.replace(`/api/groups/${group}/`, ""), body]);
      return shown.refuse ?? c.json({});
    });
  });
  const at = (path: string) => `${publicUrl}/grupos/${group}${path}`;
  return {
    done,
    read: async (path: string) => (await web.request(at(path), signedIn)).text(),
    status: async (path: string) => (await web.request(at(path), signedIn)).status,
    send: (path: string, fields: Record<string, string>) =>
      web.request(at(path), sent(fields, signedIn.headers)),
  };
}

test("everyone reads who is in the group; coordinators are led on to each person", async () => {
  const forCoordinator = await openGroup().read("/personas");
  expect(forCoordinator).toContain(`href="/grupos/${group}/personas/${nogal.id}"`);
  expect(forCoordinator).toContain(`href="/grupos/${group}/personas?after=abc.def"`);
  expect(forCoordinator).toContain(`href="/grupos/${group}/invitar"`);
  const forMember = await openGroup({ you: nogal }).read("/personas");
  expect(forMember).toContain("<strong>Nogal</strong>");
  expect(forMember).not.toContain(`/personas/${nogal.id}`);
  expect(forMember).not.toContain("/invitar");
});

test("a coordinator changes what a person does in the group", async () => {
  const { read, send, done } = openGroup();
  expect(await read(`/personas/${nogal.id}`)).toMatch(/value="signatory" checked/);
  const answer = await send(`/personas/${nogal.id}`, { roles: "facilitator" });
  expect([answer.status, answer.headers.get("location")]).toEqual([
    303,
    `/grupos/${group}/personas?listo`,
  ]);
  expect(done).toEqual([["PUT", `memberships/${nogal.id}/roles`, { roles: "facilitator" }]]);
});

test("nobody but coordinators opens a person's page", async () => {
  expect(await openGroup({ you: nogal }).status(`/personas/${nogal.id}`)).toBe(403);
});

test("in an institution there is nothing to facilitate or to sign", async () => {
  const html = await openGroup({ kind: "institution" }).read(`/personas/${nogal.id}`);
  expect(html).toContain('value="coordinator"');
  expect(html).not.toContain('value="facilitator"');
  expect(html).not.toContain('value="signatory"');
});

test("whoever coordinates alone is told so before they step down, and after they tried", async () => {
  const alone = "Eres la única persona que coordina.";
  expect(await openGroup().read(`/personas/${ceiba.id}`)).toContain(alone);
  const two = openGroup({ coordinators: [ceiba, place(3, "Copal", false, "coordinator")] });
  expect(await two.read(`/personas/${ceiba.id}`)).not.toContain(alone);
  const refuse = Response.json(problem("last_coordinator"), { status: 409 });
  const answer = await openGroup({ refuse }).send(`/personas/${ceiba.id}`, {});
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain("El grupo se quedaría sin coordinación.");
});

test("removal says before what it means, asks why, and is not offered for oneself", async () => {
  const { read, send, done, status } = openGroup();
  expect(await read(`/personas/${nogal.id}`)).toContain(`/personas/${nogal.id}/sacar`);
  expect(await read(`/personas/${nogal.id}/sacar`)).toContain(
    "Dejará de leer todo lo del grupo desde este momento.",
  );
  await send(`/personas/${nogal.id}/sacar`, { reason: "Acuerdo de asamblea" });
  expect(done).toEqual([
    ["POST", `memberships/${nogal.id}/removal`, { reason: "Acuerdo de asamblea" }],
  ]);
  expect(await read(`/personas/${ceiba.id}`)).not.toContain("/sacar");
  expect(await status(`/personas/${ceiba.id}/sacar`)).toBe(403);
});

test("an alias that is taken is said beside the field, with what was typed kept", async () => {
  const refuse = Response.json(problem("name_taken", { fields: { alias: "taken" } }), {
    status: 409,
  });
  const answer = await openGroup({ refuse }).send("/alias", { alias: "Copal" });
  const html = await answer.text();
  expect(answer.status).toBe(409);
  expect(html).toContain('id="alias-problem"');
  expect(html).toContain('value="Copal"');
});

test("leaving says before what it means and asks for no reason", async () => {
  const { read, send, done } = openGroup({ you: nogal });
  expect(await read("/salir")).toContain("No tienes que explicar nada.");
  const answer = await send("/salir", {});
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/grupos"]);
  expect(done).toEqual([["DELETE", "memberships/mine", undefined]]);
});

test("the last coordinator is led to the hand-over, and the last person may close the group", async () => {
  const last = await openGroup().read("/salir");
  expect(last).toContain(`href="/grupos/${group}/entregar"`);
  expect(last).not.toContain('<form method="post" action="/grupos');
  const alone = await openGroup({ memberCount: 1 }).read("/salir");
  expect(alone).toContain("al salir, el grupo se cierra");
});
