import { getAccount } from "@telar/contracts/accounts";
import { getGroup } from "@telar/contracts/groups";
import type { GroupId } from "@telar/contracts/ids";
import { signOut } from "@telar/contracts/sessions";
import { type Context, Hono } from "hono";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
afterAll(hub.release);
afterEach(() => vi.useRealTimers());

const { read } = hub.app;

/** A page that this browser opens, and what came of its reads. */
async function page(person: Person, ask: (c: Context) => Promise<unknown>) {
  let outcome: unknown;
  const web = new Hono().get("/", async (c) => {
    outcome = await ask(c).catch((error: unknown) => error);
    return c.text("");
  });
  const response = await web.request("/", { headers: { cookie: person.cookieHeader } });
  return { outcome, cookies: response.headers.getSetCookie() };
}

test("a page reads what its person is told over HTTP, and nothing beside it", async () => {
  const { group, coordinator } = await hub.group();
  const { outcome } = await page(coordinator, (c) => read(c, getGroup, { group }));
  expect(outcome).toEqual(await coordinator.call(getGroup, { group }));
  const outside = await page(hub.newcomer(), (c) => read(c, getGroup, { group }));
  expect(outside.outcome).toMatchObject({ code: "not_found" });
});

test("without a session, or once it has ended, a page reads nothing that asks for one", async () => {
  const readAccount = (c: Context) => read(c, getAccount, {});
  const { coordinator } = await hub.group();
  const browser = hub.newcomer(coordinator.cookieHeader);
  expect((await page(browser, readAccount)).outcome).toHaveProperty("memberships");
  await coordinator.call(signOut, {});
  for (const person of [browser, hub.newcomer()])
    expect((await page(person, readAccount)).outcome).toMatchObject({ code: "not_signed_in" });
});

test("what a page asks with is checked", async () => {
  const group = "../account" as GroupId;
  const { outcome } = await page(hub.newcomer(), (c) => read(c, getGroup, { group }));
  expect(outcome).toMatchObject({ code: "invalid_input" });
});

test("a page that reads twice keeps the session alive once, with a cookie of its own answer", async () => {
  const { group, coordinator } = await hub.group();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 24 * 60 * 60_000 });
  const { cookies } = await page(coordinator, async (c) => {
    await read(c, getAccount, {});
    return read(c, getGroup, { group });
  });
  expect(cookies).toEqual([expect.stringMatching(/^telar=/)]);
});

test("a fault behind a read is logged with its kind, and told without its words", async () => {
  const { coordinator } = await hub.group();
  const { group } = await hub.group();
  await hub.owner`alter function seen_group rename to another`;
  const { outcome } = await page(coordinator, (c) => read(c, getGroup, { group }));
  await hub.owner`alter function another rename to seen_group`;
  expect(outcome).toMatchObject({ code: "unexpected", message: "unexpected" });
  const lines = hub.logged.filter((line) => line.includes("PostgresError 42883"));
  expect(lines).toHaveLength(1);
  expect(hub.logged.filter((line) => line.includes("GET /api/groups/:group"))).not.toEqual([]);
});
