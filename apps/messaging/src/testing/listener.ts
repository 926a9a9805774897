import type { SpaceId } from "@telar/contracts/ids";
import { type ClientToServer, News, type ServerToClient } from "@telar/contracts/live";
import type { ProblemCode } from "@telar/contracts/problems";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";

/** What a page with a socket does: follows from its place, and again from there whenever it is connected. */
export class Listener {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  readonly heard: News[] = [];
  readonly startOvers: SpaceId[] = [];
  /** Why it was not let in, each time. */
  readonly refusals: string[] = [];
  readonly #places = new Map<SpaceId, number>();

  constructor(url: string, session: string, options: Partial<ManagerOptions & SocketOptions>) {
    this.socket = io(url, {
      path: "/api/live",
      transports: ["websocket"],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 200,
      extraHeaders: { cookie: session, origin: "http://localhost:8080" },
      ...options,
    });
    this.socket.on("news", (news) => {
      this.heard.push(News.parse(news));
      this.#places.set(news.space, news.upTo);
    });
    this.socket.on("startOver", (space) => {
      this.startOvers.push(space);
      this.#places.delete(space);
    });
    this.socket.on("connect_error", ({ message }) => this.refusals.push(message));
    this.socket.on("connect", () => {
      for (const [space, after] of this.#places)
        this.socket.emit("follow", { space, after }, () => {});
    });
  }

  /** Resolves with the refusal, if it is one. */
  async follow(space: SpaceId, after = 0): Promise<ProblemCode | undefined> {
    const refused = await new Promise<ProblemCode | undefined>((done) =>
      this.socket.emit("follow", { space, after }, done),
    );
    if (!refused) this.#places.set(space, this.#places.get(space) ?? after);
    return refused;
  }

  get places(): number[] {
    return this.heard.flatMap(({ messages }) => messages.map(({ place }) => place));
  }

  get bodies(): (string | undefined)[] {
    return this.heard.flatMap(({ messages }) => messages.map(({ body }) => body));
  }
}
