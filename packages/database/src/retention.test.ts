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
    insert into sign_in_tries (sign_in_name, failed, locked_times, window_ends_at)
    values ('stays', 5, 1, now() - interval '23 hours'), ('goes', 5, 1, now() - interval '25 hours'),
      ('goes too', 4, 0, now() - interval '1 second'), ('stays, open', 1, 0, now() + interval '1 minute')`;
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
  await owner`
    insert into foundings (account_id, name, state, purpose, changed_on)
    values (${account}, 'Red', 'declined', 'stays', current_date - 30),
      (${account}, 'Red', 'approved', 'goes', current_date - 31)`;
  await owner`
    insert into memberships (group_id, account_id, alias, ended_on)
    values (${group}, ${account}, 'stays', current_date - 180),
      (${group}, ${account}, 'goes', current_date - 181), (${group}, ${account}, 'inside', null)`;
  await owner`
    insert into notices (account_id, kind, subject_id, ends_on)
    values (${account}, 'decided', ${account}, current_date), (${account}, 'decided', ${group}, current_date - 1)`;
  await plantFacilitation(group, account);
  await plantPeers();
}

async function plantPeers() {
  const peers = await owner<{ id: string }[]>`
    insert into peers (url, root, document, version, ours, theirs, purpose, asked_at)
    values ('https://a.example', '', '', 1, 'open', 'wanted', 'stays', now() - interval '6 days'),
      ('https://b.example', '', '', 1, 'open', 'wanted', 'goes', now() - interval '8 days'),
      ('https://c.example', '', '', 1, 'paused', 'wanted', 'stays', now() - interval '8 days') returning id`;
  await owner`
    insert into peer_days (peer_id, day)
    values (${peers[2]?.id ?? ""}, current_date - 90), (${peers[2]?.id ?? ""}, current_date - 91)`;
  await owner`
    insert into peer_groups (peer_id, group_id, name, kind, profile)
    values (${peers[2]?.id ?? ""}, gen_random_uuid(), 'Red', 'victim_network', '{}')`;
  await owner`
    insert into peer_requests (url, jti, arrived_at)
    values ('', 'stays', now() - interval '9 minutes'), ('', 'goes', now() - interval '11 minutes')`;
}

async function plantFacilitation(group: string, account: string) {
  const [space] = await owner<{ id: string }[]>`
    insert into spaces (group_id, kind, title, keeps_days, slow_minutes, note_required, admission, holds_first,
      facilitated_hours, weekly_hours_max, guests)
    values (${group}, 'working', 'Palabra', 30, 0, false, false, 0, false, 12, false) returning id`;
  const place = async (alias: string, who: string | null) => {
    const [made] = await owner<{ id: string }[]>`
      insert into participants (space_id, account_id, group_id, alias, state, accepted_version)
      values (${space?.id ?? ""}, ${who}, ${group}, ${alias}, 'joined', 1) returning id`;
    return made?.id ?? "";
  };
  await owner`
    insert into participants (space_id, group_id, alias, state, accepted_version, may_post_from)
    values (${space?.id ?? ""}, ${group}, 'Turno', 'joined', 1, now() - interval '1 second'),
      (${space?.id ?? ""}, ${group}, 'Espera', 'joined', 1, now() + interval '1 hour')`;
  for (const [id, name, hours, days, left] of [
    [await place("Sauce", account), "stays", 167, 8, 0],
    [await place("Nopal", null), "goes", 169, 16, -1],
  ] as const) {
    await owner`
      insert into shifts (space_id, participant_id, began_at)
      values (${space?.id ?? ""}, ${id}, now() - ${hours} * interval '1 hour')`;
    await owner`
      insert into facilitated_weeks (space_id, participant_id, week, minutes)
      values (${space?.id ?? ""}, ${id}, date_trunc('week', current_date - ${days - 7}::int), 15)`;
    await owner`
      insert into shift_notes (space_id, participant_id, note, expires_on)
      values (${space?.id ?? ""}, ${id}, ${name}, current_date + ${left}::int)`;
  }
}

test("what is past its time goes, and what is inside its time stays", async () => {
  await plant();
  expect(await removePast(as("telar_jobs"))).toEqual({
    sessions: 2,
    signInTries: 2,
    passkeyChallenges: 1,
    recoveries: 1,
    invitations: 1,
    shifts: 1,
    facilitatedWeeks: 1,
    shiftNotes: 1,
    notices: 1,
    reports: 0,
    moderationActs: 0,
    circles: 0,
    oneToOneAsks: 0,
    turns: 1,
    attachments: 0,
    uploads: 0,
    groupExports: 1,
    foundings: 1,
    peerRequests: 1,
    unansweredPeers: 1,
    peerGroups: 1,
    peerDays: 1,
    endedMemberships: 1,
  });
  const left = await owner<{ name: string }[]>`
    select token_hash as name from sessions
    union all select sign_in_name from sign_in_tries
    union all select challenge_hash from passkey_challenges
    union all select token_hash from invitations
    union all select reason from group_exports
    union all select note from shift_notes
    union all select jti from peer_requests
    union all select purpose from peers
    union all select purpose from foundings order by 1`;
  expect(left.map(({ name }) => name)).toEqual([
    ...Array(10).fill("stays"),
    "stays, last week",
    "stays, open",
  ]);
  const [codes] = await owner`
    select (select count(*) from recovery_codes) as codes, (select count(*) from recoveries) as waits`;
  expect({ ...codes }).toEqual({ codes: 2, waits: 1 });
  const places = await owner`
    select alias, account_id is not null as known from memberships order by alias`;
  expect(places.map((place) => ({ ...place }))).toEqual([
    { alias: "goes", known: false },
    { alias: "inside", known: true },
    { alias: "stays", known: true },
  ]);
});

test("the role of the jobs sees nothing that is inside its time", async () => {
  const jobs = as("telar_jobs");
  for (const table of ["sessions", "invitations", "events", "recoveries"])
    expect(await jobs`select from ${jobs(table)}`).toHaveLength(0);
  expect(await jobs`select from foundings`).toHaveLength(0);
  expect(await jobs`select account_id from memberships`).toMatchObject([{ accountId: null }]);
  await expect(jobs`select from accounts`).rejects.toThrow("permission denied");
  await expect(jobs`select sign_in_name from sign_in_tries`).rejects.toThrow("permission denied");
});

test("of the names that strangers try only so many are kept, the newest ones", async () => {
  await owner`delete from sign_in_tries`;
  await owner`
    insert into sign_in_tries (sign_in_name, failed, locked_times, window_ends_at)
    select 'name ' || number, 1, number % 2, now() + number * interval '1 second' from generate_series(1, 20) as number`;
  const removed = await removePast(as("telar_jobs"), 5);
  expect(removed.signInTries).toBe(15);
  const left = await owner<{ name: string }[]>`
    select sign_in_name as name from sign_in_tries order by window_ends_at`;
  expect(left.map(({ name }) => name)).toEqual([16, 17, 18, 19, 20].map((at) => `name ${at}`));
});
