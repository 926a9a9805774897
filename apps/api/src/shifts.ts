import type { SpaceId } from "@telar/contracts/ids";
import { beginShift, endShift, getShift, listShiftNotes } from "@telar/contracts/shifts";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import * as shifts from "@telar/database/shifts";
import { mayBeginShift } from "@telar/rules/shifts";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { serveOperation } from "./serve-operation.ts";
import { demandPlace } from "./standpoints.ts";

export function serveShifts(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, getShift, ({ space: id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { space, place } = await facilitate(sql, id, session);
      return { ...(await shifts.getLoad(sql, place)), weeklyHoursMax: space.weeklyHoursMax };
    }),
  );

  serveOperation(frame, beginShift, ({ space: id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { space, place } = await facilitate(sql, id, session);
      const load = await shifts.getLoad(sql, place);
      if (load.running) return {};
      demand(mayBeginShift({ ...load, weeklyHoursMax: space.weeklyHoursMax }));
      await shifts.addShift(sql, place);
      return {};
    }),
  );

  serveOperation(frame, endShift, ({ space: id, note }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { space, place } = await facilitate(sql, id, session);
      await shifts.endShift(sql, place, note, space.keepsDays);
      return {};
    }),
  );

  serveOperation(frame, listShiftNotes, ({ space: id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await facilitate(sql, id, session);
      return shifts.listNotes(sql, id, session.account);
    }),
  );
}

async function facilitate(sql: Sql, id: SpaceId, { account }: LiveSession) {
  const standpoint = await demandPlace(sql, id, account);
  demand(mayFacilitate(standpoint));
  const { space, joined } = standpoint;
  return { space, place: { space: id, participant: joined.id } };
}
