import { expect, test } from "vitest";
import { openWeb, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";
import { texts } from "./translations.ts";

test("the interruption comes before the first page that shows something of a group, and leads on", async () => {
  const seen: unknown[] = [];
  const web = openWeb((api) => {
    serveAccount({ safetySeen: false })(api);
    api.patch("/api/account", async (c) => {
      seen.push(await c.req.json());
      return c.json({});
    });
  });
  for (const path of ["/", "/grupos", "/anything-new"]) {
    const answer = await web.request(publicUrl + path, signedIn);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toMatch(/^\/seguridad\/antes/);
  }
  const form = sent({ luego: "/grupos" }, signedIn.headers);
  const answer = await web.request(`${publicUrl}/seguridad/antes`, form);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/grupos"]);
  expect(seen).toEqual([{ safetySeen: true }]);
});

test("whoever has seen it, and whoever only looks in, is not interrupted", async () => {
  const web = openWeb(serveAccount());
  expect((await web.request(`${publicUrl}/`, signedIn)).status).toBe(200);
  expect((await web.request(`${publicUrl}/`)).status).toBe(200);
});

test("pausing, choosing a language and reading about safety are never interrupted", async () => {
  const web = openWeb(serveAccount({ safetySeen: false }));
  for (const path of ["/pausa", "/idioma", "/seguridad"])
    expect((await web.request(publicUrl + path, signedIn)).status).toBe(200);
});

test("no text tells anybody to delete their history", () => {
  const flat = {
    es: /\b(borra|borre|borrar|elimina|eliminar|limpia|limpiar)\b[^.]*\bhistorial/i,
    en: /\b(delete|clear|erase|wipe)\b[^.]*\bhistory/i,
  };
  for (const { message } of texts) {
    expect(message.es).not.toMatch(flat.es);
    expect(message.en).not.toMatch(flat.en);
  }
});
