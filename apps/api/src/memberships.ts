import type { GroupId, MembershipId } from "@telar/contracts/ids";
import {
  changeAlias,
  changeRoles,
  getMembership,
  leaveGroup,
  listMemberships,
  removeMember,
} from "@telar/contracts/memberships";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, groupStream } from "@telar/database/events";
import * as groups from "@telar/database/groups";
import * as memberships from "@telar/database/memberships";
import { mayChangeAlias, mayChangeRoles, mayRemove } from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";
import { demandAlias } from "./aliases.ts";
import type { Frame } from "./frame.ts";
import { leavePlaces } from "./leaving.ts";
import type { LiveSession } from "./live-session.ts";
import { openCursor, sealCursor } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";

const pageLength = 50;

export function serveMemberships(frame: Frame): void {
  serveOwnPlace(frame);
  serveOthersPlaces(frame);
}

function serveOwnPlace(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, changeAlias, ({ group, alias }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await groups.getGroupForChange(sql, group);
      const place = await memberships.getOwnMembership(sql, group, session.account);
      demand(mayChangeAlias(await memberships.countAliasChanges(sql, group, session.account)));
      await demandAlias(sql, { account: session.account, alias });
      const membership = await memberships.changeAlias(sql, place.id, alias);
      await appendEvent(sql, groupStream(group), { kind: "alias.changed", membership });
      return {};
    }),
  );

  serveOperation(frame, leaveGroup, ({ group }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await leavePlaces(sql, session.account, group);
      return {};
    }),
  );
}

function serveOthersPlaces(frame: Frame): void {
  const { database, secrets } = frame;

  serveOperation(frame, listMemberships, ({ group, after }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const list = `memberships:${group}`;
      const place = openCursor(list, after, secrets.cursor) as [string, string] | undefined;
      await memberships.getOwnMembership(sql, group, session.account);
      const found = await memberships.listMemberships(sql, group, session.account, {
        after: place,
        limit: pageLength + 1,
      });
      const entries = found.slice(0, pageLength);
      const last = found.length > pageLength ? entries.at(-1) : undefined;
      return {
        entries,
        ...(last && { next: sealCursor(list, [last.alias, last.id], secrets.cursor) }),
      };
    }),
  );

  serveOperation(frame, getMembership, ({ group, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const own = await memberships.getOwnMembership(sql, group, session.account);
      return { ...(await memberships.getMembership(sql, group, id)), you: id === own.id };
    }),
  );

  serveOperation(frame, changeRoles, ({ group, id, roles }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { actor, target, coordinators } = await placesForChange(sql, session, group, id);
      demand(mayChangeRoles(actor, target, roles, { kind: actor.kind, coordinators }));
      await memberships.changeRoles(sql, id, roles);
      const event = { kind: "roles.changed", membership: id, by: actor.id, roles } as const;
      await appendEvent(sql, groupStream(group), event);
      return {};
    }),
  );

  serveOperation(frame, removeMember, ({ group, id, reason }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await groups.getGroupForChange(sql, group);
      const named = await memberships.getMembershipThatGoesOn(sql, group, id);
      const places = await placesForChange(sql, session, group, named.id);
      const { actor, target, coordinators } = places;
      demand(mayRemove(actor, target, coordinators));
      await memberships.markEnded(sql, target.id);
      const event = {
        kind: "membership.removed",
        membership: target.id,
        by: actor.id,
        reason,
      } as const;
      await appendEvent(sql, groupStream(group), event);
      return {};
    }),
  );
}

/** The caller's place and another's, judged while nobody else can change places in the group. */
async function placesForChange(sql: Sql, session: LiveSession, group: GroupId, id: MembershipId) {
  const [, actor, target, { coordinators }] = await Promise.all([
    groups.getGroupForChange(sql, group),
    memberships.getOwnMembership(sql, group, session.account),
    memberships.getMembership(sql, group, id),
    memberships.countMembers(sql, group),
  ]);
  return { actor, target, coordinators };
}
