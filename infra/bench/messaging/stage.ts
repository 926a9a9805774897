import { join } from "node:path";
import { connect, type Database } from "../../../packages/database/src/connection.ts";
import { startPostgres } from "../../../packages/database/src/embedded.ts";
import { type Running, runHub, runServer } from "../hub-process.ts";
import type { Clients, Writer } from "./orders.ts";

/** A PostgreSQL that everything measured here writes to, as the hub would start it. */
export class Stage {
  readonly databaseUrl: string;
  readonly owner: Database;
  readonly folder: string;
  readonly #close: () => Promise<void>;

  static async open(folder: string): Promise<Stage> {
    return new Stage(folder, await startPostgres({ folder: join(folder, "postgres") }));
  }

  constructor(folder: string, postgres: { url: string; close(): Promise<void> }) {
    this.folder = folder;
    this.databaseUrl = postgres.url;
    this.owner = connect(postgres.url);
    this.#close = postgres.close;
  }

  hub(settings: Record<string, string> = {}): Promise<Running> {
    return runHub({ TELAR_DATA: this.data, DATABASE_URL: this.databaseUrl, ...settings });
  }

  get data(): string {
    return join(this.folder, "hub");
  }

  bare(): Promise<Running> {
    return runServer("messaging/baselines.ts", []);
  }

  naive(): Promise<Running> {
    return runServer("messaging/baselines.ts", [this.databaseUrl]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.owner.end({ timeout: 1 });
    await this.#close();
  }
}

/** 200 bytes of Spanish, some of its letters two bytes long. */
export const text =
  "Compañeras, mañana nos vemos a las ocho en la plaza para caminar juntas; traigan agua, sombrero y la lista de teléfonos. Quien no pueda venir que avise aquí, así nadie se queda sin compañía. Un abrazo.";

/** Where every follower begins: at the end of what is there. */
export async function placesOf(owner: Database, people: Writer[]) {
  const heads = await owner<
    { name: string; last: number }[]
  >`select name, last_place as last from streams`;
  const known = new Map(heads.map(({ name, last }) => [name, last]));
  return people.map((one) => ({ ...one, after: known.get(`space:${one.space}`) ?? 0 }));
}

export async function untilFollowing(
  clients: Clients,
  wanted: number,
  withinMs = 60_000,
): Promise<void> {
  const late = Date.now() + withinMs;
  for (;;) {
    const { connected } = await clients.ask({ kind: "count", timed: false });
    if (connected >= wanted) return;
    if (Date.now() > late) throw new Error(`Only ${connected} of ${wanted} follow.`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
