import type { Coalition, CoalitionCard, CoalitionGroup } from "@telar/contracts/coalitions";
import { CoalitionId, GroupId, MembershipId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const id = CoalitionId.parse("019a0000-0000-7000-8000-0000000000c1");
const groupId = (end: number) => GroupId.parse(`019a0000-0000-7000-8000-00000000000${end}`);
const group = (end: number, name: string, parts: Partial<CoalitionGroup> = {}): CoalitionGroup => ({
  group: groupId(end),
  name,
  kind: "victim_network",
  convener: false,
  state: "member",
  ...parts,
});
const tejido = group(1, "Tejido", { convener: true });
const vecinas = group(2, "Vecinas");
const oficina = group(3, "Oficina", { kind: "institution" });
const encuentro: Coalition = {
  id,
  name: "Encuentro",
  agreement: "Nos cuidamos.\n\nNadie habla por todas.",
  agreementVersion: 2,
  groups: [oficina, tejido, vecinas],
  coordinatorOf: [tejido.group],
};
const card = (parts: Partial<CoalitionCard> = {}): CoalitionCard => ({
  id,
  name: "Encuentro",
  state: "member",
  convener: false,
  group: tejido.group,
  groupName: "Tejido",
  ...parts,
});

interface Shown {
  coalition?: Partial<Coalition>;
  cards?: CoalitionCard[];
  /** The groups the person is in, and coordinates unless told otherwise. */
  own?: CoalitionGroup[];
  coordinates?: boolean;
  directory?: object[];
  refuse?: Response;
}

function openCoalition(shown: Shown = {}) {
  const { own = [tejido], coordinates = true, cards = [], directory = [], refuse } = shown;
  const done: unknown[] = [];
  const memberships = own.map(({ group: one, name }, at) => ({
    id: MembershipId.parse(`019a0000-0000-7000-8000-00000000001${at}`),
    group: one,
    groupName: name,
    alias: "Ceiba",
    roles: coordinates ? (["member", "coordinator"] as const) : (["member"] as const),
  }));
  const web = openWeb((api) => {
    serveAccount({ memberships: memberships.map((one) => ({ ...one, roles: [...one.roles] })) })(
      api,
    );
    api.get("/api/coalitions", (c) => c.json(cards));
    api.get("/api/coalitions/:id", (c) => c.json({ ...encuentro, ...shown.coalition }));
    api.get("/api/groups", (c) => c.json({ entries: directory }));
    api.on(["POST", "PUT", "DELETE"], "/api/*", async (c) => {
      const body = await c.req.json().catch(() => undefined);
      const { pathname, search } = new URL(c.req.url);
      done.push([c.req.method, (pathname + search).replace("/api/coalitions", ""), body]);
      return refuse ?? c.json({ coalition: id });
    });
  });
  return {
    done,
    read: async (path = `/${id}`) =>
      (await web.request(`${publicUrl}/coaliciones${path}`, signedIn)).text(),
    status: async (path: string) =>
      (await web.request(`${publicUrl}/coaliciones${path}`, signedIn)).status,
    send: async (path: string, fields: Record<string, string>) => {
      const answer = await web.request(
        `${publicUrl}/coaliciones${path}`,
        sent(fields, signedIn.headers),
      );
      return {
        status: answer.status,
        to: answer.headers.get("location"),
        text: await answer.text(),
      };
    },
  };
}

test("the list says what waits, where one takes part and what one left, each group by itself", async () => {
  const other = CoalitionId.parse("019a0000-0000-7000-8000-0000000000c2");
  const third = CoalitionId.parse("019a0000-0000-7000-8000-0000000000c3");
  const html = await openCoalition({
    cards: [
      card({ convener: true }),
      card({ group: vecinas.group, groupName: "Vecinas", state: "invited" }),
      card({ id: other, name: "Mesa" }),
      card({ id: third, name: "Antes", state: "left" }),
    ],
  }).read("");
  const text = html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  expect(text).toMatch(
    /Espera respuesta Encuentro Tejido convoca\. Vecinas recibió una invitación\. Donde participan Mesa Tejido participa\. De las que salieron Antes/,
  );
  expect(html).toContain('href="/coaliciones/nueva"');
});

test("without a coalition the page says what they are for", async () => {
  const html = await openCoalition().read("");
  expect(html).toContain("Tus grupos todavía no están en ninguna coalición.");
  expect(html).toContain('href="/coaliciones/nueva"');
  expect(await openCoalition({ coordinates: false }).read("")).not.toContain("/coaliciones/nueva");
});

test("a coordinator founds a coalition with their only group, or chooses one of several", async () => {
  const { read, send, done } = openCoalition();
  expect(await read("/nueva")).toContain(`type="hidden" name="group" value="${tejido.group}"`);
  const fields = { group: tejido.group, name: "Encuentro", agreement: "Nos cuidamos entre todas." };
  expect((await send("/nueva", fields)).to).toBe(`/coaliciones/${id}`);
  expect(done).toEqual([["POST", "", fields]]);
  expect(await openCoalition({ own: [tejido, vecinas] }).read("/nueva")).toContain('type="radio"');
  expect(await openCoalition({ coordinates: false }).read("/nueva")).not.toContain("<textarea");
});

test("conveners find what they may do, others only the log and the way out", async () => {
  const convener = await openCoalition().read();
  for (const path of ["invitar", "acuerdo", "convocar", "bitacora", `salir/${tejido.group}`])
    expect(convener).toContain(`href="/coaliciones/${id}/${path}"`);
  expect(convener).toContain("<p>Nos cuidamos.</p><p>Nadie habla por todas.</p>");
  const other = openCoalition({
    own: [vecinas],
    coalition: { coordinatorOf: [vecinas.group] },
  });
  const html = await other.read();
  expect(html).toContain(`/salir/${vecinas.group}`);
  expect(html).toContain("/bitacora");
  for (const path of ["/invitar", "/acuerdo", "/convocar"]) {
    expect(html).not.toContain(`href="/coaliciones/${id}${path}"`);
    expect(await other.status(`/${id}${path}`)).toBe(403);
  }
});

test("a group that left reads what stood, and finds nothing to do", async () => {
  const html = await openCoalition({
    coalition: { leftOn: "2026-11-21", coordinatorOf: [] },
  }).read();
  expect(html).toContain("Salieron el 21 de noviembre de 2026.");
  expect(html).toContain("Nadie habla por todas.");
  expect(html).not.toContain("/bitacora");
});

const invited = { ...vecinas, state: "invited" } as const;
const asked = { ...vecinas, state: "asked_again" } as const;
const forVecinas = (one: CoalitionGroup, more: Shown = {}) =>
  openCoalition({
    own: [vecinas],
    coalition: { groups: [tejido, one], coordinatorOf: [vecinas.group] },
    ...more,
  });
const answer = `/${id}/respuesta/${vecinas.group}`;

test("the whole agreement stands before the yes, and the yes is to that text", async () => {
  const { read, send, done } = forVecinas(invited);
  expect(await read()).toContain(`href="/coaliciones${answer}"`);
  expect(await read()).toContain("Por ahora ves quiénes convocan.");
  const html = await read(answer);
  expect(html.indexOf("Nadie habla por todas.")).toBeLessThan(html.indexOf('value="yes"'));
  expect(html).toContain('name="agreementVersion" value="2"');
  expect((await send(answer, { answer: "yes", agreementVersion: "2" })).to).toBe(
    `/coaliciones/${id}`,
  );
  expect((await send(answer, { answer: "no" })).to).toBe("/coaliciones");
  expect(done).toEqual([
    ["POST", `/${id}/groups/${vecinas.group}/acceptance`, { agreementVersion: "2" }],
    ["DELETE", `/${id}/groups/${vecinas.group}`, undefined],
  ]);
});

test("a group that is asked again stays in, and is not offered to decline", async () => {
  const html = await forVecinas(asked).read(answer);
  expect(html).toContain("sigue dentro mientras responde");
  expect(html).not.toContain('value="no"');
});

test("words that changed meanwhile are shown again before the yes", async () => {
  const refuse = Response.json(problem("changed_meanwhile"), { status: 409 });
  const { status, text } = await forVecinas(asked, { refuse }).send(answer, {
    answer: "yes",
    agreementVersion: "1",
  });
  expect(status).toBe(409);
  expect(text).toContain('role="alert"');
  expect(text).toContain('name="agreementVersion" value="2"');
});

test("members who do not coordinate read that somebody else answers", async () => {
  const { read, status } = openCoalition({
    own: [vecinas],
    coordinates: false,
    coalition: { groups: [tejido, invited], coordinatorOf: [] },
  });
  expect(await read()).toContain("Responde quien coordina tu grupo.");
  expect(await status(answer)).toBe(403);
});

test("leaving says what it means, and asks the last convener who follows", async () => {
  const leave = `/${id}/salir/${tejido.group}`;
  const { read, send, done } = openCoalition();
  const html = await read(leave);
  expect(html).toContain("no lee nada nuevo de la coalición");
  expect(html).toContain(`value="${vecinas.group}"`);
  expect(html).not.toContain(`value="${oficina.group}"`);
  await send(leave, { nextConvener: vecinas.group });
  expect(done).toEqual([
    ["DELETE", `/${id}/groups/${tejido.group}?nextConvener=${vecinas.group}`, undefined],
  ]);
  const alone = openCoalition({ coalition: { groups: [tejido, oficina] } });
  expect(await alone.read(leave)).toContain("Nadie más puede convocar.");
  const two = openCoalition({ coalition: { groups: [tejido, { ...vecinas, convener: true }] } });
  expect(await two.read(leave)).not.toContain("nextConvener");
});

test("groups that can be seen are invited, those inside are not invited again", async () => {
  const directory = [
    { id: vecinas.group, name: "Vecinas", kind: "victim_network", profile: {} },
    { id: groupId(5), name: "Raíces", kind: "expert_network", profile: {} },
  ];
  const { read, send, done } = openCoalition({ directory });
  const html = await read(`/${id}/invitar?name=R`);
  expect(html).toContain(`name="group" value="${groupId(5)}"`);
  expect(html).not.toContain(`name="group" value="${vecinas.group}"`);
  expect(html).toContain('name="name" type="search" value="R"');
  await send(`/${id}/invitar`, { group: groupId(5) });
  expect(done).toEqual([["POST", `/${id}/groups`, { group: groupId(5) }]]);
  expect(await openCoalition().read(`/${id}/invitar`)).toContain("No encontramos un grupo");
});

test("a new text says what it causes, and two who write at once both keep their words", async () => {
  const path = `/${id}/acuerdo`;
  const { read, send, done } = openCoalition();
  expect(await read(path)).toContain("a cada grupo se le preguntará otra vez");
  await send(path, { agreement: "Nos cuidamos más.", agreementVersion: "2" });
  expect(done).toEqual([
    ["PUT", `/${id}/agreement`, { agreement: "Nos cuidamos más.", agreementVersion: "2" }],
  ]);
  const refuse = Response.json(problem("changed_meanwhile"), { status: 409 });
  const { text } = await openCoalition({ refuse }).send(path, {
    agreement: "Lo que yo escribí.",
    agreementVersion: "1",
  });
  expect(text).toContain("Lo que yo escribí.");
  expect(text).toContain("Nadie habla por todas.");
  expect(text).toContain('name="agreementVersion" value="2"');
});

test("conveners ask others to convene, and the last one does not step down", async () => {
  const path = `/${id}/convocar`;
  const { read, send, done } = openCoalition();
  const html = await read(path);
  expect(html).toContain(`name="ask" value="${vecinas.group}"`);
  expect(html).not.toContain(`value="${oficina.group}"`);
  expect(html).not.toContain('name="stepDown"');
  expect(html).toContain("Es el único que convoca.");
  await send(path, { ask: vecinas.group });
  await send(path, { stepDown: tejido.group });
  expect(done).toEqual([
    ["PUT", `/${id}/groups/${vecinas.group}/convener`, { convener: true }],
    ["PUT", `/${id}/groups/${tejido.group}/convener`, { convener: false }],
  ]);
});
