import type { CoalitionId, SpaceId } from "@telar/contracts/ids";
import type { SpaceSettings } from "@telar/contracts/spaces";
import { afterAll, expect, test } from "vitest";
import { bringEndsNearer } from "./expiry.ts";
import { addPlace } from "./participants.ts";
import * as spaces from "./spaces.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);

const settings: SpaceSettings = {
  keepsDays: 30,
  slowMinutes: 2,
  noteRequired: true,
  admission: true,
  holdsFirst: 1,
  facilitatedHours: true,
  weeklyHoursMax: 12,
  guests: false,
};
const words = { title: "Palabra", purpose: "Escucharnos", rules: "Nos cuidamos." };

async function founded(title = words.title) {
  const group = await cast.group();
  const ceiba = await cast.member(group, "Ceiba", ["coordinator"]);
  const id = crypto.randomUUID() as SpaceId;
  await ceiba.do(async (sql) => {
    const made = { ...words, id, title, owner: { group }, kind: "working" as const, settings };
    await spaces.addSpace(sql, { ...made, state: "open", zone: "America/Mexico_City" });
    await addPlace(sql, {
      space: id,
      account: ceiba.account,
      through: group,
      alias: "Jacaranda",
      state: "joined",
      version: 1,
      facilitator: true,
    });
  });
  const copal = await cast.member(group, "Copal");
  return { group, ceiba, copal, id, stranger: await cast.stranger() };
}

test("a space stands with its settings, its first rules and no hours", async () => {
  const { group, copal, id } = await founded();
  expect(await copal.do((sql) => spaces.getSpaceRow(sql, id))).toEqual({
    id,
    kind: "working",
    state: "open",
    group,
    coalition: null,
    title: "Palabra",
    purpose: "Escucharnos",
    rulesVersion: 1,
    zone: "America/Mexico_City",
    hours: [],
    ...settings,
  });
  expect(await copal.do((sql) => spaces.getRules(sql, id, 1))).toEqual({
    version: 1,
    text: "Nos cuidamos.",
  });
});

test("nobody outside the group sees a space, its rules, or who facilitates", async () => {
  const { group, stranger, id } = await founded();
  const see = <Result>(work: Parameters<typeof stranger.do<Result>>[0]) => stranger.do(work);
  for (const look of [
    () => see((sql) => spaces.getSpaceRow(sql, id)),
    () => see((sql) => spaces.getRules(sql, id, 1)),
    () => see((sql) => spaces.getSpaceCard(sql, stranger.account, id)),
  ])
    await expect(look()).rejects.toMatchObject({ code: "not_found" });
  expect(await see((sql) => spaces.listSpaceRows(sql, [id]))).toEqual([]);
  expect(await see((sql) => spaces.listSpaces(sql, stranger.account, { group }))).toEqual([]);
  expect(await see((sql) => spaces.listFacilitators(sql, id))).toEqual([]);
  expect(await see((sql) => spaces.countSpaces(sql, { group }))).toBe(0);
});

test("a card says what the space is to its reader", async () => {
  const { group, ceiba, copal, id } = await founded();
  const card = (who: typeof ceiba) => who.do((sql) => spaces.getSpaceCard(sql, who.account, id));
  expect(await card(copal)).toEqual({
    id,
    kind: "working",
    title: "Palabra",
    purpose: "Escucharnos",
    state: "open",
    owner: { group, name: "Tejido" },
    standing: "none",
    facilitating: false,
  });
  expect(await card(ceiba)).toMatchObject({ standing: "joined", facilitating: true });
  await owner`update spaces set rules_version = 2 where id = ${id}`;
  expect(await card(ceiba)).toMatchObject({ standing: "asked_again" });
  await owner`update participants set state = 'asked' where space_id = ${id}`;
  expect(await card(ceiba)).toMatchObject({ standing: "asked" });
});

test("spaces come by title, closed ones last, of one owner or of all", async () => {
  const { group, ceiba, id } = await founded("Álamo");
  const add = async (title: string, state: "open" | "closed") => {
    const made = { ...words, title, owner: { group }, kind: "working" as const, settings, state };
    const space = crypto.randomUUID() as SpaceId;
    await ceiba.do((sql) => spaces.addSpace(sql, { ...made, id: space, zone: "Europe/Zurich" }));
  };
  await add("Zapote", "open");
  await add("Aguacate", "closed");
  const titles = (of?: spaces.Owner) =>
    ceiba.do(async (sql) =>
      (await spaces.listSpaces(sql, ceiba.account, of)).map(({ title }) => title),
    );
  expect(await titles()).toEqual(["Álamo", "Zapote", "Aguacate"]);
  expect(await titles({ group })).toHaveLength(3);
  expect(await titles({ coalition: id as string as CoalitionId })).toEqual([]);
  expect(await ceiba.do((sql) => spaces.countSpaces(sql, { group }))).toBe(3);
});

test("other rules are another version, and whoever wrote them has said yes", async () => {
  const { ceiba, copal, id } = await founded();
  const rules = { rules: "Otras.", settings: { ...settings, keepsDays: 7 } };
  const change = (who: typeof ceiba) =>
    who.do((sql) => spaces.changeRules(sql, id, { ...rules, by: who.account }));
  await expect(change(copal)).rejects.toMatchObject({ code: "not_allowed" });
  expect(await change(ceiba)).toBe(2);
  expect(await copal.do((sql) => spaces.getSpaceRow(sql, id))).toMatchObject({
    rulesVersion: 2,
    keepsDays: 7,
  });
  for (const [version, text] of [
    [1, "Nos cuidamos."],
    [2, "Otras."],
  ] as const)
    expect((await copal.do((sql) => spaces.getRules(sql, id, version))).text).toBe(text);
  const [place] = await owner`select accepted_version from participants where space_id = ${id}`;
  expect(place?.acceptedVersion).toBe(2);
});

test("a title changes by who coordinates, and by nobody else", async () => {
  const { ceiba, copal, id } = await founded();
  const change = (who: typeof ceiba) =>
    who.do((sql) => spaces.changeTitle(sql, id, { title: "Otra", purpose: "Hablar" }));
  await change(copal);
  expect(await copal.do((sql) => spaces.getSpaceRow(sql, id))).toMatchObject({ title: "Palabra" });
  await change(ceiba);
  expect(await copal.do((sql) => spaces.getSpaceRow(sql, id))).toMatchObject({
    title: "Otra",
    purpose: "Hablar",
  });
});

test("hours are set anew, and of two that begin together the longer one counts", async () => {
  const { ceiba, copal, id } = await founded();
  const change = (hours: { weekday: number; opens: string; closes: string }[]) =>
    ceiba.do((sql) => spaces.changeHours(sql, id, { zone: "America/Tijuana", hours }));
  await change([{ weekday: 5, opens: "08:00", closes: "09:00" }]);
  await change([
    { weekday: 2, opens: "18:00", closes: "19:30" },
    { weekday: 1, opens: "18:00", closes: "23:59" },
    { weekday: 2, opens: "18:00", closes: "20:00" },
  ]);
  expect(await copal.do((sql) => spaces.getSpaceRow(sql, id))).toMatchObject({
    zone: "America/Tijuana",
    hours: [
      { weekday: 1, opens: "18:00", closes: "23:59" },
      { weekday: 2, opens: "18:00", closes: "20:00" },
    ],
  });
});

test("a state changes once", async () => {
  const { ceiba, copal, id } = await founded();
  const close = (who: typeof ceiba) => who.do((sql) => spaces.changeState(sql, id, "closed"));
  expect([await close(copal), await close(ceiba), await close(ceiba)]).toEqual([
    false,
    true,
    false,
  ]);
});

test("a space is held by who runs it, and by nobody else", async () => {
  const { ceiba, copal, id } = await founded();
  const holds = (who: typeof ceiba) =>
    who.do(async (sql) => {
      await spaces.lockSpace(sql, id);
      return owner`select from spaces where id = ${id} for update nowait`.then(
        () => false,
        (error) => error.code === "55P03",
      );
    });
  expect([await holds(ceiba), await holds(copal)]).toEqual([true, false]);
});

test("who coordinates, who facilitates, how many read and which ways lead in", async () => {
  const { group, ceiba, copal, id } = await founded();
  const row = await copal.do((sql) => spaces.getSpaceRow(sql, id));
  const both = [ceiba, copal].map((who) => who.do((sql) => spaces.coordinatesSpace(sql, id)));
  expect(await Promise.all(both)).toEqual([true, false]);
  expect(await copal.do((sql) => spaces.listFacilitators(sql, id))).toMatchObject([
    { alias: "Jacaranda" },
  ]);
  expect(await copal.do((sql) => spaces.countReaders(sql, id))).toBe(1);
  const ways = () => copal.do((sql) => spaces.listWaysIn(sql, copal.account, row));
  expect(await ways()).toEqual([{ group, name: "Tejido", alias: "Copal", kind: "victim_network" }]);
  await owner`update groups set closed = true where id = ${group}`;
  expect(await ways()).toEqual([]);
});

const plantEvents = (id: SpaceId, last: number) => owner`
  insert into events (stream, place, event, happened_on, ends_on)
  select ${`space:${id}`}, n, '{"kind": "message.posted", "message": "x"}', current_date - n % 20, current_date + 30
  from generate_series(1, ${last}::int) as n`;

async function bringAllNearer(most: number): Promise<number> {
  const jobs = as("telar_jobs");
  let steps = 0;
  while (await bringEndsNearer(jobs, most)) steps += 1;
  await jobs.end();
  return steps;
}

test("what is there comes to its end sooner under a shorter rule, in as many steps as it takes", async () => {
  const { id } = await founded();
  const [place] = await owner`select id from participants where space_id = ${id}`;
  await owner`
    insert into messages (space_id, place, id, participant_id, posted_at, expires_on, body)
    select ${id}, n, gen_random_uuid(), ${place?.id}, now() - n % 20 * interval '1 day', current_date + 30, 'x'
    from generate_series(1, 500) as n`;
  await plantEvents(id, 500);
  await owner`
    insert into shift_notes (space_id, participant_id, note, written_on, expires_on)
    values (${id}, ${place?.id}, 'x', current_date - 2, current_date + 28)`;
  await owner`update spaces set keeps_days = 7 where id = ${id}`;
  const [rest] =
    await owner`select count(*) from messages where space_id = ${id} and expires_on <> current_date + 30`;
  expect(rest?.count).toBe(0);
  expect(await bringAllNearer(100)).toBeGreaterThan(5);
  expect(await bringAllNearer(100)).toBe(0);
  const [left] = await owner`
    select count(*) filter (where expires_on <> posted_at::date + 7) as wrong,
      (select expires_on - current_date from shift_notes where space_id = ${id}) as note,
      (select count(*) from events where stream = ${`space:${id}`} and event ? 'message'
        and ends_on <> happened_on + 7) as wrong_events
    from messages where space_id = ${id}`;
  expect({ ...left }).toEqual({ wrong: 0, note: 5, wrongEvents: 0 });
});

test("a rule that is longer again leaves the shorter promise, and a still shorter one begins anew", async () => {
  const { id } = await founded();
  const [place] = await owner`select id from participants where space_id = ${id}`;
  await owner`
    insert into messages (space_id, place, id, participant_id, expires_on, body)
    select ${id}, n, gen_random_uuid(), ${place?.id}, current_date + 30, 'x' from generate_series(1, 4) as n`;
  await plantEvents(id, 4);
  const keep = (days: number) => owner`update spaces set keeps_days = ${days} where id = ${id}`;
  const left = async () =>
    (
      await owner<{ days: number }[]>`
        select expires_on - current_date as days from messages where space_id = ${id} order by place`
    ).map(({ days }) => days);
  await keep(7);
  await keep(90);
  const jobs = as("telar_jobs");
  await bringEndsNearer(jobs, 2);
  await jobs.end();
  expect(await left()).toEqual([7, 7, 30, 30]);
  await keep(5);
  await bringAllNearer(3);
  expect(await left()).toEqual([5, 5, 5, 5]);
});

test("nothing that was written stays longer than was promised", async () => {
  const { id } = await founded();
  const [place] = await owner`select id from participants where space_id = ${id}`;
  await owner`
    insert into shift_notes (space_id, participant_id, note, expires_on) values (${id}, ${place?.id}, 'x', current_date + 3)`;
  await owner`update spaces set keeps_days = 365 where id = ${id}`;
  expect(await bringAllNearer(100)).toBe(0);
  await expect(
    owner`update shift_notes set expires_on = current_date + 4 where space_id = ${id}`,
  ).rejects.toMatchObject({ code: "23514" });
});
