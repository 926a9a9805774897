import { expect, test } from "vitest";
import { createMemory } from "./memory.ts";

test("what was looked up counts until somebody writes", async () => {
  const memory = createMemory();
  let looked = 0;
  const look = async () => ++looked;
  expect(await memory.recall("copal", look)).toBe(1);
  expect(await memory.recall("copal", look)).toBe(1);
  expect(await memory.recall("encino", look)).toBe(2);
  memory.forget();
  expect(await memory.recall("copal", look)).toBe(3);
});

test("what was being looked up while somebody wrote is not kept", async () => {
  const memory = createMemory();
  let answer = "before";
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const slow = memory.recall("copal", async () => {
    const seen = answer;
    await held;
    return seen;
  });
  answer = "after";
  memory.forget();
  go();
  expect(await slow).toBe("before");
  expect(await memory.recall("copal", async () => answer)).toBe("after");
});
