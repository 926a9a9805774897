import { randomUUID } from "node:crypto";
import type { Operation } from "@telar/contracts/operation";
import { HubError, problems } from "@telar/contracts/problems";
import type { Context } from "hono";
import type * as z from "zod";
import { refusalIn } from "./answer-problem.ts";
import type { Frame } from "./frame.ts";
import { noteAnswer } from "./note-answer.ts";

/** Asks one of the GET operations as whoever sent the page's request `c`; throws the `HubError` of a refusal. */
export type Read = <Input extends z.ZodObject, Output extends z.ZodType>(
  c: Context,
  operation: Operation<Input, Output>,
  input: z.input<Input>,
) => Promise<z.output<Output>>;

/** For pages of this process: session, input and output are checked as over HTTP, of which nothing else is needed. */
export function createRead(frame: Frame): Read {
  return async (c, { path }, input) => {
    const began = performance.now();
    const request = randomUUID();
    const told = { request, operation: `GET ${path}`, began };
    try {
      const answer = frame.reads.get(path);
      if (!answer) throw new HubError("not_found");
      const output = await answer(c, input);
      noteAnswer(frame, { ...told, status: 200 });
      return output as never;
    } catch (error) {
      const refusal = refusalIn(error, request, frame.log);
      noteAnswer(frame, { ...told, status: problems[refusal.code] });
      throw refusal;
    }
  };
}
