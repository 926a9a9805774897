import type { AccountId, SessionId } from "@telar/contracts/ids";
import type { Device } from "@telar/contracts/sessions";
import type { Claims } from "@telar/database/acting";
import * as sessions from "@telar/database/sessions";
import type { Context } from "hono";
import type { Frame } from "./frame.ts";
import { hashOf } from "./secret.ts";
import {
  absoluteMs,
  needsRenewal,
  readCookie,
  renewed,
  type SessionCookie,
  writeCookie,
} from "./session-cookie.ts";

/** The session behind a request. */
export interface LiveSession {
  id: SessionId;
  account: AccountId;
  device: Device;
  steward: boolean;
  /** Confirmed with the passphrase or a passkey in the last ten minutes. */
  fresh: boolean;
  cookie: SessionCookie;
  /** What to open the row-level wall with. */
  claims: Claims & { account: AccountId };
}

/** The session behind a request, looked up once; undefined for whoever is not signed in. */
export function findLiveSession(
  c: Context,
  frame: Frame,
  remembered = c.req.method === "GET",
): Promise<LiveSession | undefined> {
  const found = c.get("liveSession") ?? openLiveSession(c, frame, remembered);
  c.set("liveSession", found);
  return found;
}

/** Looks it up, or recalls it from the last second, and keeps it alive. */
async function openLiveSession(
  c: Context,
  frame: Frame,
  remembered: boolean,
): Promise<LiveSession | undefined> {
  const cookie = readCookie(c, frame);
  if (!cookie) return undefined;
  const tokenHash = hashOf(cookie.token);
  const look = () => sessions.findSession(frame.lookups, tokenHash);
  const found = await (remembered ? frame.memory.recall(`session ${tokenHash}`, look) : look());
  if (!found) return undefined;
  const { id, account, device, steward, usedThisWeek } = found;
  if (cookie.startedAt + absoluteMs(device, steward) < Date.now()) return undefined;
  if (!usedThisWeek) await sessions.markUsed(frame.database, account, id);
  if (needsRenewal(cookie, device)) writeCookie(c, frame, device, renewed(cookie, device));
  const fresh = cookie.freshUntil > Date.now();
  return { id, account, device, steward, fresh, cookie, claims: { account } };
}

declare module "hono" {
  interface ContextVariableMap {
    liveSession: Promise<LiveSession | undefined>;
  }
}
