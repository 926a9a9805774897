import { expect, test } from "vitest";
import { mayAddPasskey, mayRemovePasskey } from "./passkeys.ts";
import { no, yes } from "./verdict.ts";

test("twenty passkeys are enough", () => {
  expect(mayAddPasskey(19)).toEqual(yes);
  expect(mayAddPasskey(20)).toEqual(no("limit_reached"));
});

test.each([
  [{ passkeys: 1, hasPassphrase: false }, no("last_way_in")],
  [{ passkeys: 2, hasPassphrase: false }, yes],
  [{ passkeys: 1, hasPassphrase: true }, yes],
])("the last passkey of an account without a passphrase stays: %o", (ways, verdict) => {
  expect(mayRemovePasskey(ways)).toEqual(verdict);
});
