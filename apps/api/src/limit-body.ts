import { HubError } from "@telar/contracts/problems";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

/**
 * Refuses large bodies. A declared length is judged by its header, which the HTTP parser holds people to: looking at the
 * body would make a web stream of it, a third of what a small write costs.
 */
export function limitBody(maxSize: number): MiddlewareHandler {
  const refuse = () => {
    throw new HubError("too_large");
  };
  const counting = bodyLimit({ maxSize, onError: refuse });
  return (c, next) => {
    const declared = c.req.header("content-length");
    if (declared === undefined || c.req.header("transfer-encoding")) return counting(c, next);
    return Number(declared) <= maxSize ? next() : refuse();
  };
}
