import { readAnswer } from "@telar/contracts/call";
import type { Operation } from "@telar/contracts/operation";
import { Person } from "@telar/contracts/person";
import type { Context } from "hono";
import type * as z from "zod";
import type { WebOptions } from "./create-web.ts";

/** Asks the hub to do something as the person behind the request; throws the `HubError` it answers with. */
export type Call = <Input extends z.ZodObject, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
  input: z.input<Input>,
) => Promise<z.output<Output>>;

/**
 * What the API wants the browser to keep or to forget travels on with the page's own answer, and counts already for
 * what the same page asks next: from its first write on a page no longer reads with the cookies it came with.
 */
export function createCall(c: Context, options: Asked): Call {
  const { askApi, readApi, publicUrl } = options;
  let person: Person | undefined;
  return async (operation, input) => {
    if (readApi && !person && operation.method === "GET") return readApi(c, operation, input);
    person ??= new Person((request) => askApi(request), publicUrl, c.req.header("cookie"));
    const answer = await person.ask(operation, input);
    for (const kept of answer.headers.getSetCookie())
      c.header("set-cookie", kept, { append: true });
    const forgotten = answer.headers.get("clear-site-data");
    if (forgotten) c.header("clear-site-data", forgotten);
    return readAnswer(operation, answer);
  };
}

type Asked = Pick<WebOptions, "askApi" | "readApi" | "publicUrl">;
