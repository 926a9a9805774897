import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import type { Sql } from "./connection.ts";
import { listModerationNotices } from "./moderation-notices.ts";
import { addReport, markDecided } from "./reports.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);

const cast = createCast({ owner, as });
const spaces = createSpaceCast(owner);
const group = await cast.group();
const coordinator = await cast.member(group, "Ceiba", ["coordinator"]);
const facilitator = await cast.member(group, "Copal");
const member = await cast.member(group, "Fresno");
const author = await cast.member(group, "Guaje");
const removed = await cast.member(group, "Nogal");
const outside = await cast.member(group, "Pirul");
const steward = await cast.steward("Sabino");
const space = await spaces.space(group, { keepsDays: 7 });
const stream = `space:${space}`;
const place = (who: Somebody, alias: string, facilitates = false, where = space) =>
  spaces.place(where, { membership: who.id, alias, facilitator: facilitates });
const places = {
  facilitator: await place(facilitator, "Tepozán", true),
  member: await place(member, "Cuajiote"),
  author: await place(author, "Colorín"),
};
const gone = await place(removed, "Sauce");
await owner`update participants set state = 'removed' where id = ${gone}`;
await owner`insert into streams (name, last_place) values (${stream}, 1000)`;

let last = 0;
async function written(state = "shown"): Promise<string> {
  const id = crypto.randomUUID();
  last += 1;
  await owner`
    insert into messages (space_id, place, id, participant_id, expires_on, state, note, body)
    values (${space}, ${last}, ${id}, ${places.author}, current_date + 7, ${state}, '',
      ${state === "shown" ? "Palabras" : ""})`;
  return id;
}

/** Refused by a wall or a guard, or nothing was there to change. */
async function refused(who: Pick<Somebody, "do">, write: (sql: Sql) => Promise<{ count: number }>) {
  try {
    return (await who.do(write)).count === 0;
  } catch (error) {
    if ((error as { code?: string }).code !== "42501") throw error;
    return true;
  }
}

const set =
  (id: string, change: string) =>
  (sql: Sql): Promise<{ count: number }> =>
    (sql as typeof owner)`update messages set ${owner.unsafe(change)} where id = ${id}`;

test.each([
  [
    "a facilitator hides a message without an act",
    facilitator,
    "state = 'hidden', note = '', body = ''",
  ],
  [
    "a facilitator deletes somebody's message",
    facilitator,
    "state = 'deleted', note = '', body = ''",
  ],
  [
    "a facilitator ends somebody's message before its day",
    facilitator,
    "expires_on = current_date",
  ],
  ["an author hides instead of deleting", author, "state = 'hidden', note = '', body = ''"],
  ["an author changes words as if they had not", author, "body = 'Otras'"],
])("never: %s (T14)", async (_what, who, change) => {
  expect(await refused(who, set(await written(), change))).toBe(true);
});

test.each([
  ["a facilitator", facilitator],
  ["an author", author],
])("%s never shows again what is hidden, with other words or none (T14)", async (_what, who) => {
  const id = await written("hidden");
  expect(await refused(who, set(id, "state = 'shown', body = 'Otras', edited = true"))).toBe(true);
  expect(await refused(who, set(id, "note = 'x'"))).toBe(true);
});

test("an author changes their words and deletes them, also while they are hidden", async () => {
  expect(await refused(author, set(await written(), "body = 'Otras', edited = true"))).toBe(false);
  for (const state of ["shown", "hidden"])
    expect(
      await refused(author, set(await written(state), "state = 'deleted', note = '', body = ''")),
    ).toBe(false);
});

const post =
  (more: { at?: number | string; keeps?: number; who?: ParticipantId; dated?: boolean } = {}) =>
  (sql: Sql) => {
    const { at = 999, keeps = 7, who = places.member, dated = false } = more;
    const dating = dated ? sql`, posted_at` : sql``;
    return sql`
      insert into messages (space_id, place, id, participant_id, expires_on, note, body ${dating})
      values (${space}, ${at}, ${crypto.randomUUID()}, ${who}, current_date + ${keeps}::integer, '', 'Aquí'
        ${dated ? sql`, '2020-01-01'` : sql``})`;
  };

test("a message keeps to its space's days, its own moment, its author and the end of its stream", async () => {
  expect(await refused(member, post({ keeps: 8 }))).toBe(true);
  expect(await refused(member, post({ keeps: 36500 }))).toBe(true);
  expect(await refused(member, post({ dated: true }))).toBe(true);
  expect(await refused(member, post({ who: places.author }))).toBe(true);
  expect(await refused(member, post({ at: 1001 }))).toBe(true);
  expect(await refused(member, post({ at: "9007199254740000" }))).toBe(true);
  expect(await refused(member, post())).toBe(false);
});

test("those who facilitate read what is held and let it go; nobody writes or changes it for its author", async () => {
  const id = crypto.randomUUID();
  await owner`
    insert into waiting_messages (space_id, id, participant_id, why, note, body)
    values (${space}, ${id}, ${places.author}, 'held', '', 'Hola')`;
  const words = (sql: Sql) => sql`update waiting_messages set body = 'Otra cosa' where id = ${id}`;
  const draft = (sql: Sql) => sql`update waiting_messages set why = 'draft' where id = ${id}`;
  for (const who of [facilitator, author]) expect(await refused(who, words)).toBe(true);
  expect(await refused(facilitator, draft)).toBe(true);
  expect(
    await refused(
      facilitator,
      (sql) =>
        sql`insert into waiting_messages (space_id, id, participant_id, why, note, body)
          values (${space}, ${crypto.randomUUID()}, ${places.author}, 'held', '', 'Nunca lo dije')`,
    ),
  ).toBe(true);
  const gone = (sql: Sql) => sql`delete from waiting_messages where id = ${id}`;
  expect(await refused(member, gone)).toBe(true);
  expect(await refused(facilitator, gone)).toBe(false);
});

test("what two people opened is neither closed nor kept longer by who coordinates, in it or not", async () => {
  const two: SpaceId = await spaces.space(group, { kind: "one_to_one", keepsDays: 1 });
  await place(coordinator, "Jacaranda", false, two);
  await place(author, "Colorín", false, two);
  const change = (what: string) => (sql: Sql) =>
    (sql as typeof owner)`update spaces set ${owner.unsafe(what)} where id = ${two}`;
  expect(await refused(coordinator, change("state = 'closed'"))).toBe(true);
  expect(await refused(coordinator, change("keeps_days = 365"))).toBe(true);
});

const banned = (role: string) => ({ kind: "participant.banned", role, reason: "x" });
const append = (role: string) => (sql: Sql) =>
  sql`select append_event(${stream}, ${sql.json(banned(role))}::jsonb)`;
const appendAlso =
  (event: Record<string, string>, days = 9) =>
  (sql: Sql) =>
    sql`select * from append_to_streams(array[${stream}], array[${sql.json(event)}::jsonb],
      array[current_date + ${days}::integer])`;

test("a decision is told only by whoever has the role in which it was made (T14)", async () => {
  const roles = ["facilitator", "coordinator", "steward"] as const;
  const told = { member, removed, outside, facilitator, coordinator, steward };
  const passed: Record<string, string[]> = {};
  for (const [name, who] of Object.entries(told)) {
    passed[name] = [];
    for (const role of [...roles, "x"]) {
      const [one, other] = [
        await refused(who, append(role)),
        await refused(who, appendAlso(banned(role))),
      ];
      expect(one).toBe(other);
      if (!one) passed[name].push(role);
    }
  }
  expect(passed).toEqual({
    member: [],
    removed: [],
    outside: [],
    facilitator: ["facilitator"],
    coordinator: ["coordinator"],
    steward: ["steward"],
  });
});

test("what happens in a space is kept for a year at most, and told by who is in it", async () => {
  const event = { kind: "message.edited", message: crypto.randomUUID() };
  expect(await refused(member, appendAlso(event, 366))).toBe(true);
  expect(await refused(outside, appendAlso(event))).toBe(true);
  expect(await refused(member, appendAlso(event, 365))).toBe(false);
});

async function report(message?: string) {
  const id = crypto.randomUUID();
  await member.do((sql) =>
    addReport(sql, {
      id,
      space,
      target: places.author,
      message,
      reason: "threat",
      words: "Me asusta",
      showName: true,
      outside: false,
    } as Parameters<typeof addReport>[1]),
  );
  return id;
}

test("a report says what the message said and under which alias, whatever whoever reports would have it say", async () => {
  const message = await written();
  const id = await report(message);
  const [kept] = await owner`
    select alias, body, reporter_alias, reach, (select participant_id from reporters where report_id = reports.id) as who
    from reports where id = ${id}`;
  expect({ ...kept }).toEqual({
    alias: "Colorín",
    body: "Palabras",
    reporterAlias: "Cuajiote",
    reach: "facilitator",
    who: places.member,
  });
  for (const table of ["reports", "reporters"])
    expect(await refused(member, (sql) => sql`insert into ${sql(table)} default values`)).toBe(
      true,
    );
  const makes = (who: Somebody, person: string, about: string | null) =>
    who.do(async (sql) => {
      const [row] = await sql<[{ made: boolean }]>`
        select make_report(${crypto.randomUUID()}, ${space}, ${person}, ${about}, 'other', '', false, false) as made`;
      return row.made;
    });
  expect(await makes(member, places.member, null)).toBe(false);
  expect(await makes(member, places.facilitator, message)).toBe(false);
  expect(await makes(member, places.author, crypto.randomUUID())).toBe(false);
  for (const who of [outside, removed]) expect(await makes(who, places.author, null)).toBe(false);
});

test("nobody keeps a report longer: a decision gives it its ninety days", async () => {
  const id = await report();
  expect(
    await refused(
      facilitator,
      (sql) => sql`update reports set ends_on = current_date + 36500 where id = ${id}`,
    ),
  ).toBe(true);
  await facilitator.do((sql) =>
    markDecided(sql, facilitator.account, id as Parameters<typeof markDecided>[2], {
      state: "no_action",
      answer: "Gracias",
    }),
  );
  const [kept] = await owner`select ends_on - current_date as days from reports where id = ${id}`;
  expect(kept?.days).toBe(90);
});

test("a page tells whoever may judge an open report that it waits, until somebody else takes it or it is decided", async () => {
  const quiet = await spaces.space(group);
  const about = await place(author, "Huizache", false, quiet);
  const by = await place(member, "Encino", false, quiet);
  const others = await cast.group("Vecinas");
  const judges = [await cast.member(group, "Zapote"), await cast.member(group, "Amate")] as const;
  for (const [n, who] of judges.entries()) await place(who, `Zapote ${n}`, true, quiet);
  const [judge, other] = judges;
  const stranger = await cast.member(others, "Mezquite", ["coordinator"]);
  const id = crypto.randomUUID();
  await owner`
    insert into reports (id, space_id, target_id, space_title, alias, reason, words)
    values (${id}, ${quiet}, ${about}, 'x', 'Huizache', 'other', '')`;
  await owner`
    insert into reporters (report_id, space_id, participant_id) values (${id}, ${quiet}, ${by})`;
  const waits = async (who: Pick<Somebody, "do" | "account">) =>
    (await who.do((sql) => listModerationNotices(sql, who.account))).some(
      ({ kind }) => kind === "judgement_waits",
    );
  expect(await Promise.all([judge, other, author, stranger].map(waits))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  await owner`update reports set state = 'assigned', assignee_id = ${judge.account} where id = ${id}`;
  expect(await Promise.all([judge, other].map(waits))).toEqual([true, false]);
  await owner`update reports set state = 'decided' where id = ${id}`;
  expect(await waits(judge)).toBe(false);
});

test("what a page asks of moderation takes no time, however many reports are open and kept", async () => {
  const busy = await spaces.space(group);
  const about = await place(author, "Mezquite", false, busy);
  const by = await place(member, "Ocote", false, busy);
  await place(facilitator, "Tepozán", true, busy);
  await owner`
    with made as (
      insert into reports (id, space_id, target_id, space_title, alias, reason, words, state, decided_on)
      select gen_random_uuid(), ${busy}, ${about}, 'x', 'Mezquite', 'other', '', state, current_date
      from generate_series(1, 1500), unnest(array['no_action', 'new']) as state returning id)
    insert into reporters (report_id, space_id, participant_id) select id, ${busy}, ${by} from made`;
  await owner`analyze`;
  for (const who of [facilitator, member, steward]) {
    const began = performance.now();
    await who.do((sql) => listModerationNotices(sql, who.account));
    expect(performance.now() - began).toBeLessThan(150);
  }
}, 60_000);
