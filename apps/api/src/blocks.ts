import { blockParticipant, listBlocked, unblockParticipant } from "@telar/contracts/blocks";
import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as blocks from "@telar/database/blocks";
import type { Sql } from "@telar/database/connection";
import { isOneself } from "@telar/database/reports";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { placeToRead } from "./messages.ts";
import { serveOperation } from "./serve-operation.ts";

/** Nobody else knows: no event, and the same answer whoever is blocked. */
export function serveBlocks(frame: Frame): void {
  const readAs = <Result>(
    { claims, account }: LiveSession,
    space: SpaceId,
    work: (sql: Sql, reader: ParticipantId) => Promise<Result>,
  ) =>
    actAs(frame.database, claims, async (sql) => {
      const { id } = await placeToRead(sql, space, account);
      return work(sql, id);
    });

  serveOperation(frame, listBlocked, ({ space }, { session }) =>
    readAs(session, space, (sql, reader) => blocks.listBlocked(sql, space, reader)),
  );

  serveOperation(
    frame,
    blockParticipant,
    ({ space, id }, { session }) =>
      readAs(session, space, async (sql, reader) => {
        if (await isOneself(sql, space, id, session.account)) throw new HubError("not_allowed");
        await blocks.addBlock(sql, space, reader, id);
        return {};
      }),
    { changesAccess: false },
  );

  serveOperation(
    frame,
    unblockParticipant,
    ({ space, id }, { session }) =>
      readAs(session, space, async (sql, reader) => {
        await blocks.removeBlock(sql, space, reader, id);
        return {};
      }),
    { changesAccess: false },
  );
}
