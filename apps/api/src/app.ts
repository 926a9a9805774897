import { createSecretKey, randomUUID } from "node:crypto";
import { HubError } from "@telar/contracts/problems";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { serveAccounts } from "./accounts.ts";
import { answerProblem, notFound } from "./answer-problem.ts";
import { serveApiDocs } from "./api-docs.ts";
import { serveAppeals } from "./appeals.ts";
import { serveArchives } from "./archives.ts";
import { isUpload, serveAttachments } from "./attachments.ts";
import { serveBans } from "./bans.ts";
import { serveBlocks } from "./blocks.ts";
import { serveCircles } from "./circles.ts";
import { serveCoalitions } from "./coalitions.ts";
import { serveCrisisCards } from "./crisis-cards.ts";
import { serveEvents } from "./events.ts";
import { serveExports } from "./exports.ts";
import { serveFilters } from "./filters.ts";
import { serveFoundings } from "./foundings.ts";
import type { ApiOptions, Frame } from "./frame.ts";
import { serveGroupRecoveries } from "./group-recoveries.ts";
import { serveGroups } from "./groups.ts";
import { serveHandOvers } from "./hand-overs.ts";
import { serveHealth } from "./health.ts";
import { serveHeldMessages } from "./held-messages.ts";
import { serveHub } from "./hub.ts";
import { serveIdentity } from "./identity.ts";
import { serveInbox } from "./inbox.ts";
import { serveInvitations } from "./invitations.ts";
import { limitBody } from "./limit-body.ts";
import { serveMemberships } from "./memberships.ts";
import { createMemory } from "./memory.ts";
import { createMessageWriter } from "./message-writer.ts";
import { serveMessages } from "./messages.ts";
import { createMetrics } from "./metrics.ts";
import { serveModeration } from "./moderation.ts";
import { noteAnswer } from "./note-answer.ts";
import { serveNoticeSettings } from "./notice-settings.ts";
import { serveOneToOnes } from "./one-to-ones.ts";
import { serveOpenApi } from "./openapi.ts";
import { serveParticipants } from "./participants.ts";
import { servePasskeys } from "./passkeys.ts";
import { createPassphrases } from "./passphrases.ts";
import { servePeerGroups } from "./peer-groups.ts";
import { servePeers } from "./peers.ts";
import { servePushSubscriptions } from "./push-subscriptions.ts";
import { createRead, type Read } from "./reads.ts";
import { serveRecoveries } from "./recoveries.ts";
import { serveReports } from "./reports.ts";
import { serveSessions } from "./sessions.ts";
import { serveShifts } from "./shifts.ts";
import { createSignInTries } from "./sign-in-tries.ts";
import { serveSpaces } from "./spaces.ts";
import { serveStewards } from "./stewards.ts";
import { serveWaitingMessages } from "./waiting-messages.ts";

const bodyMaxBytes = 64 * 1024;
const writes = ["POST", "PUT", "PATCH", "DELETE"];

/** The whole api: `fetch` answers people's browsers, programs and peer hubs, `read` the pages of this process. */
export function createApi(options: ApiOptions): Hono & { read: Read } {
  const app = new Hono();
  const { wake = () => {} } = options;
  const frame: Frame = {
    ...options,
    app,
    cookieKey: createSecretKey(options.secrets.cookie),
    reads: new Map(),
    memory: createMemory(options.accessChanged),
    metrics: createMetrics(),
    passphrases: createPassphrases(options.passphraseCost),
    tries: createSignInTries(options.database),
    wake,
    writer: createMessageWriter(options.database, wake),
  };
  watchAnswers(frame);
  serveApiDocs(frame);
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], sandbox: [] },
      strictTransportSecurity: options.publicUrl.startsWith("https:") && "max-age=15552000",
    }),
  );
  const limited = limitBody(bodyMaxBytes);
  app.on(writes, "/api/*", (c, next) => (isUpload(c) ? next() : limited(c, next)));
  const { origin } = new URL(options.publicUrl);
  app.use("/api/*", async (c, next) => {
    if (c.req.method !== "GET") demandOwnOrigin(c.req.header("origin"), origin);
    c.header("cache-control", "no-store");
    await next();
  });
  serveHealth(frame);
  serveIdentity(frame);
  serveOpenApi(frame);
  serveFeatures(frame);
  app.notFound(notFound);
  app.onError((error, c) => answerProblem(error, c, options.log));
  return Object.assign(app, { read: createRead(frame) });
}

function serveFeatures(frame: Frame): void {
  serveSessions(frame);
  servePasskeys(frame);
  serveRecoveries(frame);
  serveAccounts(frame);
  serveArchives(frame);
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
  servePeers(frame);
  servePeerGroups(frame);
  serveExports(frame);
  serveSpaces(frame);
  serveParticipants(frame);
  serveCrisisCards(frame);
  serveShifts(frame);
  serveMessages(frame);
  serveAttachments(frame);
  serveWaitingMessages(frame);
  serveCircles(frame);
  serveReports(frame);
  serveModeration(frame);
  serveHeldMessages(frame);
  serveAppeals(frame);
  serveBans(frame);
  serveFilters(frame);
  serveBlocks(frame);
  serveOneToOnes(frame);
  serveInbox(frame);
  serveNoticeSettings(frame);
  servePushSubscriptions(frame);
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

/** Second guard beside SameSite: a page of another site cannot write with somebody's cookie. */
function demandOwnOrigin(given: string | undefined, own: string): void {
  if (given !== own) throw new HubError("foreign_origin");
}

declare module "hono" {
  interface ContextVariableMap {
    requestId: string;
    operation: string;
  }
}
