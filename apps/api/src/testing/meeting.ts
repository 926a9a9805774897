import type { GroupId } from "@telar/contracts/ids";
import type { Sql } from "@telar/database/connection";
import { expect, vi } from "vitest";
import type { TestHub } from "./hub.ts";

/** Starts requests that all have to wait for what is held, so that they go on at the same moment. */
export async function meetBehind<Result>(
  { owner }: TestHub,
  hold: (sql: Sql) => Promise<unknown>,
  starts: (() => Promise<Result>)[],
): Promise<PromiseSettledResult<Result>[]> {
  const { done } = await owner.begin(async (sql) => {
    await hold(sql);
    const started = starts.map((start) => start());
    await vi.waitFor(async () => {
      const blocked = await owner`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      expect(blocked).toHaveLength(started.length);
    });
    return { done: Promise.allSettled(started) };
  });
  return done;
}

export const atGroup = (group: GroupId) => (sql: Sql) =>
  sql`select from groups where id = ${group} for update`;
