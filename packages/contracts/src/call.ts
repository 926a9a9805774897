import type * as z from "zod";
import type { Operation } from "./operation.ts";
import { HubError, Problem } from "./problems.ts";

/** The request that asks this of the hub at `publicUrl`, from a page of its own. */
export function requestFor<Input extends z.ZodObject>(
  { method, path }: Pick<Operation<Input>, "method" | "path">,
  input: z.input<Input>,
  publicUrl: string,
): Request {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest.get(name));
    // A browser would walk up the path at a dot segment.
    if (/^\.{0,2}$/.test(value)) throw new HubError("not_found");
    rest.delete(name);
    return encodeURIComponent(value);
  });
  const url = new URL(filled, publicUrl);
  const headers = new Headers({ origin: url.origin });
  if (method !== "GET" && method !== "DELETE") {
    headers.set("content-type", "application/json");
    return new Request(url, { method, headers, body: JSON.stringify(Object.fromEntries(rest)) });
  }
  for (const [name, value] of rest)
    for (const each of [value].flat()) url.searchParams.append(name, String(each));
  return new Request(url, { method, headers });
}

/** What the contract promises; throws the `HubError` of a refusal. */
export async function readAnswer<Output extends z.ZodType>(
  { output }: Pick<Operation<z.ZodObject, Output>, "output">,
  answer: Response,
): Promise<z.output<Output>> {
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return output.parse(body);
  const problem = Problem.safeParse(body);
  if (!problem.success) throw new HubError("unexpected", `the hub answered ${answer.status}`);
  const { code, detail, fields, retryAfterSeconds } = problem.data;
  throw new HubError(code, detail, {
    ...(fields && { fields }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
