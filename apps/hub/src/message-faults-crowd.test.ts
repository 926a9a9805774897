import { signIn } from "@telar/contracts/sessions";
import type { Listener } from "@telar/messaging/testing/listener";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { freePort, type HubProcess, Hubs } from "./testing/hub-process.ts";
import { Writers } from "./testing/message-load.ts";
import {
  enter,
  listen,
  openRoom,
  passphrase,
  type Room,
  readAll,
  signInNameOf,
} from "./testing/message-room.ts";

/** The whole proof takes a thousand; a run of all tests is content with fewer. */
const sockets = Number(process.env.MESSAGE_SOCKETS ?? 200);
const perSession = 20;
vi.setConfig({ testTimeout: 120_000 });

let hubs: Hubs;
const crowd: Listener[] = [];
beforeEach(() => {
  hubs = new Hubs();
});
afterEach(async () => {
  for (const { socket } of crowd.splice(0)) socket.close();
  await hubs.close();
});

/** In MiB. */
async function memoryOf({ url }: HubProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(metrics.match(/^process_resident_memory_bytes (\S+)/m)?.[1]) / 2 ** 20;
}

async function gather(hub: HubProcess, room: Room): Promise<void> {
  await enter(hub, room, "Ceiba");
  const signInName = signInNameOf("Ceiba");
  while (crowd.length < sockets) {
    const session = hub.visitor();
    await session.call(signIn, { signInName, passphrase, device: "own" });
    const some = Array.from({ length: perSession }, () => listen(hub, session, room.space));
    crowd.push(...(await Promise.all(some)));
  }
}

test(`${sockets} sockets that lose their hub under load all come back at once, hear everything once, and the next hub stays small`, async () => {
  const port = await freePort();
  const first = await hubs.ready({}, undefined, port);
  const room = await openRoom(await first.steward());
  await gather(first, room);
  const calmMiB = await memoryOf(first);
  const writers = new Writers(room.space, [room.coordinator]);
  const writeMore = async () => {
    const before = writers.acknowledged.length;
    const goesOn = () => expect(writers.acknowledged.length).toBeGreaterThan(before + 20);
    await vi.waitFor(goesOn, 30_000);
  };
  await writeMore();
  first.kill("SIGKILL");
  await first.end();
  const hub = await hubs.ready({}, undefined, port);
  const backAt = performance.now();
  let peakMiB = 0;
  const measure = async () => {
    peakMiB = Math.max(peakMiB, await memoryOf(hub));
    return crowd.filter(({ socket }) => socket.connected).length;
  };
  await expect.poll(measure, { timeout: 30_000, interval: 100 }).toBe(sockets);
  const backMs = performance.now() - backAt;
  await writeMore();
  await writers.stop();
  const places = (await readAll(room.coordinator, room.space)).map(({ place }) => place);
  const lag = async () => {
    await measure();
    return crowd.filter((listener) => listener.places.at(-1) !== places.at(-1)).length;
  };
  await expect.poll(lag, { timeout: 30_000, interval: 100 }).toBe(0);
  process.stdout.write(
    `sockets: ${sockets} back within ${Math.round(backMs)} ms, each heard ${places.length} messages once; ` +
      `hub ${Math.round(calmMiB)} MiB with all of them before, ${Math.round(peakMiB)} MiB at most while they came back\n`,
  );
  for (const listener of crowd) expect(listener.places).toEqual(places);
  expect(peakMiB).toBeLessThan(calmMiB + 100 + sockets * 0.2);
});
