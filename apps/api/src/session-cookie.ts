import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import type { Device } from "@telar/contracts/sessions";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** What the browser carries. The times live here, signed, so that the hub stores no hour of use (P01). */
export interface SessionCookie {
  /** 256 random bits, base64url; the hub stores only their SHA-256. */
  token: string;
  /** Milliseconds since 1970, like the next two. */
  startedAt: number;
  freshUntil: number;
  idleUntil: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const idleMs = { own: 7 * day, shared: 15 * minute } as const satisfies Record<Device, number>;
const freshMs = 10 * minute;

/** The longest a session lives, however much it is used. */
export function absoluteMs(device: Device, steward: boolean): number {
  return steward || device === "shared" ? 12 * 60 * minute : 30 * day;
}

export function freshCookie(token: string, device: Device, startedAt = Date.now()): SessionCookie {
  const now = Date.now();
  return { token, startedAt, freshUntil: now + freshMs, idleUntil: now + idleMs[device] };
}

export function cookieName(publicUrl: string): string {
  return isPlain(publicUrl) ? "telar" : "__Host-telar";
}

/** Plain http, which the configuration allows on loopback names and onion services only; the latter are secure. */
export function isPlain(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === "http:" && !hostname.endsWith(".onion");
}

export function writeCookie(
  c: Context,
  { publicUrl, cookieKey }: { publicUrl: string; cookieKey: KeyObject },
  device: Device,
  cookie: SessionCookie,
): void {
  setCookie(c, cookieName(publicUrl), sealCookie(cookie, cookieKey), {
    ...attributes(publicUrl),
    ...(device === "own" && { maxAge: Math.ceil((cookie.idleUntil - Date.now()) / 1000) }),
  });
}

/** What stands in the cookie. */
export function sealCookie(cookie: SessionCookie, cookieKey: KeyObject): string {
  const { token, startedAt, freshUntil, idleUntil } = cookie;
  const times = [startedAt, freshUntil, idleUntil].map((time) =>
    Math.floor(time / 1000).toString(36),
  );
  const text = [token, ...times].join(".");
  return `${text}.${sign(text, cookieKey)}`;
}

export function eraseCookie(c: Context, publicUrl: string): void {
  setCookie(c, cookieName(publicUrl), "", { ...attributes(publicUrl), maxAge: 0 });
}

const attributes = (publicUrl: string) =>
  ({ path: "/", httpOnly: true, sameSite: "Lax", secure: !isPlain(publicUrl) }) as const;

export function readCookie(
  c: Context,
  { publicUrl, cookieKey }: { publicUrl: string; cookieKey: KeyObject },
): SessionCookie | undefined {
  return openCookie(getCookie(c, cookieName(publicUrl)), cookieKey);
}

/** Undefined: no cookie, one that was changed, or one that lay idle too long. */
export function openCookie(
  value: string | undefined,
  cookieKey: KeyObject,
): SessionCookie | undefined {
  if (!value || value.length > 200) return undefined;
  const opened = openedWith(cookieKey);
  const cookie = opened.get(value) ?? verify(value, cookieKey);
  if (!cookie) return undefined;
  if (opened.size >= keptMax) opened.clear();
  opened.set(value, cookie);
  return cookie.idleUntil < Date.now() ? undefined : cookie;
}

/** A signature once seen to be right stays so: a look here instead of an HMAC for each request. */
const keptMax = 10_000;
const openedByKey = new WeakMap<KeyObject, Map<string, SessionCookie>>();

function openedWith(cookieKey: KeyObject): Map<string, SessionCookie> {
  const opened = openedByKey.get(cookieKey) ?? new Map<string, SessionCookie>();
  openedByKey.set(cookieKey, opened);
  return opened;
}

function verify(value: string, cookieKey: KeyObject): SessionCookie | undefined {
  const end = value.lastIndexOf(".");
  if (end < 0) return undefined;
  const text = value.slice(0, end);
  const given = Buffer.from(value.slice(end + 1));
  const right = Buffer.from(sign(text, cookieKey));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const [token = "", ...times] = text.split(".");
  const [startedAt = 0, freshUntil = 0, idleUntil = 0] = times.map(
    (time) => parseInt(time, 36) * 1000,
  );
  return { token, startedAt, freshUntil, idleUntil };
}

/** Set again once a tenth of the idle time has gone by, so that most answers carry no cookie. */
export function needsRenewal({ idleUntil }: SessionCookie, device: Device): boolean {
  return idleUntil - Date.now() < idleMs[device] * 0.9;
}

export function renewed(cookie: SessionCookie, device: Device): SessionCookie {
  return { ...cookie, idleUntil: Date.now() + idleMs[device] };
}

function sign(text: string, key: KeyObject): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}
