import { HubError, type Problem, type ProblemCode, problems } from "@telar/contracts/problems";
import { brokenConstraint, isUnavailable } from "@telar/database/errors";
import type { Context } from "hono";
import type { Logger } from "pino";

/** The one place where a thrown error becomes an HTTP answer (RFC 9457). */
export function answerProblem(error: unknown, c: Context, log: Logger): Response {
  return problem(c, refusalIn(error, c.get("requestId"), log));
}

/** A refusal as it was thrown; of anything else only that it happened leaves, and the log tells more. */
export function refusalIn(error: unknown, request: string, log: Logger): HubError {
  if (error instanceof HubError) return error;
  if (brokenConstraint(error) === "nobody_banned_comes_in") return new HubError("banned");
  if (isUnavailable(error)) {
    log.warn({ request, cause: codeOf(error) }, "the database does not answer");
    return new HubError("unavailable", undefined, { retryAfterSeconds: 5 });
  }
  log.error({ request, cause: codeOf(error), stack: stackOf(error) }, "unexpected");
  return new HubError("unexpected");
}

export function problem(c: Context, { code, message, fields, retryAfterSeconds }: HubError) {
  const status = problems[code];
  const request = c.get("requestId");
  const detail = code === "unexpected" || message === code ? undefined : message;
  const body: Problem = {
    status,
    code,
    ...(detail && { detail }),
    ...(request && { request }),
    ...(fields && { fields }),
    ...(retryAfterSeconds && { retryAfterSeconds }),
  };
  return c.json(body, status, {
    "content-type": "application/problem+json",
    ...(retryAfterSeconds && { "retry-after": String(retryAfterSeconds) }),
  });
}

export const notFound = (c: Context) => problem(c, new HubError("not_found" as ProblemCode));

/** A database error's message can quote what a person wrote, so only its code is kept. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error ? `${error.name} ${String(error.code)}` : error.name;
}

/** Frames only: the first line of a stack repeats the message. */
function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack
    ?.split("\n")
    .filter((frame) => /^\s+at /.test(frame))
    .slice(0, 12)
    .join("\n");
}
