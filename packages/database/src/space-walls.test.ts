import type { AccountId, GroupId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import type { Sql } from "./connection.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

const cast = createCast({ owner, as });
const spaceCast = createSpaceCast(owner);
const group = await cast.group();
const coordinator = await cast.member(group, "Ceiba", ["coordinator"]);
const facilitator = await cast.member(group, "Copal");
const member = await cast.member(group, "Fresno");
const gone = await cast.member(group, "Guaje");
const removed = await cast.member(group, "Nogal");
const asking = await cast.member(group, "Ocote");
const outside = await cast.member(group, "Pirul");
const other = await cast.group("Vecinas");
const foreigner = await cast.member(other, "Sabino", ["coordinator"]);
await cast.member(other, "Copal", [], facilitator.account);

const space = await spaceCast.space(group, { kind: "peer_support", state: "preparing" });
const place = (who: Somebody, alias: string, facilitates = false) =>
  spaceCast.place(space, { membership: who.id, alias, facilitator: facilitates });
const places = {
  coordinator: await place(coordinator, "Jacaranda"),
  facilitator: await place(facilitator, "Tepozán", true),
  member: await place(member, "Cuajiote"),
  gone: await place(gone, "Colorín"),
  removed: await place(removed, "Sauce"),
  asking: await place(asking, "Ahuejote"),
};
for (const [id, state] of [
  [places.gone, "left"],
  [places.removed, "removed"],
  [places.asking, "asked"],
] as const)
  await owner`update participants set state = ${state} where id = ${id}`;
const unfacilitated = await spaceCast.space(group);
const idle = await spaceCast.place(unfacilitated, {
  membership: coordinator.id,
  alias: "Jacaranda",
});
const idleMember = await spaceCast.place(unfacilitated, { membership: member.id, alias: "Sauce" });
const kept = await spaceCast.place(unfacilitated, { membership: removed.id, alias: "Nopal" });
await owner`update participants set state = 'removed' where id = ${kept}`;
const asked = await spaceCast.space(group);
await owner`update spaces set admission = true where id in (${space}, ${asked})`;
await spaceCast.place(asked, { membership: facilitator.id, alias: "Tepozán", facilitator: true });
await owner`insert into shifts (space_id, participant_id) values (${space}, ${places.facilitator})`;
await owner`
  insert into shift_notes (space_id, participant_id, note, expires_on)
  values (${space}, ${places.facilitator}, 'x', current_date + 1)`;
const [card] = await owner<{ id: string }[]>`
  insert into crisis_cards (group_id, name, contact, hours, languages)
  values (${group}, 'Línea', '55', '', '') returning id`;

type Write = (sql: Sql) => Promise<{ count: number }>;
const set =
  (id: string, change: string): Write =>
  (sql) =>
    (sql as typeof owner)`update participants set ${owner.unsafe(change)} where id = ${id}`;
const change =
  (id: SpaceId, what: string): Write =>
  (sql) =>
    (sql as typeof owner)`update spaces set ${owner.unsafe(what)} where id = ${id}`;
const enter =
  (who: { account: AccountId }, state: string, where = space, through: GroupId = group): Write =>
  (sql) =>
    sql`insert into participants (space_id, account_id, group_id, alias, state, accepted_version)
      values (${where}, ${who.account}, ${through}, 'Álamo', ${state}, 1)`;
const found =
  (where: GroupId): Write =>
  (sql) =>
    sql`insert into spaces (group_id, kind, title, keeps_days, slow_minutes, note_required, admission, holds_first,
        facilitated_hours, weekly_hours_max, guests)
      values (${where}, 'working', 'Palabra', 30, 0, false, false, 0, false, 12, false)`;

/** What the rules never let through, asked of the wall alone. */
const writes: [who: string, what: string, claims: { account: AccountId }, write: Write][] = [
  ["a member", "founds a space", member, found(group)],
  ["a coordinator", "founds a space of another group", coordinator, found(other)],
  ["a member", "opens a space", member, change(space, "state = 'closed'")],
  ["a stranger", "changes a space", foreigner, change(space, "title = 'Otra'")],
  ["a facilitator", "keeps messages for longer", facilitator, change(space, "keeps_days = 365")],
  ["a facilitator", "writes other rules", facilitator, change(space, "rules_version = 2")],
  ["a facilitator", "opens peer support alone", facilitator, change(space, "state = 'open'")],
  [
    "a facilitator",
    "writes a version of the rules",
    facilitator,
    (sql) =>
      sql`insert into space_rules (space_id, version, rules, settings) values (${space}, 9, 'x', '{}')`,
  ],
  [
    "a member",
    "sets hours",
    member,
    (sql) =>
      sql`insert into space_hours (space_id, weekday, opens, closes) values (${space}, 1, '08:00', '09:00')`,
  ],
  ["somebody", "comes in without being let in", outside, enter(outside, "joined")],
  [
    "a coordinator",
    "comes in over who facilitates",
    coordinator,
    enter(coordinator, "joined", asked),
  ],
  ["somebody", "brings somebody else in", outside, enter(foreigner, "asked")],
  ["a stranger", "asks to come in", foreigner, enter(foreigner, "asked", space, other)],
  [
    "somebody",
    "comes in through a group that is not theirs",
    outside,
    enter(outside, "asked", space, other),
  ],
  [
    "somebody",
    "facilitates from the start",
    outside,
    (sql) =>
      sql`insert into participants (space_id, account_id, group_id, alias, state, facilitator, accepted_version)
        values (${unfacilitated}, ${outside.account}, ${group}, 'Álamo', 'joined', true, 1)`,
  ],
  ["whoever asks", "lets themselves in", asking, set(places.asking, "state = 'joined'")],
  ["whoever asks", "forgets that they asked", asking, set(places.asking, "state = 'left'")],
  ["somebody who left", "comes back unasked", gone, set(places.gone, "state = 'joined'")],
  ["somebody removed", "comes back", removed, set(places.removed, "state = 'joined'")],
  ["somebody removed", "makes it a leaving", removed, set(places.removed, "state = 'left'")],
  ["a member", "begins to facilitate", member, set(places.member, "facilitator = true")],
  ["a member", "ends their mute", member, set(places.member, "muted_until = now()")],
  [
    "somebody who facilitates",
    "mutes without an act that tells why",
    facilitator,
    set(places.member, "muted_until = now()"),
  ],
  [
    "a member",
    "moves to a group that is not theirs",
    member,
    set(places.member, `group_id = '${other}'`),
  ],
  ["a member", "removes somebody", member, set(places.facilitator, "state = 'removed'")],
  ["a member", "lets somebody in", member, set(places.asking, "state = 'joined'")],
  ["a member", "takes another alias", member, set(places.member, "alias = 'Álamo'")],
  [
    "a member",
    "gives their place away",
    member,
    set(places.member, `account_id = '${outside.account}'`),
  ],
  [
    "a member",
    "takes up a space that nobody facilitates",
    member,
    set(idleMember, "facilitator = true"),
  ],
  [
    "a coordinator",
    "begins to facilitate beside others",
    coordinator,
    set(places.coordinator, "facilitator = true"),
  ],
  ["a coordinator", "removes somebody", coordinator, set(places.member, "state = 'removed'")],
  ["a facilitator", "brings back who left", facilitator, set(places.gone, "state = 'joined'")],
  [
    "a facilitator",
    "brings back whom they removed",
    facilitator,
    set(places.removed, "state = 'joined'"),
  ],
  [
    "a facilitator",
    "says yes for somebody else",
    facilitator,
    set(places.member, "accepted_version = 2"),
  ],
  [
    "a facilitator",
    "moves somebody to another group",
    facilitator,
    set(places.member, `group_id = '${other}'`),
  ],
  [
    "a member",
    "keeps a crisis card",
    member,
    (sql) => sql`update crisis_cards set contact = '66' where id = ${card?.id ?? ""}`,
  ],
  [
    "a member",
    "takes a crisis card away",
    member,
    (sql) => sql`delete from crisis_cards where id = ${card?.id ?? ""}`,
  ],
  [
    "a stranger",
    "adds a crisis card",
    foreigner,
    (sql) =>
      sql`insert into crisis_cards (group_id, name, contact, hours, languages) values (${group}, 'Xx', '66', '', '')`,
  ],
  [
    "a member",
    "begins a shift",
    member,
    (sql) => sql`insert into shifts (space_id, participant_id) values (${space}, ${places.member})`,
  ],
  ["a coordinator", "ends a shift", coordinator, (sql) => sql`delete from shifts`],
  [
    "a member",
    "leaves a note for who facilitates",
    member,
    (sql) =>
      sql`insert into shift_notes (space_id, participant_id, note, expires_on)
        values (${space}, ${places.facilitator}, 'x', current_date)`,
  ],
  [
    "a facilitator",
    "writes down somebody else's hours",
    facilitator,
    (sql) =>
      sql`insert into facilitated_weeks (space_id, participant_id, week, minutes)
        values (${space}, ${places.member}, date_trunc('week', current_date), 15)`,
  ],
  [
    "a facilitator",
    "dates a shift back",
    facilitator,
    (sql) => sql`update shifts set began_at = now() - interval '1 hour'`,
  ],
];

class Undo extends Error {}

/** Whether the write went through; it is undone either way. */
async function passes({ account }: { account: AccountId }, write: Write): Promise<boolean> {
  let rows = 0;
  try {
    await actAs(database, { account }, async (sql) => {
      rows = (await write(sql)).count;
      throw new Undo();
    });
  } catch (error) {
    const refused = (error as { code?: string }).code === "42501";
    if (!(error instanceof Undo) && !refused) throw error;
  }
  return rows > 0;
}

test.each(writes)("%s never %s (T14)", async (_who, _what, claims, write) => {
  expect(await passes(claims, write)).toBe(false);
});

test("somebody removed only asks under another alias, whatever they write (T14)", async () => {
  const comesIn: Write = async (sql) => {
    await enter(removed, "joined", unfacilitated)(sql);
    return sql`select from participants where account_id = ${removed.account} and state = 'joined'
      and space_id = ${unfacilitated}`;
  };
  expect(await passes(removed, comesIn)).toBe(false);
});

test("the same writes pass for whom they are meant", async () => {
  const steps: [{ account: AccountId }, Write][] = [
    [coordinator, found(group)],
    [coordinator, change(space, "keeps_days = 7")],
    [facilitator, change(space, "state = 'closed'")],
    [outside, enter(outside, "asked")],
    [outside, enter(outside, "joined", unfacilitated)],
    [facilitator, set(places.asking, "state = 'joined'")],
    [facilitator, set(places.member, "facilitator = true")],
    [facilitator, set(places.member, "state = 'removed'")],
    [asking, set(places.asking, "state = 'removed'")],
    [gone, set(places.gone, "state = 'asked'")],
    [removed, set(places.removed, "state = 'asked'")],
    [member, set(places.member, "state = 'left'")],
    [member, set(places.member, "accepted_version = 2")],
    [coordinator, set(idle, "facilitator = true")],
    [coordinator, (sql) => sql`update crisis_cards set contact = '66'`],
    [facilitator, (sql) => sql`delete from shifts`],
  ];
  for (const [at, [claims, write]] of steps.entries())
    expect([at, await passes(claims, write)]).toEqual([at, true]);
});

test("a space of an institution's coalition shows itself to the institution only if it takes guests", async () => {
  const office = await cast.group("Oficina", "institution");
  const official = await cast.member(office, "Zapote");
  const [coalition] = await owner`
    insert into coalitions (name, agreement) values ('Encuentro', 'x') returning id`;
  for (const one of [group, office])
    await owner`
      insert into coalition_groups (coalition_id, group_id, state) values (${coalition?.id}, ${one}, 'member')`;
  const shared = await spaceCast.space(group);
  await owner`update spaces set group_id = null, coalition_id = ${coalition?.id} where id = ${shared}`;
  const seen = (who: Somebody) =>
    who.do((sql) => sql`select from spaces where id = ${shared}`.then(({ count }) => count));
  expect([await seen(member), await seen(official)]).toEqual([1, 0]);
  await owner`update spaces set guests = true where id = ${shared}`;
  expect([await seen(member), await seen(official)]).toEqual([1, 1]);
  await expect(
    owner`update spaces set kind = 'peer_support' where id = ${shared}`,
  ).rejects.toMatchObject({ constraint_name: "no_guests_among_peers" });
});

test("what belongs to those who facilitate, or to one of them, nobody else reads", async () => {
  const read = (who: Somebody) =>
    who.do((sql) =>
      Promise.all([
        sql`select from shifts`.then(({ count }) => count),
        sql`select from shift_notes`.then(({ count }) => count),
        sql`select from crisis_cards`.then(({ count }) => count),
      ]),
    );
  expect(await read(facilitator)).toEqual([1, 1, 1]);
  expect(await read(member)).toEqual([0, 0, 1]);
  expect(await read(coordinator)).toEqual([0, 0, 1]);
  expect(await read(foreigner)).toEqual([0, 0, 0]);
});

test("peer support that loses one of its last two goes back to preparing, and says that it closed", async () => {
  const pair = await spaceCast.space(group, { kind: "peer_support" });
  for (const [who, alias] of [
    [facilitator, "Tepozán"],
    [member, "Cuajiote"],
  ] as const)
    await spaceCast.place(pair, { membership: who.id, alias, facilitator: true });
  await owner`update memberships set ended_on = current_date where id = ${member.id}`;
  const [after] = await owner`
    select state, (select event ->> 'kind' from events where stream = ${`space:${pair}`}) as line
    from spaces where id = ${pair}`;
  expect({ ...after }).toEqual({ state: "preparing", line: "space.closed" });
});
