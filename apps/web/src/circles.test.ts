import type { Circle, CircleNow } from "@telar/contracts/circles";
import { ParticipantId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { colibri, mesa, openSpacePages, written } from "./space-testing.ts";
import { problem } from "./testing.ts";

const seat = (end: number, alias: string) => ({
  id: ParticipantId.parse(`019a0000-0000-7000-8000-0000000001${end}`),
  alias,
});
const [ceiba, copal] = [seat(10, "Ceiba"), seat(11, "Copal")];
const running: Circle = {
  state: "running",
  question: "¿Qué nos sostiene?",
  turnMinutes: 5,
  rounds: 1,
  round: 1,
  order: [ceiba, copal, colibri],
  coming: [ceiba, copal, colibri].map(({ id }) => id),
  you: { joined: true },
};
const gathering: Circle = { ...running, state: "gathering", coming: [], order: [ceiba] };
const facilitating = { ...mesa, you: { ...colibri, facilitator: true } };

const open = (circle: Partial<Circle> | undefined, space = mesa, ended = false) =>
  openSpacePages({
    space,
    entries: [written(3)],
    serve: (api) => {
      const now: CircleNow = { ended, ...(circle && { circle: { ...running, ...circle } }) };
      api.get("/api/spaces/:space/circle", (c) => c.json(now));
    },
  });
const boxIn = (html: string) => html.match(/<div data-circle[\s\S]*?<\/section>/)?.[0] ?? "";
const stepsIn = (html: string) =>
  [...boxIn(html).matchAll(/name="does" value="(\w+)"/g)].map(([, does]) => does);
const plain = (html: string) => boxIn(html).replaceAll(/<[^>]+>/g, "");

test("without a circle the page says nothing of circles, but to those who facilitate", async () => {
  const html = await open(undefined).read();
  expect(html).toContain('<div data-circle="true" aria-live="polite"></div>');
  expect(html).not.toContain("/circulo");
  expect(await open(undefined, facilitating).read()).toContain("Abrir un círculo");
  const announcing = { ...facilitating, kind: "announcement" } as const;
  expect(await open(undefined, announcing).read()).not.toContain("Abrir un círculo");
});

test("before it begins people join, and those who facilitate begin it", async () => {
  const html = await open({ ...gathering, you: { joined: false } }).read();
  expect(plain(html)).toContain("¿Qué nos sostiene?");
  expect(stepsIn(html)).toEqual(["join"]);
  const joined = await open(gathering, facilitating).read();
  expect(plain(joined)).toContain("Te sumaste.");
  expect(stepsIn(joined)).toEqual(["start", "leave"]);
});

test("one is asked before a circle ends for everybody, and only those who facilitate are", async () => {
  const pages = open({}, facilitating);
  expect(boxIn(await pages.read())).toContain("/circulo#terminar");
  expect(await pages.read("/circulo")).toMatch(
    /id="terminar"[\s\S]*Termina para todas las personas[\s\S]*value="end"/,
  );
  await pages.send("/circulo", { does: "end" });
  expect(pages.done).toEqual([["DELETE", "/circle", undefined]]);
  expect(await open({}).read("/circulo")).not.toContain("terminar");
});

test("the page leads to a circle that runs", async () => {
  expect(await open({}).read()).toContain('<a href="#circulo">Círculo</a>');
  expect(await open(undefined).read()).not.toContain('href="#circulo"');
});

test("everybody reads who has the word, and when it is theirs", async () => {
  const html = await open({}).read();
  expect(plain(html)).toContain("Ahora habla Ceiba. Después de Copal sigues tú.");
  expect(html).toMatch(/<li aria-current="step">[\s\S]*?Ceiba[\s\S]*?\(tiene la palabra\)/);
  expect(stepsIn(html)).toEqual(["leave"]);
  const next = await open({ coming: [ceiba.id, colibri.id] }).read();
  expect(plain(next)).toContain("Ahora habla Ceiba. Después sigues tú.");
  const had = await open({ coming: [ceiba.id, copal.id] }).read();
  expect(plain(had)).toContain("En esta vuelta ya tuviste la palabra.");
  const reads = await open({ coming: [ceiba.id], you: { joined: false } }).read();
  expect(plain(reads)).toContain("te toca al final");
  expect(stepsIn(reads)).toEqual(["join"]);
});

test("whoever has the word is told until when, and passes it on", async () => {
  const you = { joined: true, speaksUntil: "2026-11-21T18:09:00.000Z" };
  const pages = open({ coming: [colibri.id, copal.id], you });
  const html = await pages.read();
  expect(plain(html)).toMatch(/Tienes la palabra, hasta las 12:09/);
  expect(stepsIn(html)).toEqual(["pass", "leave"]);
  expect(html).toContain(">Enviar</button>");
  const { to } = await pages.send("/circulo", { does: "pass" });
  expect(to).toMatch(/#circulo$/);
  expect(pages.done).toEqual([["POST", "/circle/turn", {}]]);
});

test("while others have the word one writes a draft, and is told so", async () => {
  const answering = `/mensajes/${written(3).id}`;
  expect(await open({}).read(answering)).toContain("Guardar como borrador");
  expect(await open(undefined).read(answering)).not.toContain("Guardar como borrador");
  const html = await open({}).read("?hecho=kept_as_draft");
  expect(html).toContain("Guardar como borrador");
  expect(html).toMatch(/Ahora habla <bdi>Ceiba<\/bdi>\. Guardamos tu mensaje como borrador/);
  expect(await open(undefined).read("?hecho=kept_as_draft")).not.toContain("Ahora habla");
});

test("while others have the word nobody is offered to change a message, and the form says why", async () => {
  const own = written(4, { yours: true });
  const listening = (coming: Circle["coming"]) =>
    openSpacePages({
      entries: [own],
      serve: (api) => {
        const circle = { ...running, coming };
        api.get("/api/spaces/:space/circle", (c) => c.json({ circle, ended: false }));
      },
    });
  const changing = `/mensajes/${own.id}/cambiar`;
  const paths = ["", `/novedades.html?despues=3`, `/mensajes/${own.id}`];
  for (const path of paths) {
    expect(await listening(running.coming).read(path)).not.toContain(changing);
    expect(await listening([colibri.id]).read(path)).toContain(changing);
  }
  const html = await listening(running.coming).read(changing);
  expect(html).toContain("Ahora habla <bdi>Ceiba</bdi>. Podrás cambiar tu mensaje");
  expect(html).not.toContain("<textarea");
  expect(await listening([colibri.id]).read(changing)).toContain("<textarea");
});

test("it closes with a line, which live pages bring too", async () => {
  for (const path of ["", "/novedades.html"])
    expect(await open(undefined, mesa, true).read(path)).toContain("El círculo terminó.");
  expect(await open({}).read("/novedades.html")).toContain("Ahora habla <bdi>Ceiba</bdi>");
});

test("a circle is opened with its question, and asked again for what is missing", async () => {
  const made = { question: "¿Qué sigue?", turnMinutes: "10", rounds: "2" };
  const pages = open(undefined, facilitating);
  expect(await pages.read("/circulo")).toContain('name="turnMinutes"');
  await pages.send("/circulo", made);
  expect(pages.done).toEqual([["POST", "/circle", made]]);
  const refusing = openSpacePages({
    space: facilitating,
    serve: (api) =>
      api.post("/api/spaces/:space/circle", (c) =>
        c.json(problem("invalid_input", { fields: { question: "missing" } }), 400),
      ),
  });
  const { text } = await refusing.send("/circulo", { ...made, question: "" });
  expect(text).toContain('href="#question"');
  expect(text).toContain('value="10"');
});

test("a turn that was over before it was passed on is explained, with the circle as it is", async () => {
  const pages = openSpacePages({
    serve: (api) => {
      api.get("/api/spaces/:space/circle", (c) => c.json({ circle: running, ended: false }));
      api.post("/api/spaces/:space/circle/turn", (c) => c.json(problem("changed_meanwhile"), 409));
    },
  });
  const { text } = await pages.send("/circulo", { does: "pass" });
  expect(text).toContain('role="alert"');
  expect(text).toContain("Ahora habla");
  expect(await open(undefined).read("/circulo")).toContain("Ahora no hay un círculo");
});
