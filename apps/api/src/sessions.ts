import type { AccountId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import {
  confirmSession,
  type Device,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  signIn,
  signOut,
} from "@telar/contracts/sessions";
import * as accounts from "@telar/database/accounts";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import * as sessions from "@telar/database/sessions";
import { confirmationAt, signInAt } from "@telar/database/sign-in-tries";
import type { Context } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { hashOf, newToken } from "./secret.ts";
import { serveOperation } from "./serve-operation.ts";
import { freshCookie, writeCookie } from "./session-cookie.ts";

export function serveSessions(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, signIn, async (input, { session, c }) => {
    const { signInName, passphrase, device, deviceName } = input;
    const account = await checkSignIn(frame, signInName, passphrase);
    await startSession(frame, c, { account, device, deviceName }, session);
    return {};
  });

  serveOperation(frame, signOut, async (_, { session, c }) => {
    if (session) await endSession(frame, session);
    forgetBrowser(c, session?.device);
    return {};
  });

  serveOperation(frame, confirmSession, async ({ passphrase }, { session, c }) => {
    using place = frame.passphrases.place("known");
    const giveBack = await frame.tries.take(confirmationAt(session.account));
    const { passphraseHash } = await actAs(database, session.claims, (sql) =>
      accounts.getAccount(sql, session.account),
    );
    if (!(await place.matches(passphrase, passphraseHash))) throw new HubError("wrong_sign_in");
    await giveBack();
    confirmCookie(frame, c, session.cookie, session.device);
    return {};
  });

  serveOperation(frame, listSessions, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const all = await sessions.listSessions(sql, session.account);
      return all.map((each) => ({ ...each, current: each.id === session.id }));
    }),
  );

  serveOperation(frame, revokeSession, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await sessions.removeSession(sql, session.account, id);
      return {};
    }),
  );

  serveOperation(frame, revokeOtherSessions, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await sessions.removeSessions(sql, session.account, session.id);
      return {};
    }),
  );
}

/** The account whose passphrase this is. A wrong name and a wrong passphrase answer alike. */
export async function checkSignIn(
  frame: Frame,
  signInName: string,
  passphrase: string,
): Promise<AccountId> {
  using place = frame.passphrases.place("strangers");
  const giveBack = await frame.tries.take(signInAt(signInName));
  const found = await findByName(frame, signInName);
  const right = await place.matches(passphrase, found?.passphraseHash);
  if (!found || !right) throw new HubError("wrong_sign_in");
  await giveBack();
  return found.id;
}

/** Undefined: nobody signs in with it, which no answer may tell. */
export function findByName({ database }: Frame, typed: string) {
  const signInName = accounts.comparedName(typed);
  return actAs(database, { signInName }, (sql) => accounts.findAccountByName(sql, signInName));
}

interface OpenedSession {
  account: AccountId;
  device: Device;
  deviceName: string | undefined;
}

/** Opens a session for an account that has just shown who it is; the one that this browser had before ends. */
export async function startSession(
  frame: Frame,
  c: Context,
  opened: OpenedSession,
  earlier: LiveSession | undefined,
): Promise<void> {
  await actAs(frame.database, { account: opened.account }, (sql) =>
    addSession(sql, frame, c, opened),
  );
  if (earlier) await endSession(frame, earlier);
}

/** Adds a session inside an open transaction. */
export async function addSession(
  sql: Sql,
  frame: Frame,
  c: Context,
  { account, device, deviceName = "" }: OpenedSession,
): Promise<void> {
  const token = newToken();
  await sessions.addSession(sql, { account, tokenHash: hashOf(token), device, name: deviceName });
  writeCookie(c, frame, device, freshCookie(token, device));
}

/** It may have been revoked in the same moment. */
export async function endSession(
  { database }: Frame,
  { claims, account, id }: LiveSession,
): Promise<void> {
  await actAs(database, claims, (sql) => sessions.removeSession(sql, account, id)).catch(
    (error: unknown) => {
      if (!(error instanceof HubError)) throw error;
    },
  );
}

/** Empties what the browser kept of the hub; cookies end by name, for "cookies" would also empty the hosts beside it. */
export function forgetBrowser(c: Context, device: Device | undefined): void {
  for (const name of Object.keys(getCookie(c)))
    deleteCookie(c, name, { path: "/", secure: name.startsWith("__") });
  c.header("clear-site-data", device === "own" ? '"storage"' : '"cache", "storage"');
}

/** Makes the session fresh for ten minutes. */
export function confirmCookie(
  frame: Frame,
  c: Context,
  { token, startedAt }: { token: string; startedAt: number },
  device: Device,
): void {
  writeCookie(c, frame, device, freshCookie(token, device, startedAt));
}
