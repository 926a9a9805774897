import type { InboxNotice } from "@telar/contracts/notices";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const [space, other, id] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
const inAWeek = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString();
const notice = (news: object, seen = false) =>
  ({ id, day: "2026-11-21", seen, news }) as InboxNotice;

const every = [
  notice({ kind: "new_messages", space, title: "Palabra" }),
  notice({ kind: "new_messages", space: other, title: "Círculo" }),
  notice({ kind: "answered", space, title: "Palabra", message: id }),
  notice({ kind: "admitted", space, title: "Palabra" }),
  notice({ kind: "admission_asked", space, title: "Palabra" }),
  notice({ kind: "rules_changed", space, title: "Palabra" }),
  notice({ kind: "one_to_one_asked", space, title: "Palabra" }),
  ...["decided", "appeal_answered", "appeal_waits"].map((kind) => notice({ kind, decision: id })),
  ...["report_answered", "report_waits"].map((kind) => notice({ kind, report: id })),
];

function openInbox(notices: InboxNotice[], account = {}, asked: string[] = []) {
  return openWeb((api) => {
    serveAccount(account)(api);
    api.get("/api/notices", (c) => c.json(notices));
    api.put("/api/notices/reading", (c) => {
      asked.push("read");
      return c.json({});
    });
    api.delete("/api/notices/:id", (c) => {
      asked.push(c.req.param("id"));
      return c.req.param("id") === id ? c.json({}) : c.json(problem("not_found"), 404);
    });
    api.get("/api/latest-messages", (c) =>
      c.json([
        { space, title: "Palabra", you: "aaaaaaaa-0000-4000-8000-000000000000", latest: 9 },
        { space: other, title: "Círculo", you: "bbbbbbbb-0000-4000-8000-000000000000", latest: 9 },
      ]),
    );
  });
}

const read = async (web: ReturnType<typeof openWeb>, path = "/avisos", init = signedIn) =>
  (await web.request(publicUrl + path, init)).text();
const textOf = (html: string) =>
  html.slice(html.indexOf("<main"), html.indexOf("</main>")).replaceAll(/<[^>]*>/g, " ");

test("every kind of notice has its words and its way, and none counts anything", async () => {
  const html = await read(openInbox(every));
  for (const words of ["Hay mensajes nuevos en:", "Alguien respondió", "Ya puedes entrar a"])
    expect(html).toContain(words);
  expect(html.match(/aria-label="Abrir: /g)).toHaveLength(every.length - 2);
  expect(textOf(html).replaceAll(/30 días|21 de noviembre de 2026/g, "")).not.toMatch(/\d/);
});

test("new messages of several spaces are one entry, which names the spaces only here", async () => {
  const html = await read(openInbox(every.slice(0, 2)));
  expect(html.match(/Hay mensajes nuevos en:/g)).toHaveLength(1);
  expect(html).toContain(`href="/espacios/${space}#nuevo"`);
  expect(html.match(/<title>(.*?)<\/title>/)?.[1]).toBe("Avisos · Telar");
});

test("notices are seen by a button, or removed one by one; what has gone already is no problem", async () => {
  const asked: string[] = [];
  const web = openInbox(every, {}, asked);
  const send = (fields: Record<string, string>) =>
    web.request(`${publicUrl}/avisos`, sent(fields, signedIn.headers));
  for (const fields of [{}, { id }, { id: other }]) {
    const answer = await send(fields);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/avisos"]);
  }
  expect(asked).toEqual(["read", id, other]);
});

test("an empty list says what it is for", async () => {
  expect(await read(openInbox([]))).toContain("No hay avisos por ahora.");
});

test("what the account is told stands on top, and home says that something waits", async () => {
  const notices = [{ kind: "few_recovery_codes", left: 1 }, { kind: "news_waits" }];
  const web = openInbox(every, { notices });
  const html = await read(web);
  expect(html).toContain("Te queda un código de recuperación");
  expect(html).not.toContain("Hay avisos para ti");
  expect(await read(web, "/")).toContain("Hay avisos para ti. Están ahí cuando quieras verlos.");
});

test("while somebody rests the notices are out of reach and out of mind (P06)", async () => {
  const web = openInbox(every, { pausedUntil: inAWeek, notices: [{ kind: "news_waits" }] });
  const answer = await web.request(`${publicUrl}/avisos`, signedIn);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/pausa"]);
  expect(await read(web, "/pausa")).not.toContain("Hay avisos");
  expect(await read(web, "/pausa/regreso")).not.toContain("Mientras descansabas");
});

test("whoever returns finds where there is something new, by what this browser keeps, and no backlog (P06)", async () => {
  const init = { headers: { cookie: "session=secret; leido=aaaaaaaa.4_bbbbbbbb.9" } };
  const html = await read(openInbox(every), "/pausa/regreso", init);
  expect(html).toContain("Hay mensajes nuevos desde tu última visita.");
  expect(html).toContain("Palabra");
  expect(html).not.toContain("Círculo");
  expect(textOf(html)).not.toMatch(/\d/);
});

test("the page for whoever returns stands also when the hub cannot say what is new", async () => {
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/latest-messages", (c) => c.json(problem("unavailable"), 503));
    api.get("/api/notices", (c) => c.json(problem("unavailable"), 503));
  });
  const html = await read(web, "/pausa/regreso");
  expect(html).toContain("Qué bueno que estás aquí");
});
