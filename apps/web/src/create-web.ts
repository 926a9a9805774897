import type { Hono } from "hono";

export interface WebOptions {
  /** Asks the API in this process, as if over HTTP. */
  askApi(request: Request): Response | Promise<Response>;
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
