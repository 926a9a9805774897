import { changeFilters, listFilters } from "@telar/contracts/filters";
import type { SpaceId } from "@telar/contracts/ids";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, spaceStream } from "@telar/database/events";
import * as filters from "@telar/database/filters";
import { wordsHit } from "@telar/rules/filters";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";
import { demandPlace } from "./standpoints.ts";

/** Which of a space's words stand in what somebody of it writes. */
export async function filtersHit(sql: Sql, space: SpaceId, ...texts: string[]): Promise<string[]> {
  const words = await filters.listFiltersOf(sql, [space]);
  return wordsHit(words.get(space) ?? [], ...texts);
}

export function serveFilters(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listFilters, ({ space }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayFacilitate(await demandPlace(sql, space, session.account)));
      return filters.listFilters(sql, space);
    }),
  );

  serveOperation(frame, changeFilters, ({ space, words }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayFacilitate(await demandPlace(sql, space, session.account)));
      const changed = await filters.changeFilters(sql, space, [...new Set(words)]);
      if (changed)
        await appendEvent(sql, spaceStream(space), {
          kind: "filters.changed",
          role: "facilitator",
        });
      return {};
    }),
  );
}
