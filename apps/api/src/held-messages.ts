import type { AccountId, MessageId, SpaceId } from "@telar/contracts/ids";
import { listHeld, listHoldingSpaces, refuseHeld, releaseHeld } from "@telar/contracts/moderation";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, spaceStream } from "@telar/database/events";
import * as moderation from "@telar/database/moderation";
import type { PageAfter } from "@telar/database/paging";
import { wordsHit } from "@telar/rules/filters";
import { mayModerate } from "@telar/rules/moderation";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { answerPage, placeOfRow } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";
import { demandPlace } from "./standpoints.ts";

/** What somebody who facilitates reads before the others do. */
export function serveHeldMessages(frame: Frame): void {
  const { database, secrets, wake, writer } = frame;

  serveOperation(frame, listHoldingSpaces, (_, { session }) =>
    actAs(database, session.claims, moderation.listHoldingSpaces),
  );

  serveOperation(frame, listHeld, ({ space, after }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayFacilitate(await demandPlace(sql, space, session.account)));
      const { entries, ...more } = await answerPage(
        { list: `held:${space}`, key: secrets.cursor, after },
        (page: PageAfter<[string, string]>) => moderation.listHeld(sql, space, page),
        placeOfRow,
      );
      const read = entries.map(({ filters, ...message }) => ({
        ...message,
        words: wordsHit(filters, message.note, message.body),
      }));
      return { entries: read, ...more };
    }),
  );

  serveOperation(frame, releaseHeld, async ({ space, id }, { session }) => {
    const { account } = await actAs(database, session.claims, (sql) =>
      judged(sql, { space, id, account: session.account }, "release"),
    );
    await writer.post({ account, space, id, turn: "released" });
    return {};
  });

  serveOperation(frame, refuseHeld, async ({ space, id, reason }, { session }) => {
    await actAs(database, session.claims, async (sql) => {
      const held = { space, id, account: session.account };
      const { author: person } = await judged(sql, held, "refuse");
      const act = { space, person, act: "refuse" as const, message: id, reason };
      const role = await moderation.applyAct(sql, act);
      await appendEvent(sql, spaceStream(space), { kind: "message.refused", role, reason });
    });
    wake([spaceStream(space)]);
    return {};
  });
}

/** Whose it is, for whoever facilitates and did not write it. */
async function judged(
  sql: Sql,
  { space, id, account }: { space: SpaceId; id: MessageId; account: AccountId },
  act: "release" | "refuse",
) {
  const { facilitator } = await demandPlace(sql, space, account);
  if (!facilitator) throw new HubError("not_allowed");
  const held = await moderation.getHeld(sql, space, id);
  demand(mayModerate(await moderation.getRoleToward(sql, space, held.author), act));
  return held;
}
