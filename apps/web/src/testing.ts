import type { Account } from "@telar/contracts/accounts";
import { type ProblemCode, problems } from "@telar/contracts/problems";
import { Hono } from "hono";
import { createWeb } from "./app.tsx";
import type { WebOptions } from "./create-web.ts";

export const publicUrl = "http://hub.test";
export const exitUrl = "https://weather.example/today";

/** The pages over a small API that answers in the hub's wire format. */
export function openWeb(serve: (api: Hono) => void = () => {}, options: Partial<WebOptions> = {}) {
  const api = new Hono();
  serve(api);
  const askApi = (request: Request) => api.fetch(request);
  return createWeb({ askApi, publicUrl, exitUrl, ...options });
}

/** An API where everyone with a cookie is this person. */
export function serveAccount(parts: Partial<Account> = {}) {
  const account = { ...ahuehuete, ...parts };
  return (api: Hono) => {
    api.get("/api/account", (c) =>
      c.req.header("cookie") ? c.json(account) : c.json(problem("not_signed_in"), 401),
    );
  };
}

export const signedIn = { headers: { cookie: "session=secret" } };

export const problem = (code: ProblemCode, parts: object = {}) => ({
  status: problems[code],
  code,
  ...parts,
});

/** A form as a browser sends it. */
export const sent = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: "POST",
  body: new URLSearchParams(fields),
  headers: { origin: publicUrl, ...headers },
});

const ahuehuete = {
  signInName: "Ahuehuete",
  language: "es",
  zone: "America/Mexico_City",
  dataSaver: true,
  safetySeen: true,
  hasPassphrase: true,
  steward: false,
  device: "own",
  confirmed: true,
  memberships: [],
  notices: [],
} satisfies Account;
