import { listLatest, listNotices, readNotices, removeNotice } from "@telar/contracts/notices";
import { actAs } from "@telar/database/acting";
import * as inbox from "@telar/database/inbox";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveInbox(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listNotices, (_, { session }) =>
    actAs(database, session.claims, (sql) => inbox.listInbox(sql, session.account)),
  );

  serveOperation(frame, listLatest, (_, { session }) =>
    actAs(database, session.claims, inbox.listLatest),
  );

  serveOperation(frame, readNotices, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await inbox.markSeen(sql, session.account);
      return {};
    }),
  );

  serveOperation(frame, removeNotice, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await inbox.removeNotice(sql, session.account, id);
      return {};
    }),
  );
}
