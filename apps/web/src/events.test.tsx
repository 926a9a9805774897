import { HubEvent, type HubEventKind } from "@telar/contracts/events";
import { MembershipId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { EventText } from "./event-text.tsx";
import { openWeb, problem, publicUrl, serveAccount, signedIn } from "./testing.ts";
import { translateInto } from "./words.ts";

const id = (end: number) => `019a0000-0000-7000-8000-00000000000${end}`;
const [ceiba, copal, tejido, coalition] = [id(1), id(2), id(3), id(4)];
const names = { [ceiba]: "Ceiba", [copal]: "Copal", [tejido]: "Tejido", [coalition]: "Encuentro" };
const everything = {
  by: ceiba,
  membership: copal,
  group: tejido,
  coalition,
  participant: copal,
  space: tejido,
  message: tejido,
  role: "facilitator",
  act: "mute",
  steward: "Sabino",
  reason: "Lo pidió la asamblea",
  roles: ["member", "facilitator"],
  version: 2,
  stays: true,
  convener: true,
  opensOn: "2026-11-29",
  url: "https://sur.example",
  state: "paused",
};
const kinds = HubEvent.options.map(({ shape }) => shape.kind.value);
const eventOf = (kind: HubEventKind, parts: object = everything) =>
  HubEvent.parse({ kind, ...parts });

function inWords(kind: HubEventKind, language: "es" | "en", known = names, parts = everything) {
  const entry = { event: eventOf(kind, parts), names: known };
  const html = String(<EventText t={translateInto(language)} entry={entry} />);
  return html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ([.,:])/g, "$1")
    .trim();
}

test.each(kinds)("%s is a whole sentence in both languages", (kind) => {
  for (const language of ["es", "en"] as const) {
    const sentence = inWords(kind, language);
    expect(sentence).toMatch(/^\p{Lu}.*[.a]$/u);
    expect(sentence).not.toMatch(/undefined|\{|019a0000/);
  }
});

test.each(kinds)("%s does not break where the reader knows no name", (kind) => {
  for (const language of ["es", "en"] as const) {
    const sentence = inWords(kind, language, {});
    expect(sentence).toMatch(/^\p{Lu}/u);
    expect(sentence).not.toMatch(/Ceiba|Copal|Tejido|Encuentro|undefined/);
  }
});

test("names, tasks and reasons stand in the sentence", () => {
  expect(inWords("membership.removed", "es")).toBe(
    "Ceiba sacó del grupo a Copal. Motivo: Lo pidió la asamblea",
  );
  expect(inWords("roles.changed", "es")).toBe(
    "Ceiba cambió lo que hace Copal en el grupo: facilita.",
  );
  expect(inWords("membership.removed", "es", {})).toMatch(/^Alguien sacó del grupo a alguien\./);
  expect(inWords("export.agreed", "es")).toBe(
    "Sabino, que cuida este lugar, dijo que sí a la copia.",
  );
  const byMember = { ...everything, steward: undefined as never };
  expect(inWords("export.agreed", "es", names, byMember)).toBe("Ceiba dijo que sí a la copia.");
});

test("what people wrote never becomes markup", () => {
  const event = eventOf("group.read", { steward: "<b>S</b>", reason: "{x} <script>" });
  const html = String(<EventText t={translateInto("es")} entry={{ event, names: {} }} />);
  expect(html).toContain("&lt;b&gt;S&lt;/b&gt;");
  expect(html).toContain("{x} &lt;script&gt;");
});

const entry = (place: number, day: string, event: object) => ({
  place,
  day,
  event,
  names: { [ceiba]: "Ceiba" },
});

function openLog(answer: object, status = 200) {
  const asked: string[] = [];
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/streams/:stream/events", (c) => {
      asked.push(decodeURIComponent(c.req.url.replace(publicUrl, "")));
      return c.json(answer, status as 200);
    });
    api.get("/api/coalitions/:id", (c) =>
      c.json({
        id: coalition,
        name: "Encuentro",
        agreement: "Nos cuidamos",
        agreementVersion: 1,
        groups: [],
        coordinatorOf: [],
      }),
    );
  });
  const request = (path: string) => web.request(publicUrl + path, signedIn);
  return { asked, request, read: async (path: string) => (await request(path)).text() };
}

test("a log goes by day, lets a steward's reading stand out, and leads on", async () => {
  const member = MembershipId.parse(ceiba);
  const { asked, read } = openLog({
    entries: [
      entry(9, "2026-11-21", { kind: "group.read", steward: "Sabino", reason: "Pidieron ayuda" }),
      entry(8, "2026-11-21", { kind: "membership.began", membership: member }),
      entry(7, "2026-11-18", { kind: "group.founded", membership: member }),
    ],
    next: 7,
  });
  const html = await read("/bitacora?antes=10");
  expect(asked).toEqual(["/api/streams/hub/events?before=10"]);
  expect(html.match(/<h2/g)).toHaveLength(2);
  expect(html).toContain("21 de noviembre de 2026");
  expect(html.match(/<li class="notice">/g)).toHaveLength(1);
  expect(html).toContain("Motivo: Pidieron ayuda");
  expect(html).toContain('href="/bitacora?antes=7"');
  expect(html).toContain('href="/bitacora"');
});

test("a log can be narrowed to what was done with power over others, page after page", async () => {
  const { asked, read } = openLog({
    entries: [entry(9, "2026-11-21", { kind: "group.read", steward: "Sabino", reason: "x" })],
    next: 9,
  });
  expect(await read("/bitacora")).toContain('href="/bitacora?solo=importante"');
  const html = await read("/bitacora?solo=importante&antes=10");
  expect(asked.at(-1)).toBe("/api/streams/hub/events?before=10&only=weighty");
  expect(html).toContain('href="/bitacora?solo=importante&amp;antes=9"');
  expect(html).toContain('href="/bitacora">Ver todo');
  const { read: readEmpty } = openLog({ entries: [] });
  expect(await readEmpty("/bitacora?solo=importante")).toContain("no hubo ninguna");
});

test("a coalition's log leads back to it, and an empty one says what it is for", async () => {
  const { asked, read } = openLog({ entries: [] });
  const html = await read(`/coaliciones/${coalition}/bitacora?antes=nada`);
  expect(asked).toEqual([`/api/streams/coalition:${coalition}/events`]);
  expect(html).toContain("Todavía no hay nada que contar.");
  expect(html).toContain(`href="/coaliciones/${coalition}"`);
});

test("a log that is not open is not there", async () => {
  const { request } = openLog(problem("not_found"), 404);
  expect((await request(`/coaliciones/${coalition}/bitacora`)).status).toBe(404);
});
