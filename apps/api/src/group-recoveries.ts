import {
  agreeToGroupRecovery,
  agreeToGroupRecoveryAsSteward,
  askGroupRecovery,
  listGroupRecoveries,
  listOpenGroupRecoveries,
  refuseGroupRecovery,
  stopGroupRecovery,
} from "@telar/contracts/group-recoveries";
import type { GroupRecoveryId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, countOwnThisWeek, groupStream } from "@telar/database/events";
import type { GroupRecoveryRow, OpenGroupRecovery } from "@telar/database/group-recoveries";
import * as groupRecoveries from "@telar/database/group-recoveries";
import * as groups from "@telar/database/groups";
import * as memberships from "@telar/database/memberships";
import * as stewards from "@telar/database/stewards";
import {
  isRecovered,
  mayAgreeAsSteward,
  mayAgreeToGroupRecovery,
  mayAskGroupRecovery,
  mayStopGroupRecovery,
  opensForGroupRecovery,
} from "@telar/rules/group-recoveries";
import { mayBeginAgain } from "@telar/rules/recoveries";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveGroupRecoveries(frame: Frame): void {
  serveForMembers(frame);
  serveForStewards(frame);
}

function serveForMembers(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, askGroupRecovery, ({ group, candidate, reason }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { id: by, roles } = await memberships.getOwnMembership(sql, group, session.account);
      const begun = await countOwnThisWeek(sql, session.account, "group_recovery.asked");
      await groups.getGroupForChange(sql, group);
      const named = await memberships.getMembership(sql, group, candidate);
      demand(mayAskGroupRecovery({ id: by, roles }, named));
      const asked = { group, candidate, askedBy: by, reason };
      const id = await groupRecoveries.addGroupRecovery(sql, asked);
      demand(mayBeginAgain(begun));
      await groupRecoveries.addAgreement(sql, id, { membership: by });
      await appendEvent(sql, groupStream(group), {
        kind: "group_recovery.asked",
        by,
        membership: candidate,
        reason,
      });
      return {};
    }),
  );

  serveOperation(frame, listGroupRecoveries, ({ group }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      if (!session.steward) await memberships.getOwnMembership(sql, group, session.account);
      return (await groupRecoveries.listGroupRecoveries(sql, session.account, group)).map(describe);
    }),
  );

  serveOperation(frame, agreeToGroupRecovery, ({ group, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const place = await memberships.getOwnMembership(sql, group, session.account);
      const recovery = await holdRecovery(sql, id);
      if (recovery.group !== group) throw new HubError("not_found");
      demand(mayAgreeToGroupRecovery(place));
      if (await groupRecoveries.hasAgreed(sql, id, session.account))
        throw new HubError("already_done");
      await groupRecoveries.addAgreement(sql, id, { membership: place.id });
      const stream = groupStream(group);
      await appendEvent(sql, stream, { kind: "group_recovery.agreed", by: place.id });
      return { done: await completeWhenAgreed(sql, recovery) };
    }),
  );

  serveOperation(frame, stopGroupRecovery, ({ group, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const place = await memberships.getOwnMembership(sql, group, session.account);
      const recovery = await holdRecovery(sql, id);
      if (recovery.group !== group) throw new HubError("not_found");
      demand(mayStopGroupRecovery(place, recovery));
      await groupRecoveries.removeGroupRecovery(sql, id);
      const stopped = { kind: "group_recovery.stopped", by: place.id } as const;
      await appendEvent(sql, groupStream(group), stopped);
      return {};
    }),
  );
}

function serveForStewards(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listOpenGroupRecoveries, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      return (await groupRecoveries.listGroupRecoveries(sql, session.account)).map(describe);
    }),
  );

  serveOperation(frame, agreeToGroupRecoveryAsSteward, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const own = await stewards.getOwnStewardship(sql, session.account);
      const recovery = await holdRecovery(sql, id);
      const { account } = session;
      const places = await memberships.listOwnMemberships(sql, account);
      const place = places.find(({ group }) => group === recovery.group);
      demand(mayAgreeAsSteward(session, place, recovery));
      if (await groupRecoveries.hasAgreed(sql, id, account)) throw new HubError("already_done");
      await groupRecoveries.addAgreement(sql, id, { steward: own.id });
      const agreed = { kind: "group_recovery.agreed", steward: own.alias } as const;
      await appendEvent(sql, groupStream(recovery.group), agreed);
      return { done: await completeWhenAgreed(sql, recovery) };
    }),
  );

  serveOperation(frame, refuseGroupRecovery, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const { alias: steward } = await stewards.getOwnStewardship(sql, session.account);
      const { group } = await holdRecovery(sql, id);
      await groupRecoveries.removeGroupRecovery(sql, id);
      const stopped = { kind: "group_recovery.stopped", steward } as const;
      await appendEvent(sql, groupStream(group), stopped);
      return {};
    }),
  );
}

/** Holds the group, so that agreements come one after the other and nobody leaves meanwhile. */
async function holdRecovery(sql: Sql, id: GroupRecoveryId): Promise<OpenGroupRecovery> {
  const { group } = await groupRecoveries.getGroupRecovery(sql, id);
  await groups.getGroupForChange(sql, group);
  return groupRecoveries.getGroupRecovery(sql, id);
}

/** A recovery ends by itself when its candidate begins to coordinate (`end_recovery`). */
async function completeWhenAgreed(sql: Sql, recovery: OpenGroupRecovery): Promise<boolean> {
  const { id, group, candidate } = recovery;
  if (!isRecovered(await groupRecoveries.countAgreements(sql, id))) return false;
  const now = new Date();
  const coordinated = await groupRecoveries.isCoordinated(sql, group);
  const waitsUntil = recovery.opensAt;
  const opensAt = opensForGroupRecovery({ coordinated, waitsUntil }, now);
  if (opensAt > now && !waitsUntil) await beginWait(sql, recovery, opensAt);
  if (opensAt > now) return false;
  const { roles } = await memberships.getMembership(sql, group, candidate);
  await memberships.changeRoles(sql, candidate, [...roles, "coordinator"]);
  const done = { kind: "group_recovery.done", membership: candidate } as const;
  await appendEvent(sql, groupStream(group), done);
  return true;
}

async function beginWait(
  sql: Sql,
  { id, group, candidate }: OpenGroupRecovery,
  opensAt: Date,
): Promise<void> {
  await groupRecoveries.markWaiting(sql, id, opensAt);
  await appendEvent(sql, groupStream(group), {
    kind: "group_recovery.waits",
    membership: candidate,
    opensOn: opensAt.toISOString().slice(0, 10),
  });
}

function describe({ opensAt, ...recovery }: GroupRecoveryRow) {
  return { ...recovery, ...(opensAt && { opensAt: opensAt.toISOString() }) };
}
