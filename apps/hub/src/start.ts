import { join, resolve } from "node:path";
import { createApi } from "@telar/api/app";
import { startCircleJobs } from "@telar/api/circle-jobs";
import { startFileJobs } from "@telar/api/file-jobs";
import { openFiles } from "@telar/api/files";
import type { InvitationSecret } from "@telar/api/first-invitation";
import type { ApiOptions } from "@telar/api/frame";
import type { Caller } from "@telar/api/hub-calls";
import { startJobs } from "@telar/api/jobs";
import { readerFinder } from "@telar/api/live-readers";
import { startMessageJobs } from "@telar/api/message-jobs";
import { createMessageWriter, type Wake } from "@telar/api/message-writer";
import { startNoticeJobs } from "@telar/api/notice-jobs";
import { passphraseCost } from "@telar/api/passphrases";
import { startPeerJobs } from "@telar/api/peer-jobs";
import { isPlain } from "@telar/api/session-cookie";
import { connect, type Login } from "@telar/database/connection";
import { createGuardedFetch } from "@telar/federation/guarded-fetch";
import { openIdentity } from "@telar/federation/identity";
import { createWeb } from "@telar/web/server";
import { pino } from "pino";
import packageJson from "../package.json" with { type: "json" };
import type { Config } from "./config.ts";
import { openDataFolder } from "./data-folder.ts";
import { demandEntry, openPostgres, prepareDatabase } from "./database.ts";
import { type Answer, listen } from "./http-server.ts";
import { Live } from "./live.ts";
import { openPushKeys } from "./push-keys.ts";
import { codeOf, explained, type Words } from "./refusals.ts";
import { openSecrets } from "./secrets.ts";

export interface Hub {
  url: string;
  /** For as long as the hub has no steward. */
  firstInvitation: InvitationSecret | undefined;
  /** Lets running requests finish, and has ended everything within three seconds. */
  close(): Promise<void>;
}

interface Watch {
  /** Hears what is being done, for the person who waits. */
  tell(step: Words): void;
  /** Ends a start that is still under way. */
  signal: AbortSignal;
}

/** A whole hub in this process. A start that fails leaves nothing open. */
export async function startHub(config: Config, watch: Watch): Promise<Hub> {
  const open = new AsyncDisposableStack();
  try {
    const firstInvitation = await openAll(config, watch, open);
    return { url: config.PUBLIC_URL, firstInvitation, close: () => open.disposeAsync() };
  } catch (problem) {
    await open.disposeAsync();
    throw explained(problem, config);
  }
}

/** Puts what it opens on the stack, which closes it in the opposite order: first the port, last the folder. */
async function openAll(config: Config, { tell, signal }: Watch, open: AsyncDisposableStack) {
  const folder = resolve(config.TELAR_DATA);
  const log = pino({ level: config.LOG_LEVEL, base: null }, pino.destination(2));
  const report = (problem: unknown) => log.error({ cause: codeOf(problem) }, "unexpected");
  const data = await openDataFolder(folder);
  open.defer(() => data.close());

  tell({ es: "Abriendo las llaves…", en: "Opening the keys…" });
  const publicUrl = config.PUBLIC_URL;
  const secrets = await openSecrets(folder);
  const keys = join(folder, "keys");
  const { version } = packageJson;
  const identity = await openIdentity({ folder: keys, publicUrl, version, report });
  const push = await openPushKeys(keys, { publicUrl, seal: secrets.fields });

  tell({ es: "Abriendo la base de datos…", en: "Opening the database…" });
  const postgres = config.DATABASE_URL
    ? { url: config.DATABASE_URL, close: async () => {} }
    : await openPostgres(folder, log, signal);
  open.defer(postgres.close);
  const prepared = await prepareDatabase(postgres.url, publicUrl, secrets.database);
  const { logins, firstInvitation } = prepared;
  const database = connect(logins.telar_api);
  open.defer(() => database.end(endIn));
  await demandEntry(database, logins.telar_api);
  const lookups = connect(logins.telar_api, 1);
  open.defer(() => lookups.end(endIn));
  signal.throwIfAborted();

  const live = new Live();
  const { wake, accessChanged } = live;
  const files = openFiles(join(folder, "files"), secrets.fields);
  // Hubs that are tried out on one machine find each other there; one with a public name never looks into its own network.
  const withinOwnNetwork = isPlain(publicUrl);
  const hubFetch = createGuardedFetch({ withinOwnNetwork });
  const caller = { publicUrl, identity, hubFetch };
  startAllJobs(open, logins.telar_jobs, { database, wake, push, files, caller, log });
  const api = createApi({
    database,
    wake,
    accessChanged,
    lookups,
    publicUrl,
    secrets,
    fingerprint: identity.fingerprint,
    identity,
    hubFetch,
    withinOwnNetwork,
    metricsFrom: config.METRICS_FROM,
    log,
    files,
    passphraseCost,
    push,
  });
  const askApi = (request: Request) => api.fetch(request);
  const web = createWeb({ askApi, readApi: api.read, publicUrl, exitUrl: config.EXIT_URL, report });
  const server = await listen(sharePaths(api.fetch, web.fetch), config.HOST, config.PORT);
  const readers = readerFinder({ database, publicUrl, secrets });
  open.defer(live.open(server, { login: logins.telar_messaging, publicUrl, ...readers, report }));
  return firstInvitation;
}

interface Working extends Pick<ApiOptions, "database" | "push" | "files" | "log"> {
  wake: Wake;
  caller: Caller;
}

/** What the hub does without being asked. */
function startAllJobs(open: AsyncDisposableStack, login: Login, working: Working): void {
  const { push, files, caller, log, wake } = working;
  const database = connect(login, 1);
  const jobs = startJobs(database, log);
  open.defer(async () => void (await Promise.all([jobs.close(), database.end(endIn)])));
  const writer = createMessageWriter(working.database, wake);
  open.defer(startMessageJobs(database, writer, log).close);
  open.defer(startCircleJobs(database, wake, log).close);
  open.defer(startNoticeJobs({ database, push, log }).close);
  open.defer(startPeerJobs(database, caller, log).close);
  open.defer(startFileJobs(database, files, log).close);
}

/** In seconds: requests that are still running had their time. */
const endIn = { timeout: 0.1 };

const apiPaths = /^\/(api\/|hub\/v1\/|\.well-known\/|(healthz|readyz|metrics)$)/;

function sharePaths(api: Answer, web: Answer): Answer {
  return (request, bindings) => {
    const { pathname } = new URL(request.url);
    return (apiPaths.test(pathname) ? api : web)(request, bindings);
  };
}
