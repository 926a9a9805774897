import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { removePast } from "./retention.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);

/** One row of each kind on the last day that it is kept, and one a day or a moment later. */
async function plant() {
  const account = randomUUID();
  const group = randomUUID();
  await owner`insert into accounts (id, sign_in_name) values (${account}, ${account})`;
  await owner`insert into groups (id, name, kind) values (${group}, 'Tejido', 'victim_network')`;
  await owner`
    insert into sessions (account_id, token_hash, device, used_week, ends_on)
    select ${account}, kept, 'own', date_trunc('week', current_date)::date + used, ends
    from (values ('stays', 0, date_trunc('week', current_date)::date + 7),
      ('stays, last week', -7, date_trunc('week', current_date)::date + 7),
      ('idle', -14, date_trunc('week', current_date)::date + 7),
      ('ended', 0, date_trunc('week', current_date - 7)::date)) as rows (kept, used, ends)`;
  await owner`
    insert into sign_in_tries (sign_in_name, failed, window_ends_at)
    values ('stays', 5, now() - interval '23 hours'), ('goes', 5, now() - interval '25 hours')`;
  await owner`
    insert into passkey_challenges (challenge_hash, ends_at)
    values ('stays', now() + interval '1 minute'), ('goes', now() - interval '1 second')`;
  const [waiting, forgotten] = [account, randomUUID()];
  await owner`insert into accounts (id, sign_in_name) values (${forgotten}, ${forgotten})`;
  for (const [who, days] of [
    [waiting, 13],
    [forgotten, 15],
  ] as const) {
    await owner`insert into recovery_codes (account_id, code_hash) values (${who}, 'code')`;
    await owner`
      insert into recoveries (account_id, code_hash, opens_at)
      values (${who}, 'code', now() - ${days} * interval '1 day')`;
  }
  await owner`
    insert into invitations (purpose, token_hash, ending, expires_at)
    values ('founding', 'stays', 'ABCD', now() - interval '6 days'),
      ('founding', 'goes', 'ABCD', now() - interval '8 days')`;
  const [steward] = await owner<{ id: string }[]>`
    insert into stewards (account_id, alias) values (${account}, 'Ceiba') returning id`;
  await owner`
    insert into group_exports (group_id, asked_by, reason, ends_on)
    values (${group}, ${steward?.id ?? ""}, 'stays', current_date)`;
  await owner`insert into groups (id, name, kind) values (${account}, 'Otra', 'victim_network')`;
  await owner`
    insert into group_exports (group_id, asked_by, reason, ends_on)
    values (${account}, ${steward?.id ?? ""}, 'goes', current_date - 1)`;
  await owner`insert into streams (name, last_place) values ('hub', 2)`;
  await owner`
    insert into events (stream, place, event, happened_on)
    values ('hub', 1, '{"kind": "goes"}', current_date - 181), ('hub', 2, '{"kind": "stays"}', current_date - 180)`;
}

test("what is past its time goes, and what is inside its time stays", async () => {
  await plant();
  expect(await removePast(as("telar_jobs"))).toEqual({
    sessions: 2,
    signInTries: 1,
    passkeyChallenges: 1,
    recoveries: 1,
    invitations: 1,
    groupExports: 1,
    events: 1,
  });
  const left = await owner<{ name: string }[]>`
    select token_hash as name from sessions
    union all select sign_in_name from sign_in_tries
    union all select challenge_hash from passkey_challenges
    union all select token_hash from invitations
    union all select reason from group_exports
    union all select event ->> 'kind' from events order by 1`;
  expect(left.map(({ name }) => name)).toEqual([...Array(6).fill("stays"), "stays, last week"]);
  const [codes] = await owner`
    select (select count(*) from recovery_codes) as codes, (select count(*) from recoveries) as waits`;
  expect({ ...codes }).toEqual({ codes: 2, waits: 1 });
});

test("the role of the jobs sees nothing that is inside its time", async () => {
  const jobs = as("telar_jobs");
  for (const table of ["sessions", "sign_in_tries", "invitations", "events", "recoveries"])
    expect(await jobs`select from ${jobs(table)}`).toHaveLength(0);
  await expect(jobs`select from accounts`).rejects.toThrow("permission denied");
});
