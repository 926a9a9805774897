import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  AccountId,
  GroupId,
  MessageId,
  ParticipantId,
  SessionId,
  SpaceId,
} from "@telar/contracts/ids";
import { connect } from "@telar/database/connection";
import { createCast } from "@telar/database/testing/cast";
import { createTestDatabase } from "@telar/database/testing/database";
import { type Messaging, serveMessaging } from "../server.ts";
import { Listener } from "./listener.ts";

export interface Place {
  account: AccountId;
  session: SessionId;
  participant: ParticipantId;
  group: GroupId;
  space: SpaceId;
}

export const publicUrl = "http://localhost:8080";

/** A database with spaces and people in them, and a messaging server before it that can end and come again. */
export class World {
  readonly #test: Awaited<ReturnType<typeof createTestDatabase>>;
  readonly #cast: ReturnType<typeof createCast>;
  readonly #listeners: Listener[] = [];
  readonly problems: unknown[] = [];
  #running: { http: Server; messaging: Messaging; end(): Promise<void> } | undefined;
  #port = 0;
  /** What a cookie says here: the session's id. */
  readonly #until = new Map<string, number>();
  #databaseUrl: string;

  constructor(test: Awaited<ReturnType<typeof createTestDatabase>>) {
    this.#test = test;
    this.#cast = createCast(test);
    this.#databaseUrl = test.url;
  }

  static async create(): Promise<World> {
    const world = new World(await createTestDatabase());
    await world.start();
    return world;
  }

  get owner() {
    return this.#test.owner;
  }

  get messaging(): Messaging {
    if (!this.#running) throw new Error("Messaging does not run.");
    return this.#running.messaging;
  }

  /** Through another way to the same database, a proxy for one. */
  through(url: string): void {
    this.#databaseUrl = url;
  }

  get databaseUrl(): string {
    return this.#databaseUrl;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const http = createServer((_, answer) => void answer.writeHead(404).end());
    const { role, url: own } = this.#test.login("telar_messaging");
    const url = Object.assign(new URL(own), { host: new URL(this.#databaseUrl).host });
    const database = connect({ role, url: url.href }, 4);
    const messaging = serveMessaging(http, {
      database,
      publicUrl,
      isKnown: (cookies) => cookies !== "",
      findReader: (cookies) => this.#findReader(cookies),
      report: (problem) => void this.problems.push(problem),
    });
    http.listen(this.#port, "127.0.0.1");
    await once(http, "listening");
    this.#port = (http.address() as AddressInfo).port;
    const end = async () => {
      const closed = once(http, "close");
      http.close();
      await messaging.close();
      http.closeAllConnections();
      await Promise.all([closed, database.end({ timeout: 1 })]);
    };
    this.#running = { http, messaging, end };
  }

  async stop(): Promise<void> {
    await this.#running?.end();
    this.#running = undefined;
  }

  async #findReader(session: string) {
    const [found] = await this.owner<{ account: AccountId }[]>`
      select account_id as account from sessions where id::text = ${session}`;
    const until = this.#until.get(session) ?? Number.POSITIVE_INFINITY;
    return found && { account: found.account, session: session as SessionId, until };
  }

  async space(group?: GroupId): Promise<{ space: SpaceId; group: GroupId }> {
    const owning = group ?? (await this.#cast.group());
    const [made] = await this.owner<[{ id: SpaceId }]>`
      insert into spaces (group_id, kind, title, state, keeps_days, slow_minutes, note_required, admission, holds_first,
        facilitated_hours, weekly_hours_max, guests)
      values (${owning}, 'working', 'Tejido', 'open', 90, 0, false, false, 0, false, 10, false) returning id`;
    return { space: made.id, group: owning };
  }

  async place({ space, group }: { space: SpaceId; group: GroupId }, alias: string): Promise<Place> {
    const { account } = await this.#cast.member(group, alias);
    const [made] = await this.owner<[{ id: ParticipantId }]>`
      insert into participants (space_id, account_id, group_id, alias, state, accepted_version)
      values (${space}, ${account}, ${group}, ${alias}, 'joined', 1) returning id`;
    return { account, group, space, participant: made.id, session: await this.session(account) };
  }

  async session(account: AccountId, until?: number): Promise<SessionId> {
    const [made] = await this.owner<[{ id: SessionId }]>`
      insert into sessions (account_id, token_hash, device, ends_on)
      values (${account}, ${crypto.randomUUID()}, 'own', date_trunc('week', current_date)::date + 28) returning id`;
    if (until) this.#until.set(made.id, until);
    return made.id;
  }

  /** Writes many messages in one transaction, as another process would: nobody is woken. */
  async write(
    author: Place,
    bodies: string[],
    more: { note?: string; replyTo?: MessageId } = {},
  ): Promise<MessageId[]> {
    const ids = bodies.map(() => crypto.randomUUID() as MessageId);
    await this.owner`
      with placed as (
        select * from append_to_streams(array_fill(${`space:${author.space}`}::text, array[${ids.length}::integer]),
          (select array_agg(jsonb_build_object('kind', 'message.posted', 'message', id) order by n)
            from unnest(${ids}::uuid[]) with ordinality as given (id, n)),
          array_fill(current_date + 90, array[${ids.length}::integer])))
      insert into messages (space_id, place, id, participant_id, expires_on, note, reply_to, body)
      select ${author.space}, placed.place, given.id, ${author.participant}, current_date + 90, ${more.note ?? ""}, ${more.replyTo ?? null}, given.body
      from placed join unnest(${ids}::uuid[], ${bodies}::text[]) with ordinality as given (id, body, n) using (n)`;
    return ids;
  }

  /** Writes and wakes, as the api does after its commit. */
  async post(author: Place, ...bodies: string[]): Promise<MessageId[]> {
    const ids = await this.write(author, bodies);
    this.messaging.wake([`space:${author.space}`]);
    return ids;
  }

  async happen(space: SpaceId, kind: string, message: MessageId): Promise<void> {
    await this.owner`
      select append_to_streams(array[${`space:${space}`}], array[${this.owner.json({ kind, message })}::jsonb],
        array[current_date + 90])`;
    this.messaging.wake([`space:${space}`]);
  }

  listener(session: string, options = {}): Listener {
    const listener = new Listener(this.url, session, options);
    this.#listeners.push(listener);
    return listener;
  }

  async release(): Promise<void> {
    for (const { socket } of this.#listeners) socket.close();
    await this.stop();
    await this.#test.release();
  }
}
