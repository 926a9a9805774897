import { CoalitionId, GroupId, MessageId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { Message } from "@telar/contracts/messages";
import type { Space } from "@telar/contracts/spaces";
import { defaultsFor } from "@telar/rules/spaces";
import type { Hono } from "hono";
import { openWeb, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const id = (end: number) => `019a0000-0000-7000-8000-0000000000${end}`;
export const space = SpaceId.parse(id(10));
export const group = GroupId.parse(id(11));
export const coalition = CoalitionId.parse(id(12));
export const colibri = { id: ParticipantId.parse(id(13)), alias: "Colibrí", facilitator: false };
const nube = { id: ParticipantId.parse(id(14)), alias: "Nube", facilitator: true };

/** A space as its people see it. */
export const mesa: Space = {
  id: space,
  kind: "working",
  title: "Mesa",
  purpose: "Para pensar",
  state: "open",
  owner: { group, name: "Tejido" },
  standing: "joined",
  facilitating: false,
  rules: { version: 3, text: "Nos escuchamos." },
  settings: defaultsFor("working"),
  zone: "America/Mexico_City",
  hours: [],
  openNow: true,
  facilitators: [{ id: nube.id, alias: nube.alias }],
  you: colibri,
  through: [{ group, name: "Tejido", alias: "Jacaranda" }],
  mayChange: false,
  crisisCards: [],
};

/** What somebody else wrote; `place` is its id too. */
export const written = (place: number, parts: Partial<Message> = {}): Message => ({
  id: MessageId.parse(id(20 + place)),
  place,
  author: nube,
  at: "2026-11-21T18:04:00.000Z",
  body: `Mensaje ${place}`,
  state: "shown",
  edited: false,
  pinned: false,
  yours: false,
  ...parts,
});

interface Shown {
  space?: Partial<Space>;
  entries?: Message[];
  later?: boolean;
  device?: "own" | "shared";
  serve?: (api: Hono) => void;
}

/** The pages of one space over a small API. */
export function openSpacePages({ entries = [], later = false, device = "own", ...rest }: Shown) {
  const done: unknown[] = [];
  const web = openWeb((api) => {
    rest.serve?.(api);
    serveAccount({ device })(api);
    api.get("/api/spaces/:space", (c) => c.json({ ...mesa, ...rest.space }));
    api.get("/api/spaces/:space/messages", (c) =>
      c.json({ entries, upTo: 90, earlier: false, later }),
    );
    api.get("/api/spaces/:space/messages/:id", (c) => {
      const found = entries.find((entry) => entry.id === c.req.param("id"));
      return found ? c.json(found) : c.json({ status: 404, code: "not_found" }, 404);
    });
    api.get("/api/spaces/:space/circle", (c) => c.json({ ended: false }));
    api.get("/api/spaces/:space/pinned", (c) => c.json([]));
    api.get("/api/spaces/:space/waiting", (c) => c.json([]));
    api.on(["POST", "PUT", "PATCH", "DELETE"], "/api/*", async (c) => {
      const body = await c.req.json().catch(() => undefined);
      done.push([c.req.method, c.req.path.replace(`/api/spaces/${space}`, ""), body]);
      return c.json({});
    });
  });
  const path = `/espacios/${space}`;
  const ask = (more: string, cookie = signedIn.headers.cookie) =>
    web.request(publicUrl + path + more, { headers: { cookie } });
  return {
    web,
    done,
    ask,
    read: async (more = "", cookie?: string) => (await ask(more, cookie)).text(),
    send: async (more: string, fields: Record<string, string>) => {
      const answer = await web.request(publicUrl + path + more, sent(fields, signedIn.headers));
      return { answer, to: answer.headers.get("location"), text: await answer.text() };
    },
  };
}
