import type { SpaceId } from "@telar/contracts/ids";
import { addFacilitator, joinSpace } from "@telar/contracts/participants";
import { beginShift, endShift, getShift, listShiftNotes } from "@telar/contracts/shifts";
import { changeSpace, foundSpace, getSpace } from "@telar/contracts/spaces";
import { bringEndsNearer } from "@telar/database/expiry";
import { defaultsFor } from "@telar/rules/spaces";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { logOf } from "./testing/places.ts";

const hub = await createTestHub();
afterAll(hub.release);

const words = { title: "Palabra", purpose: "Escucharnos", rules: "Nos cuidamos." };
const settings = { ...defaultsFor("working"), weeklyHoursMax: 2, keepsDays: 30 };

async function there() {
  const made = await hub.group();
  const { group, coordinator } = made;
  const { space } = await coordinator.call(foundSpace, {
    ...words,
    group,
    kind: "working",
    alias: "Jacaranda",
    settings,
  });
  const [second, member] = [await hub.member(made), await hub.member(made)];
  await second.call(joinSpace, { space, through: group, alias: "Tepozán", rulesVersion: 1 });
  await member.call(joinSpace, { space, through: group, alias: "Sauce", rulesVersion: 1 });
  const { you } = await second.call(getSpace, { space });
  await coordinator.call(addFacilitator, { space, id: you?.id as never });
  return { space, coordinator, second, member };
}
/** As if the shift that runs had begun before. */
const work = (space: SpaceId, minutes: number) =>
  hub.owner`update shifts set began_at = now() - ${minutes - 1} * interval '1 minute' where space_id = ${space}`;
const end = (person: Person, space: SpaceId, note = "Todo tranquilo.") =>
  person.call(endShift, { space, note });

test("a shift ends with a note, which those who facilitate read and members do not (P08)", async () => {
  const { space, coordinator, second, member } = await there();
  const lines = await logOf(member, `space:${space}`);
  await coordinator.call(beginShift, { space });
  await coordinator.call(beginShift, { space });
  for (const note of ["", " \n "])
    await expect(end(coordinator, space, note)).rejects.toMatchObject({ code: "invalid_input" });
  expect(await coordinator.call(getShift, { space })).toMatchObject({ running: true });
  await end(coordinator, space, "Sauce quiere platicar mañana.");
  expect(await coordinator.call(getShift, { space })).toMatchObject({ running: false });
  expect(await second.call(listShiftNotes, { space })).toEqual([
    {
      alias: "Jacaranda",
      yours: false,
      note: "Sauce quiere platicar mañana.",
      writtenOn: expect.any(String),
    },
  ]);
  for (const operation of [getShift, beginShift, listShiftNotes])
    await expect(member.call(operation as typeof beginShift, { space })).rejects.toMatchObject({
      code: "not_allowed",
    });
  expect(await logOf(member, `space:${space}`)).toEqual(lines);
});

test("a shift that does not run has no end", async () => {
  const { space, coordinator } = await there();
  await expect(end(coordinator, space)).rejects.toMatchObject({ code: "not_found" });
});

test("whoever has used up the hours of the week rests, while others go on (P08)", async () => {
  const { space, coordinator, second } = await there();
  await hub.owner`
    insert into facilitated_weeks (space_id, participant_id, week, minutes)
    select ${space}, id, date_trunc('week', now() at time zone 'America/Mexico_City'), 105
    from participants where space_id = ${space} and alias = 'Jacaranda'`;
  await coordinator.call(beginShift, { space });
  await end(coordinator, space);
  expect(await coordinator.call(getShift, { space })).toEqual({
    running: false,
    minutesThisWeek: 120,
    weeklyHoursMax: 2,
  });
  await expect(coordinator.call(beginShift, { space })).rejects.toMatchObject({ code: "not_yet" });
  expect(await second.call(getShift, { space })).toMatchObject({ minutesThisWeek: 0 });
  await second.call(beginShift, { space });
});

test("a note goes as soon as messages do, also after the rule became shorter (P10)", async () => {
  const { space, coordinator } = await there();
  await coordinator.call(beginShift, { space });
  await work(space, 15);
  await end(coordinator, space);
  const days = async () => {
    const [note] = await hub.owner`
      select expires_on - current_date as days from shift_notes where space_id = ${space}`;
    return note?.days;
  };
  expect(await days()).toBe(30);
  const shorter = { ...settings, keepsDays: 7 };
  await coordinator.call(changeSpace, { space, ...words, settings: shorter, rulesVersion: 1 });
  const jobs = hub.as("telar_jobs");
  await bringEndsNearer(jobs, 100);
  await jobs.end();
  expect(await days()).toBe(7);
});

test("whoever has not said yes to the rules as they are facilitates nothing until they do", async () => {
  const { space, coordinator, second } = await there();
  await coordinator.call(changeSpace, {
    space,
    ...words,
    rules: "Otras.",
    settings,
    rulesVersion: 1,
  });
  await expect(second.call(beginShift, { space })).rejects.toMatchObject({ code: "rules_changed" });
  await coordinator.call(beginShift, { space });
});
