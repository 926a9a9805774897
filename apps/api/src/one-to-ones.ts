import {
  acceptOneToOne,
  askOneToOne,
  closeOneToOne,
  listOneToOnes,
  refuseOneToOne,
} from "@telar/contracts/one-to-ones";
import { actAs } from "@telar/database/acting";
import * as oneToOnes from "@telar/database/one-to-ones";
import { mayAskOneToOne } from "@telar/rules/one-to-ones";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { placeToRead } from "./messages.ts";
import { serveOperation } from "./serve-operation.ts";

/** Opens when both want it; until then nothing passes between the two but that one asks. */
export function serveOneToOnes(frame: Frame): void {
  serveAsking(frame);
  serveConversations(frame);
}

function serveAsking(frame: Frame): void {
  const { database } = frame;

  serveOperation(
    frame,
    askOneToOne,
    ({ space, id }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        const place = await placeToRead(sql, space, session.account);
        demand(mayAskOneToOne(await oneToOnes.countAsked(sql)));
        await oneToOnes.addAsk(sql, space, place.id, id);
        return {};
      }),
    { changesAccess: false },
  );

  serveOperation(frame, acceptOneToOne, ({ space, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await placeToRead(sql, space, session.account);
      return { space: await oneToOnes.openOneToOne(sql, space, id) };
    }),
  );

  serveOperation(
    frame,
    refuseOneToOne,
    ({ space, id }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        await placeToRead(sql, space, session.account);
        await oneToOnes.markRefused(sql, space, id);
        return {};
      }),
    { changesAccess: false },
  );
}

function serveConversations(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listOneToOnes, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const [conversations, asking, asked] = await Promise.all([
        oneToOnes.listOneToOnes(sql),
        oneToOnes.listAsking(sql),
        oneToOnes.listAsked(sql),
      ]);
      return { conversations, asking, asked };
    }),
  );

  serveOperation(frame, closeOneToOne, ({ space }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await oneToOnes.closeOneToOne(sql, space);
      return {};
    }),
  );
}
