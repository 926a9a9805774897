import { languages } from "@telar/contracts/languages";
import { expect, test } from "vitest";
import { openWeb, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";
import { countUntranslated, texts } from "./translations.ts";

const web = openWeb();
const ask = (path: string, init?: RequestInit) => web.request(publicUrl + path, init);
const textOf = async (answer: Response | Promise<Response>) => (await answer).text();

test("the picker lists every language by its own name, with what is still untranslated", async () => {
  const html = await textOf(ask("/idioma"));
  for (const [code, { autonym }] of Object.entries(languages))
    expect(html).toContain(`<span lang="${code}">${autonym.replaceAll("'", "&#39;")}</span>`);
  expect(html).toContain(`faltan ${texts.length} textos`);
  expect([countUntranslated("es"), countUntranslated("en")]).toEqual([0, 0]);
});

test("the chosen language is kept in the browser and leads back", async () => {
  const answer = await ask("/idioma", sent({ language: "tzo", luego: "/pausa" }));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/pausa"]);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^idioma=tzo; Max-Age=\d+; Path=\/; HttpOnly/);
  const page = await textOf(ask("/", { headers: { cookie: "idioma=tzo" } }));
  expect(page).toContain('<html lang="tzo">');
  expect(page).toContain('<h1><span lang="es">Un lugar para encontrarse con calma</span></h1>');
});

test("a language that does not exist is said so, and nothing is kept", async () => {
  const answer = await ask("/idioma", sent({ language: "<b>" }));
  expect(answer.status).toBe(400);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await answer.text()).toContain("Elige uno de los idiomas de la lista.");
});

test("a signed-in person's choice is kept with the account", async () => {
  const changed: unknown[] = [];
  const own = openWeb((api) => {
    serveAccount({ language: "es" })(api);
    api.patch("/api/account", async (c) => {
      changed.push(await c.req.json());
      return c.json({});
    });
  });
  const form = sent({ language: "en" }, signedIn.headers);
  expect((await own.request(`${publicUrl}/idioma`, form)).status).toBe(303);
  expect(changed).toEqual([{ language: "en" }]);
});

test("the browser's wish counts until somebody chooses, and the account before both", async () => {
  const headers = { "accept-language": "de, en;q=0.8, es;q=0.5" };
  expect(await textOf(ask("/", { headers }))).toContain('<html lang="en">');
  expect(await textOf(ask("/", { headers: { ...headers, cookie: "idioma=es" } }))).toContain(
    '<html lang="es">',
  );
  const own = openWeb(serveAccount({ language: "tzo" }));
  const page = own.request(`${publicUrl}/`, { headers: { cookie: "idioma=es; session=x" } });
  expect(await textOf(page)).toContain('<html lang="tzo">');
});

test("translators get every text as a PO file, with what is already translated", async () => {
  const answer = await ask("/idioma/en.po");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="en.po"');
  const file = await answer.text();
  expect(file.match(/^msgctxt /gm)).toHaveLength(texts.length);
  expect(file).toContain('msgctxt "layout.exit"\nmsgid "Salir rápido"\nmsgstr "Leave quickly"');
  expect(await textOf(ask("/idioma/tzo.po"))).toContain('msgid "Salir rápido"\nmsgstr ""');
  expect((await ask("/idioma/xx.po")).status).toBe(404);
});
