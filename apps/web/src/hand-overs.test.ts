import type { HandOver } from "@telar/contracts/hand-overs";
import { HandOverId } from "@telar/contracts/ids";
import type { Membership } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { problem } from "./testing.ts";
import { group, openInside, place } from "./testing-groups.ts";

const ceiba = place(1, "Ceiba", true, "coordinator");
const nogal = place(2, "Nogal", false);
const fresno = place(3, "Fresno", false, "coordinator");
const offer: HandOver = {
  id: HandOverId.parse("019a0000-0000-7000-8000-000000000021"),
  from: "Ceiba",
  to: "Nogal",
  fromYou: true,
  toYou: false,
  note: "",
  staysCoordinator: false,
};
const toYou = { ...offer, fromYou: false, toYou: true, note: "Falta la reunión.\nDescansa." };

interface Shown {
  you?: Membership;
  people?: Membership[];
  waiting?: HandOver[];
  refuse?: Response;
}

const openPage = ({ you = ceiba, people = [ceiba, nogal, fresno], waiting = [], refuse }: Shown) =>
  openInside("entregar", { you, people, refuse, resource: "hand-overs" }, (api) =>
    api.get("/api/groups/:group/hand-overs", (c) => c.json(waiting)),
  );

test("whoever coordinates offers it to those who do not coordinate yet", async () => {
  const { read, send, acts } = openPage({});
  const html = await read();
  expect(html).toContain(`value="${nogal.id}"`);
  expect(html).not.toContain(`value="${ceiba.id}"`);
  expect(html).not.toContain(`value="${fresno.id}"`);
  const fields = { to: nogal.id, staysCoordinator: "false", note: "Gracias" };
  expect((await send(fields)).to).toBe(`/grupos/${group}/entregar`);
  expect(acts).toEqual([["POST", "", { ...fields, staysCoordinator: false }]]);
});

test("an offer that waits is shown, can be taken back, and is not made twice", async () => {
  const { read, send, acts } = openPage({ waiting: [offer] });
  const html = await read();
  expect(html).toContain("Le ofreciste la coordinación a <strong>Nogal</strong>.");
  expect(html).not.toContain(`value="${nogal.id}"`);
  await send({ answer: "back" }, `/${offer.id}`);
  expect(acts).toEqual([["DELETE", `/${offer.id}`, undefined]]);
});

test("whoever is asked reads the note and what a yes means, and says yes or no", async () => {
  const { read, send, acts } = openPage({ you: place(2, "Nogal", true), waiting: [toYou] });
  const html = await read();
  expect(html).toContain("<p>Falta la reunión.</p><p>Descansa.</p>");
  expect(html).toContain("Ceiba dejará de coordinar y seguirá en el grupo.");
  expect((await send({ answer: "yes" }, `/${offer.id}`)).to).toBe(`/grupos/${group}`);
  await send({ answer: "no" }, `/${offer.id}`);
  expect(acts).toEqual([
    ["POST", `/${offer.id}/acceptance`, {}],
    ["DELETE", `/${offer.id}`, undefined],
  ]);
});

test("an offer that is gone is said plainly", async () => {
  const refuse = Response.json(problem("not_found"), { status: 404 });
  const { status, text } = await openPage({ you: place(2, "Nogal", true), refuse }).send(
    { answer: "yes" },
    `/${offer.id}`,
  );
  expect(status).toBe(404);
  expect(text).toContain("Aquí no hay ningún ofrecimiento abierto para ti.");
});

test("without a choice the form comes back with what was written", async () => {
  const fields = { to: "missing" };
  const refuse = Response.json(problem("invalid_input", { fields }), { status: 400 });
  const { status, text } = await openPage({ refuse }).send({ note: "Lo que ya escribí" });
  expect(status).toBe(400);
  expect(text).toContain("Lo que ya escribí");
  expect(text).toContain('href="#to"');
});

test("where nobody else is, the first step is to invite somebody", async () => {
  const html = await openPage({ people: [ceiba] }).read();
  expect(html).toContain(`href="/grupos/${group}/invitar"`);
  expect(html).not.toContain("<textarea");
});

test("of many people one is chosen from a list", async () => {
  const many = Array.from({ length: 9 }, (_, at) => place(at, `Encino ${at}`, false));
  expect(await openPage({ people: many }).read()).toContain('<select id="to"');
});
