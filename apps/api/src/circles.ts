import {
  type CircleNow,
  endCircle,
  getCircle,
  joinCircle,
  leaveCircle,
  openCircle,
  passTurn,
  startCircle,
} from "@telar/contracts/circles";
import type { HubEvent } from "@telar/contracts/events";
import type { SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as circles from "@telar/database/circles";
import type { Sql } from "@telar/database/connection";
import { spaceStream } from "@telar/database/events";
import * as rules from "@telar/rules/circles";
import { mayAnswer } from "@telar/rules/messages";
import { openingAt } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import { moveCircle, settleCircles } from "./circle-turns.ts";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { placeToRead } from "./messages.ts";
import { serveOperation } from "./serve-operation.ts";
import { demandPlace } from "./standpoints.ts";

export function serveCircles(frame: Frame): void {
  serveReading(frame);
  serveFacilitating(frame);
  serveTakingPart(frame);
}

/** Nobody may read or write elsewhere, more or less, after these. */
const harmless = { changesAccess: false };

function serveReading(frame: Frame): void {
  serveOperation(frame, getCircle, ({ space }, { session }) =>
    actAs(frame.database, session.claims, async (sql) => {
      const { id } = await placeToRead(sql, space, session.account);
      const found = await circles.findCircle(sql, space);
      if (!found) return { ended: await circles.hasJustEnded(sql, space) };
      const circle = rules.circleAt(found, found.now);
      return circle ? { circle: asRead(circle, id), ended: false } : { ended: true };
    }),
  );
}

type Found = NonNullable<Awaited<ReturnType<typeof circles.findCircle>>>;

/** The order alone: nothing of who said something and who did not. */
function asRead(circle: Found, reader: string): NonNullable<CircleNow["circle"]> {
  const { question, turnMinutes, rounds, round, turn, turnEndsAt } = circle;
  const seats = circle.seats.filter(({ gone }) => !gone);
  return {
    ...{ question, turnMinutes, rounds, round },
    state: turn ? "running" : "gathering",
    order: seats.map(({ participant, alias }) => ({ id: participant, alias })),
    coming: rules.comingTurns(circle),
    you: {
      joined: seats.some(({ participant }) => participant === reader),
      ...(turnEndsAt && turn === reader && { speaksUntil: toTheMinute(turnEndsAt) }),
    },
  };
}

const toTheMinute = (moment: Date) => `${moment.toISOString().slice(0, 16)}:00.000Z`;

/** What happened is told to those who follow once it is committed. */
async function change(
  { database, wake }: Frame,
  { claims }: LiveSession,
  space: SpaceId,
  work: (sql: Sql) => Promise<HubEvent | undefined>,
): Promise<Record<string, never>> {
  await actAs(database, claims, async (sql) => {
    const event = await work(sql);
    if (event) await circles.appendCircleEvent(sql, space, event);
  });
  wake([spaceStream(space)]);
  return {};
}

/** The circle as it stands by now, held. */
async function hold(sql: Sql, space: SpaceId): Promise<circles.CircleRow> {
  const circle = (await settleCircles(sql, [space])).get(space);
  if (!circle) throw new HubError("not_found");
  return circle;
}

function serveFacilitating(frame: Frame): void {
  serveOperation(
    frame,
    openCircle,
    ({ space, ...made }, { session }) =>
      change(frame, session, space, async (sql) => {
        const place = await demandPlace(sql, space, session.account);
        const { kind } = place.space;
        const exists = (await settleCircles(sql, [space])).has(space);
        const opening = openingAt(place.space, new Date());
        demand(rules.mayOpenCircle(place, { kind, opening }, exists));
        await circles.addCircle(sql, { space, ...made });
        return { kind: "circle.opened" };
      }),
    harmless,
  );

  serveOperation(
    frame,
    startCircle,
    ({ space }, { session }) =>
      change(frame, session, space, async (sql) => {
        const place = await demandPlace(sql, space, session.account);
        const circle = await hold(sql, space);
        demand(rules.mayStartCircle(place, circle));
        if (!circle.turn) await moveCircle(sql, circle, rules.startCircle(circle, circle.now));
        return undefined;
      }),
    harmless,
  );

  serveOperation(
    frame,
    endCircle,
    ({ space }, { session }) =>
      change(frame, session, space, async (sql) => {
        demand(rules.mayEndCircle(await demandPlace(sql, space, session.account)));
        const [circle] = await circles.listCirclesForChange(sql, [space]);
        if (circle) await moveCircle(sql, circle, undefined);
        return undefined;
      }),
    harmless,
  );
}

function serveTakingPart(frame: Frame): void {
  serveOperation(
    frame,
    joinCircle,
    ({ space }, { session }) =>
      change(frame, session, space, async (sql) => {
        const place = await placeToRead(sql, space, session.account);
        const circle = await hold(sql, space);
        if (rules.joinCircle(circle, place.id) === circle) return undefined;
        demand(mayAnswer(place, place, circle.now));
        demand(rules.mayJoinCircle(circle));
        await circles.putLastSeat(sql, space, place.id);
        return { kind: "circle.changed" };
      }),
    harmless,
  );

  serveOperation(
    frame,
    leaveCircle,
    ({ space }, { session }) =>
      change(frame, session, space, async (sql) => {
        const { id } = await placeToRead(sql, space, session.account);
        const circle = await hold(sql, space);
        if (!circle.seats.some(({ participant, gone }) => participant === id && !gone))
          return undefined;
        await circles.markGone(sql, space, id);
        await moveCircle(sql, circle, rules.leaveCircle(circle, id, circle.now));
        return circle.turn === id ? undefined : { kind: "circle.changed" };
      }),
    harmless,
  );

  serveOperation(
    frame,
    passTurn,
    ({ space }, { session }) =>
      change(frame, session, space, async (sql) => {
        const { id } = await placeToRead(sql, space, session.account);
        const circle = await hold(sql, space);
        demand(rules.mayPassTurn(circle, id));
        await moveCircle(sql, circle, rules.passTurn(circle, circle.now));
        return undefined;
      }),
    harmless,
  );
}
