import type { Server as HttpServer } from "node:http";
import type { AccountId, SessionId, SpaceId } from "@telar/contracts/ids";
import { type ClientToServer, Follow, type ServerToClient } from "@telar/contracts/live";
import type { ProblemCode } from "@telar/contracts/problems";
import type { Database } from "@telar/database/connection";
import { listHeads, listNews } from "@telar/database/news";
import { Server, type Socket } from "socket.io";
import { Access, type Reader } from "./access.ts";
import { doorway, Upgraded } from "./doorway.ts";
import { Feed, type Follower, gapMax } from "./feed.ts";
import { Rounds } from "./rounds.ts";

export interface MessagingOptions {
  /** Connected as `telar_messaging`. */
  database: Database;
  publicUrl: string;
  /** Whether the hub made one of these cookies: strangers take no socket, and cost no look into the database. */
  isKnown(cookies: string): boolean;
  /** Who is signed in with these cookies. */
  findReader(cookies: string): Promise<Reader | undefined>;
  report(problem: unknown): void;
}

export interface Messaging {
  /** To be called after a commit, with the names of the streams that grew; `busy`: and more is being written already. */
  wake(streams: Iterable<string>, busy?: boolean): void;
  /** To be called after a commit that may have ended somebody's right to read. */
  accessChanged(): void;
  close(): Promise<void>;
}

interface SocketState extends Reader {
  following: Map<SpaceId, LiveFollower>;
  /** Requests to follow that are being judged. */
  asked: number;
}
type LiveSocket = Socket<ClientToServer, ServerToClient, object, SocketState>;
interface LiveFollower extends Follower {
  socket: LiveSocket;
  account: AccountId;
}

const followingMax = 20;
const socketsPerSessionMax = 20;
const sweepMs = 1000;
const endMs = 500;

/** Brings committed events to whoever follows a space, on the path `/api/live` of this server. */
export function serveMessaging(server: HttpServer, options: MessagingOptions): Messaging {
  return new LiveServer(server, options);
}

class LiveServer implements Messaging {
  readonly #io: Server<ClientToServer, ServerToClient, object, SocketState>;
  readonly #upgraded: Upgraded;
  readonly #access: Access;
  readonly #feed: Feed<LiveFollower>;
  readonly #checks: Rounds;
  readonly #sweeps: Rounds;
  readonly #timer: NodeJS.Timeout;
  readonly #perSession = new Map<SessionId, number>();
  /** Commits that may have ended a right, and how many of them the followers were judged after. */
  #changes = 0;
  #checked = 0;
  readonly #options: MessagingOptions;

  constructor(server: HttpServer, options: MessagingOptions) {
    const { database, publicUrl, report } = options;
    this.#options = options;
    this.#io = new Server(doorway(publicUrl, () => this.#io.engine.clientsCount, options.isKnown));
    this.#access = new Access(database);
    this.#checks = new Rounds(() => this.#shutOut(), report);
    this.#feed = new Feed<LiveFollower>({
      read: async (asked, pageSize) => {
        const happened = await listNews(database, asked, pageSize);
        // Whoever lost the right before any of this was written does not hear of it.
        if (this.#checked < this.#changes) await this.#checks.settle();
        return happened;
      },
      heads: (spaces) => listHeads(database, spaces),
      send: (to, news) => {
        this.#io.to(to.map(({ socket }) => socket.id)).emit("news", news);
      },
      startOver: (follower) => this.#forget(follower),
      report,
    });
    this.#sweeps = new Rounds(() => this.#feed.sweep(), report);
    this.#upgraded = new Upgraded(server);
    this.#io.attach(server);
    this.#io.engine.on("headers", (headers: Record<string, string>) => {
      headers["cache-control"] = "no-store";
      headers["x-content-type-options"] = "nosniff";
    });
    this.#io.use((socket, next) => void this.#letIn(socket, next));
    this.#io.on("connection", (socket) => this.#listen(socket));
    this.#timer = setInterval(() => {
      this.#checks.ask();
      this.#sweeps.ask();
    }, sweepMs);
  }

  wake(streams: Iterable<string>, busy = false): void {
    const spaces: SpaceId[] = [];
    for (const name of streams)
      if (name.startsWith("space:")) spaces.push(name.slice("space:".length) as SpaceId);
    this.#feed.wake(spaces, busy);
  }

  accessChanged(): void {
    this.#changes += 1;
    this.#checks.ask();
  }

  /** Clients hear a connection that broke, and not a goodbye: they come back by themselves. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#io.engine.close();
    const rounds = [this.#checks.settle(), this.#sweeps.settle()];
    await Promise.allSettled([...rounds, this.#feed.close(), this.#upgraded.end(endMs)]);
  }

  async #letIn(socket: LiveSocket, next: (refused?: Error) => void): Promise<void> {
    const refuse = (code: ProblemCode) => {
      next(new Error(code));
      setImmediate(() => socket.conn.close());
    };
    try {
      const reader = await this.#options.findReader(socket.request.headers.cookie ?? "");
      if (socket.conn.readyState !== "open") return;
      if (!reader) return refuse("not_signed_in");
      if (!this.#count(socket, reader.session)) return refuse("limit_reached");
      Object.assign(socket.data, reader, { following: new Map(), asked: 0 });
      next();
    } catch (problem) {
      this.#options.report(problem);
      // Without an answer: clients do not come back after a refusal, and do after a broken connection.
      socket.conn.close();
    }
  }

  /** False for one socket too many of a session. */
  #count(socket: LiveSocket, session: SessionId): boolean {
    const open = this.#perSession.get(session) ?? 0;
    if (open >= socketsPerSessionMax) return false;
    this.#perSession.set(session, open + 1);
    socket.conn.once("close", () => {
      const left = (this.#perSession.get(session) ?? 0) - 1;
      if (left > 0) this.#perSession.set(session, left);
      else this.#perSession.delete(session);
    });
    return true;
  }

  #listen(socket: LiveSocket): void {
    forgetRequest(socket);
    socket.on("follow", (request, answer) => {
      void this.#follow(socket, request).then((refused) => {
        if (typeof answer === "function") refused ? answer(refused) : answer();
      });
    });
    socket.on("unfollow", (space) => {
      const follower = socket.data.following?.get(space);
      if (follower) this.#unfollow(follower);
    });
    socket.on("disconnect", () => {
      for (const follower of socket.data.following?.values() ?? []) this.#feed.unfollow(follower);
    });
  }

  async #follow(socket: LiveSocket, request: unknown): Promise<ProblemCode | undefined> {
    const checked = Follow.safeParse(request);
    if (!checked.success) return "invalid_input";
    const state = socket.data as SocketState;
    if (state.asked + state.following.size >= followingMax) return "limit_reached";
    state.asked += 1;
    try {
      const head = await this.#access.findHead(state.account, checked.data.space);
      if (head === undefined) return "not_found";
      this.#begin(socket, checked.data, head);
      return undefined;
    } catch (problem) {
      this.#options.report(problem);
      return "unavailable";
    } finally {
      state.asked -= 1;
    }
  }

  #begin(socket: LiveSocket, { space, after }: Follow, head: number): void {
    if (!socket.connected) return;
    const { account, following } = socket.data as SocketState;
    const before = following.get(space);
    if (before) this.#unfollow(before);
    // A place that is not there yet is forged, or from before a backup was restored.
    if (after > head || head - after > gapMax) return void socket.emit("startOver", space);
    const ready = readiness(socket);
    const follower: LiveFollower = { space, place: after, ready, socket, account };
    following.set(space, follower);
    this.#feed.follow(follower);
    if (after < head) this.#feed.wake([space]);
    // Something may have been written since the head was read, before there was anybody to wake for.
    else this.#sweeps.ask();
  }

  #unfollow(follower: LiveFollower): void {
    follower.socket.data.following?.delete(follower.space);
    this.#feed.unfollow(follower);
  }

  #forget(follower: LiveFollower): void {
    this.#unfollow(follower);
    follower.socket.emit("startOver", follower.space);
  }

  /** Whoever lost a right or a session since the last look. */
  async #shutOut(): Promise<void> {
    const changes = this.#changes;
    const sockets = [...this.#io.sockets.sockets.values()];
    const readers = sockets.map((socket) => ({ ...(socket.data as SocketState), socket }));
    const [ended, shutOut] = await Promise.all([
      this.#access.listEnded(readers),
      this.#access.listShutOut([...this.#feed.followers()]),
    ]);
    for (const follower of shutOut) this.#forget(follower);
    for (const { socket } of ended) this.#end(socket);
    this.#checked = changes;
  }

  #end(socket: LiveSocket): void {
    for (const follower of socket.data.following?.values() ?? []) this.#feed.unfollow(follower);
    socket.conn.close(true);
  }
}

/** A socket may live for days; the headers of its first request, cookie included, need not. */
function forgetRequest(socket: LiveSocket): void {
  Object.assign(socket.conn, { request: undefined });
  Object.assign(socket, { handshake: undefined });
}

/** Nothing is sent to a socket that has not taken what was sent before: that bounds what waits for it. */
function readiness({ conn }: LiveSocket): Follower["ready"] {
  const engine = conn as unknown as { writeBuffer: unknown[] };
  let waits = false;
  return (then) => {
    if (engine.writeBuffer.length === 0) return true;
    if (!waits) {
      waits = true;
      conn.once("drain", () => {
        waits = false;
        then();
      });
    }
    return false;
  };
}
