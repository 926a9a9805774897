import type { Founding } from "@telar/contracts/foundings";
import { FoundingId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const wish: Founding = {
  id: FoundingId.parse("019a0000-0000-4000-8000-000000000001"),
  name: "Red del Río",
  kind: "expert_network",
  region: "Veracruz",
  purpose: "Ponernos de acuerdo.",
  alias: "Ceiba",
  state: "asked",
};
const group = "019a0000-0000-7000-8000-000000000002";

interface Shown {
  mine?: Founding[];
  open?: Founding[];
  mayFoundNow?: boolean;
  steward?: boolean;
}

function openFoundings({ mine = [], open = [], mayFoundNow = false, steward = false }: Shown = {}) {
  const done: unknown[] = [];
  const web = openWeb((api) => {
    serveAccount({ steward })(api);
    api.get("/api/foundings", (c) => c.json({ mine, open, mayFoundNow }));
    api.post("/api/foundings", async (c) => {
      done.push(["asked", await c.req.json()]);
      return c.json(wish);
    });
    api.post("/api/groups", async (c) => {
      const body = await c.req.json();
      done.push(["founded", body]);
      return body.alias
        ? c.json({ group })
        : c.json(problem("invalid_input", { fields: { alias: "missing" } }), 400);
    });
    api.post("/api/foundings/:id/:answer", async (c) => {
      done.push([c.req.param("answer"), await c.req.json()]);
      return c.json({});
    });
  });
  return { web, done };
}

const read = async (shown: Shown, path = "/grupos/nuevo") =>
  (await openFoundings(shown).web.request(publicUrl + path, signedIn)).text();

test("whoever was not granted a group asks for it, and sees how that stands", async () => {
  const declined = { ...wish, state: "declined" as const, answer: "Platiquemos <antes>." };
  const html = await read({ mine: [wish, declined] });
  expect(html).toContain("Enviar la petición");
  expect(html).toContain("Espera respuesta.");
  expect(html).toContain("Te respondieron: Platiquemos &lt;antes&gt;.");
});

test("three open wishes are enough", async () => {
  const html = await read({ mine: [wish, wish, wish] });
  expect(html).not.toContain("Enviar la petición");
  expect(html).toContain("Ya tienes tres peticiones esperando.");
});

test("an approved wish fills the form that founds the group", async () => {
  const html = await read({ mine: [{ ...wish, state: "approved" }], mayFoundNow: true });
  expect(html).toContain("Fundar el grupo");
  expect(html).toContain('value="Red del Río"');
  expect(html).toMatch(/value="expert_network" checked/);
});

test("the form founds or asks, whichever it was shown for", async () => {
  const { web, done } = openFoundings({ mayFoundNow: true });
  const fields = { name: "Red", kind: "expert_network", region: "", alias: "Ceiba" };
  const send = (more: Record<string, string>) =>
    web.request(`${publicUrl}/grupos/nuevo`, sent({ ...fields, ...more }, signedIn.headers));
  const founded = await send({ act: "found" });
  expect([founded.status, founded.headers.get("location")]).toEqual([303, `/grupos/${group}`]);
  const asked = await send({ purpose: "Juntarnos" });
  expect(asked.headers.get("location")).toBe("/grupos/nuevo?listo");
  expect(done.map((one) => (one as string[])[0])).toEqual(["founded", "asked"]);
});

test("what is missing is said beside the field, and the rest is kept", async () => {
  const { web } = openFoundings({ mayFoundNow: true });
  const answer = await web.request(
    `${publicUrl}/grupos/nuevo`,
    sent({ act: "found", name: "Red del Río", kind: "institution", alias: "" }, signedIn.headers),
  );
  const html = await answer.text();
  expect(answer.status).toBe(400);
  expect(html).toContain('id="alias-problem"');
  expect(html).toContain('value="Red del Río"');
  expect(html).toMatch(/value="institution" checked/);
});

test("stewards read the wishes and answer in their own words; nobody else opens the page", async () => {
  const path = "/central/fundaciones";
  expect(await read({ open: [wish], steward: true }, path)).toContain("Ponernos de acuerdo.");
  expect(await read({ steward: true }, path)).toContain("Nadie espera respuesta.");
  const closed = await openFoundings({ open: [wish] }).web.request(publicUrl + path, signedIn);
  expect(closed.status).toBe(403);
  const { web, done } = openFoundings({ open: [wish], steward: true });
  const send = (fields: Record<string, string>) =>
    web.request(publicUrl + path, sent({ id: wish.id, ...fields }, signedIn.headers));
  expect((await send({ act: "approve" })).headers.get("location")).toBe(`${path}?listo`);
  expect((await send({ act: "decline", answer: "Platiquemos" })).headers.get("location")).toBe(
    `${path}?listo`,
  );
  expect(done).toEqual([
    ["approval", {}],
    ["refusal", { answer: "Platiquemos" }],
  ]);
});
