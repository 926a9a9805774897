import type { AccountId, SessionId } from "@telar/contracts/ids";
import { afterAll, beforeEach, expect, test } from "vitest";
import * as announcements from "./announcements.ts";
import * as subscriptions from "./push-subscriptions.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const database = await createTestDatabase();
const { owner, as } = database;
const jobs = as("telar_jobs");
afterAll(database.release);

const cast = createCast(database);
const spaces = createSpaceCast(owner);
const group = await cast.group();
const ceiba = await cast.member(group, "Ceiba");
const copal = await cast.member(group, "Copal");
const space = await spaces.space(group);
const own = await spaces.place(space, { membership: ceiba.id, alias: "Sauce" });
const other = await spaces.place(space, { membership: copal.id, alias: "Nopal" });

let place = 0;
const say = async (who: typeof own, state = "shown") => {
  place += 1;
  await owner`
    insert into messages (space_id, place, id, participant_id, expires_on, body, state)
    values (${space}, ${place}, ${crypto.randomUUID()}, ${who}, current_date + 9, '', ${state})`;
  return place;
};
const openSession = async (account: AccountId, device: "own" | "shared" = "own") => {
  const [row] = await owner<{ id: SessionId }[]>`
    insert into sessions (account_id, token_hash, device, ends_on)
    values (${account}, ${crypto.randomUUID()}, ${device}, date_trunc('week', current_date)::date + 7) returning id`;
  return row?.id as SessionId;
};
const subscribe = async (sealed = "sealed") => {
  const session = await openSession(ceiba.account);
  await ceiba.do((sql) =>
    subscriptions.putSubscription(sql, { account: ceiba.account, session, sealed }),
  );
  return session;
};
const nothing = { own: false, spaces: [], throughQuiet: false };
const people = () => announcements.listPeopleToTell(jobs, 10);
const pushes = () => announcements.listPushesToSend(jobs, 10);

beforeEach(async () => {
  for (const table of ["notice_settings", "notices", "sessions", "quiet_passes", "blocks"])
    await owner`delete from ${owner(table)}`;
  await owner`insert into notice_settings (account_id, own) values (${ceiba.account}, 'at_once')`;
  await owner`
    insert into space_notices (account_id, space_id, rhythm, told_place)
    values (${ceiba.account}, ${space}, 'at_once', ${place})`;
});

test("listPeopleToTell: whoever has something of others' that they were not told of", async () => {
  expect(await people()).toEqual([]);
  await say(own);
  await say(other, "deleted");
  expect(await people()).toEqual([]);
  const upTo = await say(other);
  await say(own);
  expect(await people()).toEqual([
    {
      account: ceiba.account,
      zone: "America/Mexico_City",
      pausedUntil: null,
      own: "at_once",
      ownWaits: false,
      digestHour: 18,
      quietFrom: "21:00",
      quietTo: "08:00",
      digestedOn: null,
      spaces: [{ space, rhythm: "at_once", upTo, named: false }],
    },
  ]);
  expect(await announcements.listPeopleToTell(jobs, 10, ceiba.account)).toEqual([]);
});

test("listPeopleToTell: says whether somebody who is let through wrote, and nothing of whom one blocked", async () => {
  await owner`insert into quiet_passes values (${ceiba.account}, ${space}, ${other})`;
  await say(other);
  expect((await people())[0]?.spaces).toMatchObject([{ named: true }]);
  await owner`insert into blocks values (${space}, ${own}, ${other})`;
  expect(await people()).toEqual([]);
});

test("announce: one entry a space, the place told, and every device wanted; asked again it adds nothing", async () => {
  const session = await subscribe();
  const upTo = await say(other);
  const told = { own: true, spaces: [{ space, upTo }], digest: "2026-11-21", throughQuiet: false };
  await owner`
    insert into notices (account_id, kind, subject_id) values (${ceiba.account}, 'decided', ${session})`;
  expect(await people()).toMatchObject([{ ownWaits: true }]);
  for (const _ of [1, 2]) await announcements.announce(jobs, ceiba.account, told);
  const rows = await owner`select kind, announced from notices order by kind`;
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { kind: "decided", announced: true },
    { kind: "new_messages", announced: true },
  ]);
  expect(await people()).toEqual([]);
  expect(await pushes()).toMatchObject([{ session, sealedEndpoint: "sealed", passes: false }]);
  const [row] = await owner`select digested_on from notice_settings`;
  expect(row?.digestedOn).toBe("2026-11-21");
});

test("announce: what may pass the quiet hours passes until it was pushed", async () => {
  const session = await subscribe();
  const tell = (throughQuiet: boolean) =>
    announcements.announce(jobs, ceiba.account, { ...nothing, throughQuiet });
  await tell(true);
  await tell(false);
  expect(await pushes()).toMatchObject([{ passes: true }]);
  await announcements.markPushed(jobs, session, { failures: 0, minutes: 0 });
  await tell(false);
  expect(await pushes()).toMatchObject([{ passes: false }]);
});

test("markPushed: not before its time, and after a failure still wanted", async () => {
  const session = await subscribe();
  await announcements.announce(jobs, ceiba.account, nothing);
  await announcements.markPushed(jobs, session, { failures: 3, minutes: 0 });
  expect(await pushes()).toMatchObject([{ session, failures: 3 }]);
  await announcements.markPushed(jobs, session, { failures: 4, minutes: 5 });
  expect(await pushes()).toEqual([]);
});

test("listPushesToSend: only devices of one's own whose session still stands", async () => {
  const session = await subscribe();
  await announcements.announce(jobs, ceiba.account, nothing);
  const changes = [
    owner`update sessions set device = 'shared'`,
    owner`update sessions set device = 'own', used_week = date_trunc('week', current_date)::date - 14`,
    owner`update sessions set used_week = date_trunc('week', current_date), ends_on = date_trunc('week', current_date - 7)`,
  ];
  expect(await pushes()).toMatchObject([{ session }]);
  for (const change of changes) {
    await change;
    expect(await pushes()).toEqual([]);
  }
});

test("removePush: what the jobs may, and no more than that they see", async () => {
  const session = await subscribe();
  expect(await jobs`select from push_subscriptions`).toHaveLength(0);
  await announcements.announce(jobs, ceiba.account, nothing);
  expect(await jobs`select from push_subscriptions`).toHaveLength(1);
  await announcements.removePush(jobs, session);
  expect(await owner`select from push_subscriptions`).toHaveLength(0);
});

test("putSubscription, hasSubscription, countOtherSubscriptions, removeSubscription: one a session, of one's own", async () => {
  const { account } = ceiba;
  const [first, second] = [await subscribe("one"), await subscribe("two")];
  const has = (session: SessionId) =>
    ceiba.do((sql) => subscriptions.hasSubscription(sql, session));
  expect(await ceiba.do((sql) => subscriptions.countOtherSubscriptions(sql, account, first))).toBe(
    1,
  );
  await ceiba.do((sql) =>
    subscriptions.putSubscription(sql, { account, session: first, sealed: "renewed" }),
  );
  const [row] =
    await owner`select sealed_endpoint as sealed from push_subscriptions where session_id = ${first}`;
  expect(row?.sealed).toBe("renewed");
  const foreign = copal.do((sql) =>
    subscriptions.putSubscription(sql, { account: copal.account, session: second, sealed: "x" }),
  );
  await expect(foreign).rejects.toMatchObject({ code: "not_signed_in" });
  await copal.do((sql) => subscriptions.removeSubscription(sql, first));
  expect(await has(first)).toBe(true);
  await ceiba.do((sql) => subscriptions.removeSubscription(sql, first));
  expect([await has(first), await has(second)]).toEqual([false, true]);
  await owner`delete from sessions where id = ${second}`;
  expect(await has(second)).toBe(false);
});
