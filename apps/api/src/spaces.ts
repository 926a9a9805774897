import { randomUUID } from "node:crypto";
import type { AccountId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import {
  changeHours,
  changeSpace,
  closeSpace,
  foundSpace,
  getSpace,
  listSpaces,
  openSpace,
  type Space,
  SpaceSettings,
} from "@telar/contracts/spaces";
import * as accounts from "@telar/database/accounts";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { listCards } from "@telar/database/crisis-cards";
import { appendEvent, coalitionStream, groupStream, spaceStream } from "@telar/database/events";
import * as participants from "@telar/database/participants";
import * as spaces from "@telar/database/spaces";
import {
  defaultsFor,
  fittingSettings,
  mayChange,
  mayFound,
  mayJoin,
  mayOpen,
  mayRun,
  openingAt,
  readersShownFrom,
} from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import type * as z from "zod";
import { demandAlias } from "./aliases.ts";
import type { Frame } from "./frame.ts";
import { demandOwner, findOwner, holdOwner } from "./owners.ts";
import { serveOperation } from "./serve-operation.ts";
import { type FoundedSpace, standIn, standInForChange } from "./standpoints.ts";

export function serveSpaces(frame: Frame): void {
  serveReading(frame);
  serveFounding(frame);
  serveRunning(frame);
}

function serveReading(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, listSpaces, (input, { session }) =>
    actAs(database, session.claims, (sql) =>
      spaces.listSpaces(sql, session.account, findOwner(input)),
    ),
  );

  serveOperation(frame, getSpace, ({ space }, { session }) =>
    actAs(database, session.claims, (sql) => describe(sql, space, session.account)),
  );
}

async function describe(sql: Sql, id: SpaceId, account: AccountId): Promise<z.input<typeof Space>> {
  const [card, { space, facilitators, joined, mayChange: changes }, readers] = await Promise.all([
    spaces.getSpaceCard(sql, account, id),
    standIn(sql, id, account),
    spaces.countReaders(sql, id),
  ]);
  const before = joined?.acceptedVersion ?? space.rulesVersion;
  const [rules, rulesBefore, ways, crisisCards] = await Promise.all([
    spaces.getRules(sql, id, space.rulesVersion),
    before !== space.rulesVersion && spaces.getRulesWithSettings(sql, id, before),
    spaces.listWaysIn(sql, account, space),
    listCards(sql, ownerOf(space)),
  ]);
  const { openNow, opensAt } = { opensAt: undefined, ...openingAt(space, new Date()) };
  return {
    ...card,
    rules,
    ...(rulesBefore && { rulesBefore }),
    settings: SpaceSettings.parse(space),
    zone: space.zone,
    hours: space.hours,
    openNow,
    ...(opensAt && { opensAt: opensAt.toISOString() }),
    facilitators,
    ...(readers >= readersShownFrom && { readers }),
    ...(joined && { you: asYou(joined) }),
    through: ways.filter(({ kind }) => mayJoin({ ...space, state: "open" }, kind).allowed),
    mayChange: changes,
    crisisCards,
  };
}

const ownerOf = ({ group, coalition }: FoundedSpace): spaces.Owner =>
  group ? { group } : { coalition: coalition as NonNullable<typeof coalition> };

function asYou({ id, alias, facilitator, ...until }: participants.OwnPlace) {
  const ahead = (moment: Date | null) =>
    moment && moment.getTime() > Date.now() ? moment.toISOString() : undefined;
  const [mutedUntil, mayPostFrom] = [ahead(until.mutedUntil), ahead(until.mayPostFrom)];
  return {
    id,
    alias,
    facilitator,
    ...(mutedUntil && { mutedUntil }),
    ...(mayPostFrom && { mayPostFrom }),
  };
}

function serveFounding(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, foundSpace, (input, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { account } = session;
      const { kind, title, purpose, rules, settings = defaultsFor(kind) } = input;
      const owner = demandOwner(input);
      const place = await holdOwner(sql, owner, account, input.through);
      demand(mayFound(place, await spaces.countSpaces(sql, owner)));
      demand(fittingSettings(kind, settings));
      const alias = await demandAlias(sql, { account, alias: input.alias });
      const zone = input.zone ?? (await accounts.getAccount(sql, account)).zone;
      const id = randomUUID() as SpaceId;
      const state = kind === "peer_support" ? "preparing" : "open";
      await spaces.addSpace(sql, {
        id,
        owner,
        kind,
        title,
        purpose,
        rules,
        zone,
        settings,
        state,
      });
      const founder = { space: id, account, through: place.group, alias, facilitator: true };
      const participant = await participants.addPlace(sql, {
        ...founder,
        state: "joined",
        version: 1,
      });
      if (!participant) throw new HubError("already_done");
      const event = { kind: "facilitator.began", participant: participant.id } as const;
      await appendEvent(sql, spaceStream(id), event);
      if ("group" in owner)
        await appendEvent(sql, groupStream(owner.group), {
          kind: "group.founded_space",
          space: id,
        });
      else
        await appendEvent(sql, coalitionStream(owner.coalition), {
          kind: "coalition.founded_space",
          space: id,
          group: place.group,
        });
      return { space: id };
    }),
  );
}

function serveRunning(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, changeSpace, (input, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { space: id, rules, settings } = input;
      const standpoint = await standInForChange(sql, id, session.account);
      const { space } = standpoint;
      demand(mayChange(standpoint));
      demand(fittingSettings(space.kind, settings));
      const { rulesVersion: version } = space;
      if (version !== input.rulesVersion) throw new HubError("changed_meanwhile");
      await spaces.changeTitle(sql, id, input);
      const { text } = await spaces.getRules(sql, id, version);
      if (text === rules && isSame(settings, space)) return { rulesVersion: version };
      const changed = await spaces.changeRules(sql, id, { rules, settings, by: session.account });
      const event = { kind: "space.rules_changed", version: changed } as const;
      await appendEvent(sql, spaceStream(id), event);
      return { rulesVersion: changed };
    }),
  );

  serveOperation(frame, changeHours, ({ space: id, zone, hours }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayRun(await standInForChange(sql, id, session.account)));
      await spaces.changeHours(sql, id, { zone, hours });
      await appendEvent(sql, spaceStream(id), { kind: "space.hours_changed" });
      return {};
    }),
  );

  serveOperation(frame, openSpace, ({ space: id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const standpoint = await standInForChange(sql, id, session.account);
      demand(mayRun(standpoint));
      demand(mayOpen(standpoint.space.kind, standpoint.facilitators.length));
      if (await spaces.changeState(sql, id, "open"))
        await appendEvent(sql, spaceStream(id), { kind: "space.opened" });
      return {};
    }),
  );

  serveOperation(frame, closeSpace, ({ space: id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayRun(await standInForChange(sql, id, session.account)));
      if (await spaces.changeState(sql, id, "closed"))
        await appendEvent(sql, spaceStream(id), { kind: "space.closed" });
      return {};
    }),
  );
}

const isSame = (one: SpaceSettings, other: SpaceSettings) =>
  Object.entries(one).every(([name, value]) => other[name as keyof SpaceSettings] === value);
