import { HubError } from "@telar/contracts/problems";
import { createMiddleware } from "hono/factory";
import type { WebEnv } from "./frame.ts";

/**
 * Refuses writes that another site sent. Under `no-referrer` browsers send `Origin: null` even from our own pages:
 * then `Sec-Fetch-Site` decides, and where it is missing too (plain http, old browsers) the cookie's SameSite does.
 */
export const refuseForeignPosts = createMiddleware<WebEnv>(async (c, next) => {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") {
    const origin = c.req.header("origin") ?? "null";
    const here = new URL(c.var.options.publicUrl).origin;
    const site = c.req.header("sec-fetch-site") ?? "none";
    const ours = origin === "null" ? site === "same-origin" || site === "none" : origin === here;
    if (!ours) throw new HubError("foreign_origin");
  }
  await next();
});
