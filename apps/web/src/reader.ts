import { getAccount } from "@telar/contracts/accounts";
import { LanguageCode } from "@telar/contracts/languages";
import { HubError } from "@telar/contracts/problems";
import { getCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { parseAccept } from "hono/utils/accept";
import { createCall } from "./call.ts";
import type { WebOptions } from "./create-web.ts";
import type { PageContext, WebEnv } from "./frame.ts";
import { translateInto } from "./words.ts";

export const languageCookie = "idioma";

/** What the browser asks for, before anything is known of the person. */
export function readBrowser(options: WebOptions) {
  return createMiddleware<WebEnv>(async (c, next) => {
    c.set("options", options);
    c.set("call", createCall(c, options));
    c.set("t", translateInto(languageOf(c), { pseudoLocale: options.pseudoLocale }));
    await next();
  });
}

function languageOf(c: PageContext): LanguageCode {
  const kept = LanguageCode.safeParse(getCookie(c, languageCookie));
  if (kept.success) return kept.data;
  const wished = parseAccept(c.req.header("accept-language") ?? "")
    .sort((one, other) => other.q - one.q)
    .map(({ type }) => LanguageCode.safeParse(type.toLowerCase().split("-")[0]));
  return wished.find((code) => code.success)?.data ?? "es";
}

/** The person, if this browser holds a session; their own language and zone win. */
export const readPerson = createMiddleware<WebEnv>(async (c, next) => {
  if (mayHoldSession(c)) {
    const account = await c.var.call(getAccount, {}).catch((error: unknown) => {
      const signedOut = error instanceof HubError && error.code === "not_signed_in";
      if (signedOut || needsNobody.test(c.req.path)) return undefined;
      throw error;
    });
    c.set("account", account);
    if (account) {
      const { language, zone } = account;
      c.set("t", translateInto(language, { zone, pseudoLocale: c.var.options.pseudoLocale }));
    }
  }
  await next();
});

/** Rest and safety stay open while the hub cannot tell who somebody is. */
const needsNobody = /^\/(pausa|seguridad)$/;

const mayHoldSession = (c: PageContext) =>
  Object.keys(getCookie(c)).some((name) => name !== languageCookie);
