import {
  agreeToGroupExport,
  askGroupExport,
  type GroupExportId,
  listGroupExports,
  refuseGroupExport,
  takeGroupExport,
} from "@telar/contracts/exports";
import type { AccountId, GroupId } from "@telar/contracts/ids";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, groupStream, hubStream, listEvents } from "@telar/database/events";
import * as exports from "@telar/database/exports";
import * as groups from "@telar/database/groups";
import * as hub from "@telar/database/hub";
import * as memberships from "@telar/database/memberships";
import * as stewards from "@telar/database/stewards";
import { mayAgreeToExport, mayRefuseExport, mayTakeExport } from "@telar/rules/exports";
import { coordinates } from "@telar/rules/memberships";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

export function serveExports(frame: Frame): void {
  serveAsking(frame);
  serveAnswering(frame);
  serveTaking(frame);
}

function serveAsking(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, askGroupExport, ({ group, reason }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const { id: askedBy, alias } = await stewards.getOwnStewardship(sql, session.account);
      await groups.getGroup(sql, group);
      const id = await exports.addExport(sql, { group, askedBy, reason });
      const steward = alias;
      await appendEvent(sql, groupStream(group), { kind: "export.asked", steward, reason });
      await appendEvent(sql, hubStream, { kind: "steward.asked_export", steward });
      return { id };
    }),
  );

  serveOperation(frame, listGroupExports, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const own = await stewards.findOwnStewardship(sql, session.account);
      const places = await memberships.listOwnMemberships(sql, session.account);
      const coordinated = places.filter(coordinates).map(({ group }) => group);
      const listed = await exports.listExports(sql, own ? "anywhere" : coordinated);
      return Promise.all(
        listed.map(async ({ askedBy, askedByAlias, agreed, ...asked }) => {
          const youAsked = askedBy === own?.id;
          const standing = await exports.getStandingTo(sql, asked, session.account);
          const actor = {
            ...standing,
            steward: own !== undefined,
            coordinator: coordinated.includes(asked.group),
          };
          const mayAgree = mayAgreeToExport({ ...standing, youAsked, agreed }, actor).allowed;
          const state = agreed ? ("agreed" as const) : ("asked" as const);
          return { ...asked, askedBy: askedByAlias, youAsked, state, mayAgree };
        }),
      );
    }),
  );
}

function serveAnswering(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, agreeToGroupExport, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { asked, actor, signature } = await lookAt(sql, id, session.account);
      demand(mayAgreeToExport(asked, actor));
      await exports.markAgreed(sql, id);
      await appendEvent(sql, groupStream(asked.group), { kind: "export.agreed", ...signature });
      return {};
    }),
  );

  serveOperation(frame, refuseGroupExport, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { asked, actor, signature } = await lookAt(sql, id, session.account);
      demand(mayRefuseExport(asked, actor));
      await exports.removeExport(sql, id);
      await appendEvent(sql, groupStream(asked.group), { kind: "export.refused", ...signature });
      return {};
    }),
  );
}

/** Two transactions: the first says which group the wall is opened for, the second judges and reads. */
function serveTaking(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, takeGroupExport, async ({ id }, { session }) => {
    const { group } = await actAs(database, session.claims, (sql) => exports.getExport(sql, id));
    const claims = { ...session.claims, inspectedGroup: group };
    return await actAs(database, claims, async (sql) => {
      const { asked, actor, steward } = await lookAt(sql, id, session.account);
      demand(mayTakeExport(asked, actor));
      const content = await readGroup(sql, group, session.account);
      await exports.removeExport(sql, id);
      await appendEvent(sql, groupStream(group), { kind: "export.taken", steward });
      await appendEvent(sql, hubStream, { kind: "steward.took_export", steward });
      return content;
    });
  });
}

/** An export and where the caller stands to it, with the name that the group's log knows them by. */
async function lookAt(sql: Sql, id: GroupExportId, account: AccountId) {
  const row = await exports.getExportForChange(sql, id);
  const own = await stewards.findOwnStewardship(sql, account);
  const places = await memberships.listOwnMemberships(sql, account);
  const place = places.find(({ group }) => group === row.group);
  const youAsked = row.askedBy === own?.id;
  const coordinator = place !== undefined && coordinates(place);
  const steward = own?.alias ?? "";
  const standing = await exports.getStandingTo(sql, row, account);
  return {
    asked: { ...row, ...standing, youAsked },
    actor: { ...standing, steward: own !== undefined, coordinator },
    steward,
    signature: coordinator && !youAsked ? { by: place.id } : { steward },
  };
}

async function readGroup(sql: Sql, group: GroupId, reader: AccountId) {
  const { name } = await groups.getGroup(sql, group);
  const members = await hub.listInspectedMembers(sql, group, reader);
  const profile: Record<string, string[]> = {};
  for (const { field, value } of await groups.listProfileEntries(sql, [group]))
    profile[field] = [...(profile[field] ?? []), value];
  return { name, profile, members, log: await readLog(sql, group) };
}

const logPageSize = 500;

async function readLog(sql: Sql, group: GroupId) {
  const log = await listEvents(sql, groupStream(group), {}, logPageSize);
  let read = log.length;
  while (read === logPageSize) {
    const before = log.at(-1)?.place;
    const more = await listEvents(sql, groupStream(group), { before }, logPageSize);
    log.push(...more);
    read = more.length;
  }
  return log;
}
