import { createSecretKey, randomUUID } from "node:crypto";
import { HubError } from "@telar/contracts/problems";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { serveAccounts } from "./accounts.ts";
import { answerProblem, notFound } from "./answer-problem.ts";
import { serveApiDocs } from "./api-docs.ts";
import { serveCoalitions } from "./coalitions.ts";
import { serveEvents } from "./events.ts";
import { serveExports } from "./exports.ts";
import { serveFoundings } from "./foundings.ts";
import type { ApiOptions, Frame } from "./frame.ts";
import { serveGroupRecoveries } from "./group-recoveries.ts";
import { serveGroups } from "./groups.ts";
import { serveHandOvers } from "./hand-overs.ts";
import { serveHealth } from "./health.ts";
import { serveHub } from "./hub.ts";
import { serveIdentity } from "./identity.ts";
import { serveInvitations } from "./invitations.ts";
import { serveMemberships } from "./memberships.ts";
import { createMemory } from "./memory.ts";
import { createMetrics } from "./metrics.ts";
import { serveOpenApi } from "./openapi.ts";
import { servePasskeys } from "./passkeys.ts";
import { createPassphrases } from "./passphrases.ts";
import { serveRecoveries } from "./recoveries.ts";
import { serveSessions } from "./sessions.ts";
import { createSignInTries } from "./sign-in-tries.ts";
import { serveStewards } from "./stewards.ts";

const bodyMaxBytes = 64 * 1024;

/** The whole api: `fetch` answers people's pages, programs and peer hubs. */
export function createApi(options: ApiOptions): Hono {
  const app = new Hono();
  const frame: Frame = {
    ...options,
    app,
    cookieKey: createSecretKey(options.secrets.cookie),
    memory: createMemory(),
    metrics: createMetrics(),
    passphrases: createPassphrases(options.passphraseCost),
    tries: createSignInTries(options.database),
  };
  watchAnswers(frame);
  serveApiDocs(frame);
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"] },
      strictTransportSecurity: options.publicUrl.startsWith("https:") && "max-age=15552000",
    }),
  );
  app.use("/api/*", bodyLimit({ maxSize: bodyMaxBytes, onError: () => refuseLargeBody() }));
  app.use("/api/*", async (c, next) => {
    if (c.req.method !== "GET") demandOwnOrigin(c.req.header("origin"), options.publicUrl);
    c.header("cache-control", "no-store");
    await next();
  });
  serveHealth(frame);
  serveIdentity(frame);
  serveOpenApi(frame);
  serveSessions(frame);
  servePasskeys(frame);
  serveRecoveries(frame);
  serveAccounts(frame);
  serveInvitations(frame);
  serveGroups(frame);
  serveFoundings(frame);
  serveMemberships(frame);
  serveHandOvers(frame);
  serveGroupRecoveries(frame);
  serveCoalitions(frame);
  serveEvents(frame);
  serveHub(frame);
  serveStewards(frame);
  serveExports(frame);
  app.notFound(notFound);
  app.onError((error, c) => answerProblem(error, c, options.log));
  return app;
}

/** One log line and one count an answer; neither says who asked, from where, or with what. */
function watchAnswers({ app, metrics, log }: Frame): void {
  app.use(async (c, next) => {
    const began = performance.now();
    c.set("requestId", randomUUID());
    await next();
    const ms = performance.now() - began;
    const operation = c.get("operation") ?? "other";
    metrics.took(operation, c.res.status, ms / 1000);
    log.info({ request: c.get("requestId"), operation, status: c.res.status, ms: Math.round(ms) });
  });
}

function refuseLargeBody(): never {
  throw new HubError("too_large");
}

/** Second guard beside SameSite: a page of another site cannot write with somebody's cookie. */
function demandOwnOrigin(origin: string | undefined, publicUrl: string): void {
  if (origin !== new URL(publicUrl).origin) throw new HubError("foreign_origin");
}

declare module "hono" {
  interface ContextVariableMap {
    requestId: string;
    operation: string;
  }
}
