import type { Account } from "@telar/contracts/accounts";
import { HubError } from "@telar/contracts/problems";
import type { Context, Hono } from "hono";
import type { Call } from "./call.ts";
import type { WebOptions } from "./create-web.ts";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";

/** What every page finds on its request. */
export interface WebEnv {
  Variables: {
    options: WebOptions;
    call: Call;
    t: Translate;
    /** The signed-in person. */
    account: Account | undefined;
    /** What a form sent, kept for the page that says what went wrong. */
    typed: Typed | undefined;
  };
}
export type Web = Hono<WebEnv>;
export type PageContext = Context<WebEnv>;

/** A path on this hub for `luego`; anything that could lead elsewhere becomes `/`. */
export function ownPath(path: string | undefined): string {
  if (!path?.startsWith("/")) return "/";
  const here = "http://telar.invalid";
  const url = URL.parse(path, here);
  return url?.origin === here && !url.pathname.startsWith("//") ? url.pathname + url.search : "/";
}

/** `/entrar?luego=…`: where to go, and where to come back to afterwards. */
export function pathWithReturn(path: string, back: string): string {
  return back === "/" ? path : `${path}?luego=${encodeURIComponent(back)}`;
}

/** Before a form whose act needs a fresh session: asks first, so that nothing typed is lost on the way. */
export function demandConfirmed({ account }: PageContext["var"]): void {
  if (account && !account.confirmed) throw new HubError("confirmation_needed");
}

/** Until when a person rests; undefined while they do not. */
export function restsUntil(account: Account | undefined): string | undefined {
  const until = account?.pausedUntil;
  return until && Date.parse(until) > Date.now() ? until : undefined;
}
