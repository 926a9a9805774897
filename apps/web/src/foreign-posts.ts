import { HubError } from "@telar/contracts/problems";
import { createMiddleware } from "hono/factory";
import type { WebEnv } from "./frame.ts";

/** Refuses writes that another site sent, and those that cannot show where they come from. */
export const refuseForeignPosts = createMiddleware<WebEnv>(async (c, next) => {
  const reads = c.req.method === "GET" || c.req.method === "HEAD";
  if (!reads && !isOurs(c.req.header(), c.var.options.publicUrl))
    throw new HubError("foreign_origin");
  await next();
});

/**
 * Every browser that follows our referrer policy names us as the origin of our own forms. What hides it, as a page
 * elsewhere can make it do, must be told apart by what no page can forge.
 */
function isOurs(headers: Record<string, string>, publicUrl: string): boolean {
  const here = new URL(publicUrl).origin;
  const { origin = "null", "sec-fetch-site": site, referer = "" } = headers;
  if (origin !== "null") return origin === here;
  if (site) return site === "same-origin" || site === "none";
  return URL.parse(referer)?.origin === here;
}
