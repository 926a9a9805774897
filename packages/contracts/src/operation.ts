import type * as z from "zod";

/** What a caller must show: nothing, a session, or a session confirmed in the last minutes. */
export type Proof = "none" | "session" | "fresh_session";

/** One thing a client can ask of the hub: where, with what, what it must show, and what comes back. */
export interface Operation<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Needs extends Proof = Proof,
> {
  /** One English sentence for the people who read the API's page. */
  summary: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: `/api/${string}`;
  proof: Needs;
  /** Its body is multipart/form-data with one file instead of JSON. */
  sendsFile?: boolean;
  /** It answers with the file itself instead of JSON. */
  answersFile?: boolean;
  input: Input;
  output: Output;
}

export function operation<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Needs extends Proof,
>(parts: Operation<Input, Output, Needs>): Operation<Input, Output, Needs> {
  return parts;
}
