import { listStewards, removeSteward } from "@telar/contracts/hub";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import { appendEvent, hubStream } from "@telar/database/events";
import * as stewards from "@telar/database/stewards";
import { mayEndStewardship } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveStewards(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listStewards, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const own = await stewards.findOwnStewardship(sql, session.account);
      const all = await stewards.listStewards(sql);
      return all.map(({ id, alias }) => ({ id, alias, you: id === own?.id }));
    }),
  );

  serveOperation(frame, removeSteward, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const all = await stewards.listStewardsForChange(sql);
      const own = await stewards.findOwnStewardship(sql, session.account);
      demand(mayEndStewardship({ steward: own !== undefined }, all.length));
      const ended = all.find((steward) => steward.id === id);
      if (!ended) throw new HubError("not_found");
      await stewards.removeSteward(sql, id);
      await appendEvent(sql, hubStream, { kind: "steward.ended", steward: ended.alias });
      return {};
    }),
  );
}
