import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const budgets = fileURLToPath(new URL("../check/budgets.ts", import.meta.url));

/** The table that `npm run check` holds against the budgets. */
export async function printViewBytes(): Promise<string[]> {
  const child = spawn(process.execPath, [budgets], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const said: string[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    console.log(text);
    said.push(text);
  }
  await ended;
  return said;
}
