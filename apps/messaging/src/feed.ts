import type { SpaceId } from "@telar/contracts/ids";
import type { News } from "@telar/contracts/live";
import type { Asked, Happening } from "@telar/database/news";
import { newsOf } from "./news.ts";

export interface Follower {
  space: SpaceId;
  /** Of the last event that was sent to it. */
  place: number;
  /** Whether what was sent before has gone out. If not, `then` is called once it has. */
  ready(then: () => void): boolean;
}

interface Ways<Reader extends Follower> {
  /** In the order of each asked part, `pageSize` of each at most. */
  read(asked: Asked[], pageSize: number): Promise<Happening[]>;
  /** Where the streams of these spaces stand. */
  heads(spaces: SpaceId[]): Promise<Map<SpaceId, number>>;
  /** Encodes once for all of them. */
  send(to: Reader[], news: News): void;
  startOver(reader: Reader): void;
  report(problem: unknown): void;
}

const pageSize = 200;
/** Whoever lies further behind loads the page anew, which costs less than to be told everything. */
export const gapMax = 2000;
const partsMax = 8;
const tickMs = 10;
/** While many write: news gathered for so long are told together, and the writes go first. */
const busyTickMs = 100;

/**
 * Brings every follower what happened in a space after the place it has, once and in order. Only the place decides:
 * a reading that comes twice, late or for nothing does no harm.
 */
export class Feed<Reader extends Follower> {
  readonly #ways: Ways<Reader>;
  readonly #followers = new Map<SpaceId, Set<Reader>>();
  readonly #woken = new Set<SpaceId>();
  #running: Promise<void> | undefined;
  #busy = false;
  #pageFull = false;
  #closed = false;

  constructor(ways: Ways<Reader>) {
    this.#ways = ways;
  }

  /** What it lacks comes with the next waking or sweep. */
  follow(reader: Reader): void {
    const followers = this.#followers.get(reader.space) ?? new Set();
    this.#followers.set(reader.space, followers.add(reader));
  }

  unfollow(reader: Reader): void {
    const followers = this.#followers.get(reader.space);
    followers?.delete(reader);
    if (followers?.size === 0) this.#followers.delete(reader.space);
  }

  *followers(): Generator<Reader> {
    for (const followers of this.#followers.values()) yield* followers;
  }

  /** Something may have happened there; `busy`: and more is being written already. */
  wake(spaces: Iterable<SpaceId>, busy = false): void {
    this.#busy = busy;
    for (const space of spaces) if (this.#followers.has(space)) this.#woken.add(space);
    if (this.#woken.size > 0 && !this.#closed) this.#running ??= this.#run();
  }

  /** Finds what nobody woke it for: written by another process, or while PostgreSQL was away. */
  async sweep(): Promise<void> {
    const heads = await this.#ways.heads([...this.#followers.keys()]);
    for (const [space, head] of heads) {
      const followers = [...(this.#followers.get(space) ?? [])];
      if (followers.some(({ place }) => place < head)) this.wake([space]);
    }
  }

  /** Sends nothing more, and waits for the reading under way, so that the database may be closed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  /** One round at a time, so that what happens during one is told together in the next. */
  async #run(): Promise<void> {
    try {
      while (this.#woken.size > 0 && !this.#closed) {
        const spentMs = await this.#round();
        const restMs = this.#busy && !this.#pageFull ? busyTickMs : tickMs;
        // Sending takes half of the time at most: the same process takes the writes.
        await new Promise((done) => setTimeout(done, Math.max(restMs, spentMs)));
      }
    } catch (problem) {
      this.#ways.report(problem);
    } finally {
      this.#running = undefined;
    }
  }

  async #round(): Promise<number> {
    const spaces = [...this.#woken];
    this.#woken.clear();
    this.#pageFull = false;
    const parts = spaces.flatMap((space) => this.#parts(space));
    if (parts.length === 0) return 0;
    const happened = await this.#ways.read(parts, pageSize);
    const began = performance.now();
    const byPart = Map.groupBy(happened, ({ space, after }) => `${space} ${after}`);
    for (const part of parts) this.#bring(part, byPart.get(`${part.space} ${part.after}`) ?? []);
    return performance.now() - began;
  }

  /** The parts of a space's stream that its followers lack: as few pages as hold all of their places. */
  #parts(space: SpaceId): Asked[] {
    const followers = [...(this.#followers.get(space) ?? [])];
    const newest = Math.max(...followers.map(({ place }) => place));
    for (const reader of followers)
      if (newest - reader.place > gapMax) {
        this.unfollow(reader);
        this.#ways.startOver(reader);
      }
    const places = new Set(this.#ready(space).map(({ place }) => place));
    const parts: Asked[] = [];
    for (const after of [...places].sort((one, other) => one - other)) {
      const last = parts.at(-1);
      if (!last || after >= last.after + pageSize) parts.push({ space, after });
    }
    if (parts.length <= partsMax) return parts;
    this.#woken.add(space);
    // The newest first: a crowd that lies behind must not keep the others waiting.
    return parts.slice(-partsMax);
  }

  #ready(space: SpaceId): Reader[] {
    const wake = () => this.wake([space], this.#busy);
    return [...(this.#followers.get(space) ?? [])].filter((reader) => reader.ready(wake));
  }

  /** No await in here: between the look at a follower's place and its next one nothing else happens. */
  #bring({ space, after }: Asked, happened: Happening[]): void {
    const upTo = happened.at(-1)?.place;
    if (upTo === undefined) return;
    const within = this.#ready(space).filter(({ place }) => place >= after && place < upTo);
    for (const [place, readers] of Map.groupBy(within, ({ place }) => place)) {
      for (const reader of readers) reader.place = upTo;
      this.#ways.send(
        readers,
        newsOf(
          space,
          upTo,
          happened.filter((one) => one.place > place),
        ),
      );
    }
    if (happened.length < pageSize) return;
    this.#pageFull = true;
    this.#woken.add(space);
  }
}
