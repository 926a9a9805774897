import { discardWaiting, listWaiting, sendDraft } from "@telar/contracts/messages";
import { actAs } from "@telar/database/acting";
import { getOwnPlace } from "@telar/database/messages";
import * as waitingMessages from "@telar/database/waiting-messages";
import type { Frame } from "./frame.ts";
import { post } from "./messages.ts";
import { serveOperation } from "./serve-operation.ts";

/** One's own words can always be read and taken back, also while the rules wait for a yes. */
export function serveWaitingMessages(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listWaiting, ({ space }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { id } = await getOwnPlace(sql, space, session.account);
      return waitingMessages.listWaiting(sql, space, id);
    }),
  );

  serveOperation(
    frame,
    sendDraft,
    ({ space, id }, { session }) => post(frame, session, { space, id, turn: "draft" }),
    { changesAccess: false },
  );

  serveOperation(
    frame,
    discardWaiting,
    ({ space, id }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        const place = await getOwnPlace(sql, space, session.account);
        await waitingMessages.removeWaiting(sql, space, place.id, id);
        return {};
      }),
    { changesAccess: false },
  );
}
