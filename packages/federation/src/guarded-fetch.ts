import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress, publicLookup } from "./public-addresses.ts";

export interface Asked {
  method: "GET" | "POST";
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Of the body that comes back. */
  bytesMax: number;
  /** For all of it, to the last byte. */
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type FailedBecause = "refused_address" | "unreachable" | "too_slow" | "too_large";

export class FetchProblem extends Error {
  readonly reason: FailedBecause;

  constructor(reason: FailedBecause, options?: ErrorOptions) {
    super(`A request to another hub failed: ${reason}.`, options);
    this.reason = reason;
  }
}

/**
 * The one way out to other hubs. Only over https to public addresses, judged where the connection goes and not before;
 * redirections lead nowhere; size and time are bounded. `withinOwnNetwork`: for hubs that are tried out on one machine.
 */
export function createGuardedFetch({
  withinOwnNetwork = false,
  lookup = withinOwnNetwork ? undefined : publicLookup(),
}: {
  withinOwnNetwork?: boolean;
  lookup?: LookupFunction | undefined;
} = {}) {
  return async (asked: Asked): Promise<Answered> => {
    const url = URL.parse(asked.url);
    if (!url || (!withinOwnNetwork && !mayCall(url))) throw new FetchProblem("refused_address");
    const timeout = AbortSignal.timeout(asked.timeoutMs);
    const signal = asked.signal ? AbortSignal.any([asked.signal, timeout]) : timeout;
    try {
      return await send(url, asked, signal, lookup);
    } catch (cause) {
      throw problemOf(cause, timeout.aborted);
    }
  };
}
export type GuardedFetch = ReturnType<typeof createGuardedFetch>;

function problemOf(cause: unknown, timedOut: boolean): FetchProblem {
  if (cause instanceof FetchProblem) return cause;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOTPUBLIC") return new FetchProblem("refused_address", { cause });
  return new FetchProblem(timedOut ? "too_slow" : "unreachable", { cause });
}

/** A number in place of a name is never looked up, so it is judged here. */
function mayCall({ protocol, hostname, username, password }: URL): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  const named = isIP(bare) === 0 || isPublicAddress(bare);
  return protocol === "https:" && named && username === "" && password === "";
}

function send(
  url: URL,
  { method, headers, body, bytesMax }: Asked,
  signal: AbortSignal,
  lookup: LookupFunction | undefined,
): Promise<Answered> {
  const request = url.protocol === "https:" ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const options = { method, headers, signal, maxHeaderSize: 16_384, ...(lookup && { lookup }) };
    const asked = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > bytesMax) asked.destroy(new FetchProblem("too_large"));
      });
      answer.on("error", reject);
      answer.on("end", () => {
        const named = Object.entries(answer.headers).flatMap(([name, value]) =>
          typeof value === "string" ? [[name, value]] : [],
        );
        const text = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode ?? 0, headers: Object.fromEntries(named), body: text });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
