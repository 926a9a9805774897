import type { GroupId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as shifts from "./shifts.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
const spaceCast = createSpaceCast(owner);
afterAll(release);

async function there() {
  const group: GroupId = await cast.group();
  const space: SpaceId = await spaceCast.space(group);
  const take = async (who: Somebody, alias: string, facilitator = true) => ({
    who,
    place: {
      space,
      participant: await spaceCast.place(space, { membership: who.id, alias, facilitator }),
    },
  });
  const ceiba = await take(await cast.member(group, "Ceiba"), "Jacaranda");
  const copal = await take(await cast.member(group, "Copal"), "Tepozán");
  const fresno = await take(await cast.member(group, "Fresno"), "Sauce", false);
  return { space, ceiba, copal, fresno };
}
type Placed = Awaited<ReturnType<typeof there>>["ceiba"];
const load = ({ who, place }: Placed) => who.do((sql) => shifts.getLoad(sql, place));
const begin = ({ who, place }: Placed) => who.do((sql) => shifts.addShift(sql, place));
const end = ({ who, place }: Placed, note = "Todo tranquilo.") =>
  who.do((sql) => shifts.endShift(sql, place, note, 30));
const beganBefore = (id: ParticipantId, interval: string) =>
  owner`update shifts set began_at = now() - ${interval}::interval where participant_id = ${id}`;

test("a shift leaves quarters of an hour and a note, and nothing of when it was", async () => {
  const { ceiba, space } = await there();
  await owner`update spaces set zone = 'Etc/GMT+12' where id = ${space}`;
  await begin(ceiba);
  await begin(ceiba);
  expect(await load(ceiba)).toEqual({ running: true, minutesThisWeek: 0 });
  await owner`update spaces set zone = 'UTC' where id = ${space}`;
  await end(ceiba);
  await begin(ceiba);
  await end(ceiba);
  const [kept] = await owner`
    select week = date_trunc('week', current_date)::date as this_week, minutes from facilitated_weeks
    where participant_id = ${ceiba.place.participant}`;
  expect({ ...kept }).toEqual({ thisWeek: true, minutes: expect.any(Number) });
  expect(await load(ceiba)).toEqual({ running: false, minutesThisWeek: kept?.minutes });
  await expect(end(ceiba)).rejects.toMatchObject({ code: "not_found" });
});

test("what was begun counts up to the next quarter, for the week in which it began", async () => {
  const { ceiba } = await there();
  await begin(ceiba);
  await beganBefore(ceiba.place.participant, "8 days");
  await end(ceiba);
  await begin(ceiba);
  await beganBefore(ceiba.place.participant, "20 minutes");
  await end(ceiba);
  const weeks = await owner<{ minutes: number }[]>`
    select minutes from facilitated_weeks where participant_id = ${ceiba.place.participant} order by week`;
  expect(weeks.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(10_080 + 30);
  const { minutesThisWeek } = await load(ceiba);
  expect([30, 0]).toContain(minutesThisWeek);
});

test("a load is one's own: nobody else who facilitates sees it, nor that a shift runs", async () => {
  const { ceiba, copal } = await there();
  await begin(ceiba);
  await end(ceiba);
  await begin(ceiba);
  const look = { who: copal.who, place: ceiba.place };
  expect(await load(look)).toEqual({ running: false, minutesThisWeek: 0 });
  await expect(begin(look)).rejects.toMatchObject({ code: "42501" });
  await expect(end(look)).rejects.toMatchObject({ code: "not_found" });
});

test("notes are read by those who facilitate, newest first, and by no member", async () => {
  const { ceiba, copal, fresno, space } = await there();
  for (const [who, note] of [
    [ceiba, "Uno"],
    [copal, "Dos"],
  ] as const) {
    await begin(who);
    await end(who, note);
  }
  const list = ({ who }: Placed) => who.do((sql) => shifts.listNotes(sql, space, who.account));
  expect(await list(copal)).toMatchObject([
    { alias: "Tepozán", yours: true, note: "Dos" },
    { alias: "Jacaranda", yours: false, note: "Uno" },
  ]);
  expect(await list(fresno)).toEqual([]);
  await expect(begin(fresno)).rejects.toMatchObject({ code: "42501" });
  await owner`update shift_notes set expires_on = current_date - 1 where space_id = ${space}`;
  expect(await list(copal)).toEqual([]);
});

test("whoever no longer facilitates has no shift left", async () => {
  for (const change of ["facilitator = false", "state = 'left', facilitator = false"]) {
    const { ceiba } = await there();
    await begin(ceiba);
    const { participant } = ceiba.place;
    await owner`update participants set ${owner.unsafe(change)} where id = ${participant}`;
    expect(await owner`select from shifts where participant_id = ${participant}`).toHaveLength(0);
  }
});
