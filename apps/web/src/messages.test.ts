import { expect, test } from "vitest";
import { colibri, openSpacePages, space, written } from "./space-testing.ts";
import { problem } from "./testing.ts";

const key = colibri.id.slice(0, 8);
const inPage = (html: string) => html.slice(html.indexOf('<ol class="messages"'));

test("without a mark nothing is new, and the mark stands at the last message", async () => {
  const answer = await openSpacePages({ entries: [written(3), written(7)] }).ask("");
  expect(await answer.text()).not.toContain("Nuevo desde tu última visita");
  expect(answer.headers.get("set-cookie")).toMatch(
    new RegExp(`^leido=${key}\\.7; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax$`),
  );
});

test("the line stands before the first message of somebody else after the mark", async () => {
  const entries = [written(3), written(5, { yours: true }), written(7), written(8)];
  const html = await openSpacePages({ entries }).read("", `session=s; leido=${key}.3`);
  expect(html.match(/id="nuevo"/g)).toHaveLength(1);
  const line = html.indexOf("Nuevo desde tu última visita");
  expect(line).toBeGreaterThan(html.indexOf("Mensaje 5"));
  expect(line).toBeLessThan(html.indexOf("Mensaje 7"));
});

test("the mark never goes back, ends with a shared device's session, and stays small", async () => {
  const { ask } = openSpacePages({ entries: [written(3)], device: "shared" });
  expect((await ask("", `session=s; leido=${key}.9`)).headers.get("set-cookie")).toBeNull();
  const many = Array.from({ length: 60 }, (_, at) => `${String(at).padStart(8, "0")}.1`).join("_");
  const kept = (await ask("", `session=s; leido=${many}`)).headers.get("set-cookie") ?? "";
  expect(kept).not.toContain("Max-Age");
  expect(kept.length).toBeLessThan(400);
  expect(kept).toContain(`leido=${key}.3_`);
});

test("whatever a browser sends as a mark is read without harm", async () => {
  for (const mark of ["", "..", `${key}.99999999999999999999`, "%00", "a".repeat(5000)])
    expect((await openSpacePages({}).ask("", `session=s; leido=${mark}`)).status).toBe(200);
});

test("what stands behind a note is not in the list, whatever the hub sends along (P05)", async () => {
  const entries = [written(3, { note: "La audiencia", body: "Esto pesa" })];
  const pages = openSpacePages({ entries });
  for (const path of ["", `/novedades.html?despues=2&cambiados=${entries[0]?.id}`]) {
    const html = await pages.read(path);
    expect(html).toContain("La audiencia");
    expect(html).not.toContain("Esto pesa");
  }
  const closed = await pages.read(`/mensajes/${entries[0]?.id}`);
  expect(closed).toContain("<details><summary>Leer el mensaje</summary>");
  expect(await pages.read(`/mensajes/${entries[0]?.id}?abierto`)).toContain("<details open");
});

test("a long message begins, and goes on where it is asked for", async () => {
  const long = written(3, { body: "palabra ".repeat(300).trim() });
  const pages = openSpacePages({ entries: [long] });
  const html = await pages.read();
  expect(html).toContain("palabra …");
  expect(html).toContain("Seguir leyendo");
  expect(html.length).toBeLessThan(long.body?.length ? 12_000 : 0);
  expect(await pages.read(`/mensajes/${long.id}/texto.html`)).toContain(long.body);
});

test("an address can be pressed, and nothing people write becomes markup", async () => {
  const body = "Mira https://ejemplo.org/a?b=c, y <script>alert(1)</script> javascript:alert(1)";
  const html = await openSpacePages({ entries: [written(3, { body })] }).read();
  expect(html).toContain('<a href="https://ejemplo.org/a?b=c" rel="noopener noreferrer nofollow">');
  expect(html).not.toContain("<script>alert");
  expect(html).not.toContain('href="javascript');
});

test("what was erased or hidden says so and offers nothing", async () => {
  const gone = { body: undefined, note: undefined };
  const entries = [
    written(3, { ...gone, state: "deleted", yours: true }),
    written(4, { ...gone, state: "hidden" }),
  ];
  const html = inPage(await openSpacePages({ entries }).read());
  expect(html).toContain("Este mensaje se borró.");
  expect(html).toContain("Una persona que facilita ocultó este mensaje.");
  expect(html).not.toContain('class="acts"');
});

test("whoever wrote what was hidden, or was asked to pause, finds the reason from there", async () => {
  const why = 'href="/decisiones"';
  const hidden = (yours: boolean) => [written(3, { body: undefined, state: "hidden", yours })];
  const of = async (yours: boolean) =>
    inPage(await openSpacePages({ entries: hidden(yours) }).read());
  expect(await of(true)).toContain(why);
  expect(await of(false)).not.toContain(why);
  const you = { ...colibri, mutedUntil: "2999-01-01T00:00:00Z" };
  expect(await openSpacePages({ space: { you } }).read()).toContain(why);
});

test("what was changed and then erased leads to no older text", async () => {
  const entries = [written(3, { body: undefined, state: "deleted", edited: true })];
  expect(await openSpacePages({ entries }).read()).not.toContain("/antes");
});

test("what becomes of a message is said in a place that a screen reader already knows", async () => {
  const place = 'role="status"><p id="hecho"';
  const { read } = openSpacePages({});
  expect(await read()).toContain('data-outcome="true" role="status"></div>');
  expect(await read("?hecho=posted")).toContain(`data-outcome="true" ${place}`);
});

test.each([
  ["2026-11-21", undefined],
  ["2027-11-01", "De ese día no hay mensajes."],
  ["ayer", "No entendimos esa fecha."],
])("whoever asks for the day %s is told where another one is shown: %s", async (day, told) => {
  const html = await openSpacePages({ entries: [written(3)] }).read(`?dia=${day}`);
  expect(html.match(/De ese día no hay mensajes\.|No entendimos esa fecha\./)?.[0]).toBe(told);
});

test("the beginning of an answered message ends between two words", async () => {
  const about = `${"a ".repeat(36)}sema…`;
  const answers = (about: string) =>
    openSpacePages({
      entries: [written(3, { replyTo: { id: written(2).id, alias: "Nube", about } })],
    }).read();
  expect(await answers(about.padStart(80, "b"))).toMatch(/a a …/);
  expect(await answers("No sé…")).toContain("Nube: No sé…");
});

test("whoever cannot answer finds what can be done folded, as for the others", async () => {
  const you = { ...colibri, mutedUntil: "2999-01-01T00:00:00Z" };
  const html = inPage(await openSpacePages({ space: { you }, entries: [written(3)] }).read());
  expect(html).toMatch(/<details class="acts"><summary[^>]*>Opciones[\s\S]*Reportar/);
  expect(html).not.toContain("Te leo");
});

test("words too short to be found are told beside their field", async () => {
  const html = await openSpacePages({}).read("/buscar?palabras=a");
  expect(html).toContain('id="palabras-problem"');
  expect(html).toMatch(/<input id="palabras"[^>]*aria-invalid="true"/);
});

test("of those who answered without words only the author sees any, by alias and not by number", async () => {
  const acknowledgements = Array.from({ length: 8 }, (_, at) => ({
    alias: `Encino ${at}`,
    kind: "thank_you" as const,
  }));
  const own = written(3, { yours: true, acknowledgements });
  const html = inPage(await openSpacePages({ entries: [own] }).read());
  expect(html).toContain("Encino 0: Gracias");
  expect(html).toContain("y más personas");
  expect(html).not.toMatch(/Encino 7|>[^<]*\b[38] /);
});

test("a form that comes back keeps its id and its text, with the words beside the field", async () => {
  const refuse = problem("invalid_input", { fields: { note: "missing" } });
  const { send } = openSpacePages({
    serve: (api) => {
      api.put("/api/spaces/:space/messages/:id", (c) => c.json(refuse, 400));
    },
  });
  const id = "019a0000-0000-7000-8000-000000000099";
  const { answer, text } = await send("/mensajes", { id, note: "", body: "Lo que escribí" });
  expect(answer.status).toBe(400);
  expect(text).toContain(`name="id" value="${id}"`);
  expect(text).toContain("Lo que escribí");
  expect(text).toContain('id="note-problem"');
});

test("each form that is shown carries an id of its own", async () => {
  const { read } = openSpacePages({});
  const ids = await Promise.all([read(), read()]);
  const [one, other] = ids.map((html) => /name="id" value="([0-9a-f-]{36})"/.exec(html)?.[1]);
  expect(one).toBeTruthy();
  expect(one).not.toBe(other);
});

test.each([
  [{ state: "preparing" }, "Este espacio todavía se prepara."],
  [{ state: "closed" }, "Este espacio está cerrado."],
  [{ kind: "announcement" }, "Aquí escriben quienes facilitan."],
  [{ you: { ...colibri, mutedUntil: "2999-01-01T00:00:00Z" } }, "te pidieron una pausa"],
] as const)("nobody is offered to write in vain: %o", async (parts, words) => {
  const html = await openSpacePages({ space: parts, entries: [written(3)] }).read();
  expect(html).toContain(words);
  expect(html).not.toContain('name="body"');
  expect(html).not.toContain(`/mensajes/${written(3).id}#escribir`);
});

test("whoever was asked to pause sees no button that answers or changes, and can still erase and report", async () => {
  const entries = [written(3), written(4, { yours: true })];
  const buttons = async (mutedUntil: string) => {
    const pages = openSpacePages({ entries, space: { you: { ...colibri, mutedUntil } } });
    const paths = ["", "/novedades.html?despues=2", ...entries.map(({ id }) => `/mensajes/${id}`)];
    const html = (await Promise.all(paths.map((path) => pages.read(path)))).join("");
    const offered = html.matchAll(/mensajes\/[0-9a-f-]{36}[/#](\w+)"/g);
    return [...new Set([...offered].map(([, act]) => act))].sort();
  };
  expect(await buttons("2999-01-01T00:00:00Z")).toEqual(["borrar", "reportar"]);
  const all = ["borrar", "cambiar", "escribir", "reportar", "respuesta"];
  expect(await buttons("2020-01-01T00:00:00Z")).toEqual(all);
});

test.each([
  [{ state: "closed" }, "Este espacio está cerrado."],
  [{ you: { ...colibri, mutedUntil: "2999-01-01T00:00:00Z" } }, "te pidieron una pausa"],
  [{ openNow: false, opensAt: "2026-11-23T00:00:00.000Z" }, "Vuelve a abrir el domingo"],
] as const)(
  "opened by hand, the form to change a message gives its reason instead: %o",
  async (parts, words) => {
    const own = written(4, { yours: true });
    const changing = `/mensajes/${own.id}/cambiar`;
    const html = await openSpacePages({ space: parts, entries: [own] }).read(changing);
    expect(html).toContain(words);
    expect(html).not.toContain("<textarea");
    expect(await openSpacePages({ entries: [own] }).read(changing)).toContain("<textarea");
  },
);

test("whoever did not say yes to the rules as they are is led to them from the form to change a message", async () => {
  const own = written(4, { yours: true });
  const pages = openSpacePages({ space: { standing: "asked_again" }, entries: [own] });
  const answer = await pages.ask(`/mensajes/${own.id}/cambiar`);
  expect(answer.headers.get("location")).toBe(`/espacios/${space}/entrar`);
});

test("what was typed into a change stays when it is refused meanwhile", async () => {
  const own = written(4, { yours: true });
  const pages = openSpacePages({
    space: { state: "closed" },
    entries: [own],
    serve: (api) => {
      api.patch("/api/spaces/:space/messages/:id", (c) => c.json(problem("space_not_open"), 409));
    },
  });
  const sent = await pages.send(`/mensajes/${own.id}/cambiar`, { body: "Lo que escribí" });
  expect(sent.text).toContain("\nLo que escribí</textarea>");
});

test("outside its hours nobody is offered to change a message; an answer without words still goes", async () => {
  const entries = [written(3), written(4, { yours: true })];
  const pages = openSpacePages({ entries, space: { openNow: false } });
  for (const path of ["", `/mensajes/${entries[1]?.id}`])
    expect(await pages.read(path)).not.toContain("/cambiar");
  expect(await pages.read()).toContain("/respuesta");
});

test("outside its hours the form keeps a draft, with when it opens and whom to call (P07)", async () => {
  const card = {
    ...{ id: "019a0000-0000-7000-8000-000000000077", name: "Línea", contact: "800 000 0000" },
    ...{ hours: "", languages: "", verifiedOn: "2026-01-02", stale: true },
  };
  const parts = {
    openNow: false,
    opensAt: "2026-11-23T00:00:00.000Z",
    crisisCards: [card as never],
  };
  const html = await openSpacePages({ space: parts }).read();
  expect(html).toContain("Vuelve a abrir el domingo, 22 de noviembre, 18:00.");
  expect(html).toContain('href="tel:8000000000"');
  expect(html).toContain("Puede haber cambiado.");
  expect(html).toContain("Guardar como borrador");
});

test("only a device of one's own keeps what is to be sent, and older pages follow nothing (P13)", async () => {
  const scripts = async (shown: Parameters<typeof openSpacePages>[0]) => {
    const [head = ""] = (await openSpacePages(shown).read()).split("</head>");
    return [...head.matchAll(/\/(exit|live|outbox)[-.]/g)].map(([, name]) => name);
  };
  expect(await scripts({})).toEqual(["exit", "live", "outbox"]);
  expect(await scripts({ device: "shared" })).toEqual(["exit", "live"]);
  expect(await scripts({ later: true, entries: [written(3)] })).toEqual(["exit"]);
});

test("parts for the browser are for those who are in only", async () => {
  const { ask } = openSpacePages({ space: { standing: "asked_again" } });
  for (const path of ["", "/novedades.html?despues=1", `/mensajes/${space}/texto.html`]) {
    const answer = await ask(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`/espacios/${space}/entrar`);
  }
});

test("what changed and is gone by now is left out of the news", async () => {
  const entry = written(3, { edited: true });
  const html = await openSpacePages({ entries: [entry] }).read(
    `/novedades.html?despues=3&cambiados=${entry.id},${space},nonsense`,
  );
  expect(html.slice(html.indexOf("data-changed")).match(/<li id="m-/g)).toHaveLength(1);
});
