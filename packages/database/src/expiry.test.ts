import type { GroupId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { removeExpired } from "./expiry.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);
const cast = createCast({ owner, as });
const spaces = createSpaceCast(owner);

async function plant(space: SpaceId, author: string, ends: string[]) {
  for (const [n, end] of ends.entries()) {
    const id = crypto.randomUUID();
    await owner`
      insert into messages (space_id, place, id, participant_id, expires_on, body)
      values (${space}, ${n + 1}, ${id}, ${author}, ${end}, 'Hola')`;
    await owner`insert into message_versions values (${space}, ${id}, 1, '', 'Antes')`;
    await owner`insert into acknowledgements values (${space}, ${id}, ${author}, 'thank_you')`;
  }
}

test("messages, what hangs on them, what waits and events go after their last day, a few at a time", async () => {
  const group: GroupId = await cast.group();
  const member = await cast.member(group, "Ceiba");
  const space = await spaces.space(group);
  const author = await spaces.place(space, { membership: member.id, alias: "Copal" });
  const [day] = await owner<[{ today: string; before: string }]>`
    select current_date::text as today, (current_date - 1)::text as before`;
  await plant(space, author, [day.before, day.today, day.before, day.before]);
  await owner`
    insert into waiting_messages (space_id, id, participant_id, why, note, body, ends_on)
    values (${space}, gen_random_uuid(), ${author}, 'draft', '', 'goes', current_date - 1),
      (${space}, gen_random_uuid(), ${author}, 'draft', '', 'stays', current_date)`;
  await owner`insert into streams (name, last_place) values ('hub', 2)`;
  await owner`
    insert into events (stream, place, event, ends_on)
    values ('hub', 1, '{"kind": "goes"}', current_date - 1), ('hub', 2, '{"kind": "stays"}', current_date)`;
  const jobs = as("telar_jobs");
  const rounds = [];
  for (let round = 0; round < 3; round += 1) rounds.push(await removeExpired(jobs, 2));
  expect(rounds).toEqual([4, 1, 0]);
  const [left] = await owner`
    select (select count(*) from messages) as messages, (select count(*) from message_versions) as versions,
      (select count(*) from acknowledgements) as answers, (select min(body) from waiting_messages) as waits,
      (select min(event ->> 'kind') from events) as event`;
  expect({ ...left }).toEqual({
    messages: 1,
    versions: 1,
    answers: 1,
    waits: "stays",
    event: "stays",
  });
});

test("nobody moves the end of a message away, and the hub can bring it nearer (P10)", async () => {
  await expect(owner`update messages set expires_on = expires_on + 1`).rejects.toMatchObject({
    code: "23514",
  });
  await owner`update messages set expires_on = expires_on - 1`;
});
