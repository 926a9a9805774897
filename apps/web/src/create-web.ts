import type { Operation } from "@telar/contracts/operation";
import type { Context, Hono } from "hono";
import type * as z from "zod";

export interface WebOptions {
  /** Asks the API over HTTP, or as if over HTTP. */
  askApi(request: Request): Response | Promise<Response>;
  /** Where the API runs in this process: asks it by GET, as whoever sent `c`, with no HTTP between. */
  readApi?<Input extends z.ZodObject, Output extends z.ZodType>(
    c: Context,
    operation: Operation<Input, Output>,
    input: z.input<Input>,
  ): Promise<z.output<Output>>;
  /** Where people find this hub, without a path. */
  publicUrl: string;
  /** The harmless page that the quick exit leads to. */
  exitUrl: string;
  /** Told of what nobody foresaw, for the hub's log. */
  report?(error: unknown): void;
  /** Lengthens every text by 40 %, to find what clips. */
  pseudoLocale?: boolean;
}

/** The pages of a hub. */
export declare function createWeb(options: WebOptions): Hono;
