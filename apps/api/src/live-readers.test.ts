import { createSecretKey, randomBytes } from "node:crypto";
import { revokeOtherSessions, signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { readerFinder } from "./live-readers.ts";
import { openCookie, sealCookie } from "./session-cookie.ts";
import { createTestHub, testPassphrase } from "./testing/hub.ts";

const secrets = { cookie: randomBytes(32), cursor: randomBytes(32) };
const publicUrl = "http://localhost:8080";
const hub = await createTestHub(secrets);
const database = hub.as("telar_api");
afterAll(async () => {
  await database.end();
  await hub.release();
});
const { findReader } = readerFinder({ database, publicUrl, secrets });
const key = createSecretKey(secrets.cookie);

test("the cookie of a live session names its account and session, and how long it stays without use", async () => {
  const steward = await hub.steward();
  const found = await findReader(`other=1; ${steward.cookieHeader}`);
  const [session] = await hub.owner`select id, account_id as account from sessions`;
  expect(found).toMatchObject({ account: session?.account, session: session?.id });
  const hours = ((found?.until ?? 0) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(11.9);
  expect(hours).toBeLessThanOrEqual(12);
});

test("no cookie, a changed one, an idle one and an ended session name nobody", async () => {
  const { coordinator } = await hub.group();
  const [name = "", value = ""] = coordinator.cookieHeader.split("=");
  const cookie = openCookie(value, key);
  if (!cookie) throw new Error("No cookie.");
  const idle = sealCookie({ ...cookie, idleUntil: Date.now() - 1000 }, key);
  const old = sealCookie({ ...cookie, startedAt: Date.now() - 31 * 86_400_000 }, key);
  for (const refused of ["", "telar=", `${name}=x${value}`, `${name}=${idle}`, `${name}=${old}`])
    expect(await findReader(refused)).toBeUndefined();
  expect(await findReader(coordinator.cookieHeader)).toBeDefined();
  const elsewhere = hub.newcomer();
  const [row] = await hub.owner`
    select a.sign_in_name as "signInName" from accounts a join sessions s on s.account_id = a.id
    where s.id = ${(await findReader(coordinator.cookieHeader))?.session ?? null}`;
  const signInName = row?.signInName;
  await elsewhere.call(signIn, { signInName, passphrase: testPassphrase, device: "own" });
  await elsewhere.call(revokeOtherSessions, {});
  expect(await findReader(coordinator.cookieHeader)).toBeUndefined();
});
