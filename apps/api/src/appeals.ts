import { askAppeal, askBanAppeal, decideAppeal, listAppeals } from "@telar/contracts/appeals";
import type { HubEvent } from "@telar/contracts/events";
import type { AccountId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as appeals from "@telar/database/appeals";
import type { Sql } from "@telar/database/connection";
import { appendEvent, groupStream, hubStream, spaceStream } from "@telar/database/events";
import { appendMessageEvent } from "@telar/database/messages";
import { findHubBan, getJudgedMessage, getOwnAct } from "@telar/database/moderation";
import type { PageAfter } from "@telar/database/paging";
import type { Frame } from "./frame.ts";
import { answerPage, placeOfRow } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";
import { checkSignIn } from "./sessions.ts";

/** To somebody who neither acted, nor reported, nor is the one it is about: the conflict rule of the database decides. */
export function serveAppeals(frame: Frame): void {
  serveAsking(frame);
  serveDeciding(frame);
}

function serveAsking(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, askAppeal, ({ id, words }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await getOwnAct(sql, session.account, id);
      await appeals.askAppeal(sql, id, words);
      return {};
    }),
  );

  serveOperation(frame, askBanAppeal, async ({ signInName, passphrase, words }) => {
    await appealHubBan(frame, await checkSignIn(frame, signInName, passphrase), words);
    return {};
  });
}

/** For an account that has just shown who it is, and that the hub opens no session for. */
export function appealHubBan(
  { database }: Frame,
  account: AccountId,
  words: string,
): Promise<void> {
  return actAs(database, { account }, async (sql) => {
    const ban = await findHubBan(sql, account);
    if (!ban) throw new HubError("already_done");
    await appeals.askAppeal(sql, ban.id, words);
  });
}

function serveDeciding(frame: Frame): void {
  const { database, secrets, wake, writer } = frame;

  serveOperation(frame, listAppeals, ({ after }, { session }) =>
    actAs(database, session.claims, (sql) =>
      answerPage(
        { list: "appeals", key: secrets.cursor, after },
        (page: PageAfter<[string]>) => appeals.listAppeals(sql, page),
        placeOfRow,
      ),
    ),
  );

  serveOperation(frame, decideAppeal, async ({ id, decision, answer }, { session }) => {
    const takesBack = decision === "take_back";
    const decided = await actAs(database, session.claims, async (sql) => {
      const done = await appeals.decideAppeal(sql, id, takesBack, answer);
      await tell(sql, done, takesBack, answer);
      return done;
    });
    const { act, space, message, account } = decided;
    if (space) wake([spaceStream(space)]);
    if (takesBack && act === "refuse" && space && message)
      await writer.post({ account, space, id: message, turn: "released" }).catch(leftAsDraft);
    return {};
  });
}

/** Its author changed it, took it back or may not write just now: then it stays with them. */
function leftAsDraft(problem: unknown): void {
  if (!(problem instanceof HubError)) throw problem;
}

async function tell(
  sql: Sql,
  { act, role, space, message, group }: appeals.DecidedAppeal,
  takesBack: boolean,
  reason: string,
): Promise<void> {
  if (takesBack && act === "hide" && space && message) {
    const event: HubEvent = { kind: "message.shown", message, role, reason };
    const { endsOn } = await getJudgedMessage(sql, space, message);
    return appendMessageEvent(sql, space, event, endsOn);
  }
  const stream = space ? spaceStream(space) : group ? groupStream(group) : hubStream;
  const kind = takesBack ? "act.taken_back" : "act.upheld";
  await appendEvent(sql, stream, { kind, act, role, reason });
}
