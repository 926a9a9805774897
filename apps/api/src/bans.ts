import { banFromGroup, banFromHub, endBan, listBans } from "@telar/contracts/bans";
import type { GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as bans from "@telar/database/bans";
import type { Sql } from "@telar/database/connection";
import { appendEvent, groupStream, hubStream, spaceStream } from "@telar/database/events";
import * as groups from "@telar/database/groups";
import * as memberships from "@telar/database/memberships";
import * as moderation from "@telar/database/moderation";
import type { PageAfter } from "@telar/database/paging";
import { getReport } from "@telar/database/reports";
import * as stewards from "@telar/database/stewards";
import { mayCoordinate, mayRemove } from "@telar/rules/memberships";
import { mayModerate } from "@telar/rules/moderation";
import { mayFacilitate } from "@telar/rules/spaces";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { answerPage } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";
import { demandPlace } from "./standpoints.ts";

export function serveBans(frame: Frame): void {
  serveDoors(frame);
  serveBanning(frame);
}

function serveDoors(frame: Frame): void {
  const { database, secrets } = frame;

  serveOperation(frame, listBans, ({ space, group, after }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      if (space) demand(mayFacilitate(await demandPlace(sql, space, session.account)));
      else if (group) demand(mayCoordinate(await ownPlace(sql, group, session)));
      else demand(maySteward(session));
      return answerPage(
        { list: `bans:${space ?? group ?? ""}`, key: secrets.cursor, after },
        (page: PageAfter<[string, string]>) => bans.listBans(sql, { space, group }, page),
        ({ day, id }): [string, string] => [day, id],
      );
    }),
  );

  serveOperation(frame, endBan, ({ id, reason }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { space, group } = await bans.endBan(sql, id);
      if (space)
        await appendEvent(sql, spaceStream(space), {
          kind: "ban.ended",
          role: "facilitator",
          reason,
        });
      else if (group) {
        const { id: by } = await ownPlace(sql, group, session);
        await appendEvent(sql, groupStream(group), { kind: "membership.ban_ended", by, reason });
      } else await tellHub(sql, session, "steward.ended_ban", reason);
      return {};
    }),
  );
}

const ownPlace = (sql: Sql, group: GroupId, { account }: LiveSession) =>
  memberships.getOwnMembership(sql, group, account);

async function tellHub(
  sql: Sql,
  { account }: LiveSession,
  kind: "steward.banned_person" | "steward.ended_ban",
  reason: string,
): Promise<void> {
  const steward = await stewards.findOwnStewardship(sql, account);
  if (!steward) throw new HubError("not_allowed");
  await appendEvent(sql, hubStream, { kind, steward: steward.alias, reason });
}

function serveBanning(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, banFromGroup, ({ group, id, reason }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await groups.getGroupForChange(sql, group);
      const actor = await ownPlace(sql, group, session);
      const target = await memberships.getMembership(sql, group, id);
      const { coordinators } = await memberships.countMembers(sql, group);
      demand(mayRemove(actor, target, coordinators));
      await moderation.banFromGroup(sql, group, id, reason);
      await memberships.markEnded(sql, id);
      const event = { kind: "membership.banned", membership: id, by: actor.id, reason } as const;
      await appendEvent(sql, groupStream(group), event);
      return {};
    }),
  );

  serveOperation(frame, banFromHub, ({ id, reason }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { role } = await getReport(sql, session.account, id);
      demand(mayModerate(role, "ban_from_hub"));
      await moderation.banFromHub(sql, id, reason);
      await tellHub(sql, session, "steward.banned_person", reason);
      return {};
    }),
  );
}
