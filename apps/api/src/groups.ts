import { randomUUID } from "node:crypto";
import { changeProfile, foundGroup, getGroup, listGroups } from "@telar/contracts/groups";
import type { GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, groupStream } from "@telar/database/events";
import * as foundings from "@telar/database/foundings";
import * as groups from "@telar/database/groups";
import * as hub from "@telar/database/hub";
import * as memberships from "@telar/database/memberships";
import { withinName } from "@telar/rules/groups";
import { coordinates, hasTwoCoordinators, mayCoordinate } from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";
import { demandAlias } from "./aliases.ts";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { openCursor, sealCursor } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";

const pageLength = 25;

export function serveGroups(frame: Frame): void {
  const { database, lookups, secrets } = frame;

  serveOperation(frame, listGroups, async ({ after, ...filter }, { session }) => {
    const place = openCursor("groups", after, secrets.cursor) as [string, string] | undefined;
    return actAs(database, session?.claims ?? {}, async (sql) => {
      const found = await groups.listGroups(sql, filter, {
        signedIn: session !== undefined,
        after: place,
        limit: pageLength + 1,
      });
      const page = found.slice(0, pageLength);
      const last = found.length > pageLength ? page.at(-1) : undefined;
      return {
        entries: await withCards(sql, page),
        ...(last && { next: sealCursor("groups", [last.name, last.id], secrets.cursor) }),
      };
    });
  });

  serveOperation(frame, getGroup, async ({ group }, { session }) =>
    describeGroup(await groups.getSeenGroup(lookups, group, session?.account), session),
  );

  serveOperation(frame, changeProfile, ({ group, name, visibility, ...profile }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const place = await memberships.getOwnMembership(sql, group, session.account);
      demand(mayCoordinate(place));
      await groups.changeProfile(sql, group, name, profile, withinName(visibility));
      await appendEvent(sql, groupStream(group), { kind: "group.changed", by: place.id });
      return {};
    }),
  );

  serveOperation(frame, foundGroup, (input, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { account, steward } = session;
      const { name, kind, region, languages, capabilities, alias } = input;
      if (!steward) await foundings.useGrant(sql, account, { name, kind });
      await demandAlias(sql, { account, alias });
      const limits = await hub.getLimits(sql);
      if ((await hub.countGroupsForChange(sql)) >= limits.groups)
        throw new HubError("limit_reached");
      const group = randomUUID() as GroupId;
      await groups.addGroup(sql, { id: group, name, kind });
      const roles = ["coordinator" as const];
      const membership = await memberships.addMembership(sql, { group, account, alias, roles });
      const profile = { region, languages, capabilities };
      await groups.changeProfile(sql, group, name, profile, groups.visibilityOf("members", []));
      await appendEvent(sql, groupStream(group), { kind: "group.founded", membership });
      return { group };
    }),
  );
}

/** With what of their profiles stands in a directory. */
export async function withCards(sql: Sql, page: groups.DirectoryRow[]) {
  const ids = page.map(({ id }) => id);
  const fields = ["region", "languages", "capabilities"] as const;
  const entries = await groups.listProfileEntries(sql, ids, fields);
  const byGroup = Map.groupBy(entries, ({ group }) => group);
  return page.map((row) => ({ ...row, profile: groups.profileOf(byGroup.get(row.id) ?? []) }));
}

/** A closed group shows its name to its members and to stewards, and nothing to anybody else. */
function describeGroup(seen: groups.SeenGroup, session: LiveSession | undefined) {
  const { id, name, kind, nameVisibility, closed, entries, people } = seen;
  const you = people.find((person) => person.you);
  const card = { id, name, kind, closed };
  if (closed && !you && !session?.steward) throw new HubError("not_found");
  if (closed) return { ...card, profile: {} };
  const profile = groups.profileOf(entries);
  if (!you) return { ...card, profile };
  const coordinators = people.filter(coordinates);
  const inside = {
    you,
    visibility: groups.visibilityOf(nameVisibility, entries),
    twoCoordinators: hasTwoCoordinators(coordinators.length),
    coordinators,
    memberCount: you.members,
  };
  return { ...card, profile, inside };
}
