import * as z from "zod";
import { Passphrase, SignInName } from "./accounts.ts";
import { operation } from "./operation.ts";

export const makeRecoverySheet = operation({
  summary: "Makes eight single-use codes, shown once; earlier ones end.",
  method: "POST",
  path: "/api/recovery-sheet",
  proof: "fresh_session",
  input: z.object({}),
  output: z.object({ codes: z.array(z.string()).length(8) }),
});

export const getRecoverySheet = operation({
  summary: "How many recovery codes are left.",
  method: "GET",
  path: "/api/recovery-sheet",
  proof: "session",
  input: z.object({}),
  output: z.object({ left: z.int() }),
});

/**
 * With no other live device, and none that ended this week or last, the new passphrase counts at once. Otherwise the
 * same call with the same code works from `opensAt` on, at least seven days later, unless the account stopped it.
 */
export const recoverAccount = operation({
  summary: "Sets a new passphrase with a code of the recovery sheet.",
  method: "POST",
  path: "/api/recoveries",
  proof: "none",
  input: z.object({
    signInName: SignInName,
    code: z.string().min(1).max(100),
    passphrase: Passphrase,
  }),
  output: z.discriminatedUnion("state", [
    z.object({ state: z.literal("done") }),
    z.object({ state: z.literal("waiting"), opensAt: z.iso.datetime() }),
  ]),
});

export const stopRecovery = operation({
  summary: "Stops a recovery that somebody asked for; its code is used up.",
  method: "DELETE",
  path: "/api/recoveries/mine",
  proof: "fresh_session",
  input: z.object({}),
  output: z.object({}),
});
