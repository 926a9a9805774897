import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, publicUrl, serveAccount, signedIn } from "./testing.ts";

const pages = [
  "/central",
  "/central/perfil",
  "/central/limites",
  "/central/cuidado",
  "/central/invitaciones",
  "/central/grupos",
  "/central/copias",
  "/central/recuperaciones",
  "/central/hubs",
  "/central/hubs/pedir",
];

interface Waiting {
  open?: object[];
  recoveries?: object[];
  exports?: object[];
  peers?: object[];
}

const overview = async ({ open = [], recoveries = [], exports = [], peers = [] }: Waiting) => {
  const web = openWeb((api: Hono) => {
    serveAccount({ steward: true })(api);
    api.get("/api/foundings", (c) => c.json({ mine: [], open, mayFoundNow: true }));
    api.get("/api/hub/group-recoveries", (c) => c.json(recoveries));
    api.get("/api/hub/exports", (c) => c.json(exports));
    api.get("/api/peers", (c) => c.json(peers));
  });
  return (await web.request(`${publicUrl}/central`, signedIn)).text();
};

const id = "019a0000-0000-7000-8000-000000000001";
const recovery = (stewardAgreed: boolean) => ({
  id,
  group: id,
  groupName: "Raíz",
  candidate: "Ceiba",
  candidateIsYou: false,
  reason: "Nadie contesta",
  askedByYou: false,
  membersAgreed: 1,
  stewardAgreed,
  youAgreed: false,
  youAgreedAsSteward: stewardAgreed,
});
const asked = (youAsked: boolean, state: "asked" | "agreed") => ({
  id,
  group: id,
  groupName: "Raíz",
  askedBy: "Copal",
  youAsked,
  reason: "Respaldo",
  state,
  mayAgree: !youAsked && state === "asked",
  until: "2026-11-28",
});

test.each(pages)("%s is not open for who is no steward", async (path) => {
  const answer = await openWeb(serveAccount()).request(publicUrl + path, signedIn);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("Esta página no está abierta para ti");
});

test.each(pages)("%s asks who is signed out to come in, and leads back", async (path) => {
  const answer = await openWeb().request(publicUrl + path);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/entrar?luego=${encodeURIComponent(path)}`);
});

test("the overview says when nothing waits", async () => {
  const html = await overview({});
  expect(html).toContain("Por ahora nada espera respuesta.");
  expect(html).toContain('href="/bitacora"');
});

test("the overview names what waits, and counts nothing", async () => {
  const html = await overview({ recoveries: [recovery(false)], exports: [asked(false, "asked")] });
  expect(html).toContain("Un grupo se quedó sin coordinación");
  expect(html).toContain("Una copia espera respuesta");
  expect(html).not.toContain("Por ahora nada espera respuesta.");
});

test("what waits for somebody else is no task of one's own", async () => {
  const html = await overview({
    recoveries: [recovery(true)],
    exports: [asked(true, "asked"), asked(false, "agreed")],
  });
  expect(html).toContain("Por ahora nada espera respuesta.");
});

test("one's own copy waits once somebody agreed to it", async () => {
  expect(await overview({ exports: [asked(true, "agreed")] })).toContain(
    "Una copia espera respuesta",
  );
});
