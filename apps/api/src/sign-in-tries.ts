import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Database } from "@telar/database/connection";
import * as tries from "@telar/database/sign-in-tries";

export interface SignInTries {
  /**
   * Counts a try before anything that was shown for it is looked at; `too_many_tries` when none is left.
   * Returns how to give it back, for the one who showed what was asked for.
   */
  take(counted: tries.Counted): Promise<() => Promise<void>>;
  forget(counted: tries.Counted): Promise<void>;
}

/** More at the same moment could not count, and would keep everybody else waiting for the database. */
const atOnceMax = 5;
const atOnceSeconds = 60;

export function createSignInTries(database: Database): SignInTries {
  const underWay = new Map<string, number>();
  const claim = ({ key }: tries.Counted) => ({ signInName: key });

  async function take(counted: tries.Counted): Promise<() => Promise<void>> {
    const taken = await actAs(database, claim(counted), (sql) => tries.takeTry(sql, counted));
    if (typeof taken === "number") throw tooMany(taken);
    return () => actAs(database, claim(counted), (sql) => tries.giveTryBack(sql, counted, taken));
  }

  return {
    async take(counted) {
      const { key } = counted;
      const others = underWay.get(key) ?? 0;
      if (others >= atOnceMax) throw tooMany(atOnceSeconds);
      underWay.set(key, others + 1);
      try {
        return await take(counted);
      } finally {
        const left = (underWay.get(key) ?? 1) - 1;
        if (left > 0) underWay.set(key, left);
        else underWay.delete(key);
      }
    },
    forget: (counted) => actAs(database, claim(counted), (sql) => tries.forgetTries(sql, counted)),
  };
}

const tooMany = (retryAfterSeconds: number) =>
  new HubError("too_many_tries", undefined, { retryAfterSeconds });
