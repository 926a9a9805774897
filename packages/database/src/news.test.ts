import type { MessageId, SessionId, SpaceId } from "@telar/contracts/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listHeads, listLiveSessions, listNews, listOpen } from "./news.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
const messaging = as("telar_messaging");
afterAll(release);

let ceiba: Somebody;
const spaces: SpaceId[] = [];
const messages: MessageId[] = [];

beforeAll(async () => {
  const group = await cast.group();
  ceiba = await cast.member(group, "Ceiba");
  for (const title of ["Acuerdos", "Cuidados"]) {
    const [space] = await owner<[{ id: SpaceId }]>`
      insert into spaces (group_id, kind, title, state, keeps_days, slow_minutes, note_required, admission, holds_first,
        facilitated_hours, weekly_hours_max, guests)
      values (${group}, 'working', ${title}, 'open', 90, 0, false, false, 0, false, 10, false) returning id`;
    spaces.push(space.id);
    await owner`
      insert into participants (space_id, account_id, group_id, alias, state, accepted_version)
      values (${space.id}, ${ceiba.account}, ${group}, 'Ceiba', 'joined', 1)`;
  }
  for (const at of [1, 2, 3]) messages.push(await write(at));
});

/** Into the first space. */
async function write(at: number): Promise<MessageId> {
  const id = crypto.randomUUID() as MessageId;
  await happen({ kind: "message.posted", message: id });
  await owner`
    insert into messages (space_id, place, id, participant_id, expires_on, body)
    select ${spaces[0] ?? ""}, ${at}, ${id}, id, current_date + 90, ${`Mensaje ${at}`}
    from participants where space_id = ${spaces[0] ?? ""}`;
  return id;
}

const happen = (event: { kind: string; message?: MessageId }) => owner`
  select append_to_streams(array[${`space:${spaces[0]}`}], array[${owner.json(event)}::jsonb], array[current_date + 90])`;

test("news are what happened after each place, with messages as they stand now", async () => {
  const [space, silent] = spaces as [SpaceId, SpaceId];
  await happen({ kind: "space.opened" });
  const asked = [
    { space, after: 1 },
    { space, after: 3 },
    { space: silent, after: 0 },
  ];
  const news = await listNews(messaging, asked, 10);
  expect(news.map(({ after, place, message }) => [after, place, message])).toEqual([
    [1, 2, messages[1]],
    [1, 3, messages[2]],
    [1, 4, undefined],
    [3, 4, undefined],
  ]);
  expect(news[0]?.shared).toMatchObject({ id: messages[1], place: 2, body: "Mensaje 2" });
});

test("news come in pages", async () => {
  const news = await listNews(messaging, [{ space: spaces[0] as SpaceId, after: 0 }], 2);
  expect(news.map(({ place }) => place)).toEqual([1, 2]);
});

test("heads are where streams stand, and silent spaces have none", async () => {
  expect(await listHeads(messaging, spaces)).toEqual(new Map([[spaces[0], 4]]));
});

test("those who may follow are told by their positions", async () => {
  const [space] = spaces as [SpaceId];
  const { account } = await cast.stranger();
  const asked = [
    { account, space },
    { account: ceiba.account, space },
    { account: ceiba.account, space: crypto.randomUUID() as SpaceId },
  ];
  expect(await listOpen(messaging, asked)).toEqual(new Set([1]));
  expect(await listOpen(messaging, [])).toEqual(new Set());
});

test("sessions that ended or passed their last day are not live", async () => {
  const add = async (days: number) => {
    const [made] = await owner<[{ id: SessionId }]>`
      insert into sessions (account_id, token_hash, device, ends_on)
      values (${ceiba.account}, ${crypto.randomUUID()}, 'own', date_trunc('week', current_date)::date + ${days}::integer)
      returning id`;
    return made.id;
  };
  const [live, past] = [await add(28), await add(-7)];
  const gone = crypto.randomUUID() as SessionId;
  expect(await listLiveSessions(messaging, [live, past, gone])).toEqual(new Set([live]));
});

test("messaging writes nothing, and reads no accounts, sessions or other streams", async () => {
  for (const refused of [
    messaging`delete from messages`,
    messaging`update participants set alias = 'Otra'`,
    messaging`select account_id from participants`,
    messaging`select id from accounts`,
    messaging`select id from sessions`,
    messaging`select append_to_streams('{}', '{}', '{}')`,
  ])
    await expect(refused).rejects.toMatchObject({ code: "42501" });
  await owner`insert into streams (name, last_place) values ('hub', 1)`;
  expect(await messaging`select from streams where name = 'hub'`).toHaveLength(0);
});
