import type { HeldMessage } from "@telar/contracts/moderation";
import { expect, test } from "vitest";
import { colibri, openSpacePages, written } from "./space-testing.ts";
import { problem } from "./testing.ts";

const held = (place: number): HeldMessage => ({
  ...{ id: written(place).id, alias: "Ceiba", note: "", body: "Hola", words: [] },
});

const pages = openSpacePages({
  space: { you: { ...colibri, facilitator: true } },
  serve: (api) => {
    api.get("/api/spaces/:space/held", (c) => c.json({ entries: [held(3), held(4)] }));
    api.post("/api/spaces/:space/held/:id/refusal", (c) =>
      c.json(problem("invalid_input", { fields: { reason: "missing" } }), 400),
    );
  },
});

test("giving back without a reason marks the field of that message, and leads to it", async () => {
  const { id } = held(4);
  const { text } = await pages.send(`/retenidos/${id}`, { does: "refuse", reason: "" });
  expect(text).toContain(`<a href="#reason-${id}">Motivo – Falta completar esto.</a>`);
  expect(text.match(/aria-invalid/g)).toHaveLength(1);
  expect(text).toMatch(new RegExp(`id="reason-${id}"[^>]*aria-describedby="reason-${id}-problem"`));
});

test("one is asked before a message is published for everybody", async () => {
  expect(await pages.read("/retenidos")).toMatch(
    /<summary[^>]*>Publicar<\/summary>[\s\S]*?Lo leerán todas las personas[\s\S]*?value="release"/,
  );
});
