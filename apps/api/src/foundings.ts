import {
  approveFounding,
  askToFound,
  declineFounding,
  listFoundings,
} from "@telar/contracts/foundings";
import { actAs } from "@telar/database/acting";
import { appendEvent, hubStream } from "@telar/database/events";
import * as foundings from "@telar/database/foundings";
import * as stewards from "@telar/database/stewards";
import { mayAskToFound, mayFound } from "@telar/rules/foundings";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import { demandAlias } from "./aliases.ts";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveFoundings(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, askToFound, ({ region = null, ...asked }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const open = await foundings.countOpenWishesForChange(sql, session.account);
      demand(mayAskToFound({ open }));
      await demandAlias(sql, { account: session.account, alias: asked.alias });
      return describe(await foundings.addWish(sql, session.account, { ...asked, region }));
    }),
  );

  serveOperation(frame, listFoundings, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { account, steward } = session;
      const [mine, open, granted] = await Promise.all([
        foundings.listOwnWishes(sql, account),
        steward ? foundings.listOpenWishes(sql) : [],
        foundings.hasGrant(sql, account),
      ]);
      return {
        mine: mine.map(describe),
        open: open.map(describe),
        mayFoundNow: mayFound({ steward, granted }).allowed,
      };
    }),
  );

  serveOperation(frame, approveFounding, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const { alias } = await stewards.getOwnStewardship(sql, session.account);
      await foundings.markAnswered(sql, id, { state: "approved" });
      await appendEvent(sql, hubStream, { kind: "founding.approved", steward: alias });
      return {};
    }),
  );

  serveOperation(frame, declineFounding, ({ id, answer }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      await foundings.markAnswered(sql, id, { state: "declined", answer });
      return {};
    }),
  );
}

function describe({ region, answer, ...wish }: foundings.FoundingRow) {
  return { ...wish, ...(region && { region }), ...(answer && { answer }) };
}
