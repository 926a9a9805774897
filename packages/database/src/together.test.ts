import { expect, test } from "vitest";
import { together } from "./together.ts";

test("what is asked while a statement runs goes with the next one, and each gets its own answer", async () => {
  const statements: number[][] = [];
  const double = together(async (asked: number[]) => {
    statements.push(asked);
    await new Promise((done) => setTimeout(done, 5));
    return asked.map((value) => value * 2);
  });
  const first = double(1);
  await Promise.resolve();
  const others = [2, 3, 4].map(double);
  expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8]);
  expect(statements).toEqual([[1], [2, 3, 4]]);
});

test("a statement that fails fails for those it was for, and the next one goes on", async () => {
  let fails = true;
  const echo = together(async (asked: number[]) => {
    if (fails) throw new Error("on purpose");
    return asked;
  });
  const both = await Promise.allSettled([echo(1), echo(2)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fails = false;
  expect(await echo(3)).toBe(3);
});
