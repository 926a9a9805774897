import * as z from "zod";
import { SignInName } from "./accounts.ts";
import { SessionId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line } from "./text.ts";

/** `shared`: others use the device too, so nothing stays on it and the session ends after 15 idle minutes. */
export const Device = z.enum(["own", "shared"]);
export type Device = z.infer<typeof Device>;

export const DeviceName = line(40, 0);

export const signIn = operation({
  summary: "Opens a session; the answer sets the session cookie.",
  method: "POST",
  path: "/api/sessions",
  proof: "none",
  input: z.object({
    signInName: SignInName,
    passphrase: z.string().min(1).max(400),
    device: Device,
    deviceName: DeviceName.optional(),
  }),
  output: z.object({}),
});

export const signOut = operation({
  summary: "Ends this session and empties what the browser kept.",
  method: "DELETE",
  path: "/api/sessions/current",
  proof: "none",
  input: z.object({}),
  output: z.object({}),
});

/** Makes the session fresh for 10 minutes. */
export const confirmSession = operation({
  summary: "Shows the passphrase again, for acts that need a fresh sign-in.",
  method: "PUT",
  path: "/api/sessions/current/confirmation",
  proof: "session",
  input: z.object({ passphrase: z.string().min(1).max(400) }),
  output: z.object({}),
});

export const Session = z.object({
  id: SessionId,
  name: z.string(),
  device: Device,
  current: z.boolean(),
  /** Used in the last seven days; the hub keeps nothing finer. */
  usedThisWeek: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const listSessions = operation({
  summary: "One's own devices.",
  method: "GET",
  path: "/api/sessions",
  proof: "session",
  input: z.object({}),
  output: z.array(Session),
});

export const revokeSession = operation({
  summary: "Closes one of one's own devices.",
  method: "DELETE",
  path: "/api/sessions/:id",
  proof: "fresh_session",
  input: z.object({ id: SessionId }),
  output: z.object({}),
});

export const revokeOtherSessions = operation({
  summary: "Closes every device but this one.",
  method: "DELETE",
  path: "/api/sessions",
  proof: "fresh_session",
  input: z.object({}),
  output: z.object({}),
});
