import type { AccountId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import type { Sql } from "./connection.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

const cast = createCast({ owner, as });
const spaces = createSpaceCast(owner);
const group = await cast.group();
const people = {
  coordinator: await cast.member(group, "Sabino", ["coordinator"]),
  facilitator: await cast.member(group, "Ceiba"),
  other: await cast.member(group, "Copal"),
  member: await cast.member(group, "Nogal"),
  reporter: await cast.member(group, "Fresno"),
  stranger: await cast.stranger(),
  steward: await cast.steward("Zapote"),
};
const space = await spaces.space(group);
const place = (who: "facilitator" | "other" | "member" | "reporter", facilitator = false) =>
  spaces.place(space, { membership: people[who].id, alias: who, facilitator });
const places = {
  facilitator: await place("facilitator", true),
  other: await place("other", true),
  member: await place("member"),
  reporter: await place("reporter"),
};
const message = crypto.randomUUID();
await owner`
  insert into messages (space_id, place, id, participant_id, expires_on, body)
  values (${space}, 1, ${message}, ${places.member}, current_date + 9, 'Palabras')`;

/** About one who facilitates. */
const report = crypto.randomUUID();
await owner`
  insert into reports (id, space_id, target_id, space_title, alias, reason, words)
  values (${report}, ${space}, ${places.facilitator}, 'Palabra', 'facilitator', 'other', 'Canario')`;
await owner`
  insert into reporters (report_id, space_id, participant_id) values (${report}, ${space}, ${places.reporter})`;
await owner`
  insert into report_notes (report_id, name, note) values (${report}, 'other', 'Nota')`;
await owner`insert into filters (space_id, word) values (${space}, 'palo')`;
await owner`
  insert into blocks (space_id, participant_id, blocked_id) values (${space}, ${places.reporter}, ${places.member})`;
await owner`
  insert into one_to_one_asks (space_id, from_id, to_id) values (${space}, ${places.reporter}, ${places.member})`;
await owner`
  insert into bans (space_id, account_id, alias, reason) values (${space}, ${people.stranger.account}, 'x', 'y')`;

type Who = keyof typeof people;
const rowsFor = (who: Who, table: string) =>
  actAs(database, { account: people[who].account }, async (sql) => {
    const rows = await sql`select 1 from ${sql(table)}`;
    return rows.count;
  });

test.each<[table: string, seenBy: Who[]]>([
  ["reports", ["coordinator"]],
  ["report_notes", ["coordinator"]],
  ["filters", ["facilitator", "other"]],
  ["blocks", ["reporter"]],
  ["one_to_one_asks", ["member", "reporter"]],
  ["bans", ["facilitator", "other"]],
  ["moderation_acts", []],
  ["withheld_messages", []],
])("%s: seen by %j and nobody else (T14)", async (table, seenBy) => {
  const found: Who[] = [];
  for (const who of Object.keys(people) as Who[])
    if ((await rowsFor(who, table)) > 0) found.push(who);
  expect(found).toEqual(seenBy);
});

async function passes(account: AccountId, write: (sql: Sql) => Promise<{ count: number }>) {
  const undo = new Error("undo");
  let count = 0;
  try {
    await actAs(database, { account }, async (sql) => {
      ({ count } = await write(sql));
      throw undo;
    });
  } catch (error) {
    if (error !== undo) return false;
  }
  return count > 0;
}

const act =
  (person: string, wanted: string, ledBy: string | null = null) =>
  (sql: Sql) =>
    sql`select from apply_act(${space}, ${person}, ${wanted}, ${message}, 'x', 1, 30, ${ledBy}) as role where role is not null`;

const relieves = (person: string) => (sql: Sql) =>
  sql`select from relieve_facilitator(${space}, ${person}, 'x') as done where done`;
const stops = (person: string) => (sql: Sql) =>
  sql`update participants set facilitator = false where id = ${person}`;

test.each<[who: Who, what: string, write: (sql: Sql) => Promise<{ count: number }>]>([
  ["member", "acts on another", act(places.reporter, "mute")],
  ["coordinator", "acts without a report", act(places.member, "mute")],
  ["steward", "acts without a report", act(places.member, "mute")],
  ["stranger", "acts at all", act(places.member, "mute")],
  ["facilitator", "acts on themselves", act(places.facilitator, "warn")],
  ["facilitator", "acts by the report about them", act(places.member, "mute", report)],
  ["member", "shows what is hidden", (sql) => sql`select show_again(${space}, ${message})`],
  [
    "facilitator",
    "passes on the report about them",
    (sql) => sql`select from pass_report(${report}) as passed where passed`,
  ],
  [
    "facilitator",
    "decides the report about them",
    (sql) => sql`update reports set state = 'no_action' where id = ${report}`,
  ],
  [
    "reporter",
    "decides their own report",
    (sql) => sql`update reports set state = 'decided' where id = ${report}`,
  ],
  [
    "facilitator",
    "notes on the report about them",
    (sql) =>
      sql`insert into report_notes (report_id, account_id, name, note)
      values (${report}, ${people.facilitator.account}, 'x', 'x')`,
  ],
  [
    "other",
    "notes in somebody else's name",
    (sql) =>
      sql`insert into report_notes (report_id, account_id, name, note)
      values (${report}, ${people.facilitator.account}, 'x', 'x')`,
  ],
  [
    "member",
    "reports in somebody else's name",
    (sql) =>
      sql`insert into reporters (report_id, space_id, participant_id)
      values (${crypto.randomUUID()}, ${space}, ${places.reporter})`,
  ],
  [
    "member",
    "reports themselves",
    (sql) =>
      sql`insert into reports (id, space_id, target_id, space_title, alias, reason, words)
      values (${crypto.randomUUID()}, ${space}, ${places.member}, 'x', 'x', 'other', '')`,
  ],
  ["member", "relieves another", relieves(places.facilitator)],
  ["coordinator", "relieves anybody", relieves(places.facilitator)],
  ["steward", "relieves anybody", relieves(places.facilitator)],
  ["facilitator", "relieves themselves", relieves(places.facilitator)],
  ["facilitator", "relieves another without a reason", stops(places.other)],
  ["member", "ends a ban", (sql) => sql`select * from end_ban((select id from bans limit 1))`],
  ["coordinator", "bans from the hub", (sql) => sql`select ban_from_hub(${report}, 'x')`],
  [
    "member",
    "bans from the group",
    (sql) => sql`select ban_from_group(${group}, ${people.other.id}, 'x')`,
  ],
  [
    "member",
    "changes the filters",
    (sql) => sql`insert into filters (space_id, word) values (${space}, 'otra')`,
  ],
  [
    "member",
    "blocks in somebody else's name",
    (sql) =>
      sql`insert into blocks (space_id, participant_id, blocked_id)
      values (${space}, ${places.reporter}, ${places.other})`,
  ],
  [
    "reporter",
    "accepts what they asked for",
    (sql) =>
      sql`select from open_one_to_one(${space}, ${places.reporter}) as made where made is not null`,
  ],
])("%s never %s (T14)", async (who, _what, write) => {
  expect(await passes(people[who].account, write)).toBe(false);
});

test("the same acts pass for whom they are meant", async () => {
  const steps: [Who, (sql: Sql) => Promise<{ count: number }>][] = [
    ["facilitator", act(places.member, "mute")],
    ["facilitator", act(places.member, "hide")],
    ["coordinator", act(places.facilitator, "warn", report)],
    ["facilitator", relieves(places.other)],
    ["other", stops(places.other)],
    ["coordinator", (sql) => sql`update reports set state = 'no_action' where id = ${report}`],
    ["coordinator", (sql) => sql`select from pass_report(${report}) as passed where passed`],
    ["other", (sql) => sql`select * from end_ban((select id from bans limit 1))`],
    ["coordinator", (sql) => sql`select ban_from_group(${group}, ${people.other.id}, 'x')`],
    [
      "member",
      (sql) =>
        sql`select from open_one_to_one(${space}, ${places.reporter}) as made where made is not null`,
    ],
  ];
  for (const [at, [who, write]] of steps.entries())
    expect([at, await passes(people[who].account, write)]).toEqual([at, true]);
});
