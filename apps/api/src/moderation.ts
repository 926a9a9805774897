import type { HubEventKind } from "@telar/contracts/events";
import type { MessageId, SpaceId } from "@telar/contracts/ids";
import {
  getOwnAct,
  getOwnLoad,
  getWithheldMessage,
  hideMessage,
  listOwnActs,
  moderateParticipant,
  type PlaceAct,
  readOwnAct,
  showMessage,
} from "@telar/contracts/moderation";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, spaceStream } from "@telar/database/events";
import { appendMessageEvent } from "@telar/database/messages";
import * as moderation from "@telar/database/moderation";
import type { PageAfter } from "@telar/database/paging";
import { mayModerate } from "@telar/rules/moderation";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { answerPage, placeOfRow } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveModeration(frame: Frame): void {
  serveMessageActs(frame);
  servePlaceActs(frame);
  serveOwnActs(frame);
}

/** Whoever may not judge it cannot tell it from a message that is not there. */
async function judged(sql: Sql, space: SpaceId, id: MessageId, act: "hide" | "show") {
  const message = await moderation.getJudgedMessage(sql, space, id);
  if (!message.role) throw new HubError("not_found");
  demand(mayModerate(message.role, act));
  return message;
}

function serveMessageActs(frame: Frame): void {
  const { database, wake } = frame;

  serveOperation(frame, hideMessage, async ({ space, id, reason, report }, { session }) => {
    await actAs(database, session.claims, async (sql) => {
      const { author: person, endsOn } = await judged(sql, space, id, "hide");
      const act = { space, person, act: "hide" as const, message: id, reason, report };
      const role = await moderation.applyAct(sql, act);
      await appendMessageEvent(
        sql,
        space,
        { kind: "message.hidden", message: id, role, reason },
        endsOn,
      );
    });
    wake([spaceStream(space)]);
    return {};
  });

  serveOperation(frame, showMessage, async ({ space, id, reason }, { session }) => {
    await actAs(database, session.claims, async (sql) => {
      const { endsOn } = await judged(sql, space, id, "show");
      const role = await moderation.showAgain(sql, space, id);
      await appendMessageEvent(
        sql,
        space,
        { kind: "message.shown", message: id, role, reason },
        endsOn,
      );
    });
    wake([spaceStream(space)]);
    return {};
  });

  serveOperation(frame, getWithheldMessage, ({ space, id }, { session }) =>
    actAs(database, session.claims, (sql) => moderation.getWithheld(sql, space, id)),
  );
}

/** How each act stands in the space's log. */
const happened = {
  warn: "participant.warned",
  slow_down: "participant.slowed",
  mute: "participant.muted",
  remove: "participant.removed",
  ban: "participant.banned",
} as const satisfies Record<PlaceAct, HubEventKind>;

function servePlaceActs(frame: Frame): void {
  const { database, wake } = frame;

  serveOperation(frame, moderateParticipant, async (input, { session }) => {
    const { space, id: person, act, reason, days, minutes, report } = input;
    await actAs(database, session.claims, async (sql) => {
      const judge = await moderation.getRoleToward(sql, space, person);
      if (!judge) throw new HubError("not_found");
      demand(mayModerate(judge, act));
      const asked = { space, person, act, reason, days, minutes, report };
      const role = await moderation.applyAct(sql, asked);
      await appendEvent(sql, spaceStream(space), { kind: happened[act], role, reason });
    });
    wake([spaceStream(space)]);
    return {};
  });
}

function serveOwnActs(frame: Frame): void {
  const { database, secrets } = frame;

  serveOperation(frame, listOwnActs, ({ after }, { session }) =>
    actAs(database, session.claims, (sql) =>
      answerPage(
        { list: "decisions", key: secrets.cursor, after },
        (page: PageAfter<[string]>) => moderation.listOwnActs(sql, session.account, page),
        placeOfRow,
      ),
    ),
  );

  serveOperation(frame, getOwnAct, ({ id }, { session }) =>
    actAs(database, session.claims, (sql) => moderation.getOwnAct(sql, session.account, id)),
  );

  serveOperation(frame, readOwnAct, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await moderation.markActRead(sql, id);
      return {};
    }),
  );

  serveOperation(frame, getOwnLoad, (_, { session }) =>
    actAs(database, session.claims, moderation.getLoad),
  );
}
