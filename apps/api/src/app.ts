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
import { noteAnswer } from "./note-answer.ts";
import { serveOpenApi } from "./openapi.ts";
import { servePasskeys } from "./passkeys.ts";
import { createPassphrases } from "./passphrases.ts";
import { createRead, type Read } from "./reads.ts";
import { serveRecoveries } from "./recoveries.ts";
import { serveSessions } from "./sessions.ts";
import { createSignInTries } from "./sign-in-tries.ts";
import { serveStewards } from "./stewards.ts";

const bodyMaxBytes = 64 * 1024;
const writes = ["POST", "PUT", "PATCH", "DELETE"];

/** The whole api: `fetch` answers people's browsers, programs and peer hubs, `read` the pages of this process. */
export function createApi(options: ApiOptions): Hono & { read: Read } {
  const app = new Hono();
  const frame: Frame = {
    ...options,
    app,
    cookieKey: createSecretKey(options.secrets.cookie),
    reads: new Map(),
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
  app.on(writes, "/api/*", bodyLimit({ maxSize: bodyMaxBytes, onError: () => refuseLargeBody() }));
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
  return Object.assign(app, { read: createRead(frame) });
}

function watchAnswers(frame: Frame): void {
  frame.app.use(async (c, next) => {
    const began = performance.now();
    const request = randomUUID();
    c.set("requestId", request);
    await next();
    const operation = c.get("operation") ?? "other";
    noteAnswer(frame, { request, operation, status: c.res.status, began });
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
