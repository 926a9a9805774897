import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as circles from "./circles.ts";
import type { Sql } from "./connection.ts";
import { removePast } from "./retention.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
const jobs = as("telar_jobs");
afterAll(release);
const cast = createCast({ owner, as });
const spaceCast = createSpaceCast(owner);
const group = await cast.group();
const ceiba = await cast.member(group, "Ceiba");
const copal = await cast.member(group, "Copal");
const fresno = await cast.member(group, "Fresno");
const outside = await cast.member(group, "Guaje");

interface There {
  space: SpaceId;
  ids: Record<"ceiba" | "copal" | "fresno", ParticipantId>;
}

/** Ceiba facilitates and opened a circle that Copal and Fresno joined. */
async function gathered(): Promise<There> {
  const space = await spaceCast.space(group);
  const place = (who: Somebody, alias: string, facilitator = false) =>
    spaceCast.place(space, { membership: who.id, alias, facilitator });
  const ids = {
    ceiba: await place(ceiba, "Jacaranda", true),
    copal: await place(copal, "Tepozán"),
    fresno: await place(fresno, "Sauce"),
  };
  await ceiba.do((sql) =>
    circles.addCircle(sql, { space, question: "¿Qué sostiene?", turnMinutes: 5, rounds: 2 }),
  );
  await copal.do((sql) => circles.putLastSeat(sql, space, ids.copal));
  await fresno.do((sql) => circles.putLastSeat(sql, space, ids.fresno));
  return { space, ids };
}

const soon = () => new Date(Date.now() + 300_000);
const give = (who: Somebody, { space, ids }: There, to: keyof There["ids"], at = soon()) =>
  who.do(async (sql) => {
    const circle = await circles.getCircleForChange(sql, space);
    await circles.changeTurn(sql, { ...circle, turn: ids[to], turnEndsAt: at });
  });
const find = (who: Somebody, { space }: There) => who.do((sql) => circles.findCircle(sql, space));
const walled = expect.objectContaining({ code: "42501" });

test("a circle is read with its order by alias, by those in the space and nobody else", async () => {
  const there = await gathered();
  expect(await find(copal, there)).toMatchObject({
    question: "¿Qué sostiene?",
    turnMinutes: 5,
    rounds: 2,
    round: 1,
    turn: null,
    seats: [
      { participant: there.ids.copal, alias: "Tepozán", chance: "first", gone: false },
      { participant: there.ids.fresno, alias: "Sauce", chance: "first", gone: false },
    ],
  });
  expect(await find(outside, there)).toBeUndefined();
  const { space } = there;
  expect(await outside.do((sql) => circles.listCirclesForChange(sql, [space]))).toEqual([]);
  await expect(outside.do((sql) => circles.getCircleForChange(sql, space))).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a space has one circle, opened by who facilitates", async () => {
  const { space } = await gathered();
  const made = { space, question: "¿Y hoy?", turnMinutes: 5, rounds: 1 };
  await expect(ceiba.do((sql) => circles.addCircle(sql, made))).rejects.toMatchObject({
    code: "already_done",
  });
  await ceiba.do((sql) => circles.removeCircle(sql, space));
  await expect(copal.do((sql) => circles.addCircle(sql, made))).rejects.toEqual(walled);
});

test("whoever comes back takes the last seat, with what they had of the round", async () => {
  const there = await gathered();
  const { space, ids } = there;
  await give(ceiba, there, "copal");
  await owner`update circle_seats set chance = 'had' where participant_id = ${ids.copal}`;
  await copal.do((sql) => circles.markGone(sql, space, ids.copal));
  await copal.do((sql) => circles.putLastSeat(sql, space, ids.copal));
  expect((await find(copal, there))?.seats).toMatchObject([
    { alias: "Sauce" },
    { alias: "Tepozán", chance: "had", gone: false },
  ]);
});

test("only whoever has the word passes it on, until their time is over (T14)", async () => {
  const there = await gathered();
  await expect(give(copal, there, "copal")).rejects.toEqual(walled);
  await give(ceiba, there, "copal");
  await expect(give(fresno, there, "fresno")).rejects.toEqual(walled);
  await expect(give(ceiba, there, "fresno")).rejects.toEqual(walled);
  await give(copal, there, "fresno", new Date(Date.now() - 1000));
  await give(ceiba, there, "copal");
});

test("nobody takes a seat, or a chance, for somebody else (T14)", async () => {
  const there = await gathered();
  const { space, ids } = there;
  await give(ceiba, there, "copal");
  await expect(fresno.do((sql) => circles.putLastSeat(sql, space, ids.ceiba))).rejects.toEqual(
    walled,
  );
  await fresno.do((sql) => circles.markGone(sql, space, ids.copal));
  const forge = (sql: Sql) =>
    sql`update circle_seats set chance = 'had' where participant_id = ${ids.ceiba}`;
  expect((await fresno.do(forge)).count).toBe(0);
  expect((await find(copal, there))?.seats).toMatchObject([
    { alias: "Tepozán", gone: false },
    { alias: "Sauce" },
  ]);
});

test("those who facilitate end it, and whoever has the word last; others do not (T14)", async () => {
  const there = await gathered();
  const { space } = there;
  const end = (who: Somebody) => who.do((sql) => circles.removeCircle(sql, space));
  await end(copal);
  await give(ceiba, there, "copal");
  await end(fresno);
  expect(await find(copal, there)).toBeDefined();
  await end(copal);
  expect(await find(copal, there)).toBeUndefined();
  expect(await owner`select from circle_seats where space_id = ${space}`).toHaveLength(0);
});

test("that somebody wrote is kept for their turn alone", async () => {
  const there = await gathered();
  await give(ceiba, there, "copal");
  await copal.do((sql) => circles.markSpoke(sql, [there.space]));
  expect(await find(fresno, there)).toMatchObject({ spoke: true });
  await expect(fresno.do((sql) => sql`update circles set spoke = false`)).rejects.toEqual(walled);
});

test("whoever leaves the space leaves its circle, and the word goes on", async () => {
  const there = await gathered();
  const { space, ids } = there;
  await give(ceiba, there, "copal");
  await copal.do((sql) => sql`update participants set state = 'left' where id = ${ids.copal}`);
  const circle = await find(fresno, there);
  expect(circle?.seats[0]).toMatchObject({ gone: true });
  expect(circle?.turnEndsAt?.getTime()).toBeLessThanOrEqual(circle?.now.getTime() ?? 0);
  expect(await circles.listDueCircles(jobs, 9)).toContain(space);
});

test("jobs find the turns that are over and pass them on, without reading the question (T14)", async () => {
  const there = await gathered();
  const { space, ids } = there;
  await give(ceiba, there, "copal");
  expect(await circles.listDueCircles(jobs, 9)).not.toContain(space);
  await give(copal, there, "copal", new Date(Date.now() - 1000));
  expect(await circles.listDueCircles(jobs, 9)).toContain(space);
  await jobs.begin(async (sql) => {
    const circle = await circles.getCircleForChange(sql, space);
    const seats = circle.seats.map((seat) => ({ ...seat, chance: "second" as const }));
    await circles.changeTurn(sql, { ...circle, seats, turn: ids.fresno, turnEndsAt: soon() });
    const event = { kind: "circle.turn_passed", participant: ids.fresno } as const;
    await circles.appendCircleEvent(sql, space, event);
  });
  expect(await find(ceiba, there)).toMatchObject({
    turn: ids.fresno,
    seats: [{ chance: "second" }, { chance: "second" }],
  });
  await expect(jobs`select question from circles`).rejects.toEqual(walled);
});

test("nothing stays: its events go with the day, the circle with the next, and at once with a closed space", async () => {
  const { space } = await gathered();
  const ended = (who: Somebody) => who.do((sql) => circles.hasJustEnded(sql, space));
  expect(await ended(copal)).toBe(false);
  await ceiba.do((sql) => circles.appendCircleEvent(sql, space, { kind: "circle.ended" }));
  expect(await ended(copal)).toBe(true);
  expect(await ended(outside)).toBe(false);
  const [event] = await owner`
    select ends_on = current_date as today from events where stream = ${`space:${space}`}`;
  expect(event?.today).toBe(true);
  await owner`update circles set ends_on = current_date - 1 where space_id = ${space}`;
  expect(await removePast(jobs)).toMatchObject({ circles: 1 });
  const other = await gathered();
  await ceiba.do((sql) => sql`update spaces set state = 'closed' where id = ${other.space}`);
  expect(await find(copal, other)).toBeUndefined();
});
