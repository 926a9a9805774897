import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const words = "ahuehuete ceiba copal encino fresno guaje nogal";
const codes = Array.from({ length: 8 }, (_, at) => `AAAA-BBBB-CCCC-000${at}`);
const opensAt = "2027-01-08T18:30:00.000Z";

function open({ answer = { state: "done" } as object, left = 0, device = "own" as const } = {}) {
  const asked: unknown[] = [];
  const web = openWeb((api) => {
    serveAccount({ notices: [{ kind: "recovery_asked", opensAt }], device })(api);
    api.get("/api/passphrase-offer", (c) => c.json({ passphrase: words }));
    api.get("/api/recovery-sheet", (c) => c.json({ left }));
    api.post("/api/recovery-sheet", (c) => c.json({ codes }));
    api.delete("/api/recoveries/mine", (c) => {
      asked.push("stop");
      return c.json({});
    });
    api.post("/api/recoveries", async (c) => {
      asked.push(await c.req.json());
      return "status" in answer ? c.json(answer, 401) : c.json(answer);
    });
  });
  const ask = async (path: string, init: RequestInit = {}) => {
    const got = await web.request(publicUrl + path, init);
    return { status: got.status, location: got.headers.get("location"), html: await got.text() };
  };
  return { asked, ask };
}

const form = {
  signInName: "Ceiba",
  code: "aaaa bbbb cccc 0001",
  passphrase: words,
  offered: words,
};

test("a code and new words open the account again, and the page leads to the way in", async () => {
  const { asked, ask } = open();
  const { status, html } = await ask("/recuperar", sent(form));
  expect(status).toBe(200);
  expect(html).toContain('href="/entrar"');
  const { offered: _, ...input } = form;
  expect(asked).toEqual([input]);
});

test("whoever has to wait is told why, until when, and that the words were not kept", async () => {
  const { html } = await open({ answer: { state: "waiting", opensAt } }).ask(
    "/recuperar",
    sent(form),
  );
  expect(html).toContain("Hay que esperar unos días");
  expect(html).toContain("<strong>viernes, 8 de enero, 12:30</strong>");
  expect(html).toContain("Las de hoy no se guardaron.");
});

test("a code that opens nothing keeps name, code and offered words", async () => {
  const { status, html } = await open({ answer: problem("wrong_sign_in") }).ask(
    "/recuperar",
    sent(form),
  );
  expect(status).toBe(401);
  expect(html).toContain('value="Ceiba"');
  expect(html).toContain('value="aaaa bbbb cccc 0001"');
  expect(html).toContain("<li>ahuehuete</li>");
});

test("the codes are shown once, as the answer itself, on a page that prints", async () => {
  const { ask } = open();
  const { status, html } = await ask("/cuenta/hoja", sent({ luego: "/" }, signedIn.headers));
  expect(status).toBe(200);
  for (const code of codes) expect(html).toContain(`<code>${code}</code>`);
  expect(html).toContain('class="paper"');
  expect(html).toContain('<a class="button main" href="/">Ya los guardé</a>');
  expect(html).not.toContain("no queden en la impresora");
  const again = await ask("/cuenta/hoja", signedIn);
  expect(again.html).not.toContain(codes[0]);
});

test("a new sheet says before that the earlier one ends", async () => {
  expect((await open({ left: 3 }).ask("/cuenta/hoja", signedIn)).html).toContain(
    "los códigos de la anterior dejan de servir",
  );
  expect((await open().ask("/cuenta/hoja", signedIn)).html).not.toContain("la anterior");
});

test("on the way in the sheet can wait", async () => {
  const { html } = await open().ask("/cuenta/hoja?luego=/central", signedIn);
  expect(html).toContain('<a class="button quiet" href="/central">Más tarde</a>');
});

test("a recovery that somebody asked for is told on every page and stopped with one button", async () => {
  const { asked, ask } = open();
  for (const path of ["/", "/seguridad", "/cuenta", "/pausa"])
    expect((await ask(path, signedIn)).html).toContain('action="/cuenta/recuperacion/detener"');
  const { location } = await ask("/cuenta/recuperacion/detener", sent({}, signedIn.headers));
  expect(asked).toEqual(["stop"]);
  expect((await ask(location ?? "", signedIn)).html).toContain("Lo detuviste");
});

test("nobody without a session sees a sheet", async () => {
  expect((await open().ask("/cuenta/hoja")).location).toBe("/entrar?luego=%2Fcuenta%2Fhoja");
});
