import { randomBytes } from "node:crypto";
import type { Cursor } from "@telar/contracts/paging";
import { expect, test } from "vitest";
import { openCursor, sealCursor } from "./paging.ts";

const key = randomBytes(32);

test("a cursor opens where it was made, and nowhere else", () => {
  const cursor = sealCursor("people", ["Ceiba", "7"], key);
  expect(openCursor("people", cursor, key)).toEqual(["Ceiba", "7"]);
  const refused = expect.objectContaining({ code: "invalid_input" });
  const flipped = `${cursor.slice(0, -1)}${cursor.endsWith("A") ? "B" : "A"}`;
  expect(() => openCursor("groups", cursor, key)).toThrow(refused);
  expect(() => openCursor("people", cursor, randomBytes(32))).toThrow(refused);
  for (const text of ["", "x", cursor.slice(4), `A${flipped}`])
    expect(() => openCursor("people", text as Cursor, key)).toThrow(refused);
});

test("an alias in an address cannot be read", () => {
  const cursor = sealCursor("people", ["Ceiba", "7"], key);
  expect(Buffer.from(cursor, "base64url").toString("latin1")).not.toContain("Ceiba");
  expect(sealCursor("people", ["Ceiba", "7"], key)).not.toBe(cursor);
});
