import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** The pages are built once before the hub starts; from then on each side begins anew when its files change. */
const built = spawnSync("turbo", ["run", "build"], { stdio: "inherit" });
if (built.status === 0) {
  const builder = spawn("turbo", ["watch", "build"], { stdio: ["ignore", "ignore", "inherit"] });
  const hub = spawn(process.execPath, ["--watch", "--watch-preserve-output", main], {
    stdio: "inherit",
  });
  await endTogether([builder, hub]);
}

async function endTogether(children: ChildProcess[]): Promise<void> {
  const ended = children.map((child) => once(child, "exit"));
  const end = () => {
    for (const child of children) child.kill("SIGTERM");
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, end);
  await Promise.race(ended);
  end();
  await Promise.all(ended);
}
