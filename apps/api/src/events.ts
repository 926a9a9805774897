import { listEvents, listSpaceDecisions, weightyKinds } from "@telar/contracts/events";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as events from "@telar/database/events";
import type { Frame } from "./frame.ts";
import { placeToRead } from "./messages.ts";
import { serveOperation } from "./serve-operation.ts";

const pageSize = 50;

export function serveEvents(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listEvents, ({ stream, before, only }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      if (!(await events.canRead(sql, stream))) throw new HubError("not_found");
      const kinds = only && weightyKinds;
      const found = await events.listEvents(sql, stream, { before, kinds }, pageSize + 1);
      const entries = found.slice(0, pageSize);
      const next = entries.at(-1)?.place;
      return { entries, ...(found.length > pageSize && { next }) };
    }),
  );

  serveOperation(frame, listSpaceDecisions, ({ space, before }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await placeToRead(sql, space, session.account);
      const stream = events.spaceStream(space);
      const found = await events.listDecisions(sql, stream, before, pageSize + 1);
      const entries = found.slice(0, pageSize).map((entry) => ({ ...entry, names: {} }));
      const next = entries.at(-1)?.place;
      return { entries, ...(found.length > pageSize && { next }) };
    }),
  );
}
