import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const code = "S02HB-1Z2GR-NZ5G6-69S7Z-9ZK5D-G";
const made = {
  id: "019a0000-0000-7000-8000-000000000001",
  code,
  link: `${publicUrl}/invitacion#${code}`,
  expiresAt: "2026-11-24T12:00:00.000Z",
};
const listed = {
  id: made.id,
  purpose: "founding",
  roles: [],
  ending: "K5DG",
  state: "open",
  expiresAt: made.expiresAt,
};

function open(seen: object[] = []) {
  return openWeb((api: Hono) => {
    serveAccount({ steward: true })(api);
    api.get("/api/hub/invitations", (c) =>
      c.json([listed, { ...listed, purpose: "stewardship", state: "used", ending: "0000" }]),
    );
    api.post("/api/hub/invitations", async (c) => {
      seen.push(await c.req.json());
      return c.json(made);
    });
    api.delete("/api/invitations/:id", (c) => {
      seen.push(c.req.param());
      return c.json({});
    });
  });
}
const path = `${publicUrl}/central/invitaciones`;

test("an invitation is shown in the answer that made it, as drawing, code and link", async () => {
  const seen: object[] = [];
  const answer = await open(seen).request(path, sent({ purpose: "stewardship" }, signedIn.headers));
  const html = await answer.text();
  expect(seen).toEqual([{ purpose: "stewardship" }]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(html).toContain('<svg class="qr"');
  expect(html).toContain(made.link);
});

test("the list tells invitations apart by their ending, and only open ones can be closed", async () => {
  const html = await (await open().request(path, signedIn)).text();
  expect(html).toContain("K5DG");
  expect(html).not.toContain(code);
  expect(html.match(/name="revoke"/g)).toHaveLength(1);
});

test("the button that closes an invitation says which", async () => {
  const seen: object[] = [];
  const answer = await open(seen).request(path, sent({ revoke: made.id }, signedIn.headers));
  expect(seen).toEqual([{ id: made.id }]);
  expect(answer.headers.get("location")).toBe("/central/invitaciones?listo");
});
