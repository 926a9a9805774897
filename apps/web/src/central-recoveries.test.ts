import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const id = "019a0000-0000-7000-8000-000000000001";
const recovery = (parts: object = {}) => ({
  id,
  group: id,
  groupName: "Raíz",
  candidate: "Ceiba",
  candidateIsYou: false,
  reason: "Nadie contesta",
  askedByYou: false,
  membersAgreed: 1,
  stewardAgreed: false,
  youAgreed: false,
  youAgreedAsSteward: false,
  ...parts,
});
const path = `${publicUrl}/central/recuperaciones`;

function open(recoveries: object[], seen: string[] = []) {
  return openWeb((api: Hono) => {
    serveAccount({ steward: true })(api);
    api.get("/api/hub/group-recoveries", (c) => c.json(recoveries));
    api.on(["POST", "DELETE"], "/api/hub/group-recoveries/:id/:part?", (c) => {
      seen.push(c.req.method);
      return c.json({ done: true });
    });
  });
}
const show = async (...recoveries: object[]) =>
  (await open(recoveries).request(path, signedIn)).text();

test("a steward reads who is proposed, why, and who agrees so far", async () => {
  const html = await show(recovery());
  expect(html).toContain("Proponen que coordine Ceiba");
  expect(html).toContain("Una persona del grupo está de acuerdo; falta quien cuida este lugar.");
});

test("nobody is offered to agree to themselves, or twice", async () => {
  expect(await show(recovery())).toContain('name="agree"');
  expect(await show(recovery({ candidateIsYou: true }))).not.toContain('name="agree"');
  expect(await show(recovery({ youAgreedAsSteward: true }))).not.toContain('name="agree"');
});

test("what waits says from when it counts, and can still be refused", async () => {
  const html = await show(recovery({ opensAt: "2026-11-29T00:00:00.000Z", membersAgreed: 2 }));
  expect(html).toContain("Cuenta desde el <strong>sábado, 28 de noviembre, 18:00</strong>");
  expect(html).not.toContain('name="agree"');
  expect(html).toContain('name="refuse"');
});

test("the pressed button says yes or no", async () => {
  const seen: string[] = [];
  const web = open([recovery()], seen);
  await web.request(path, sent({ agree: id }, signedIn.headers));
  const answer = await web.request(path, sent({ refuse: id }, signedIn.headers));
  expect(seen).toEqual(["POST", "DELETE"]);
  expect(answer.headers.get("location")).toBe("/central/recuperaciones?listo");
});
