import type { Group, GroupInside } from "@telar/contracts/groups";
import { GroupId, MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, serveAccount, signedIn } from "./testing.ts";

const id = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const place = (alias: string, you: boolean, ...roles: Role[]) => ({
  id: MembershipId.parse(`019a0000-0000-7000-8000-0000000000${alias.length + 10}`),
  alias,
  roles: ["member" as const, ...roles],
  you,
});

const outside: Group = {
  id,
  name: "Red <del norte>",
  kind: "victim_network",
  closed: false,
  profile: { region: "Sonora", languages: ["es", "tar"], capabilities: ["search", "legal"] },
};
const inside = (parts: Partial<GroupInside> = {}): Group => ({
  ...outside,
  inside: {
    you: place("Ceiba", true, "coordinator"),
    visibility: {
      name: "public",
      about: "members",
      region: "peers",
      languages: "public",
      capabilities: "public",
      contact: "members",
    },
    twoCoordinators: false,
    coordinators: [place("Ceiba", true, "coordinator")],
    memberCount: 3,
    ...parts,
  },
});

async function show(group: Group, init: RequestInit = signedIn): Promise<string> {
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get(`/api/groups/${id}`, (c) => c.json(group));
  });
  return (await web.request(`${publicUrl}/grupos/${id}`, init)).text();
}

test("a visitor reads what the group shows, and how one comes in", async () => {
  const html = await show(outside, {});
  expect(html).toContain("<h1>Red &lt;del norte&gt;</h1>");
  expect(html).toContain("Sonora");
  expect(html).toContain("Búsqueda y apoyo jurídico");
  expect(html).toContain('<span lang="tar">');
  expect(html).toContain('href="/invitacion"');
  expect(html).not.toContain("Quién lo ve");
  expect(html).not.toContain(`/grupos/${id}/`);
});

test("the title of a group's page names nobody", async () => {
  expect(await show(inside())).toContain("<title>Grupo · Telar</title>");
});

test("members read beside each field who sees it, and nothing that only coordinators may do", async () => {
  const html = await show(inside({ you: place("Nogal", true) }));
  expect(html).toContain("Aquí eres Nogal");
  expect(html).toContain("Quién lo ve: Personas con cuenta");
  for (const path of ["/personas", "/bitacora", "/alias", "/salir"])
    expect(html).toContain(`href="/grupos/${id}${path}"`);
  for (const path of ["/invitar", "/perfil", "/entregar", "/copias"])
    expect(html).not.toContain(`href="/grupos/${id}${path}"`);
});

test("coordinators find what they may do", async () => {
  const html = await show(inside());
  for (const path of ["/invitar", "/perfil", "/entregar", "/copias"])
    expect(html).toContain(`href="/grupos/${id}${path}"`);
});

test("only whoever coordinates alone is asked for a second person", async () => {
  const asked = "Sería bueno que coordinaran dos";
  expect(await show(inside())).toContain(asked);
  expect(await show(inside({ twoCoordinators: true }))).not.toContain(asked);
  expect(await show(inside({ you: place("Nogal", true) }))).not.toContain(asked);
});

test("a group without coordination leads everyone to its recovery", async () => {
  const html = await show(inside({ you: place("Nogal", true), coordinators: [] }));
  expect(html).toContain(`href="/grupos/${id}/recuperacion"`);
  expect(html).toContain("Por ahora nadie coordina.");
});

test("a new group shows its first steps until they are done", async () => {
  expect(await show(inside({ memberCount: 1 }))).toContain("Invita a las primeras personas");
  const told = { ...inside(), profile: { about: "Buscamos." } };
  expect(await show(told)).not.toContain("Primeros pasos");
});

test("a closed group is one plain line", async () => {
  const html = await show({ ...outside, closed: true, profile: {} });
  expect(html).toContain("Este grupo está cerrado por ahora.");
  expect(html).not.toContain("Sonora");
  expect(html).not.toContain(`/grupos/${id}/`);
});

test("what is no group's address is an empty place, not a fault", async () => {
  for (const path of ["/grupos/otra-cosa", `/grupos/${id}`]) {
    const web = openWeb((api) => {
      api.get("/api/groups/:group", (c) => c.json(problem("not_found"), 404));
    });
    expect((await web.request(publicUrl + path)).status).toBe(404);
  }
});

test("one's groups are listed with alias and tasks, and only stewards see who wants to found", async () => {
  const memberships = [
    {
      id: place("x", true).id,
      group: id,
      groupName: "Tejido",
      alias: "Ceiba",
      roles: ["member" as const],
    },
  ];
  const list = async (steward: boolean) =>
    (
      await openWeb(serveAccount({ memberships, steward })).request(`${publicUrl}/grupos`, signedIn)
    ).text();
  expect(await list(false)).toContain("Aquí eres Ceiba · participa");
  expect(await list(false)).not.toContain("/central/fundaciones");
  expect(await list(true)).toContain("/central/fundaciones");
});

test("whoever has no group yet finds the first step", async () => {
  const html = await (
    await openWeb(serveAccount()).request(`${publicUrl}/grupos`, signedIn)
  ).text();
  expect(html).toContain("Aún no estás en ningún grupo.");
  expect(html).toContain('href="/invitacion"');
});

test("pages of members ask a visitor to sign in first, and bring them back", async () => {
  const web = openWeb((api) => {
    api.get(`/api/groups/${id}`, (c) => c.json(outside));
  });
  for (const path of [
    "/grupos",
    "/grupos/nuevo",
    `/grupos/${id}/personas`,
    `/grupos/${id}/salir`,
  ]) {
    const answer = await web.request(publicUrl + path);
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `/entrar?luego=${encodeURIComponent(path)}`,
    ]);
  }
});
