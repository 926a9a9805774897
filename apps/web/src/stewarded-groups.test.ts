import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const id = "019a0000-0000-7000-8000-000000000001";
const group = (closed: boolean) => ({
  id,
  name: "Raíz <y agua>",
  kind: "victim_network",
  closed,
  profile: {},
});
const row = {
  id,
  name: "Raíz <y agua>",
  kind: "victim_network",
  closed: true,
  coordinatorCount: 0,
  memberCount: 3,
};

interface Situation {
  closed?: boolean;
  confirmed?: boolean;
  seen?: object[];
  entries?: object[];
}

function open({ closed = false, confirmed = true, seen = [], entries = [row] }: Situation = {}) {
  return openWeb((api: Hono) => {
    serveAccount({ steward: true, confirmed })(api);
    api.get("/api/hub/groups", (c) => {
      seen.push(c.req.query());
      return c.json({ entries, next: entries.length > 0 ? "next+page" : undefined });
    });
    api.get("/api/groups/:group", (c) => c.json(group(closed)));
    api.put("/api/hub/groups/:group/closed", async (c) => {
      const sentIn = await c.req.json();
      seen.push(sentIn);
      return sentIn.reason === ""
        ? c.json(problem("invalid_input", { fields: { reason: "missing" } }), 400)
        : c.json({});
    });
    api.post("/api/hub/groups/:group/inspection", async (c) => {
      seen.push(await c.req.json());
      const members = [{ id, alias: "Ceiba <3", roles: ["member", "signatory"], you: false }];
      return c.json({ name: "Raíz <y agua>", members });
    });
  });
}
const ask = async (path: string, situation?: Situation) =>
  (await open(situation).request(`${publicUrl}/central/grupos${path}`, signedIn)).text();

test("groups are listed with counts and the way to the next page", async () => {
  const html = await ask("");
  expect(html).toContain("Raíz &lt;y agua&gt;");
  expect(html).toContain("3 personas, nadie coordina");
  expect(html).toContain("Cerrado");
  expect(html).toContain('href="/central/grupos?despues=next%2Bpage"');
});

test("the next page goes on where the last one ended", async () => {
  const seen: object[] = [];
  await ask("?despues=next%2Bpage", { seen });
  expect(seen).toEqual([{ after: "next+page" }]);
});

test("without groups the list says what the first step is", async () => {
  expect(await ask("", { entries: [] })).toContain('href="/central/invitaciones"');
});

test("before closing, opening or reading the page says who will read the reason", async () => {
  expect(await ask(`/${id}/cierre`)).toContain("Lo leerán todas las personas del grupo");
  expect(await ask(`/${id}/cierre`, { closed: true })).toContain("Abrir Raíz &lt;y agua&gt;");
  expect(await ask(`/${id}/lectura`)).toContain("Todas las personas del grupo lo verán.");
});

test.each(["cierre", "lectura", "copia"])(
  "a confirmation is asked for before the form of %s, so that no reason is lost",
  async (page) => {
    const path = `/central/grupos/${id}/${page}`;
    const answer = await open({ confirmed: false }).request(publicUrl + path, signedIn);
    expect(answer.headers.get("location")).toBe(`/confirmar?luego=${encodeURIComponent(path)}`);
  },
);

test("closing sends the reason, and leads back to the group", async () => {
  const seen: object[] = [];
  const web = open({ seen });
  const path = `${publicUrl}/central/grupos/${id}/cierre`;
  const form = { closed: "true", reason: "Lo pidió su asamblea" };
  const answer = await web.request(path, sent(form, signedIn.headers));
  expect(answer.headers.get("location")).toBe(`/central/grupos/${id}?listo`);
  expect(seen).toEqual([{ closed: true, reason: "Lo pidió su asamblea" }]);
});

test("a reason that is missing is asked for beside its field", async () => {
  const path = `${publicUrl}/central/grupos/${id}/cierre`;
  const answer = await open().request(path, sent({ closed: "true", reason: "" }, signedIn.headers));
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('id="reason-problem"');
});

test("what was read is shown once, in the answer to the reason", async () => {
  const seen: object[] = [];
  const path = `${publicUrl}/central/grupos/${id}/lectura`;
  const answer = await open({ seen }).request(
    path,
    sent({ reason: "Pidieron ayuda" }, signedIn.headers),
  );
  const html = await answer.text();
  expect(seen).toEqual([{ reason: "Pidieron ayuda" }]);
  expect(html).toContain("Ceiba &lt;3");
  expect(html).toContain("firma");
  expect(html).toContain("Tu lectura quedó en la bitácora del grupo.");
});
