import { createSecretKey } from "node:crypto";
import type { AccountId, SessionId } from "@telar/contracts/ids";
import { findSessions } from "@telar/database/sessions";
import { together } from "@telar/database/together";
import { parse } from "hono/utils/cookie";
import type { ApiOptions } from "./frame.ts";
import { hashOf } from "./secret.ts";
import { absoluteMs, cookieName, openCookie } from "./session-cookie.ts";

export interface LiveReader {
  account: AccountId;
  session: SessionId;
  /** Milliseconds since 1970: the session's end if nothing but the socket uses it, which keeps no session alive. */
  until: number;
}

/** Tells who is signed in behind a `cookie` header, and at less cost whether the hub made that cookie at all. */
export function readerFinder(options: Pick<ApiOptions, "database" | "publicUrl" | "secrets">) {
  const cookieKey = createSecretKey(options.secrets.cookie);
  const name = cookieName(options.publicUrl);
  const findSession = together((hashes: string[]) => findSessions(options.database, hashes));
  const cookieIn = (cookies: string) => openCookie(parse(cookies, name)[name], cookieKey);
  return {
    isKnown: (cookies: string): boolean => cookieIn(cookies) !== undefined,
    /** Undefined for everybody who is not signed in. */
    async findReader(cookies: string): Promise<LiveReader | undefined> {
      const cookie = cookieIn(cookies);
      const found = cookie && (await findSession(hashOf(cookie.token)));
      if (!found) return undefined;
      const { id: session, account, device, steward } = found;
      const until = Math.min(cookie.idleUntil, cookie.startedAt + absoluteMs(device, steward));
      return until < Date.now() ? undefined : { account, session, until };
    },
  };
}
