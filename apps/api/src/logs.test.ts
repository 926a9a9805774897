import { changeProfile, listGroups } from "@telar/contracts/groups";
import { inviteToGroup, joinByInvitation } from "@telar/contracts/invitations";
import { signIn } from "@telar/contracts/sessions";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

/** Nobody else says this word. */
const canary = "Xoconostle";

test("the log says what was asked and how it went, and nothing of who or what (T18)", async () => {
  const { group, coordinator } = await hub.group(canary);
  await coordinator.call(changeProfile, {
    group,
    name: canary,
    about: canary,
    region: canary,
    contact: canary,
    languages: [],
    capabilities: [],
    visibility: {
      name: "public",
      about: "public",
      region: "public",
      languages: "public",
      capabilities: "public",
      contact: "public",
    },
  });
  const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
  const passphrase = `${canary} ${canary} ${canary} ${canary}`;
  const person = hub.newcomer();
  const device = { device: "own", deviceName: canary } as const;
  await person.call(joinByInvitation, {
    code,
    signInName: canary,
    alias: `${canary}2`,
    passphrase,
    ...device,
  });
  await hub.newcomer().ask(signIn, { signInName: canary, passphrase: "wrong", ...device });
  await hub.newcomer().call(listGroups, { name: canary });
  await hub.app.request(`/api/${canary}?${canary}=${canary}`, {
    headers: {
      "user-agent": canary,
      referer: canary,
      "x-forwarded-for": "192.0.2.7",
      cookie: canary,
    },
  });
  await hub.app.request("/api/sessions", {
    method: "POST",
    body: `{${canary}`,
    headers: { origin: canary },
  });
  const log = hub.logged.join("\n");
  expect(hub.logged.length).toBeGreaterThan(6);
  expect(log).toContain("POST /api/sessions");
  for (const secret of [canary, "192.0.2.7", code, group]) expect(log).not.toContain(secret);
  process.stdout.write(`T18 log: ${hub.logged.length} lines, 0 canaries\n`);
});

test("a fault is logged with its kind and place, without the words that caused it", async () => {
  const { group, coordinator } = await hub.group();
  await hub.owner`alter table invitations add constraint never check (ending <> ending) not valid`;
  const answer = await coordinator.ask(inviteToGroup, { group, roles: [] });
  expect(answer.status).toBe(500);
  const { request, ...problem } = (await answer.json()) as Record<string, string>;
  expect(problem).toEqual({ status: 500, code: "unexpected" });
  const line = hub.logged.find(
    (each) => each.includes("unexpected") && each.includes(request ?? ""),
  );
  expect(line).toContain("PostgresError 23514");
  expect(line).toContain("at ");
  expect(line).not.toContain("Failing row");
});
