import type { Operation, Proof } from "@telar/contracts/operation";
import { type FieldProblem, HubError } from "@telar/contracts/problems";
import type { Context } from "hono";
import type * as z from "zod";
import type { Frame } from "./frame.ts";
import { findLiveSession, type LiveSession } from "./live-session.ts";

/** What a handler knows of the request beside its input. */
interface Asked<Needs extends Proof> {
  session: Needs extends "none" ? LiveSession | undefined : LiveSession;
  c: Context;
}

/** Mounts an operation: who asks, what they send (checked), what they get (checked, so that nothing extra leaves). */
export function serveOperation<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  Needs extends Proof,
>(
  frame: Frame,
  operation: Operation<Input, Output, Needs>,
  handle: (input: z.output<Input>, asked: Asked<Needs>) => Promise<z.input<Output>>,
  /** False for writes after which everybody may do and is what they might and were before. */
  { changesAccess = operation.method !== "GET" } = {},
): void {
  const { method, path, proof, input, output } = operation;
  const answer = async (c: Context, values: Record<string, unknown>) => {
    const session = await findLiveSession(c, frame, !changesAccess);
    demandProof(proof, session);
    const checked = input.safeParse(values);
    if (!checked.success) throw refusal(checked.error, values);
    const made = await handle(checked.data, { session, c } as Asked<Needs>).finally(() => {
      if (changesAccess) frame.memory.forget();
    });
    return output.parse(made) as object;
  };
  if (method === "GET") frame.reads.set(path, answer);
  frame.app.on(method, path, async (c) => {
    c.set("operation", `${method} ${path}`);
    const values = method === "GET" || method === "DELETE" ? readQuery(c) : await readBody(c);
    return c.json(await answer(c, { ...values, ...c.req.param() }));
  });
}

function demandProof(proof: Proof, session: LiveSession | undefined): void {
  if (proof === "none") return;
  if (!session) throw new HubError("not_signed_in");
  if (proof === "fresh_session" && !session.fresh) throw new HubError("confirmation_needed");
}

/** A name given once is a value, given several times a list. */
function readQuery(c: Context): Record<string, unknown> {
  const entries = Object.entries(c.req.queries());
  return Object.fromEntries(entries.map(([name, all]) => [name, all.length > 1 ? all : all[0]]));
}

async function readBody(c: Context): Promise<Record<string, unknown>> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim();
  const text = await c.req.text();
  if (text === "") return {};
  if (type !== "application/json") throw new HubError("invalid_input", "Send application/json.");
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === "object" && values !== null && !Array.isArray(values))
      return values as Record<string, unknown>;
  } catch {
    // Said below, like a body that is no object.
  }
  throw new HubError("invalid_input", "The body is not a JSON object.");
}

function refusal(error: z.ZodError, values: Record<string, unknown>): HubError {
  const fields = Object.fromEntries(
    error.issues.map((issue) => [issue.path.join("."), fieldProblem(issue, values)]),
  );
  return new HubError("invalid_input", undefined, { fields });
}

function fieldProblem(issue: z.core.$ZodIssue, values: Record<string, unknown>): FieldProblem {
  const given = values[String(issue.path[0])];
  if (given === undefined || given === "" || given === null) return "missing";
  if (issue.code === "too_small") return isNumber(issue) ? "out_of_range" : "too_short";
  if (issue.code === "too_big" && isNumber(issue)) return "out_of_range";
  if (issue.code === "too_big") return issue.origin === "array" ? "too_many" : "too_long";
  return issue.code === "invalid_value" ? "not_an_option" : "wrong_form";
}

const isNumber = ({ origin }: { origin: string }) => origin === "number" || origin === "int";
