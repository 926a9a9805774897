import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const inAWeek = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString();
const notices = [
  { kind: "few_recovery_codes" as const, left: 1 },
  { kind: "recovery_asked" as const, opensAt: inAWeek },
];

test("every page leads to the pause in one tap", async () => {
  const web = openWeb(serveAccount());
  for (const path of ["/", "/seguridad", "/idioma", "/nowhere"])
    for (const init of [{}, signedIn])
      expect(await (await web.request(publicUrl + path, init)).text()).toContain('href="/pausa"');
});

test("without an account the page offers calm and asks for nothing", async () => {
  const html = await (await openWeb().request(`${publicUrl}/pausa`)).text();
  expect(html).toContain("Aquí puedes descansar");
  expect(html).not.toContain("<form");
});

test("the pause and the safety page are there even while the API is not", async () => {
  const web = openWeb((api) => {
    api.get("/api/account", (c) => c.json(problem("unavailable"), 503));
  });
  for (const path of ["/pausa", "/seguridad"])
    expect((await web.request(publicUrl + path, signedIn)).status).toBe(200);
  expect((await web.request(`${publicUrl}/`, signedIn)).status).toBe(503);
});

test("a pause starts with one button and ends with another", async () => {
  const asked: unknown[] = [];
  const web = openWeb((api) => {
    serveAccount()(api);
    api.put("/api/account/pause", async (c) => {
      asked.push(await c.req.json());
      return c.json({ pausedUntil: inAWeek });
    });
    api.delete("/api/account/pause", (c) => {
      asked.push("ended");
      return c.json({});
    });
  });
  const start = await web.request(`${publicUrl}/pausa`, sent({ length: "week" }, signedIn.headers));
  expect([start.status, start.headers.get("location")]).toEqual([303, "/pausa"]);
  const end = await web.request(`${publicUrl}/pausa/regreso`, sent({}, signedIn.headers));
  expect([end.status, end.headers.get("location")]).toEqual([303, "/pausa/regreso"]);
  expect(asked).toEqual([{ length: "week" }, "ended"]);
  const back = await (await web.request(`${publicUrl}/pausa/regreso`, signedIn)).text();
  expect(back).toContain("no tienes que ponerte al día");
});

test("while somebody rests, groups, spaces and notices are out of sight, but not a danger to the account", async () => {
  const web = openWeb(serveAccount({ pausedUntil: inAWeek, notices }));
  for (const path of ["/", "/espacios"]) {
    const answer = await web.request(publicUrl + path, signedIn);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/pausa"]);
  }
  const html = await (await web.request(`${publicUrl}/pausa`, signedIn)).text();
  expect(html).toContain("Quiero volver");
  expect(html).not.toContain('href="/grupos"');
  expect(html).not.toContain("Te queda un código");
  expect(html).toContain("No fui yo, detenerlo");
});

test("a pause that is over hides nothing", async () => {
  const web = openWeb(serveAccount({ pausedUntil: "2020-01-01T00:00:00Z", notices }));
  const html = await (await web.request(`${publicUrl}/`, signedIn)).text();
  expect(html).toContain('href="/grupos"');
  expect(html).toContain("Te queda un código de recuperación.");
});
