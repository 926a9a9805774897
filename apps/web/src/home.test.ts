import { GroupId, MembershipId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { openWeb, publicUrl, serveAccount, signedIn } from "./testing.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const id = MembershipId.parse("019a0000-0000-7000-8000-000000000002");
const home = async (web: ReturnType<typeof openWeb>, init = {}) =>
  (await web.request(`${publicUrl}/`, init)).text();

test("who is not signed in finds the invitation, the way in and the directory", async () => {
  const html = await home(openWeb());
  for (const path of ["/invitacion", "/entrar", "/directorio"])
    expect(html).toContain(`href="${path}"`);
  expect(html).not.toContain('action="/salir"');
});

test("a person finds their groups, each with the alias they have there", async () => {
  const memberships = [
    { id, group, groupName: "Red <del norte>", alias: "Ceiba", roles: ["member" as const] },
  ];
  const html = await home(openWeb(serveAccount({ memberships })), signedIn);
  expect(html).toContain(`<a href="/grupos/${group}">Red &lt;del norte&gt;</a>`);
  expect(html).toContain("Aquí eres Ceiba");
  expect(html).toContain("espacios de tus grupos");
});

test("a person without a group finds the first step", async () => {
  expect(await home(openWeb(serveAccount()), signedIn)).toContain("Aún no estás en ningún grupo.");
});

test("only stewards are shown the way to the hub's administration", async () => {
  expect(await home(openWeb(serveAccount()), signedIn)).not.toContain("/central");
  expect(await home(openWeb(serveAccount({ steward: true })), signedIn)).toContain("/central");
});

test("titles tell nobody who reads the history what the page is about", async () => {
  const html = await home(openWeb(serveAccount()), signedIn);
  expect(html).toContain("<title>Inicio · Telar</title>");
});
