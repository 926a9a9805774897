/** Something measured several times, and what it is held against. */
export interface Figure {
  name: string;
  unit: string;
  values: number[];
  /** Left out: printed only. */
  target?: { atMost: number } | { atLeast: number };
  /** How it came about, where the name does not say it. */
  note?: string;
}

export interface Verdict extends Figure {
  min: number;
  median: number;
  max: number;
  /** Whether the median keeps to the target. */
  kept?: boolean;
}

export function judge(figure: Figure): Verdict {
  const { values, target } = figure;
  const middle = median(values);
  const spread = { min: Math.min(...values), median: middle, max: Math.max(...values) };
  if (!target) return { ...figure, ...spread };
  const kept = "atMost" in target ? middle <= target.atMost : middle >= target.atLeast;
  return { ...figure, ...spread, kept };
}

export function printVerdict({ name, unit, min, median, max, target, kept, note }: Verdict): void {
  const aim = target && ("atMost" in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`);
  const word = kept === undefined ? "" : kept ? `pass (${aim})` : `FAIL (${aim})`;
  const spread = min === max ? "" : `  min ${short(min)}  max ${short(max)}`;
  const measured = `${short(median)} ${unit}`.padEnd(16);
  console.log(`${name.padEnd(58)} ${measured} ${word}${spread}${note ? `  (${note})` : ""}`);
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The runs of one figure after another: they share two cores. */
export async function repeat<Result>(
  times: number,
  run: (turn: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let turn = 0; turn < times; turn += 1) results.push(await run(turn));
  return results;
}

const short = (value: number) =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
