import type { Account } from "@telar/contracts/accounts";
import { GroupId, MembershipId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";
import { zoneOptions } from "./zones.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const id = MembershipId.parse("019a0000-0000-7000-8000-000000000002");
const session = "019a0000-0000-7000-8000-000000000003";
const words = "ahuehuete ceiba copal encino fresno guaje nogal";
const all = "members" as const;
const visibility = {
  name: all,
  about: all,
  region: all,
  languages: all,
  capabilities: all,
  contact: all,
};
const you = { id, alias: "Ceiba", roles: ["coordinator" as const], you: true };

interface Options {
  account?: Partial<Account>;
  memberCount?: number;
  refusal?: ReturnType<typeof problem>;
}

function open({ account = {}, memberCount = 2, refusal }: Options = {}) {
  const asked: [string, unknown][] = [];
  const web = openWeb((api) => {
    serveAccount(account)(api);
    api.get("/api/passphrase-offer", (c) => c.json({ passphrase: words }));
    api.get("/api/sessions", (c) =>
      c.json([
        { id: session, name: "", device: "shared", current: false, usedThisWeek: false },
        { id, name: "Mi <compu>", device: "own", current: true, usedThisWeek: true },
      ]),
    );
    api.get("/api/passkeys", (c) =>
      c.json([{ id: session, name: "Mi teléfono", usedThisWeek: true }]),
    );
    api.get("/api/groups/:group", (c) =>
      c.json({
        id: group,
        name: "Red",
        kind: "victim_network",
        profile: { languages: [], capabilities: [] },
        closed: false,
        inside: { you, visibility, twoCoordinators: false, coordinators: [you], memberCount },
      }),
    );
    api.on(["POST", "PUT", "PATCH", "DELETE"], "/api/*", async (c) => {
      const body: unknown = c.req.method === "DELETE" ? {} : await c.req.json();
      asked.push([`${c.req.method} ${c.req.path}`, body]);
      return refusal ? c.json(refusal, refusal.status) : c.json({});
    });
  });
  const ask = async (path: string, init: RequestInit = signedIn) => {
    const got = await web.request(publicUrl + path, init);
    return { status: got.status, location: got.headers.get("location"), html: await got.text() };
  };
  const post = (path: string, fields: Record<string, string>) =>
    ask(path, sent(fields, signedIn.headers));
  return { asked, ask, post };
}

const memberships = [
  { id, group, groupName: "Red", alias: "Ceiba", roles: ["coordinator" as const] },
];

test("the account shows its name to its owner, and every way to look after it", async () => {
  const { html } = await open({ account: { signInName: "mezquite" } }).ask("/cuenta");
  expect(html).toContain("<strong>mezquite</strong>");
  for (const path of ["dispositivos", "frase", "llaves", "hoja", "cerrar"])
    expect(html).toContain(`href="/cuenta/${path}"`);
});

test("settings are saved as they stand in the form, a box that is not ticked too", async () => {
  const { asked, post } = open();
  expect((await post("/cuenta", { zone: "America/Tijuana" })).location).toBe("/cuenta?listo");
  await post("/cuenta", { zone: "America/Tijuana", dataSaver: "on" });
  expect(asked.map(([, body]) => body)).toEqual([
    { zone: "America/Tijuana", dataSaver: false },
    { zone: "America/Tijuana", dataSaver: true },
  ]);
});

test("clocks are known to this runtime, and one's own is always among them", () => {
  const values = zoneOptions("Asia/Tokyo").map(({ value }) => value);
  expect(values[0]).toBe("Asia/Tokyo");
  expect(new Set(values).size).toBe(values.length);
  for (const timeZone of values)
    expect(() => new Intl.DateTimeFormat("es", { timeZone })).not.toThrow();
});

test("few codes are told where one looks after the account, and not on every page", async () => {
  const notices = [{ kind: "few_recovery_codes" as const, left: 0 }];
  const { ask } = open({ account: { notices } });
  expect((await ask("/cuenta")).html).toContain("No tienes códigos de recuperación.");
  expect((await ask("/seguridad")).html).not.toContain("códigos de recuperación");
});

test("other words are asked for only after a confirmation", async () => {
  const { ask } = open({ account: { confirmed: false } });
  expect((await ask("/cuenta/frase")).location).toBe("/confirmar?luego=%2Fcuenta%2Ffrase");
});

test("new words are offered and set", async () => {
  const { asked, ask, post } = open();
  expect((await ask("/cuenta/frase")).html).toContain("<li>ahuehuete</li>");
  const fields = { passphrase: words, offered: words };
  expect((await post("/cuenta/frase", fields)).location).toBe("/cuenta?listo");
  expect(asked).toEqual([["PUT /api/account/passphrase", { passphrase: words }]]);
});

test("devices are listed by name, and one or all others are closed", async () => {
  const { asked, ask, post } = open();
  const { html } = await ask("/cuenta/dispositivos");
  expect(html).toContain("Mi &lt;compu&gt;");
  expect(html).toContain("Compartido, no se ha usado esta semana");
  expect(html).toContain(`value="${session}"`);
  expect(html).not.toContain(`value="${id}"`);
  await post("/cuenta/dispositivos", { id: session });
  await post("/cuenta/dispositivos", {});
  expect(asked.map(([what]) => what)).toEqual([
    `DELETE /api/sessions/${session}`,
    "DELETE /api/sessions",
  ]);
});

test("keys are listed, and changed only after a confirmation", async () => {
  const confirmed = (await open().ask("/cuenta/llaves")).html;
  expect(confirmed).toContain("Mi teléfono");
  expect(confirmed).toContain(`value="${session}"`);
  const before = (await open({ account: { confirmed: false } }).ask("/cuenta/llaves")).html;
  expect(before).toContain('href="/confirmar?luego=%2Fcuenta%2Fllaves"');
  expect(before).not.toContain(`value="${session}"`);
});

test("a key is added as the browser made it, and removed", async () => {
  const { asked, post } = open();
  await post("/cuenta/llaves", { name: "Teléfono", response: '{"id":"llave"}' });
  await post("/cuenta/llaves", { id: session });
  expect(asked).toEqual([
    ["POST /api/passkeys", { name: "Teléfono", response: { id: "llave" } }],
    [`DELETE /api/passkeys/${session}`, {}],
  ]);
});

test("the only way in stays, and the page says why", async () => {
  const { status, html } = await open({ refusal: problem("last_way_in") }).post("/cuenta/llaves", {
    id: session,
  });
  expect(status).toBe(409);
  expect(html).toContain("Es tu única manera de entrar.");
});

test("closing says before what goes, what stays and which groups are left", async () => {
  const { html } = await open({ account: { memberships }, memberCount: 1 }).ask("/cuenta/cerrar");
  expect(html).toContain("No se puede recuperar.");
  expect(html).toContain("Red, donde eres Ceiba");
  expect(html).toContain('action="/cuenta/cerrar"');
});

test("whoever leaves a group without coordination reads what that means, and closes all the same", async () => {
  const { html } = await open({ account: { memberships } }).ask("/cuenta/cerrar");
  expect(html).toContain(`href="/grupos/${group}/entregar"`);
  expect(html).toContain("dos personas del grupo y alguien que cuida este lugar");
  expect(html).toContain('action="/cuenta/cerrar"');
});

test("a closed account is gone, and the page shows nothing of it", async () => {
  const { asked, post } = open({ account: { signInName: "mezquite" } });
  const { html } = await post("/cuenta/cerrar", {});
  expect(asked).toEqual([["DELETE /api/account", {}]]);
  expect(html).toContain("Tu cuenta está cerrada");
  expect(html).not.toContain("mezquite");
  expect(html).not.toContain('action="/salir"');
});

test("the last steward reads why the account cannot be closed yet", async () => {
  const { html } = await open({ refusal: problem("last_steward") }).post("/cuenta/cerrar", {});
  expect(html).toContain("Nadie quedaría al cuidado de este lugar.");
});

test.each(["", "/dispositivos", "/llaves", "/frase", "/hoja", "/cerrar"])(
  "without a session /cuenta%s leads to the way in",
  async (path) => {
    const answer = await openWeb().request(`${publicUrl}/cuenta${path}`);
    expect(answer.headers.get("location")).toBe(
      `/entrar?luego=${encodeURIComponent(`/cuenta${path}`)}`,
    );
  },
);
