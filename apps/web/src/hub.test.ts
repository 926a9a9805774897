import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const words = "hábil fruta función ciudad talla nómina remar perro previo aroma acusar bolsa";
const hub = {
  name: "Telar <del norte>",
  about: "Nos cuidamos.\n\nDecidimos en común.",
  languages: ["es", "tar"],
  contact: "radio comunitaria",
  fingerprint: words,
};
const limits = { invitationHours: 72, openInvitations: 50, groups: 1000, membersPerGroup: 2000 };

const open = (more: (api: Hono) => void = () => {}) =>
  openWeb((api) => {
    serveAccount({ steward: true })(api);
    api.get("/api/hub", (c) => c.json(hub));
    api.get("/api/hub/limits", (c) => c.json(limits));
    api.get("/api/hub/stewards", (c) =>
      c.json([{ id: "019a0000-0000-7000-8000-000000000001", alias: "Sabino", you: false }]),
    );
    more(api);
  });
const cookie = signedIn.headers;

test("everyone reads what the place is and its twelve words, with a code to scan", async () => {
  const html = await (await open().request(`${publicUrl}/hub`)).text();
  expect(html).toContain("<h1>Telar &lt;del norte&gt;</h1>");
  expect(html).toContain("<p>Decidimos en común.</p>");
  expect(html).toContain('<span lang="tar">');
  for (const word of words.split(" ")) expect(html).toContain(`<li>${word}</li>`);
  expect(html).toContain('<svg class="qr"');
});

test("who cares for the place is shown to whoever is signed in", async () => {
  expect(await (await open().request(`${publicUrl}/hub`)).text()).not.toContain("Sabino");
  expect(await (await open().request(`${publicUrl}/hub`, signedIn)).text()).toContain("Sabino");
});

test("the title of the page does not name the place", async () => {
  const html = await (await open().request(`${publicUrl}/hub`)).text();
  expect(html).toContain("<title>Este lugar · Telar</title>");
});

test("the profile's form holds what stands now and sends all of it", async () => {
  let changed: unknown;
  const web = open((api) =>
    api.put("/api/hub", async (c) => {
      changed = await c.req.json();
      return c.json({});
    }),
  );
  const html = await (await web.request(`${publicUrl}/central/perfil`, signedIn)).text();
  expect(html).toContain('value="Telar &lt;del norte&gt;"');
  const form = { name: "Otro", about: "", languages: "es", contact: "" };
  const answer = await web.request(`${publicUrl}/central/perfil`, sent(form, cookie));
  expect(answer.headers.get("location")).toBe("/central/perfil?listo");
  expect(changed).toEqual(form);
  const done = await (await web.request(`${publicUrl}/central/perfil?listo`, signedIn)).text();
  expect(done).toContain("Quedó guardado.");
});

test("every limit says what it does, and a number out of range is named beside its field", async () => {
  const web = open((api) =>
    api.put("/api/hub/limits", (c) =>
      c.json(problem("invalid_input", { fields: { groups: "out_of_range" } }), 400),
    ),
  );
  const html = await (await web.request(`${publicUrl}/central/limites`, signedIn)).text();
  for (const limit of Object.keys(limits)) expect(html).toContain(`id="${limit}-hint"`);
  const form = { ...Object.fromEntries(Object.keys(limits).map((limit) => [limit, "7"])) };
  const answer = await web.request(
    `${publicUrl}/central/limites`,
    sent({ ...form, groups: "1000000" }, cookie),
  );
  const again = await answer.text();
  expect(answer.status).toBe(400);
  expect(again).toContain('id="groups-problem"');
  expect(again).toContain("Escribe un número entre los que se indican.");
  expect(again).toContain('value="1000000"');
});
