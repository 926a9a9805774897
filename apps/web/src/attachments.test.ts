import type { Attachment } from "@telar/contracts/attachments";
import { AttachmentId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { colibri, openSpacePages, space, written } from "./space-testing.ts";
import { openWeb, publicUrl, serveAccount, signedIn } from "./testing.ts";

const id = (end: number) => AttachmentId.parse(`019a0000-0000-4000-8000-0000000001${end}`);
const photo: Attachment = {
  id: id(10),
  kind: "image",
  format: "webp",
  name: "",
  bytes: 48_700,
  largeBytes: 300_000,
};
const voice: Attachment = {
  id: id(11),
  kind: "voice",
  format: "webm",
  name: "",
  bytes: 98_000,
  voiceSeconds: 40,
};
const paper: Attachment = {
  id: id(12),
  kind: "document",
  format: "pdf",
  name: "Acuerdos",
  bytes: 317_000,
};
const all = [photo, voice, paper];
const path = `/espacios/${space}/adjuntos`;

test("each attachment says its kind and what it costs, and none of it is loaded with the page (W03)", async () => {
  const pages = openSpacePages({ entries: [written(3, { attachments: all, body: "" })] });
  const html = await pages.read();
  for (const label of [
    "Foto · 48 KB",
    "Nota de voz · 40 s · 96 KB",
    "Documento PDF · 310 KB",
    "Acuerdos",
  ])
    expect(html).toContain(label);
  const list = html.slice(html.indexOf('<ol class="messages"'), html.indexOf('id="escribir"'));
  expect(list).not.toMatch(/<(img|audio|source|object|embed|iframe)\b|preload|prefetch/);
  expect(list).toContain(`href="${path}/${photo.id}/foto?grande=300000"`);
  expect(list).toContain(`href="/api/spaces/${space}/attachments/${paper.id}" download`);
  expect(list).not.toContain("<p></p>");
});

test("what stands behind a note opens with it, and not before", async () => {
  const entries = [written(3, { attachments: all, note: "La audiencia", body: "Aquí va" })];
  const pages = openSpacePages({ entries });
  expect(await pages.read()).not.toContain("Foto · 48 KB");
  expect(await pages.read(`/mensajes/${entries[0]?.id}/texto.html`)).toContain("Foto · 48 KB");
});

test("an opened photo is small, its large size says what it costs, and a voice loads when it is played", async () => {
  const pages = openSpacePages({});
  const html = await pages.read(`/adjuntos/${photo.id}/foto?grande=300000`);
  expect(html).toContain(`<img src="/api/spaces/${space}/attachments/${photo.id}"`);
  expect(html).toContain("Verla más grande · 293 KB");
  expect(html).not.toContain("veil");
  const sound = await pages.read(`/adjuntos/${voice.id}/voz/vista.html`);
  expect(sound).toContain('preload="none"');
  expect(sound).not.toContain("<html");
});

test("for those who facilitate a photo is covered until they touch it", async () => {
  const pages = openSpacePages({ space: { you: { ...colibri, facilitator: true } } });
  const html = await pages.read(`/adjuntos/${photo.id}/foto/vista.html`);
  expect(html).toContain('<label class="veil"><input type="checkbox"/>');
  expect(html).not.toContain("<html");
});

test("the microphone is open in spaces and nowhere else", async () => {
  const { headers } = await openSpacePages({}).ask("");
  expect(headers.get("permissions-policy")).toContain("microphone=(self)");
  expect(headers.get("content-security-policy")).toContain("media-src 'self' blob:");
  const elsewhere = await openWeb(serveAccount()).request(`${publicUrl}/`);
  expect(elsewhere.headers.get("permissions-policy")).toContain("microphone=()");
});

/** A space whose api takes files. */
function openTaking(answer: (sent: File) => Response) {
  const [files, posted]: [string[], object[]] = [[], []];
  const { web } = openSpacePages({
    serve(api) {
      api.post("/api/spaces/:space/attachments", async (c) => {
        const sent = (await c.req.formData()).get("file") as File;
        files.push(`${sent.name}: ${await sent.text()}`);
        return answer(sent);
      });
      api.put("/api/spaces/:space/messages/:id", async (c) => {
        posted.push(await c.req.json());
        return c.json({ outcome: "posted", place: 1 });
      });
    },
  });
  const send = (fields: Record<string, string | File | File[]>) => {
    const body = new FormData();
    for (const [name, given] of Object.entries(fields))
      for (const one of [given].flat()) body.append(name, one);
    const headers = { ...signedIn.headers, origin: publicUrl };
    return web.request(`${publicUrl}/espacios/${space}/mensajes`, {
      method: "POST",
      body,
      headers,
    });
  };
  return { files, posted, send };
}

const message = { id: crypto.randomUUID(), note: "", body: "" };

test("without a script files go with the message: each to the hub, then the message that names them", async () => {
  let taken = 0;
  const { files, posted, send } = openTaking(() => {
    taken += 1;
    return Response.json({ ...photo, id: id(20 + taken) });
  });
  const file = [new File(["a".repeat(900_000)], "uno.jpg"), new File(["b"], 'dos".pdf')];
  const answer = await send({ ...message, file });
  expect(answer.status).toBe(303);
  expect(files.map((one) => one.slice(0, 12))).toEqual([
    `uno.jpg: aaa`,
    expect.stringContaining("dos"),
  ]);
  expect(files[0]?.length).toBe(900_009);
  expect(posted).toEqual([expect.objectContaining({ body: "", attachments: [id(21), id(22)] })]);
});

test("a form without a chosen file is a message as any other", async () => {
  const { files, posted, send } = openTaking(() => Response.json(photo));
  await send({ ...message, body: "Hola", file: new File([], "") });
  expect(files).toEqual([]);
  expect(posted).toEqual([expect.objectContaining({ body: "Hola" })]);
});

test("a file that the hub does not take is said beside its field, and what was taken and typed stays", async () => {
  const { posted, send } = openTaking(({ name }) =>
    name === "uno.jpg"
      ? Response.json(photo)
      : Response.json(
          { status: 400, code: "invalid_input", fields: { file: "not_an_option" } },
          { status: 400 },
        ),
  );
  const file = [new File(["a"], "uno.jpg"), new File(["<svg/>"], "dos.svg")];
  const answer = await send({ ...message, body: "Aquí van", file });
  const html = await answer.text();
  expect(answer.status).toBe(400);
  expect(posted).toEqual([]);
  expect(html).toContain("Ese tipo de archivo no se puede compartir aquí.");
  expect(html).toContain("Aquí van");
  expect(html).toContain(
    `<input type="checkbox" name="attachments" value="${photo.id}" checked=""/>`,
  );
});

test("more files than fit are refused before a message is written", async () => {
  const { files, posted, send } = openTaking(() => Response.json(photo));
  const file = Array.from({ length: 6 }, (_, at) => new File(["a"], `${at}.jpg`));
  const html = await (await send({ ...message, file })).text();
  expect(files).toHaveLength(4);
  expect(posted).toEqual([]);
  expect(html).toContain("Son más de 4. Elige menos.");
});
