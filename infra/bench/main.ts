import { writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { measureDirectory } from "./directory.ts";
import { type Figure, judge, printVerdict } from "./figures.ts";
import { measureGroupPage } from "./group-page.ts";
import { measureInstall } from "./install-size.ts";
import { measureMessaging } from "./messaging.ts";
import { measureStarts } from "./starts.ts";
import { printViewBytes } from "./view-bytes.ts";

export interface Size {
  full: boolean;
}

const { values, positionals } = parseArgs({
  options: { full: { type: "boolean", default: false }, json: { type: "string" } },
  allowPositionals: true,
});
const measures: Record<string, (size: Size) => Promise<Figure[]>> = {
  install: measureInstall,
  starts: measureStarts,
  "group-page": measureGroupPage,
  directory: measureDirectory,
  messaging: measureMessaging,
};

const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
console.log(`${machine}; medians\n`);
const verdicts = [];
for (const [name, measure] of Object.entries(measures)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  for (const verdict of (await measure(values)).map(judge)) {
    printVerdict(verdict);
    verdicts.push(verdict);
  }
}
const views =
  positionals.length === 0 || positionals.includes("views") ? await printViewBytes() : [];
if (values.json)
  await writeFile(values.json, `${JSON.stringify({ machine, verdicts, views }, null, 2)}\n`);
