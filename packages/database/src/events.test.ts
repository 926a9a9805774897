import type { HubEvent, StreamName } from "@telar/contracts/events";
import type { CoalitionId, GroupId } from "@telar/contracts/ids";
import { afterAll, expect, test, vi } from "vitest";
import {
  appendEvent,
  canRead,
  coalitionStream,
  countOwnThisWeek,
  groupStream,
  hubStream,
  listEvents,
} from "./events.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);

const changed = (by: Somebody): HubEvent => ({ kind: "group.changed", by: by.id });

const waitUntilBlocked = (connections: number) =>
  vi.waitFor(
    async () => {
      const blocked = await owner`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      expect(blocked).toHaveLength(connections);
    },
    { timeout: 5000 },
  );

test("places are dense and follow the order of commits under 200 appends at once", async () => {
  const group = await cast.group();
  const stream = groupStream(group);
  const [first, later] = [await cast.member(group, "Ceiba"), await cast.member(group, "Copal")];
  const seen: number[] = [];
  const look = async () => {
    const [head] = await owner<{ count: number; last: number | null }[]>`
      select count(*), max(place) as last from events where stream = ${stream}`;
    expect(head?.last ?? 0).toBe(head?.count);
    seen.push(head?.count ?? 0);
  };
  let others: Promise<unknown> = Promise.resolve();
  await first.do(async (sql) => {
    await appendEvent(sql, stream, changed(first));
    others = Promise.all(
      Array.from({ length: 200 }, () =>
        later.do((also) => appendEvent(also, stream, changed(later))),
      ),
    );
    await waitUntilBlocked(9);
    await look();
  });
  await Promise.all([others, look(), look(), look()]);
  await look();
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(201);
  const rows = await owner<{ place: number; event: HubEvent }[]>`
    select place, event from events where stream = ${stream} order by place`;
  expect(rows.map(({ place }) => place)).toEqual(Array.from({ length: 201 }, (_, at) => at + 1));
  expect(rows[0]?.event).toMatchObject({ by: first.id });
});

test("an append that is rolled back leaves no hole", async () => {
  const stream = groupStream(await cast.group());
  const append = async (fails: boolean) => {
    const done = owner.begin(async (sql) => {
      await appendEvent(sql, stream, { kind: "hub.changed", steward: "Sabino" });
      if (fails) throw new Error("on purpose");
    });
    await done.catch(() => {});
  };
  for (const fails of [false, true, false]) await append(fails);
  const rows = await owner`select place from events where stream = ${stream} order by place`;
  expect(rows.map(({ place }) => place)).toEqual([1, 2]);
});

test("a page is newest first, and goes on before a place", async () => {
  const group = await cast.group();
  const ceiba = await cast.member(group, "Ceiba");
  const stream = groupStream(group);
  for (let times = 0; times < 5; times += 1) await appendEvent(owner, stream, changed(ceiba));
  const places = async (before?: number) =>
    (await ceiba.do((sql) => listEvents(sql, stream, { before }, 2))).map(({ place }) => place);
  expect(await places()).toEqual([5, 4]);
  expect(await places(4)).toEqual([3, 2]);
  expect(await places(2)).toEqual([1]);
});

test("a page holds only the kinds that are asked for", async () => {
  const group = await cast.group();
  const ceiba = await cast.member(group, "Ceiba");
  const stream = groupStream(group);
  const began = { kind: "membership.began", membership: ceiba.id } as const;
  for (const event of [began, changed(ceiba), changed(ceiba)])
    await ceiba.do((sql) => appendEvent(sql, stream, event));
  const kinds = ["membership.began" as const];
  const found = (before?: number) => ceiba.do((sql) => listEvents(sql, stream, { before, kinds }));
  expect(await found()).toMatchObject([{ place: 1, event: began }]);
  expect(await found(1)).toEqual([]);
});

test("what somebody began in the last seven days counts over their groups and aliases", async () => {
  const [one, other] = [await cast.group(), await cast.group()];
  const ceiba = await cast.member(one, "Ceiba");
  const [elsewhere, earlier] = [
    await cast.member(other, "Pochote", [], ceiba.account),
    await cast.member(one, "Antes", [], (await cast.stranger()).account),
  ];
  await owner`
    update memberships set account_id = ${ceiba.account}, ended_on = current_date where id = ${earlier.id}`;
  const copal = await cast.member(one, "Copal");
  const began = (group: GroupId, by: Somebody) =>
    by.do((sql) =>
      appendEvent(sql, groupStream(group), {
        kind: "hand_over.offered",
        by: by.id,
        membership: copal.id,
      }),
    );
  await began(one, ceiba);
  await began(one, copal);
  await owner`update events set happened_on = current_date - 7`;
  const count = () => ceiba.do((sql) => countOwnThisWeek(sql, ceiba.account, "hand_over.offered"));
  expect(await count()).toBe(0);
  await began(one, { ...earlier, do: ceiba.do });
  await began(other, elsewhere);
  await began(one, copal);
  expect(await count()).toBe(2);
  expect(
    await ceiba.do((sql) => countOwnThisWeek(sql, ceiba.account, "group_recovery.asked")),
  ).toBe(0);
});

test("names are those that the reader may know", async () => {
  const group = await cast.group("Tejido");
  const other = await cast.group("Vecinas", "accompanying_ngo", "public");
  const hidden = await cast.group("Nadie");
  const ceiba = await cast.member(group, "Ceiba");
  const fresno = await cast.member(hidden, "Fresno");
  const stream = groupStream(group);
  await appendEvent(owner, stream, changed(ceiba));
  await appendEvent(owner, stream, changed(fresno));
  for (const named of [other, hidden])
    await appendEvent(owner, stream, { kind: "coalition.group_invited", group: named });
  const rows = await ceiba.do((sql) => listEvents(sql, stream));
  expect(rows.map(({ names }) => names)).toEqual([
    {},
    { [other]: "Vecinas" },
    {},
    { [ceiba.id]: "Ceiba" },
  ]);
});

test("a coalition is known by its name, and by its former name to a group that left", async () => {
  const [inside, outside] = [await cast.group("Tejido"), await cast.group("Raíz")];
  const [ceiba, copal] = [await cast.member(inside, "Ceiba"), await cast.member(outside, "Copal")];
  const coalition = crypto.randomUUID() as CoalitionId;
  await owner`insert into coalitions (id, name, agreement) values (${coalition}, 'Hoy', 'Cuidarnos')`;
  await owner`
    insert into coalition_groups (coalition_id, group_id, state, left_snapshot)
    values (${coalition}, ${inside}, 'member', null), (${coalition}, ${outside}, 'left', '{"name": "Ayer"}')`;
  const nameTo = async (who: Somebody, group: GroupId) => {
    await appendEvent(owner, groupStream(group), {
      kind: "group.joined_coalition",
      coalition,
      by: who.id,
    });
    const [row] = await who.do((sql) => listEvents(sql, groupStream(group)));
    return row?.names[coalition];
  };
  expect(await nameTo(ceiba, inside)).toBe("Hoy");
  expect(await nameTo(copal, outside)).toBe("Ayer");
});

test("streams open to those who are inside", async () => {
  const [group, asked] = [await cast.group(), await cast.group()];
  const [ceiba, copal] = [await cast.member(group, "Ceiba"), await cast.member(asked, "Copal")];
  const coalition = crypto.randomUUID() as CoalitionId;
  await owner`insert into coalitions (id, name, agreement) values (${coalition}, 'Hoy', 'Cuidarnos')`;
  await owner`
    insert into coalition_groups (coalition_id, group_id, state)
    values (${coalition}, ${group}, 'member'), (${coalition}, ${asked}, 'invited')`;
  const opens = (who: Somebody, stream: StreamName) => who.do((sql) => canRead(sql, stream));
  expect(await opens(ceiba, groupStream(group))).toBe(true);
  expect(await opens(copal, groupStream(group))).toBe(false);
  expect(await opens(ceiba, coalitionStream(coalition))).toBe(true);
  expect(await opens(copal, coalitionStream(coalition))).toBe(false);
  expect(await opens(copal, hubStream)).toBe(true);
  expect(await canRead(as("telar_api"), hubStream)).toBe(false);
});
