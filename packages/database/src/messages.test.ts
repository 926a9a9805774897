import type { MessageId, ParticipantId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import type { Sql } from "./connection.ts";
import { listPlacesWith } from "./message-words.ts";
import * as messages from "./messages.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);
const cast = createCast({ owner, as });
const spaces = createSpaceCast(owner);
const group = await cast.group();
const space = await spaces.space(group);
const [author, other, facilitator] = await Promise.all(
  ["Ceiba", "Copal", "Nogal"].map((alias) => cast.member(group, alias)),
);
if (!author || !other || !facilitator) throw new Error("Nobody is there.");
const stranger = await cast.stranger();
const places = {
  author: await spaces.place(space, { membership: author.id, alias: "Mezquite" }),
  other: await spaces.place(space, { membership: other.id, alias: "Fresno" }),
  facilitator: await spaces.place(space, {
    membership: facilitator.id,
    alias: "Sabino",
    facilitator: true,
  }),
};

let next = 0;
async function say(body: string, by: ParticipantId = places.author): Promise<MessageId> {
  const id = crypto.randomUUID() as MessageId;
  next += 1;
  await owner`
    insert into messages (space_id, place, id, participant_id, expires_on, body)
    values (${space}, ${next}, ${id}, ${by}, current_date + 30, ${body})`;
  return id;
}

type Write = (sql: Sql, id: MessageId) => Promise<{ count: number }>;
const words: Write = (sql, id) => sql`update messages set body = 'Otra cosa' where id = ${id}`;
const version: Write = (sql, id) =>
  sql`insert into message_versions values (${space}, ${id}, 1, '', 'Nunca dicho')`;
const answerAs =
  (place: ParticipantId): Write =>
  (sql, id) =>
    sql`insert into acknowledgements values (${space}, ${id}, ${place}, 'thank_you')`;
const posting: Write = (sql) =>
  sql`insert into messages (space_id, place, id, participant_id, expires_on, body)
    values (${space}, 1000, gen_random_uuid(), ${places.author}, current_date + 30, 'En su nombre')`;
const removing: Write = (sql, id) => sql`delete from message_versions where message_id = ${id}`;

test.each([
  ["another member changes words", other, words],
  ["a facilitator puts words into somebody's mouth", facilitator, words],
  ["another member adds what was never said", other, version],
  ["a facilitator adds what was never said", facilitator, version],
  ["somebody answers in another one's name", other, answerAs(places.facilitator)],
  ["somebody posts in another one's name", other, posting],
  ["what is said was said otherwise is wiped away", author, removing],
  ["a stranger changes words", stranger, words],
] as const)("the wall lets not through that %s", async (_, who, write) => {
  const id = await say("Lo dicho");
  await owner`insert into message_versions values (${space}, ${id}, 2, '', 'Antes')`;
  const passed = await who
    .do((sql) => write(sql, id))
    .then(
      ({ count }) => count > 0,
      (error) => {
        expect(error).toMatchObject({ code: "42501" });
        return false;
      },
    );
  expect(passed).toBe(false);
});

test("what is deleted is not said again", async () => {
  const id = await say("Lo dicho");
  await author.do((sql) => messages.markDeleted(sql, space, id));
  await expect(
    author.do(
      (sql) => sql`update messages set state = 'shown', body = 'De nuevo' where id = ${id}`,
    ),
  ).rejects.toMatchObject({ code: "42501" });
});

test("whoever acts in one space for many sees no other one of theirs", async () => {
  const elsewhere = await spaces.space(group);
  await spaces.place(elsewhere, { membership: author.id, alias: "Guaje" });
  const seen = await actAs(
    as("telar_api"),
    { places: [{ account: author.account, space: elsewhere }] },
    (sql) => sql`select space_id from acting_places()`,
  );
  expect(seen.map((row) => row.spaceId)).toEqual([elsewhere]);
});

test("words are found by whoever is in the space only, latest first, before a place", async () => {
  await say("Un ahuehuete");
  await say("Dos ahuehuetes");
  const find = (sql: Sql, before?: number) => listPlacesWith(sql, space, "ahuehuete", before);
  expect(await other.do((sql) => find(sql))).toEqual([next, next - 1]);
  expect(await other.do((sql) => find(sql, next))).toEqual([next - 1]);
  expect(await stranger.do((sql) => find(sql))).toEqual([]);
});

test("around a page there is more or there is not", async () => {
  const around = (first: number, last: number) =>
    other.do((sql) => messages.lookAround(sql, space, first, last));
  expect(await around(1, next)).toEqual({ earlier: false, later: false });
  expect(await around(2, next - 1)).toEqual({ earlier: true, later: true });
});
