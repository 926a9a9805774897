import type * as z from "zod";
import { readAnswer, requestFor } from "./call.ts";
import type { Operation } from "./operation.ts";

/** Somebody at a browser: keeps cookies, sends the hub's own origin, and speaks in contracts. */
export class Person {
  readonly #ask: (request: Request) => Response | Promise<Response>;
  readonly #publicUrl: string;
  readonly #cookies = new Map<string, string>();

  /** `cookies` as a browser sends them: `name=value; name=value`. */
  constructor(
    ask: (request: Request) => Response | Promise<Response>,
    publicUrl: string,
    cookies = "",
  ) {
    this.#ask = ask;
    this.#publicUrl = publicUrl;
    for (const pair of cookies.split("; ")) this.#keep(pair);
  }

  /** The answer as it came, whatever it says. */
  async ask<Input extends z.ZodObject>(
    operation: Pick<Operation<Input>, "method" | "path">,
    input: z.input<Input>,
  ): Promise<Response> {
    const request = requestFor(operation, input, this.#publicUrl);
    request.headers.set("cookie", this.cookieHeader);
    const answer = await this.#ask(request);
    this.#keepCookies(answer);
    return answer;
  }

  /** What the contract promises; throws the `HubError` of a refusal. */
  async call<Input extends z.ZodObject, Output extends z.ZodType>(
    operation: Operation<Input, Output>,
    input: z.input<Input>,
  ): Promise<z.output<Output>> {
    return readAnswer(operation, await this.ask(operation, input));
  }

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keepCookies(answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie.split(";")[0] ?? "");
  }

  #keep(pair: string): void {
    const at = pair.indexOf("=");
    const value = pair.slice(at + 1);
    if (value === "") this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), value);
  }
}
