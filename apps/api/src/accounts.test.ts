import {
  changeAccount,
  closeAccount,
  getAccount,
  offerPassphrase,
} from "@telar/contracts/accounts";
import { listEvents } from "@telar/contracts/events";
import { offerHandOver } from "@telar/contracts/hand-overs";
import { inviteToGroup } from "@telar/contracts/invitations";
import { listMemberships } from "@telar/contracts/memberships";
import { makeRecoverySheet, recoverAccount } from "@telar/contracts/recoveries";
import { signIn } from "@telar/contracts/sessions";
import { groupStream, hubStream } from "@telar/database/events";
import { afterAll, expect, test, vi } from "vitest";
import { createTestHub, joinToo, testPassphrase } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

const refused = (code: string) => expect.objectContaining({ code });

test("a person changes one setting and the others stay", async () => {
  const person = await hub.member(await hub.group());
  const before = await person.call(getAccount, {});
  await person.call(changeAccount, { language: "en", zone: "America/Tijuana" });
  await person.call(changeAccount, { dataSaver: false });
  expect(await person.call(getAccount, {})).toEqual({
    ...before,
    language: "en",
    zone: "America/Tijuana",
    dataSaver: false,
  });
});

test("a time zone that does not exist is refused", async () => {
  const person = await hub.member(await hub.group());
  await expect(person.call(changeAccount, { zone: "Luna/Mar" })).rejects.toThrow(
    refused("invalid_input"),
  );
});

test("offered passphrases are seven words that differ each time, in the language asked for", async () => {
  const offer = async (language?: "en") =>
    (await hub.newcomer().call(offerPassphrase, language ? { language } : {})).passphrase;
  const offers = await Promise.all([offer(), offer(), offer("en"), offer("en")]);
  for (const words of offers) expect(words.split(" ")).toHaveLength(7);
  expect(new Set(offers).size).toBe(4);
  expect(offers[2]).toMatch(/^[a-z ]+$/);
});

test("a person sees that the coordination of a group is offered to them", async () => {
  const made = await hub.group("Red del Bosque");
  const person = await hub.member(made);
  const { entries } = await made.coordinator.call(listMemberships, { group: made.group });
  const to = entries.find(({ you }) => !you)?.id ?? ("" as never);
  const offer = { group: made.group, to, note: "", staysCoordinator: true };
  await made.coordinator.call(offerHandOver, offer);
  const notice = { kind: "hand_over_offered", group: made.group, groupName: "Red del Bosque" };
  expect((await person.call(getAccount, {})).notices).toContainEqual(notice);
  const { notices } = await made.coordinator.call(getAccount, {});
  expect(notices).not.toContainEqual(notice);
});

test("a steward sees under which alias they serve, and nobody else has one", async () => {
  const account = await (await hub.steward()).call(getAccount, {});
  expect(account).toMatchObject({ steward: true, stewardAlias: expect.any(String) });
  const { coordinator } = await hub.group();
  expect(await coordinator.call(getAccount, {})).not.toHaveProperty("stewardAlias");
});

test("closing an account leaves every group and erases all that belongs to it", async () => {
  const [one, other] = [await hub.group(), await hub.group()];
  const person = await hub.member(one);
  await joinToo(person, other);
  const { signInName, memberships } = await person.call(getAccount, {});
  const { codes } = await person.call(makeRecoverySheet, {});
  const entry = { signInName, passphrase: testPassphrase, device: "own" as const };
  await hub.newcomer().ask(recoverAccount, { ...entry, code: codes[0] ?? "" });
  await expect(hub.newcomer().call(signIn, { ...entry, passphrase: "no" })).rejects.toThrow();
  const [row] = await hub.owner<{ id: string }[]>`
    select id from accounts where sign_in_name = lower(${signInName})`;

  const answer = await person.ask(closeAccount, {});

  expect(answer.headers.get("clear-site-data")).toBe('"storage"');
  expect(await placesOf(row?.id ?? "")).toEqual([]);
  expect(await placesOf(signInName.toLowerCase(), "sign_in_tries")).toEqual([]);
  await expect(hub.newcomer().call(signIn, entry)).rejects.toThrow(refused("wrong_sign_in"));
  for (const { group, coordinator } of [one, other]) {
    const { entries } = await coordinator.call(listEvents, { stream: groupStream(group) });
    const left = memberships.find((membership) => membership.group === group);
    expect(entries[0]).toMatchObject({
      event: { kind: "membership.left", membership: left?.id },
      names: { [left?.id ?? ""]: left?.alias },
    });
    const { entries: people } = await coordinator.call(listMemberships, { group });
    expect(people).toHaveLength(1);
  }
});

/** Where a text still stands, in any column of any table, as the owner reads them. */
async function placesOf(text: string, only = "%"): Promise<string[]> {
  const tables = await hub.owner<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname like ${only}`;
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const { count } = await hub.owner`
        select from ${hub.owner(name)} as each where to_jsonb(each)::text like ${`%${text}%`}`;
      return count > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

test("nobody is held by a group: its only coordinator closes the account, and the members stay", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  await made.coordinator.call(closeAccount, {});
  const { entries } = await member.call(listMemberships, { group: made.group });
  expect(entries).toMatchObject([{ you: true }]);
});

test("whoever is alone in a group closes the account freely", async () => {
  const { coordinator } = await hub.group();
  await coordinator.call(closeAccount, {});
});

test("the last steward stays until another has come", async () => {
  const own = await createTestHub();
  const first = await own.steward();
  const { stewardAlias } = await first.call(getAccount, {});
  await expect(first.call(closeAccount, {})).rejects.toThrow(refused("last_steward"));
  const second = await own.steward();
  await first.call(closeAccount, {});
  const { entries } = await second.call(listEvents, { stream: hubStream });
  expect(entries[0]?.event).toEqual({ kind: "steward.ended", steward: stewardAlias });
  await expect(second.call(closeAccount, {})).rejects.toThrow(refused("last_steward"));
  await own.release();
});

test("closing an account asks who one is first", async () => {
  const person = await hub.member(await hub.group());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
  await expect(person.call(closeAccount, {})).rejects.toThrow(refused("confirmation_needed"));
  vi.useRealTimers();
});

test("what closes with an account that was offered a coordination leaves no offer behind", async () => {
  const made = await hub.group();
  const person = await hub.member(made);
  await made.coordinator.call(inviteToGroup, { group: made.group, roles: [] });
  const { entries } = await made.coordinator.call(listMemberships, { group: made.group });
  const to = entries.find(({ you }) => !you)?.id ?? ("" as never);
  await made.coordinator.call(offerHandOver, {
    group: made.group,
    to,
    note: "",
    staysCoordinator: true,
  });
  await person.call(closeAccount, {});
  expect(await hub.owner`select from hand_overs where group_id = ${made.group}`).toHaveLength(0);
});

test("of when a person was here the hub keeps no more than the week (P01)", async () => {
  const columns = await hub.owner<{ place: string; type: string }[]>`
    select table_name || '.' || column_name as place, data_type as type
    from information_schema.columns
    where table_schema = 'public' and data_type ~ '^(date|time)'
      and (table_name ~ 'account|session|passkey|recover|tries'
        or table_name in (select table_name from information_schema.columns
          where table_schema = 'public' and column_name = 'account_id'))
    order by place`;
  expect(Object.fromEntries(columns.map(({ place, type }) => [place, type]))).toEqual({
    // Days of a life in the hub that others see or could count.
    "accounts.created_on": "date",
    "foundings.asked_on": "date",
    "foundings.changed_on": "date",
    "memberships.joined_on": "date",
    "memberships.ended_on": "date",
    "stewards.since": "date",
    "participants.joined_on": "date",
    "notices.told_on": "date",
    "notices.ends_on": "date",
    "moderation_acts.happened_on": "date",
    "moderation_acts.ends_on": "date",
    "actors.judged_on": "date",
    "report_notes.written_on": "date",
    "bans.banned_on": "date",
    "uploads.day": "date",
    // When the hub told somebody last, by its own clock and at the hours that they chose.
    "notice_settings.digested_on": "date",
    "notice_settings.quiet_from": "time without time zone",
    "notice_settings.quiet_to": "time without time zone",
    "push_subscriptions.next_at": "timestamp with time zone",
    // Mondays, which the schema checks.
    "sessions.used_week": "date",
    "sessions.ends_on": "date",
    "passkeys.used_week": "date",
    "accounts.device_ended_week": "date",
    "accounts.recoveries_week": "date",
    // Ends that lie ahead and go with what they end: nothing in them is about a visit that went well.
    "accounts.paused_until": "timestamp with time zone",
    "passkey_challenges.ends_at": "timestamp with time zone",
    "recoveries.opens_at": "timestamp with time zone",
    "group_recoveries.opens_at": "timestamp with time zone",
    "sign_in_tries.window_ends_at": "timestamp with time zone",
    "participants.muted_until": "timestamp with time zone",
    "participants.slowed_until": "timestamp with time zone",
    "moderation_acts.until": "timestamp with time zone",
    // Emptied once it has come.
    "participants.may_post_from": "timestamp with time zone",
  });
  const days = await hub.owner<{ day: number }[]>`
    select distinct extract(isodow from unnest(array[used_week, ends_on]))::integer as day from sessions`;
  expect(days.map(({ day }) => day)).toEqual([1]);
});
