import { listAppeals } from "@telar/contracts/appeals";
import { listBans } from "@telar/contracts/bans";
import { listHeld, listHoldingSpaces, listOwnActs } from "@telar/contracts/moderation";
import type { Cursor } from "@telar/contracts/paging";
import { listOwnReports, listReports } from "@telar/contracts/reports";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);
const room = await openRoom(hub);
const { space, ceiba, copal, nogal, fresno } = room;
const many = 120;

interface Page {
  entries: { id: string }[];
  next?: Cursor | undefined;
}

/** Every page of a list, until there is none. */
async function allPages(list: (after: Cursor | undefined) => Promise<Page>): Promise<string[][]> {
  const pages: string[][] = [];
  let after: Cursor | undefined;
  do {
    const { entries, next } = await list(after);
    pages.push(entries.map(({ id }) => id));
    after = next;
  } while (after);
  return pages;
}

/** All of them, once each, in this order, fifty at a time. */
function expectWhole(pages: string[][], ids: readonly string[]) {
  expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(pages.flat()).toEqual(ids);
}

const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map(({ id }) => String(id));

test("reports go on page after page, open ones before those that were answered; and so do one's own", async () => {
  const rows = await hub.owner`
    insert into reports (id, space_id, target_id, space_title, alias, reason, words, state, answer)
    select gen_random_uuid(), ${space}, ${nogal.place}, 'Palabra', 'Nogal', 'other', n::text,
      case when n % 3 = 0 then 'decided' else 'new' end, case when n % 3 = 0 then 'Listo' end
    from generate_series(1, ${many}) n returning id, place, state = 'decided' as answered`;
  await hub.owner`
    insert into reporters (report_id, space_id, participant_id)
    select id, ${space}, ${fresno.place} from reports where space_id = ${space}`;
  const { person } = ceiba;
  const open = rows.filter(({ answered }) => !answered);
  const ids = idsOf([...open, ...rows.filter(({ answered }) => answered)]);
  expectWhole(await allPages((after) => person.call(listReports, { after })), ids);
  expectWhole(await allPages((after) => person.call(listReports, { space, after })), ids);
  const own = await allPages((after) => fresno.person.call(listOwnReports, { after }));
  expectWhole(own, idsOf(rows.toReversed()));
  const { next } = await person.call(listReports, {});
  expect(await problemOf(person, listAppeals, { after: next })).toBe("invalid_input");
  expect((await nogal.person.call(listReports, { after: next })).entries).toEqual([]);
});

test("decisions about oneself and appeals go on page after page", async () => {
  const rows = await hub.owner`
    insert into moderation_acts (space_id, act, role, account_id, target_id, about, alias, reason, appeal)
    select ${space}, 'warn', 'facilitator', account_id, id, 'Palabra', 'Nogal', n::text, 'asked'
    from participants, generate_series(1, ${many}) n where id = ${nogal.place} returning id`;
  await hub.owner`
    insert into actors (act_id, account_id)
    select a.id, p.account_id from moderation_acts a, participants p where p.id = ${copal.place}`;
  const ids = idsOf(rows);
  expectWhole(await allPages((after) => ceiba.person.call(listAppeals, { after })), ids);
  const own = await allPages((after) => nogal.person.call(listOwnActs, { after }));
  expectWhole(own, ids.toReversed());
});

test("closed doors go on page after page, the latest first", async () => {
  const accounts = await hub.owner`
    insert into accounts (sign_in_name, passphrase_hash, language)
    select 'puerta ' || n, 'x', 'es' from generate_series(1, ${many}) n returning id`;
  const rows = await hub.owner`
    insert into bans (space_id, account_id, alias, reason, banned_on)
    select ${space}, id, 'Cactus', 'Hiere', current_date - (row_number() over () % 7)::integer
    from unnest(${idsOf(accounts)}::uuid[]) as made (id) returning id, banned_on::text as day`;
  const order = rows.toSorted((one, other) => (one.day + one.id < other.day + other.id ? 1 : -1));
  expectWhole(
    await allPages((after) => ceiba.person.call(listBans, { space, after })),
    idsOf(order),
  );
});

test("what waits to be read first goes on page after page, in the spaces where it waits", async () => {
  const rows = await hub.owner`
    insert into waiting_messages (space_id, id, participant_id, note, body, why, ends_on)
    select ${space}, gen_random_uuid(), ${nogal.place}, '', 'Hola', 'held', current_date + 3 + n % 4
    from generate_series(1, ${many}) n returning id, ends_on::text as day`;
  const order = rows.toSorted((one, other) => (one.day + one.id > other.day + other.id ? 1 : -1));
  const pages = await allPages((after) => ceiba.person.call(listHeld, { space, after }));
  expectWhole(pages, idsOf(order));
  expect(await ceiba.person.call(listHoldingSpaces, {})).toEqual([{ id: space, title: "Palabra" }]);
  expect(await nogal.person.call(listHoldingSpaces, {})).toEqual([]);
});
