import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { getAccount } from "@telar/contracts/accounts";
import { foundGroup, getGroup } from "@telar/contracts/groups";
import type { Person } from "@telar/contracts/person";
import { afterEach, beforeEach, expect, type TestContext, test, vi } from "vitest";
import { Hubs } from "./testing/hub-process.ts";

const run = promisify(execFile);

vi.setConfig({ testTimeout: 60_000 });

let hubs: Hubs;
beforeEach(() => {
  hubs = new Hubs();
});
afterEach(() => hubs.close());

const newGroup = (steward: Person, name: string) =>
  steward.call(foundGroup, {
    name,
    kind: "victim_network",
    languages: ["es"],
    capabilities: [],
    alias: "Ceiba",
  });

test.each(["hub", "PostgreSQL"])(
  "killing the %s in the middle of writes loses nothing that was acknowledged",
  async (which) => {
    let hub = await hubs.ready();
    const steward = await hub.steward();
    const kept: Awaited<ReturnType<typeof newGroup>>[] = [];
    for (const round of [1, 2]) {
      const person = hub.visitor(steward.cookieHeader);
      const write = async (writer: number) => {
        for (let count = 1; ; count += 1)
          kept.push(await newGroup(person, `Grupo ${round} ${writer} ${count}`));
      };
      const writing = Promise.allSettled([1, 2, 3].map(write));
      const before = kept.length;
      await vi.waitFor(() => expect(kept.length).toBeGreaterThan(before + 20), 30_000);
      if (which === "hub") {
        hub.kill("SIGKILL");
        await hub.end();
        hub = await hubs.ready();
      } else process.kill(await hub.postgres(), "SIGKILL");
      await writing;
      const reader = hub.visitor(steward.cookieHeader);
      const findAll = async () => {
        for (const { group } of kept) await reader.call(getGroup, { group });
      };
      await vi.waitFor(findAll, 30_000);
    }
  },
);

test("without PostgreSQL the hub answers 503, and by itself it is back", async () => {
  const hub = await hubs.ready();
  const status = async () => (await fetch(`${hub.url}/readyz`)).status;
  expect(await status()).toBe(200);
  process.kill(await hub.postgres(), "SIGKILL");
  const often = { interval: 1, timeout: 30_000 };
  await vi.waitFor(async () => expect(await status()).toBe(503), often);
  await vi.waitFor(async () => expect(await status()).toBe(200), often);
  expect(hub.output.match(/PostgreSQL ended by itself/g)).toHaveLength(1);
});

/** A small disk of one's own in place of the data folder. */
async function mountDisk(context: TestContext, options: string): Promise<void> {
  await mkdir(hubs.folder);
  const mounted = await run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", hubs.folder]).catch(
    (problem: Error) => problem.message,
  );
  if (typeof mounted === "string") context.skip(`no disk can be mounted here: ${mounted}`);
  hubs.undo.push(() => run("umount", [hubs.folder]));
}

test("a read-only data folder is refused in plain words", async (context) => {
  await mountDisk(context, "size=100m,ro");
  expect(await (await hubs.start()).refused()).toContain("es de solo lectura");
});

test("a full disk is refused in plain words", async (context) => {
  await mountDisk(context, "size=10m");
  expect(await (await hubs.start()).refused()).toContain("está casi lleno");
});

test("a disk that fills up makes writes answer 503 and reading goes on; with space again writes go on", async (context) => {
  await mountDisk(context, "size=150m,mode=755");
  const hub = await hubs.ready();
  const steward = await hub.steward();
  const filler = join(hubs.folder, "filler");
  await run("dd", ["if=/dev/zero", `of=${filler}`, "bs=1M"]).catch(() => {});
  const fill = async () => {
    for (let count = 1; ; count += 1) await newGroup(steward, `Grupo ${count}`);
  };
  await expect(fill()).rejects.toMatchObject({ code: "unavailable" });
  expect(await steward.call(getAccount, {})).toMatchObject({ steward: true });
  await rm(filler);
  await vi.waitFor(() => newGroup(steward, "Después"), 30_000);
});
