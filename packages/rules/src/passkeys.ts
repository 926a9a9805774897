import { no, type Verdict, yes } from "./verdict.ts";

const passkeysMax = 20;

export function mayAddPasskey(passkeys: number): Verdict {
  return passkeys >= passkeysMax ? no("limit_reached") : yes;
}

/** Whoever has no passphrase keeps one passkey: nobody locks themselves out by a single step. */
export function mayRemovePasskey(ways: { passkeys: number; hasPassphrase: boolean }): Verdict {
  return ways.passkeys <= 1 && !ways.hasPassphrase ? no("last_way_in") : yes;
}
