import type { AccountId } from "@telar/contracts/ids";
import {
  acceptRules,
  addFacilitator,
  admitParticipant,
  declineParticipant,
  joinSpace,
  leaveSpace,
  listAdmissions,
  listParticipants,
  removeFacilitator,
  stopFacilitating,
} from "@telar/contracts/participants";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, spaceStream } from "@telar/database/events";
import { getRoleToward, relieveFacilitator } from "@telar/database/moderation";
import * as participants from "@telar/database/participants";
import * as spaces from "@telar/database/spaces";
import { mayModerate } from "@telar/rules/moderation";
import {
  mayFacilitate,
  mayJoin,
  mayNameFacilitator,
  mayStopFacilitating,
  mayTakeAlias,
  standingOnJoining,
} from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import type * as z from "zod";
import { demandAlias } from "./aliases.ts";
import type { Frame } from "./frame.ts";
import { openCursor, sealCursor } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";
import { demandPlace, standIn, standInForChange } from "./standpoints.ts";

const pageLength = 50;

export function serveParticipants(frame: Frame): void {
  serveOwnPlace(frame);
  serveReading(frame);
  serveAdmissions(frame);
  serveFacilitators(frame);
}

function serveOwnPlace(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, joinSpace, (input, { session }) =>
    actAs(database, session.claims, (sql) => join(sql, input, session.account)),
  );

  serveOperation(frame, acceptRules, ({ space: id, rulesVersion }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { space, place } = await standIn(sql, id, session.account);
      if (!place) throw new HubError("not_found");
      if (space.rulesVersion !== rulesVersion) throw new HubError("rules_changed");
      await participants.markAccepted(sql, place.id, rulesVersion);
      return {};
    }),
  );

  serveOperation(frame, leaveSpace, ({ space: id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const standpoint = await standInForChange(sql, id, session.account);
      const { space, place, facilitators } = standpoint;
      if (!place) throw new HubError("not_found");
      if (standpoint.facilitator) demand(mayStopFacilitating(space, facilitators.length));
      await participants.markLeft(sql, place.id);
      return {};
    }),
  );
}

async function join(
  sql: Sql,
  input: z.output<(typeof joinSpace)["input"]>,
  account: AccountId,
): Promise<{ standing: "asked" | "joined" }> {
  const { space: id, through, rulesVersion: version } = input;
  const { space, place, facilitators, mayChange } = await standIn(sql, id, account);
  if (space.rulesVersion !== version) throw new HubError("rules_changed");
  if (place) return joinAgain(sql, place, input);
  const ways = await spaces.listWaysIn(sql, account, space);
  const way = ways.find(({ group }) => group === through);
  if (!way) throw new HubError("not_found");
  demand(mayJoin(space, way.kind));
  const alias = await demandAlias(sql, { account, alias: input.alias });
  demand(mayTakeAlias(await participants.countOtherAliases(sql, id, account, alias)));
  const removed = await participants.wasRemoved(sql, id, account);
  const standing = standingOnJoining(space, { removed, mayChange }, facilitators.length);
  const made = { space: id, account, through, alias, state: standing, version };
  const added = await participants.addPlace(sql, made);
  if (added?.state === "joined")
    await appendEvent(sql, spaceStream(id), { kind: "participant.joined", participant: added.id });
  return { standing: added?.state ?? standing };
}

/** The same said twice is said once; another alias is not the same. */
async function joinAgain(
  sql: Sql,
  { id, alias, state, acceptedVersion }: participants.OwnPlace,
  input: z.output<(typeof joinSpace)["input"]>,
): Promise<{ standing: "asked" | "joined" }> {
  if (alias.toLowerCase() !== input.alias.toLowerCase()) throw new HubError("already_done");
  if (acceptedVersion !== input.rulesVersion)
    await participants.markAccepted(sql, id, input.rulesVersion);
  return { standing: state };
}

function serveReading(frame: Frame): void {
  const { database, secrets } = frame;

  serveOperation(frame, listParticipants, ({ space, after }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const list = `participants:${space}`;
      const place = openCursor(list, after, secrets.cursor) as [string, string] | undefined;
      await demandPlace(sql, space, session.account);
      const found = await participants.listParticipants(sql, space, session.account, {
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

  serveOperation(frame, listAdmissions, ({ space }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayFacilitate(await demandPlace(sql, space, session.account)));
      return participants.listAsking(sql, space);
    }),
  );
}

function serveAdmissions(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, admitParticipant, ({ space, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayFacilitate(await demandPlace(sql, space, session.account)));
      await participants.answerAsking(sql, space, id, "joined");
      await appendEvent(sql, spaceStream(space), { kind: "participant.joined", participant: id });
      return {};
    }),
  );

  serveOperation(frame, declineParticipant, ({ space, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayFacilitate(await demandPlace(sql, space, session.account)));
      await participants.answerAsking(sql, space, id, "removed");
      return {};
    }),
  );
}

function serveFacilitators(frame: Frame): void {
  const { database, wake } = frame;

  serveOperation(frame, addFacilitator, ({ space, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const standpoint = await standInForChange(sql, space, session.account);
      if (!standpoint.joined) throw new HubError("not_allowed");
      const target = await participants.getParticipant(sql, space, id);
      demand(mayNameFacilitator(standpoint, target, standpoint.facilitators.length));
      if (target.facilitator) return {};
      await participants.changeFacilitator(sql, id, true);
      await appendEvent(sql, spaceStream(space), { kind: "facilitator.began", participant: id });
      return {};
    }),
  );

  serveOperation(frame, stopFacilitating, ({ space: id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const standpoint = await standInForChange(sql, id, session.account);
      const { space, joined, facilitators } = standpoint;
      if (!joined) throw new HubError("not_allowed");
      if (!joined.facilitator) return {};
      demand(mayStopFacilitating(space, facilitators.length));
      await participants.changeFacilitator(sql, joined.id, false);
      const event = { kind: "facilitator.ended", participant: joined.id } as const;
      await appendEvent(sql, spaceStream(id), event);
      return {};
    }),
  );

  serveOperation(
    frame,
    removeFacilitator,
    async ({ space: id, id: person, reason }, { session }) => {
      await actAs(database, session.claims, async (sql) => {
        const standpoint = await standInForChange(sql, id, session.account);
        demand(mayFacilitate(standpoint));
        const target = await participants.getParticipant(sql, id, person);
        const role = await getRoleToward(sql, id, person);
        demand(mayModerate(role, "relieve"));
        if (!target.facilitator || !role) return;
        demand(mayStopFacilitating(standpoint.space, standpoint.facilitators.length));
        await relieveFacilitator(sql, id, person, reason);
        await appendEvent(sql, spaceStream(id), { kind: "facilitator.removed", role, reason });
      });
      wake([spaceStream(id)]);
      return {};
    },
  );
}
