import type { Hono } from "hono";
import { expect, test } from "vitest";
import { mesa, space } from "./space-testing.ts";
import { openWeb, publicUrl, serveAccount, signedIn } from "./testing.ts";

const id = "019a0000-0000-7000-8000-0000000000";
const day = "2026-11-21";
const report = {
  id: `${id}41`,
  space: { id: space, title: "Mesa" },
  about: { id: `${id}42`, alias: "Nopal" },
  ...{ reason: "other", words: "", state: "new", day, role: "facilitator" },
};
const ownReport = {
  ...{ id: `${id}41`, space: "Mesa", alias: "Nopal", message: false, reason: "other", words: "" },
  ...{ showName: false, state: "new", day, seen: true },
};
const act = {
  ...{ id: `${id}43`, act: "relieve", role: "facilitator", about: "Mesa", reason: "Descansa" },
  ...{ day, seen: true },
};
const appeal = (end: number) => ({
  ...{ id: `${id}${end}`, act: "relieve", about: "Mesa", alias: `Nopal ${end}` },
  ...{ actor: "facilitator", role: "facilitator", reason: "Descansa", day, words: "Ya descansé" },
});
const ban = { id: `${id}44`, alias: "Cactus", reason: "Hiere", day };
const held = { id: `${id}45`, alias: "Nopal", note: "", body: "Hola", words: [] };

const lists: Record<string, object[]> = {
  "/api/reports": [report],
  "/api/own-reports": [ownReport],
  "/api/decisions": [act],
  "/api/appeals": [appeal(51), appeal(52)],
  "/api/bans": [ban],
  [`/api/spaces/${space}/held`]: [held],
};

function open() {
  const asked: (string | undefined)[] = [];
  const serve = (api: Hono) => {
    for (const [path, entries] of Object.entries(lists))
      api.get(path, (c) => {
        asked.push(c.req.query("after"));
        return c.json({ entries, next: "abc.def" });
      });
    api.get("/api/held", (c) => c.json([{ id: space, title: "Mesa" }]));
    api.get("/api/moderation-load", (c) => c.json({ acts: 0, reports: 0, appeals: 0 }));
    api.get(`/api/spaces/${space}`, (c) =>
      c.json({ ...mesa, you: { ...mesa.you, facilitator: true } }),
    );
    serveAccount()(api);
  };
  const web = openWeb(serve);
  const read = async (path: string) => (await web.request(publicUrl + path, signedIn)).text();
  return { read, asked };
}

test.each([
  "/reportes",
  "/reportes/mios",
  "/decisiones",
  "/central/puertas",
  `/espacios/${space}/puertas`,
  `/espacios/${space}/retenidos`,
])("%s goes on by a link, and back to its beginning", async (path) => {
  const { read, asked } = open();
  const first = await read(path);
  expect(first).toContain(`href="${path}?after=abc.def"`);
  expect(first).not.toContain("Volver al principio");
  const second = await read(`${path}?after=abc`);
  expect(asked).toContain("abc");
  expect(second).toMatch(new RegExp(`href="${path}">\\s*Volver al principio`));
});

test("what waits to be read first leads on to its space", async () => {
  expect(await open().read("/reportes")).toContain(`href="/espacios/${space}/retenidos"`);
});

test("of appeals one is seen at a time, and each can be left for later", async () => {
  const { read, asked } = open();
  const first = await read("/apelaciones");
  expect(first).toContain("Nopal 51");
  expect(first).not.toContain("Nopal 52");
  expect(first).toContain(`href="/apelaciones?una=${id}52"`);
  const second = await read(`/apelaciones?after=abc&una=${id}52`);
  expect(asked).toContain("abc");
  expect(second).toContain("Nopal 52");
  expect(second).toContain(`action="/apelaciones/${id}52?after=abc"`);
  expect(second).toContain('href="/apelaciones?after=abc.def"');
});
