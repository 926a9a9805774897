import * as z from "zod";
import { PasskeyId } from "./ids.ts";
import { operation } from "./operation.ts";
import { Device, DeviceName } from "./sessions.ts";
import { paragraphs } from "./text.ts";

/** JSON of the browser's credential interface; `@simplewebauthn/server` reads and checks it. */
export const WebAuthnJson = z.record(z.string(), z.unknown());

export const Passkey = z.object({ id: PasskeyId, name: z.string(), usedThisWeek: z.boolean() });
export type Passkey = z.infer<typeof Passkey>;

export const offerPasskey = operation({
  summary: "Options with which a browser makes a passkey for the signed-in person.",
  method: "POST",
  path: "/api/passkeys/offer",
  proof: "fresh_session",
  input: z.object({}),
  output: WebAuthnJson,
});

export const addPasskey = operation({
  summary: "Keeps the passkey that the browser made.",
  method: "POST",
  path: "/api/passkeys",
  proof: "fresh_session",
  input: z.object({ name: DeviceName, response: WebAuthnJson }),
  output: Passkey,
});

export const listPasskeys = operation({
  summary: "One's own passkeys.",
  method: "GET",
  path: "/api/passkeys",
  proof: "session",
  input: z.object({}),
  output: z.array(Passkey),
});

export const removePasskey = operation({
  summary: "Removes one of one's own passkeys.",
  method: "DELETE",
  path: "/api/passkeys/:id",
  proof: "fresh_session",
  input: z.object({ id: PasskeyId }),
  output: z.object({}),
});

export const askPasskey = operation({
  summary: "Options with which a browser signs in by passkey.",
  method: "POST",
  path: "/api/passkey-sessions/offer",
  proof: "none",
  input: z.object({}),
  output: WebAuthnJson,
});

export const signInWithPasskey = operation({
  summary: "Opens a session with a passkey; within a session, makes it fresh.",
  method: "POST",
  path: "/api/passkey-sessions",
  proof: "none",
  input: z.object({ response: WebAuthnJson, device: Device, deviceName: DeviceName.optional() }),
  output: z.object({}),
});

export const askBanAppealWithPasskey = operation({
  summary: "Asks that somebody else look at a ban from the hub, for whoever it is closed to.",
  method: "POST",
  path: "/api/hub-ban-appeals/passkey",
  proof: "none",
  input: z.object({ response: WebAuthnJson, words: paragraphs(2000, 3) }),
  output: z.object({}),
});
