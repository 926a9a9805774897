import type { AccountId, SessionId, SpaceId } from "@telar/contracts/ids";
import type { Database } from "@telar/database/connection";
import { listHeads, listLiveSessions, listOpen } from "@telar/database/news";
import { together } from "@telar/database/together";

/** Whoever stands behind a socket. */
export interface Reader {
  account: AccountId;
  session: SessionId;
  /** Milliseconds since 1970: a socket does not outlive its session. */
  until: number;
}

interface Asked {
  account: AccountId;
  space: SpaceId;
}

/** Who may follow what. */
export class Access {
  readonly #database: Database;
  readonly #findHead = together((asked: Asked[]) => this.#findHeads(asked));

  constructor(database: Database) {
    this.#database = database;
  }

  /** Where the space's stream stands; undefined for whoever may not read there. */
  findHead(account: AccountId, space: SpaceId): Promise<number | undefined> {
    return this.#findHead({ account, space });
  }

  /** Those who may no longer follow what they follow. */
  async listShutOut<Follower extends Asked>(followers: Follower[]): Promise<Follower[]> {
    if (followers.length === 0) return [];
    const open = await listOpen(this.#database, followers);
    return followers.filter((_, at) => !open.has(at));
  }

  /** Those whose session has ended. */
  async listEnded<Signed extends Reader>(readers: Signed[]): Promise<Signed[]> {
    if (readers.length === 0) return [];
    const sessions = [...new Set(readers.map(({ session }) => session))];
    const live = await listLiveSessions(this.#database, sessions);
    return readers.filter(({ session, until }) => !live.has(session) || until < Date.now());
  }

  async #findHeads(asked: Asked[]): Promise<(number | undefined)[]> {
    const spaces = [...new Set(asked.map(({ space }) => space))];
    const [open, heads] = await Promise.all([
      listOpen(this.#database, asked),
      listHeads(this.#database, spaces),
    ]);
    return asked.map(({ space }, at) => (open.has(at) ? (heads.get(space) ?? 0) : undefined));
  }
}
