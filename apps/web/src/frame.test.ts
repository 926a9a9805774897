import { expect, test } from "vitest";
import { ownPath } from "./frame.ts";

test("only paths of this hub are come back to", () => {
  expect(ownPath("/grupos?after=x")).toBe("/grupos?after=x");
  const elsewhere = [
    undefined,
    "",
    "grupos",
    "https://evil.example/",
    "//evil.example",
    "/.//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
  ];
  for (const path of elsewhere) expect(ownPath(path)).toBe("/");
});
