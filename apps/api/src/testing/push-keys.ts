import { createSecretKey, randomBytes } from "node:crypto";
import { makePushKey, type PushKeys } from "../push.ts";

export function makePushKeys(): PushKeys {
  const seal = createSecretKey(randomBytes(32));
  return { ...makePushKey(), contact: "https://hub.example.org", seal };
}
