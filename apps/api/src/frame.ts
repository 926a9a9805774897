import type { KeyObject } from "node:crypto";
import type { Database } from "@telar/database/connection";
import type { GuardedFetch } from "@telar/federation/guarded-fetch";
import type { SigningKey } from "@telar/federation/signed-text";
import type { Context, Hono } from "hono";
import type { Logger } from "pino";
import type { Files } from "./files.ts";
import type { Memory } from "./memory.ts";
import type { MessageWriter, Wake } from "./message-writer.ts";
import type { Metrics } from "./metrics.ts";
import type { PassphraseCost, Passphrases } from "./passphrases.ts";
import type { PushKeys } from "./push.ts";
import type { SignInTries } from "./sign-in-tries.ts";

/** What the api is given when it starts. */
export interface ApiOptions {
  /** Connected as `telar_api`. */
  database: Database;
  /**
   * The same through one connection, for what is a single short statement: those of many requests leave in one write,
   * and one process of PostgreSQL, which stays warm, answers them.
   */
  lookups: Database;
  /** Where people reach the hub; cookies are `__Host-` unless this is http on a loopback name. */
  publicUrl: string;
  /** 32 random bytes each, kept outside the database. */
  secrets: { cookie: Uint8Array; cursor: Uint8Array };
  /** The root key's thumbprint as twelve words. */
  fingerprint: string;
  /** The two documents of the hub's identity, made anew when they near their end. */
  identity: { document(): object; keys(): Promise<string>; signingKey(): Promise<SigningKey> };
  /** The one way out to other hubs. */
  hubFetch: GuardedFetch;
  /** Other hubs may be on this machine or in this network: for hubs that are tried out. */
  withinOwnNetwork?: boolean;
  /** Who may read /metrics. */
  metricsFrom: "loopback" | "nobody" | "anywhere";
  log: Logger;
  /** What people send along with messages. */
  files: Files;
  passphraseCost: PassphraseCost;
  /** Left out where the hub sends none. */
  push?: PushKeys | undefined;
  /** Without it nobody who follows hears before the next sweep. */
  wake?: Wake;
  /** Hears of every write that may have ended somebody's right to read. */
  accessChanged?: () => void;
}

/** What every feature is mounted on. */
export interface Frame extends ApiOptions {
  /** Made once: a key made anew for each cookie costs more than the signature. */
  cookieKey: KeyObject;
  memory: Memory;
  app: Hono;
  /** What answers each GET operation, by its path. */
  reads: Map<string, (c: Context, values: Record<string, unknown>) => Promise<object>>;
  metrics: Metrics;
  passphrases: Passphrases;
  tries: SignInTries;
  wake: Wake;
  writer: MessageWriter;
}
