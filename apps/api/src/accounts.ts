import {
  changeAccount,
  changePassphrase,
  closeAccount,
  endPause,
  getAccount,
  offerPassphrase,
  startPause,
} from "@telar/contracts/accounts";
import type { HubEvent } from "@telar/contracts/events";
import type { AccountId } from "@telar/contracts/ids";
import * as accounts from "@telar/database/accounts";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, hubStream } from "@telar/database/events";
import * as memberships from "@telar/database/memberships";
import * as sessions from "@telar/database/sessions";
import { confirmationAt, recoveryAt, signInAt } from "@telar/database/sign-in-tries";
import * as stewards from "@telar/database/stewards";
import { mayEndStewardship } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { leavePlaces } from "./leaving.ts";
import type { LiveSession } from "./live-session.ts";
import { listNotices } from "./notices.ts";
import { newPassphrase } from "./passphrases.ts";
import { pauseEnd } from "./pause-end.ts";
import { serveOperation } from "./serve-operation.ts";
import { forgetBrowser } from "./sessions.ts";

export function serveAccounts(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, getAccount, (_, { session }) =>
    frame.memory.recall(`account ${session.id} ${session.fresh}`, () =>
      actAs(database, session.claims, (sql) => describeAccount(sql, session)),
    ),
  );

  serveOperation(frame, changeAccount, (change, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await accounts.changeAccount(sql, session.account, definedOnly(change));
      return {};
    }),
  );

  serveOperation(frame, offerPassphrase, async ({ language }) => ({
    passphrase: newPassphrase(language),
  }));

  serveOperation(frame, changePassphrase, async ({ passphrase }, { session }) => {
    using place = frame.passphrases.place("known");
    const passphraseHash = await place.hash(passphrase);
    return await actAs(database, session.claims, async (sql) => {
      await accounts.changeAccount(sql, session.account, { passphraseHash });
      await sessions.removeSessions(sql, session.account, session.id);
      return {};
    });
  });

  serveOperation(frame, startPause, ({ length }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { zone } = await accounts.getAccount(sql, session.account);
      const pausedUntil = pauseEnd(length, zone, new Date());
      await accounts.changeAccount(sql, session.account, { pausedUntil });
      return { pausedUntil: pausedUntil.toISOString() };
    }),
  );

  serveOperation(frame, endPause, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await accounts.changeAccount(sql, session.account, { pausedUntil: null });
      return {};
    }),
  );

  serveOperation(frame, closeAccount, async (_, { session, c }) => {
    const { account } = session;
    const { signInName } = await actAs(database, session.claims, async (sql) => {
      const own = await accounts.getAccountForChange(sql, account);
      const stewardship = await endOwnStewardship(sql, account);
      await leavePlaces(sql, account);
      await accounts.removeAccount(sql, account);
      if (stewardship) await appendEvent(sql, hubStream, stewardship);
      return own;
    });
    for (const counted of [signInAt(signInName), confirmationAt(account), recoveryAt(signInName)])
      await frame.tries.forget(counted);
    forgetBrowser(c, session.device);
    return {};
  });
}

/** What is to be told of it last. */
async function endOwnStewardship(sql: Sql, account: AccountId): Promise<HubEvent | undefined> {
  const all = await stewards.listStewardsForChange(sql);
  const own = await stewards.findOwnStewardship(sql, account);
  if (!own) return undefined;
  demand(mayEndStewardship({ steward: true }, all.length));
  await stewards.removeSteward(sql, own.id);
  return { kind: "steward.ended", steward: own.alias };
}

async function describeAccount(sql: Sql, session: LiveSession) {
  const [account, places, stewardship, notices] = await Promise.all([
    accounts.getAccount(sql, session.account),
    memberships.listOwnMemberships(sql, session.account),
    session.steward ? stewards.findOwnStewardship(sql, session.account) : undefined,
    listNotices(sql, session.account),
  ]);
  const { passphraseHash, pausedUntil, ...settings } = account;
  const paused = pausedUntil && pausedUntil.getTime() > Date.now();
  return {
    ...settings,
    hasPassphrase: passphraseHash !== null,
    ...(paused && { pausedUntil: pausedUntil.toISOString() }),
    steward: session.steward,
    ...(stewardship && { stewardAlias: stewardship.alias }),
    device: session.device,
    confirmed: session.fresh,
    memberships: places,
    notices,
  };
}

/** Leaves out what the caller left out, so that `undefined` never overwrites. */
function definedOnly<Values extends object>(values: Values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: NonNullable<Values[Name]>;
  };
}
