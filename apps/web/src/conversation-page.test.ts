import { expect, test } from "vitest";
import { colibri, space, written } from "./space-testing.ts";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const own = written(4, { yours: true, author: colibri, edited: true });
const theirs = written(3, { note: "La audiencia", body: "Esto pesa" });

/** Of Colibrí with Nube. */
function openConversation({ open = true, later = false, refuse = false } = {}) {
  const done: string[] = [];
  const entries = [theirs, own];
  const one = { space, alias: "Nube", title: "Mesa", open, keepsDays: 7, noteRequired: false };
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/one-to-ones", (c) => c.json({ conversations: [one], asking: [], asked: [] }));
    api.get("/api/spaces/:space/messages", (c) =>
      c.json({ entries, upTo: 90, earlier: false, later }),
    );
    api.get("/api/spaces/:space/messages/:id", (c) =>
      c.json(entries.find(({ id }) => id === c.req.param("id"))),
    );
    api.get("/api/spaces/:space/messages/:id/versions", (c) =>
      c.json([{ note: "", body: "Antes decía" }]),
    );
    api.on(["PATCH", "DELETE"], "/api/spaces/:space/messages/:id", async (c) => {
      done.push(`${c.req.method} ${c.req.param("id")} ${await c.req.text()}`);
      return refuse ? c.json(problem("space_not_open"), 409) : c.json({});
    });
  });
  const path = `/conversaciones/${space}`;
  const ask = (more: string) => web.request(publicUrl + path + more, signedIn);
  const send = (more: string, fields: Record<string, string>) =>
    web.request(publicUrl + path + more, sent(fields, signedIn.headers));
  return { done, path, ask, send, read: async (more = "") => (await ask(more)).text() };
}

const offered = (html: string) =>
  [...html.matchAll(/mensajes\/([0-9a-f-]{36})\/(\w+)"/g)].map(([, id, act]) => `${act} ${id}`);

test("one's own words can be changed and erased, those of the other reported, what they said before read", async () => {
  const { read } = openConversation();
  const acts = [
    `reportar ${theirs.id}`,
    `antes ${own.id}`,
    `cambiar ${own.id}`,
    `borrar ${own.id}`,
  ];
  for (const path of ["", `/novedades.html?despues=2&cambiados=${own.id}`])
    expect(new Set(offered(await read(path)))).toEqual(new Set(acts));
  const closed = offered(await openConversation({ open: false }).read());
  expect(new Set(closed)).toEqual(new Set(acts.filter((act) => !act.startsWith("cambiar"))));
  expect(await read(`/mensajes/${own.id}/antes`)).toContain("Antes decía");
});

test("a change and an erasure come back to where the message stands", async () => {
  const { done, path, read, send } = openConversation();
  expect(await read(`/mensajes/${own.id}/cambiar`)).toContain("\nMensaje 4</textarea>");
  expect(await read(`/mensajes/${own.id}/borrar`)).toContain("para las dos personas");
  const changed = await send(`/mensajes/${own.id}/cambiar`, { note: "", body: "Mejor así" });
  expect(changed.headers.get("location")).toBe(`${path}?despues=1#m-${own.id}`);
  const erased = await send(`/mensajes/${own.id}/borrar`, {});
  expect(erased.headers.get("location")).toBe(`${path}?despues=1#m-${own.id}`);
  expect(done).toEqual([
    `PATCH ${own.id} {"body":"Mejor así"}`,
    expect.stringMatching(`^DELETE ${own.id}`),
  ]);
});

test("the words of the other are nobody else's to change or to erase", async () => {
  const { ask } = openConversation();
  for (const act of ["cambiar", "borrar"])
    expect((await ask(`/mensajes/${theirs.id}/${act}`)).status).toBe(404);
});

test("once it is closed the page says so in place of the form, and what was typed meanwhile stays", async () => {
  const { read } = openConversation({ open: false });
  const html = await read(`/mensajes/${own.id}/cambiar`);
  expect(html).toContain("Esta conversación está cerrada.");
  expect(html).not.toContain("<textarea");
  const { send } = openConversation({ open: false, refuse: true });
  const answer = await send(`/mensajes/${own.id}/cambiar`, { note: "", body: "Lo que escribí" });
  expect(await answer.text()).toContain("\nLo que escribí</textarea>");
});

test("it follows what is new from where it stands; an older page follows nothing", async () => {
  const { path, read } = openConversation();
  const html = await read();
  expect(html).toMatch(
    new RegExp(
      `<ol class="messages" data-live="${path}" data-space="${space}" data-up-to="90" data-after="4"`,
    ),
  );
  expect(html).toMatch(/live[-.\w]*\.js/);
  const older = await openConversation({ later: true }).read("?despues=1");
  expect(older).not.toContain("data-live");
  expect(older).toContain(`href="${path}?despues=4"`);
});

test("what stands behind a note comes only when it is asked for (P05)", async () => {
  const { read } = openConversation();
  for (const path of ["", "/novedades.html?despues=2", `/novedades.html?cambiados=${theirs.id}`]) {
    const html = await read(path);
    expect(html).toContain("La audiencia");
    expect(html).not.toContain("Esto pesa");
  }
  expect(await read(`/mensajes/${theirs.id}/texto.html`)).toContain("Esto pesa");
  expect(await read(`/mensajes/${theirs.id}`)).toContain("<details><summary>");
  expect(await read(`/mensajes/${theirs.id}?abierto`)).toContain("<details open");
});
