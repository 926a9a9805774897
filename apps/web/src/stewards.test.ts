import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const own = { id: "019a0000-0000-7000-8000-000000000001", alias: "Sabino", you: true };
const other = { id: "019a0000-0000-7000-8000-000000000002", alias: "Zapote", you: false };

function open({ confirmed = true, refused = false } = {}) {
  return openWeb((api: Hono) => {
    serveAccount({ steward: true, confirmed })(api);
    api.get("/api/hub/stewards", (c) => c.json([own, other]));
    api.delete("/api/hub/stewards/:id", (c) =>
      refused ? c.json(problem("last_steward"), 409) : c.json({}),
    );
  });
}
const pathOf = ({ id }: { id: string }) => `${publicUrl}/central/cuidado/${id}`;
const end = (web: ReturnType<typeof open>, steward: { id: string }) =>
  web.request(pathOf(steward), sent({}, signedIn.headers));

test("stewards see each other, and the way to end a stewardship", async () => {
  const html = await (await open().request(`${publicUrl}/central/cuidado`, signedIn)).text();
  expect(html).toContain('aria-label="Quitarle el cuidado a Zapote"');
  expect(html).toContain(`href="/central/cuidado/${own.id}"`);
});

test("before a stewardship ends the page says what that means", async () => {
  const html = await (await open().request(pathOf(other), signedIn)).text();
  expect(html).toContain("Zapote dejará de poder abrir la administración");
});

test("a confirmation is asked for before the page, not after the button", async () => {
  const answer = await open({ confirmed: false }).request(pathOf(other), signedIn);
  expect(answer.headers.get("location")).toBe(
    `/confirmar?luego=${encodeURIComponent(`/central/cuidado/${other.id}`)}`,
  );
});

test("ending another's stewardship leads back to the list, ending one's own out of it", async () => {
  expect((await end(open(), other)).headers.get("location")).toBe("/central/cuidado?listo");
  expect((await end(open(), own)).headers.get("location")).toBe("/");
});

test("the last steward is told that somebody else has to come first", async () => {
  const answer = await end(open({ refused: true }), own);
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain("Nadie quedaría al cuidado de este lugar.");
});

test("nobody by that id is nothing to show", async () => {
  const answer = await open().request(pathOf({ id: crypto.randomUUID() }), signedIn);
  expect(answer.status).toBe(404);
});
