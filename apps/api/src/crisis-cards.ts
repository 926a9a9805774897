import {
  addCrisisCard,
  type CrisisCardId,
  changeCrisisCard,
  listCrisisCards,
  removeCrisisCard,
  verifyCrisisCard,
} from "@telar/contracts/crisis-cards";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import * as crisisCards from "@telar/database/crisis-cards";
import { mayAddCard, mayKeepCards } from "@telar/rules/crisis-cards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { demandOwner, holdOwner } from "./owners.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveCrisisCards(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listCrisisCards, (input, { session }) =>
    actAs(database, session.claims, (sql) => crisisCards.listCards(sql, demandOwner(input))),
  );

  serveOperation(frame, addCrisisCard, (input, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const owner = demandOwner(input);
      const place = await holdOwner(sql, owner, session.account);
      demand(mayAddCard(place, (await crisisCards.listCards(sql, owner)).length));
      return { id: await crisisCards.addCard(sql, owner, input) };
    }),
  );

  serveOperation(frame, changeCrisisCard, ({ id, ...card }, { session }) =>
    keep(frame, session, id, (sql) => crisisCards.changeCard(sql, id, card)),
  );

  serveOperation(frame, verifyCrisisCard, ({ id }, { session }) =>
    keep(frame, session, id, (sql) => crisisCards.markVerified(sql, id)),
  );

  serveOperation(frame, removeCrisisCard, ({ id }, { session }) =>
    keep(frame, session, id, (sql) => crisisCards.removeCard(sql, id)),
  );
}

/** Does something with a card, by somebody who keeps it. */
function keep(
  { database }: Frame,
  { claims, account }: LiveSession,
  id: CrisisCardId,
  work: (sql: Sql) => Promise<void>,
): Promise<Record<string, never>> {
  return actAs(database, claims, async (sql) => {
    const owner = await crisisCards.getCardOwner(sql, id);
    demand(mayKeepCards(await holdOwner(sql, owner, account)));
    await work(sql);
    return {};
  });
}
