import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, repeat } from "./figures.ts";
import { inFolder } from "./folders.ts";
import { livePage } from "./group-page.ts";
import { npmStart, runHub } from "./hub-process.ts";
import type { Size } from "./main.ts";

/** From the command to a hub that answers, from Ctrl-C to its end, and what it holds while little happens. */
export function measureStarts({ full }: Size): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const first = await repeat(3, async (turn) => {
      await using hub = await runHub({ TELAR_DATA: join(folder, String(turn)) });
      return hub.readyMs;
    });
    const existing = { TELAR_DATA: join(folder, "0") };
    const again = await repeat(full ? 9 : 5, async () => {
      await using hub = await runHub(existing);
      return { readyMs: hub.readyMs, endMs: await hub.interrupt() };
    });
    await using whole = await npmStart(existing);
    const memory = await idleMemory(join(folder, "demo"), full ? 60 : 20);
    return [
      seconds("first start, to ready", first, { atMost: 6 }),
      seconds(
        "start with an existing database, to ready",
        again.map(({ readyMs }) => readyMs),
        { atMost: 2.5 },
      ),
      seconds(
        "Ctrl-C, to the end",
        again.map(({ endMs }) => endMs),
        { atMost: 3 },
      ),
      seconds("the same start through npm, everything built", [whole.readyMs]),
      {
        name: "idle memory of the hub without PostgreSQL",
        unit: "MB",
        values: memory,
        target: { atMost: 180 },
        note: `resident, after ${full ? 60 : 20} s of light use`,
      },
    ];
  });
}

const seconds = (name: string, values: number[], target?: Figure["target"]): Figure => ({
  name,
  unit: "s",
  values: values.map((ms) => ms / 1000),
  ...(target && { target }),
});

/** Of a hub into which people came, and where one of them opens a few pages a second. */
async function idleMemory(data: string, lastsSeconds: number): Promise<number[]> {
  await using hub = await runHub({ TELAR_DATA: data });
  const { url: groupPage, headers } = await livePage(hub);
  const pages = ["/", "/directorio", "/cuenta", "/seguridad", groupPage];
  for (let second = 0; second < lastsSeconds; second += 1) {
    for (const page of pages) await (await fetch(new URL(page, hub.url), { headers })).text();
    await sleep(900);
  }
  return await repeat(5, async () => {
    await sleep(500);
    return hub.residentMb();
  });
}
