import type { AccountId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import {
  getRecoverySheet,
  makeRecoverySheet,
  recoverAccount,
  stopRecovery,
} from "@telar/contracts/recoveries";
import * as accounts from "@telar/database/accounts";
import { actAs } from "@telar/database/acting";
import * as passkeys from "@telar/database/passkeys";
import * as recoveries from "@telar/database/recoveries";
import * as sessions from "@telar/database/sessions";
import { recoveryAt, signInAt } from "@telar/database/sign-in-tries";
import { mayBeginAgain, opensForRecovery } from "@telar/rules/recoveries";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { hashOf, newCode, readCode } from "./secret.ts";
import { serveOperation } from "./serve-operation.ts";
import { eraseCookie } from "./session-cookie.ts";
import { findByName } from "./sessions.ts";

/** 80 bits: too many to guess, even for whoever holds the hashes. */
const codeSigns = 16;
const codes = 8;

export function serveRecoveries(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, makeRecoverySheet, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const made = Array.from({ length: codes }, () => newCode(codeSigns, 4));
      const hashes = made.map((code) => hashOf(readCode(code)));
      await accounts.getAccountForChange(sql, session.account);
      await recoveries.changeCodes(sql, session.account, hashes);
      return { codes: made };
    }),
  );

  serveOperation(frame, getRecoverySheet, (_, { session }) =>
    actAs(database, session.claims, async (sql) => ({
      left: await recoveries.countCodes(sql, session.account),
    })),
  );

  serveOperation(frame, recoverAccount, async (input, { session, c }) => {
    const { signInName, passphrase } = input;
    const codeHash = hashOf(readCode(input.code));
    const { account, passphraseHash } = await checkCode(frame, signInName, codeHash, passphrase);
    const own = session?.account === account;
    const opensAt = await openOrWait(frame, { account, codeHash, passphraseHash, own });
    if (opensAt) return { state: "waiting" as const, opensAt: opensAt.toISOString() };
    await frame.tries.forget(signInAt(signInName));
    await frame.tries.forget(recoveryAt(signInName));
    if (own) eraseCookie(c, frame.publicUrl);
    return { state: "done" as const };
  });

  serveOperation(frame, stopRecovery, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await recoveries.stopRecovery(sql, session.account);
      return {};
    }),
  );
}

/** The account whose code this is. The new passphrase is hashed before the code is looked at, so that every answer takes as long. */
async function checkCode(
  frame: Frame,
  signInName: string,
  codeHash: string,
  passphrase: string,
): Promise<{ account: AccountId; passphraseHash: string }> {
  using place = frame.passphrases.place("strangers");
  await frame.tries.take(recoveryAt(signInName));
  const found = await findByName(frame, signInName);
  const passphraseHash = await place.hash(passphrase);
  const account = found?.id ?? (crypto.randomUUID() as AccountId);
  const claims = { signInName: accounts.comparedName(signInName) };
  const right = await actAs(frame.database, claims, (sql) =>
    recoveries.hasCode(sql, account, codeHash),
  );
  if (!right) throw new HubError("wrong_sign_in");
  return { account, passphraseHash };
}

interface ProvedRecovery {
  account: AccountId;
  codeHash: string;
  passphraseHash: string;
  /** Asked for from a session of this account. */
  own: boolean;
}

/** Until when the recovery waits; undefined when it is done. */
function openOrWait(
  { database }: Frame,
  { account, codeHash, passphraseHash, own }: ProvedRecovery,
): Promise<Date | undefined> {
  return actAs(database, { account }, async (sql) => {
    await accounts.getAccountForChange(sql, account);
    if (!(await recoveries.hasCode(sql, account, codeHash))) throw new HubError("wrong_sign_in");
    const waiting = await recoveries.findRecovery(sql, account);
    const devices = (await sessions.countOwnDevices(sql, account)) + Number(own);
    const deviceEndedLately = await sessions.hasDeviceEndedLately(sql, account);
    const now = new Date();
    const given = { waitsUntil: waiting?.opensAt, devices, deviceEndedLately };
    const opensAt = opensForRecovery(given, now);
    if (opensAt > now && waiting) return opensAt;
    if (opensAt > now) {
      demand(mayBeginAgain(await recoveries.countRecoveriesThisWeek(sql, account)));
      await recoveries.addRecovery(sql, { account, codeHash, opensAt });
      return opensAt;
    }
    if (waiting) await recoveries.stopRecovery(sql, account);
    await recoveries.removeCode(sql, account, codeHash);
    await accounts.changeAccount(sql, account, { passphraseHash });
    await passkeys.removePasskeys(sql, account);
    await sessions.removeSessions(sql, account);
    return undefined;
  });
}
