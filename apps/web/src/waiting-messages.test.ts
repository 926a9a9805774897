import type { Attachment } from "@telar/contracts/attachments";
import { AttachmentId, MessageId } from "@telar/contracts/ids";
import type { WaitingMessage } from "@telar/contracts/messages";
import type { Space } from "@telar/contracts/spaces";
import { expect, test } from "vitest";
import { colibri, openSpacePages, space, written } from "./space-testing.ts";
import { problem } from "./testing.ts";

const draft: WaitingMessage = {
  id: MessageId.parse("019a0000-0000-7000-8000-000000000090"),
  why: "draft",
  note: "Cómo voy",
  body: "Para el <lunes>",
};
const changing = `/espera/${draft.id}/cambiar`;
const typed = { id: "019a0000-0000-7000-8000-000000000091", note: "Cómo voy", body: "Otra vez" };

interface Kept {
  waiting?: WaitingMessage[];
  space?: Partial<Space>;
  /** It is in the space by now. */
  gone?: boolean;
  refuses?: boolean;
}

function open({ waiting = [draft], gone = false, refuses = false, ...rest }: Kept = {}) {
  const done: string[] = [];
  const pages = openSpacePages({
    ...rest,
    entries: gone ? [written(3, { id: draft.id, yours: true })] : [],
    serve: (api) => {
      api.get("/api/spaces/:space/waiting", (c) => c.json(gone ? [] : waiting));
      api.on(["PUT", "PATCH", "DELETE"], "/api/spaces/:space/:what/:id", async (c) => {
        const { what, id } = c.req.param();
        const { body = "" } = await c.req.json().catch(() => ({}));
        done.push([c.req.method, what, id, body].filter(Boolean).join(" "));
        if (refuses && what === "messages")
          return c.json(problem("invalid_input", { fields: { note: "missing" } }), 400);
        return c.json({ outcome: "kept_as_draft" });
      });
    },
  });
  return { ...pages, done };
}

test("what waits is changed in a form that has its words", async () => {
  const pages = open();
  expect(await pages.read()).toContain(`/espacios/${space}${changing}`);
  const html = await pages.read(changing);
  expect(html).toContain("Para el &lt;lunes&gt;");
  expect(html).toContain('value="Cómo voy"');
});

test("what it said goes once what it says now is in", async () => {
  const { send, done } = open();
  const { to } = await send(changing, typed);
  expect(to).toBe(`/espacios/${space}?hecho=kept_as_draft#hecho`);
  expect(done).toEqual([`PUT messages ${typed.id} Otra vez`, `DELETE waiting ${draft.id}`]);
});

test("while the new words are refused the old ones stay, and the form keeps what was typed", async () => {
  const { send, done } = open({ refuses: true });
  const { text } = await send(changing, { ...typed, note: "" });
  expect(text).toContain('id="note-problem"');
  expect(text).toContain("Otra vez");
  expect(text).toContain(`value="${typed.id}"`);
  expect(done.filter((one) => one.startsWith("DELETE"))).toEqual([]);
});

test("what went meanwhile is changed where it is, and stands there once", async () => {
  const { ask, send, done } = open({ gone: true });
  const asked = await ask(changing);
  expect(asked.headers.get("location")).toBe(`/espacios/${space}/mensajes/${draft.id}/cambiar`);
  const { to } = await send(changing, typed);
  expect(to).toBe(`/espacios/${space}/mensajes/${draft.id}`);
  expect(done).toEqual([`PATCH messages ${draft.id} Otra vez`]);
});

test("nobody is offered to change what they cannot write, or what has files", async () => {
  const you = { ...colibri, mutedUntil: "2999-01-01T00:00:00Z" };
  expect(await open({ space: { you } }).read()).not.toContain(changing);
  const attachment: Attachment = {
    ...{ id: AttachmentId.parse(draft.id), name: "", bytes: 9000 },
    ...{ kind: "image", format: "webp" },
  };
  const html = await open({ waiting: [{ ...draft, attachments: [attachment] }] }).read();
  expect(html).not.toContain(changing);
  expect(html).toContain("Con archivos no se puede cambiar.");
});
