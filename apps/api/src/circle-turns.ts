import type { SpaceId } from "@telar/contracts/ids";
import * as circles from "@telar/database/circles";
import type { Sql } from "@telar/database/connection";
import { type Circle, circleAt } from "@telar/rules/circles";

/**
 * Brings the circles of these spaces to where they stand by now, tells of it, and holds them until the transaction ends;
 * without those that are over.
 */
export async function settleCircles(
  sql: Sql,
  spaces: SpaceId[],
): Promise<Map<SpaceId, circles.CircleRow>> {
  const settled = new Map<SpaceId, circles.CircleRow>();
  for (const circle of await circles.listCirclesForChange(sql, spaces)) {
    const now = await moveCircle(sql, circle, circleAt(circle, circle.now));
    if (now) settled.set(circle.space, now);
  }
  return settled;
}

/** Writes to whom the word went, or that the circle is over, and tells those who follow. */
export async function moveCircle<Given extends circles.CircleRow>(
  sql: Sql,
  before: Given,
  after: Given | undefined,
): Promise<Given | undefined> {
  const { space } = before;
  if (!after) {
    await circles.removeCircle(sql, space);
    await circles.appendCircleEvent(sql, space, { kind: "circle.ended" });
  } else if (moved(before, after)) {
    await circles.changeTurn(sql, after);
    if (!before.turn) await circles.appendCircleEvent(sql, space, { kind: "circle.started" });
    if (after.turn) {
      const event = { kind: "circle.turn_passed", participant: after.turn } as const;
      await circles.appendCircleEvent(sql, space, event);
    }
  }
  return after;
}

const moved = (before: Circle, after: Circle) =>
  before.turnEndsAt?.getTime() !== after.turnEndsAt?.getTime();
