import { createMiddleware } from "hono/factory";
import type { WebOptions } from "./create-web.ts";
import type { WebEnv } from "./frame.ts";

/** `form-action` names the exit too: browsers check where a sent form is redirected. */
function contentSecurityPolicy({ exitUrl }: WebOptions): string {
  return [
    "default-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    `form-action 'self' ${new URL(exitUrl).origin}`,
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join("; ");
}

const permissions =
  "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()";
/** Where people may record a voice note, and listen to it before it is sent. */
const voicePath = /^\/espacios\/[0-9a-f-]{36}/;

/** The headers of every answer; what an answer says itself about caching stands. */
export function answerHeaders(options: WebOptions) {
  const policy = contentSecurityPolicy(options);
  const always: [string, string][] = [
    ["content-security-policy", policy],
    // No other site learns anything; our own forms show their origin. What does not know the second word obeys the first.
    ["referrer-policy", "no-referrer, same-origin"],
    ["x-content-type-options", "nosniff"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["permissions-policy", permissions],
    ["x-robots-tag", "noindex"],
  ];
  // For this name only: what else runs beside it is not ours to decide.
  if (options.publicUrl.startsWith("https:"))
    always.push(["strict-transport-security", "max-age=15552000"]);
  return createMiddleware<WebEnv>(async (c, next) => {
    // Said before: `compress` would build the answer anew to say it.
    c.header("vary", "Accept-Encoding");
    await next();
    const { headers } = c.res;
    for (const [name, value] of always) headers.set(name, value);
    if (voicePath.test(c.req.path)) {
      headers.set("permissions-policy", permissions.replace("microphone=()", "microphone=(self)"));
      headers.set("content-security-policy", `${policy}; media-src 'self' blob:`);
    }
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  });
}
