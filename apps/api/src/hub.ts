import {
  changeHub,
  changeLimits,
  closeGroup,
  getHub,
  getLimits,
  inspectGroup,
  listStewardedGroups,
} from "@telar/contracts/hub";
import { actAs } from "@telar/database/acting";
import { appendEvent, groupStream, hubStream } from "@telar/database/events";
import * as groups from "@telar/database/groups";
import * as hub from "@telar/database/hub";
import * as stewards from "@telar/database/stewards";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { openCursor, sealCursor } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";

const pageSize = 50;

export function serveHub(frame: Frame): void {
  serveProfileAndLimits(frame);
  serveStewardedGroups(frame);
}

function serveProfileAndLimits(frame: Frame): void {
  const { database, fingerprint } = frame;

  serveOperation(frame, getHub, (_, { session }) =>
    actAs(database, session?.claims ?? {}, async (sql) => ({
      ...(await hub.getHub(sql)),
      fingerprint,
    })),
  );

  serveOperation(frame, changeHub, (profile, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const { alias } = await stewards.getOwnStewardship(sql, session.account);
      await hub.changeHub(sql, profile);
      await appendEvent(sql, hubStream, { kind: "hub.changed", steward: alias });
      return {};
    }),
  );

  serveOperation(frame, getLimits, (_, { session }) =>
    actAs(database, session.claims, hub.getLimits),
  );

  serveOperation(frame, changeLimits, (limits, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const { alias } = await stewards.getOwnStewardship(sql, session.account);
      await hub.changeLimits(sql, limits);
      await appendEvent(sql, hubStream, { kind: "limits.changed", steward: alias });
      return {};
    }),
  );
}

function serveStewardedGroups(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listStewardedGroups, ({ after }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const key = frame.secrets.cursor;
      const place = openCursor("stewarded groups", after, key) as [string, string] | undefined;
      const found = await hub.listStewardedGroups(sql, place, pageSize + 1);
      const entries = found.slice(0, pageSize);
      const last = entries.at(-1);
      if (!last || found.length === entries.length) return { entries };
      return { entries, next: sealCursor("stewarded groups", [last.name, last.id], key) };
    }),
  );

  serveOperation(frame, closeGroup, ({ group, closed, reason }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      const { alias: steward } = await stewards.getOwnStewardship(sql, session.account);
      await groups.getGroup(sql, group);
      await hub.markGroupClosed(sql, group, closed);
      const kind = closed ? "group.closed" : "group.opened";
      const toldToHub = closed ? "steward.closed_group" : "steward.opened_group";
      await appendEvent(sql, groupStream(group), { kind, steward, reason });
      await appendEvent(sql, hubStream, { kind: toldToHub, steward });
      return {};
    }),
  );

  serveOperation(frame, inspectGroup, ({ group, reason }, { session }) =>
    actAs(database, { ...session.claims, inspectedGroup: group }, async (sql) => {
      demand(maySteward(session));
      const { alias: steward } = await stewards.getOwnStewardship(sql, session.account);
      const { name } = await groups.getGroup(sql, group);
      const members = await hub.listInspectedMembers(sql, group, session.account);
      await appendEvent(sql, groupStream(group), { kind: "group.read", steward, reason });
      await appendEvent(sql, hubStream, { kind: "steward.read_group", steward });
      return { name, members };
    }),
  );
}
