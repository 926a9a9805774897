import { randomUUID } from "node:crypto";
import {
  acceptAgreement,
  type Coalition,
  changeAgreement,
  changeConvener,
  foundCoalition,
  getCoalition,
  inviteGroup,
  leaveCoalition,
  listCoalitions,
} from "@telar/contracts/coalitions";
import type { AccountId, CoalitionId, GroupId, MembershipId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as coalitions from "@telar/database/coalitions";
import type { Sql } from "@telar/database/connection";
import { appendEvent, coalitionStream, groupStream } from "@telar/database/events";
import * as groups from "@telar/database/groups";
import * as memberships from "@telar/database/memberships";
import {
  coalitionLimits,
  conveningGroup,
  isLastConvener,
  mayAnswerForGroup,
  mayChangeConvener,
  mayConveneCoalition,
  mayFoundCoalition,
  mayInviteGroup,
  mayLeaveCoalition,
  possibleConveners,
} from "@telar/rules/coalitions";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveCoalitions(frame: Frame): void {
  serveReading(frame);
  serveConvening(frame);
  serveAnswering(frame);
}

function serveReading(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listCoalitions, (_, { session }) =>
    actAs(database, session.claims, coalitions.listCoalitions),
  );

  serveOperation(frame, getCoalition, ({ coalition }, { session }) =>
    actAs(database, session.claims, (sql) => coalitions.getCoalition(sql, coalition)),
  );
}

function serveConvening(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, foundCoalition, ({ group, name, agreement }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const place = await memberships.getOwnMembership(sql, group, session.account);
      await groups.getGroupForChange(sql, group);
      const { kind } = await groups.getGroup(sql, group);
      demand(mayFoundCoalition(place, kind, await coalitions.countCoalitions(sql, group)));
      const id = randomUUID() as CoalitionId;
      await coalitions.addCoalition(sql, { id, name, agreement, convener: group });
      await appendEvent(sql, coalitionStream(id), { kind: "coalition.founded", group });
      const joined = { kind: "group.joined_coalition", coalition: id, by: place.id } as const;
      await appendEvent(sql, groupStream(group), joined);
      return { coalition: id };
    }),
  );

  serveOperation(frame, inviteGroup, ({ coalition: id, group }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const coalition = await holdCoalition(sql, id);
      demand(mayConveneCoalition(coalition));
      const target = await groups.getGroup(sql, group);
      const invitedThisMonth = await coalitions.countInvitations(sql, id, group);
      demand(mayInviteGroup(coalition, { ...target, invitedThisMonth }));
      await coalitions.markInvited(sql, id, group);
      await appendEvent(sql, coalitionStream(id), { kind: "coalition.group_invited", group });
      const invited = { kind: "group.invited_to_coalition", coalition: id } as const;
      await appendEvent(sql, groupStream(group), invited);
      return {};
    }),
  );

  serveOperation(frame, changeAgreement, (input, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { coalition: id, agreement, agreementVersion } = input;
      const coalition = await holdCoalition(sql, id);
      demand(mayConveneCoalition(coalition));
      if (coalition.agreementVersion !== agreementVersion) throw new HubError("changed_meanwhile");
      if (coalition.agreement === agreement) throw new HubError("already_done");
      const group = conveningGroup(coalition) as GroupId;
      const version = await coalitions.changeAgreement(sql, id, agreement, group);
      const changed = { kind: "coalition.agreement_changed", group, version } as const;
      await appendEvent(sql, coalitionStream(id), changed);
      return {};
    }),
  );

  serveOperation(frame, changeConvener, ({ coalition: id, group, convener }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const coalition = await holdCoalition(sql, id);
      demand(mayChangeConvener(coalition, group, convener));
      const before = coalition.groups.find((one) => one.group === group);
      if (before?.convener === convener) return {};
      await coalitions.changeConvener(sql, id, group, convener);
      const changed = { kind: "coalition.convener_changed", group, convener } as const;
      await appendEvent(sql, coalitionStream(id), changed);
      return {};
    }),
  );
}

function serveAnswering(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, acceptAgreement, (input, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { coalition: id, group, agreementVersion: version } = input;
      demand(mayAnswerForGroup(await coalitions.getCoalition(sql, id), group));
      const { id: by } = await memberships.getOwnMembership(sql, group, session.account);
      const { joined } = await coalitions.markAccepted(sql, id, group, version);
      if ((await coalitions.countCoalitions(sql, group)) > coalitionLimits.coalitionsPerGroup)
        throw new HubError("limit_reached");
      await appendEvent(
        sql,
        coalitionStream(id),
        joined
          ? { kind: "coalition.group_joined", group }
          : { kind: "coalition.agreement_accepted", group, version },
      );
      const kind = joined ? "group.joined_coalition" : "group.accepted_agreement";
      await appendEvent(sql, groupStream(group), { kind, coalition: id, by });
      return {};
    }),
  );

  serveOperation(frame, leaveCoalition, ({ coalition: id, group, nextConvener }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const coalition = await holdCoalition(sql, id);
      demand(mayAnswerForGroup(coalition, group));
      const by = await ownPlace(sql, group, session.account);
      const invited = coalition.groups.some(
        (one) => one.group === group && one.state === "invited",
      );
      if (invited) await coalitions.markDeclined(sql, id, group);
      else await leave(sql, coalition, group, nextConvener);
      const [there, here] = invited
        ? (["coalition.group_declined", "group.declined_coalition"] as const)
        : (["coalition.group_left", "group.left_coalition"] as const);
      await appendEvent(sql, coalitionStream(id), { kind: there, group });
      await appendEvent(sql, groupStream(group), { kind: here, coalition: id, by });
      return {};
    }),
  );
}

/** Those who convene act one after the other, each on what the one before left. */
async function holdCoalition(sql: Sql, id: CoalitionId): Promise<Coalition> {
  await coalitions.lockCoalition(sql, id);
  return coalitions.getCoalition(sql, id);
}

/** Also of a group that is closed: it may still leave. */
async function ownPlace(sql: Sql, group: GroupId, account: AccountId): Promise<MembershipId> {
  const places = await memberships.listOwnMemberships(sql, account);
  const place = places.find((one) => one.group === group);
  if (!place) throw new HubError("not_found");
  return place.id;
}

async function leave(sql: Sql, coalition: Coalition, group: GroupId, next?: GroupId) {
  const { id } = coalition;
  const staying = await whoStays(sql, coalition, group);
  demand(mayLeaveCoalition(staying, group, next));
  const follows = isLastConvener(staying, group) ? next : undefined;
  if (follows) await coalitions.changeConvener(sql, id, follows, true);
  await coalitions.markLeft(sql, staying, group);
  if (!follows) return;
  const changed = { kind: "coalition.convener_changed", group: follows, convener: true } as const;
  await appendEvent(sql, coalitionStream(id), changed);
}

/** When nobody is left to convene, invitations end first: a group that said yes just before counts as staying. */
async function whoStays(sql: Sql, coalition: Coalition, group: GroupId): Promise<Coalition> {
  const others = possibleConveners(coalition, group);
  if (!isLastConvener(coalition, group) || others.length > 0) return coalition;
  await coalitions.endInvitations(sql, coalition.id);
  return coalitions.getCoalition(sql, coalition.id);
}
