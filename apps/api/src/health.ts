import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { notFound } from "./answer-problem.ts";
import type { Frame } from "./frame.ts";

/** `/healthz`: the process runs. `/readyz`: it can serve people. `/metrics`: counts, for this machine only. */
export function serveHealth(frame: Frame): void {
  frame.app.get("/healthz", (c) => c.text("ok"));
  frame.app.get("/readyz", async (c) => {
    await frame.database`select 1`;
    return c.text("ready");
  });
  frame.app.get("/metrics", async (c) => {
    if (!mayReadMetrics(c, frame.metricsFrom)) return notFound(c);
    return c.text(await frame.metrics.registry.metrics(), 200, {
      "content-type": frame.metrics.registry.contentType,
    });
  });
}

/** A reverse proxy and tor also connect from loopback, but say for whom or for which name they ask. */
function mayReadMetrics(c: Context, from: Frame["metricsFrom"]): boolean {
  if (from !== "loopback") return from === "anywhere";
  if (c.req.header("x-forwarded-for") || c.req.header("forwarded") || c.req.header("via"))
    return false;
  if (!isLoopbackName(new URL(c.req.url).hostname)) return false;
  const address = getConnInfo(c).remote.address ?? "";
  return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
}

const isLoopbackName = (name: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(name);
