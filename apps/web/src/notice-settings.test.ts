import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import type { NoticeSettings } from "@telar/contracts/notices";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const space = crypto.randomUUID();
const person = crypto.randomUUID();
const settings = {
  own: "off",
  digestHour: 18,
  quietFrom: "21:00",
  quietTo: "08:00",
  spaces: [{ space, title: "Palabra {x} <b>", rhythm: "at_once" }],
  people: [],
  push: { publicKey: "BKey", here: false },
} as unknown as NoticeSettings;

function openSettings(parts: Partial<NoticeSettings> = {}, account = {}, asked: unknown[] = []) {
  return openWeb((api) => {
    serveAccount(account)(api);
    api.get("/api/notice-settings", (c) => c.json({ ...settings, ...parts }));
    api.put("/api/notice-settings", async (c) => {
      const body = await c.req.json();
      asked.push(body);
      if (body.digestHour !== "23") return c.json({});
      return c.json(problem("invalid_input", { fields: { digestHour: "out_of_range" } }), 400);
    });
    api.get("/api/spaces/:space/participants", (c) =>
      c.json({ entries: [{ id: person, alias: "Ceiba", facilitator: false, you: false }] }),
    );
    for (const method of ["put", "delete"] as const)
      api[method]("/api/spaces/:space/quiet-passes/:id", (c) => {
        asked.push(`${method} ${c.req.param("id")}`);
        return c.json({});
      });
    api.put("/api/push-subscription", async (c) => {
      const { endpoint } = await c.req.json();
      asked.push(endpoint);
      return endpoint === "full" ? c.json(problem("limit_reached"), 409) : c.json({});
    });
    api.delete("/api/push-subscription", (c) => {
      asked.push("stop");
      return c.json({});
    });
  });
}

const path = "/cuenta/avisos";
const read = async (web: ReturnType<typeof openWeb>, more = "") =>
  (await web.request(publicUrl + path + more, signedIn)).text();
const send = (web: ReturnType<typeof openWeb>, fields: Record<string, string>, more = "") =>
  web.request(publicUrl + path + more, sent(fields, signedIn.headers));

test("the page shows what somebody chose, by the clock of their own zone", async () => {
  const html = await read(openSettings());
  expect(html).toContain("en el horario de Ciudad de México");
  expect(html).toMatch(/value="21:00"/);
  expect(html).toMatch(/<option value="at_once" selected="">/);
  expect(html).toContain("Palabra {x} &lt;b&gt;");
});

test("a sent form says which spaces are switched on, and how", async () => {
  const asked: unknown[] = [];
  const web = openSettings({}, {}, asked);
  const fields = { own: "digest", digestHour: "18", quietFrom: "21:00", quietTo: "08:00" };
  const answer = await send(web, {
    ...fields,
    [`espacio.${space}`]: "digest",
    [`espacio.${person}`]: "off",
  });
  expect(answer.status).toBe(303);
  expect(asked).toEqual([{ ...fields, digest: [space], atOnce: [] }]);
  const refused = await send(web, { ...fields, digestHour: "23", [`espacio.${space}`]: "digest" });
  const html = await refused.text();
  expect(refused.status).toBe(400);
  expect(html).toContain('href="#digestHour"');
  expect(html).toMatch(/<option value="digest" selected="">/);
});

test("people are let through the quiet hours one by one, and made to wait again", async () => {
  const asked: unknown[] = [];
  const there = `/personas/${space}`;
  const web = openSettings({}, {}, asked);
  expect(await read(web, there)).toContain('aria-label="Dejar pasar a Ceiba"');
  await send(web, { id: person, does: "let" }, there);
  await send(web, { id: person, does: "stop" }, there);
  expect(asked).toEqual([`put ${person}`, `delete ${person}`]);
  const passing = openSettings({ people: [{ id: person, space, alias: "Ceiba" }] as never });
  expect(await read(passing, there)).toContain("Puede avisarte");
});

test("pushes are offered on one's own device with plain words of who learns what, never on a shared one (P13)", async () => {
  const own = await read(openSettings());
  expect(own).toContain('data-push="BKey"');
  expect(own).toContain("Google, Apple, Mozilla o Microsoft");
  expect(own).toContain("Esta parte necesita JavaScript");
  const shared = await read(openSettings({}, { device: "shared" }));
  expect(shared).not.toContain("data-push");
  expect(shared).toContain("En un dispositivo compartido no hay avisos");
  expect(await read(openSettings({ push: { here: false } }))).toContain("no manda avisos");
});

test("a device is switched on by what its browser answers, and off without JavaScript", async () => {
  const asked: unknown[] = [];
  const web = openSettings({ push: { publicKey: "BKey", here: true } }, {}, asked);
  expect(await read(web)).toContain("Apagar en este dispositivo");
  await send(web, { does: "stop" }, "/aparato");
  await send(web, { endpoint: "https://push.example.net/1" }, "/aparato");
  const full = await send(web, { endpoint: "full" }, "/aparato");
  expect(full.headers.get("location")).toBe("/cuenta/avisos?lleno#aparato");
  expect(await read(web, "?lleno")).toContain("Ya hay avisos en cinco dispositivos");
  expect(asked).toEqual(["stop", "https://push.example.net/1", "full"]);
});

/** Runs the service worker as a browser does, and answers what a push shows. */
async function shownBy(search: string, data?: string): Promise<[string, object]> {
  const source = readFileSync(new URL("../static/avisos.js", import.meta.url), "utf8");
  const heard = new Map<string, (event: object) => void>();
  const shown: [string, object][] = [];
  const worker = {
    URL,
    location: { href: `https://hub.test/avisos.js${search}` },
    addEventListener: (name: string, hear: (event: object) => void) => heard.set(name, hear),
    registration: {
      showNotification: async (title: string, options: object) => void shown.push([title, options]),
    },
  };
  runInContext(source, createContext(worker));
  heard.get("push")?.({ data: { text: () => data, json: () => ({ data }) }, waitUntil: () => {} });
  expect([...heard.keys()].sort()).toEqual(["notificationclick", "push"]);
  return JSON.parse(JSON.stringify(shown[0]));
}

/** What a look over somebody's shoulder must not learn. */
const forbidden =
  /mensaje|message|grupo|group|colectiv|collective|red\b|network|coalici|víctima|victim|sobrevivi|survivor|tortur|desapar|disappear|apoyo|support|círculo|circle|espacio|space|alert|urgen|@|https?:|\d/i;

test("whatever is pushed, a device shows one text without sender, collective or number (P04)", async () => {
  const seen = new Set<string>();
  for (const search of ["", "?es", "?en", "?tzo", "?<script>"])
    for (const data of [undefined, "Ceiba: Palabra (3)", "{}"])
      seen.add(JSON.stringify(await shownBy(search, data)));
  expect([...seen]).toEqual([
    '["Telar",{"body":"Hay algo nuevo","tag":"telar","icon":"/favicon.svg"}]',
    '["Telar",{"body":"There is something new","tag":"telar","icon":"/favicon.svg"}]',
  ]);
  for (const text of seen) expect(text).not.toMatch(forbidden);
});

test("the worker keeps nothing and looks at no page: it hears of pushes only", () => {
  const source = readFileSync(new URL("../static/avisos.js", import.meta.url), "utf8");
  expect(source).not.toMatch(/caches|indexedDB|fetch|importScripts|badge|postMessage/i);
});
