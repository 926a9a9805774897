import { afterAll, expect, test } from "vitest";
import { actAs, type Claims } from "./acting.ts";
import type { Sql } from "./connection.ts";
import { createCast } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

const cast = createCast({ owner, as });
const group = await cast.group("Tejido");
const other = await cast.group("Vecinas");
const coordinator = await cast.member(group, "Ceiba", ["coordinator"]);
const member = await cast.member(group, "Copal");
const gone = await cast.member(group, "Nogal", ["coordinator"]);
await owner`update memberships set ended_on = current_date where id = ${gone.id}`;
const foreigner = await cast.member(other, "Pirul", ["coordinator"]);
const steward = await cast.steward("Sabino");
const stranger = await cast.stranger();
const [asked] = await owner<[{ id: string }]>`
  insert into group_exports (group_id, asked_by, reason) values (${group}, ${steward.id}, 'Respaldo') returning id`;
await owner`
  insert into group_recoveries (group_id, candidate_id, asked_by, reason)
  values (${group}, ${member.id}, ${member.id}, 'Hace falta')`;

const invitation = async (opensFor: string) => {
  const secret = crypto.randomUUID();
  await owner`
    insert into invitations (purpose, group_id, token_hash, ending, expires_at)
    values ('membership', ${group}, ${secret}, 'ABCD', now() + ${opensFor}::interval)`;
  return secret;
};
const open = { account: stranger.account, secret: await invitation("1 hour") };
const expired = { account: stranger.account, secret: await invitation("-1 hour") };

const coalition = crypto.randomUUID();
const invited = await cast.group("Invitadas");
const asker = await cast.member(invited, "Ocote", ["coordinator"]);
const departed = await cast.group("De antes");
const returner = await cast.member(departed, "Mezquite", ["coordinator"]);
const elsewhere = crypto.randomUUID();
await owner`
  insert into coalitions (id, name, agreement)
  values (${coalition}, 'Juntas', 'Nos cuidamos'), (${elsewhere}, 'Otras', 'Nos cuidamos')`;
await owner`
  insert into coalition_groups (coalition_id, group_id, convener, state, accepted_version)
  values (${coalition}, ${group}, true, 'member', 1), (${coalition}, ${invited}, false, 'invited', null),
    (${coalition}, ${departed}, false, 'left', null)`;

type Write = (sql: Sql) => Promise<{ count: number }>;
const tell = (stream: string, event: Record<string, string>) => (sql: Sql) =>
  sql`select append_event(${stream}, ${sql.json(event)})`;
const place = (roles: string) => (sql: Sql) =>
  sql`insert into memberships (group_id, account_id, alias, roles)
    values (${group}, ${stranger.account}, 'Guaje', ${roles})`;

/** What the rules never let through, asked of the wall alone. */
const writes: [who: string, what: string, claims: Claims, write: Write][] = [
  [
    "a member",
    "begins to coordinate",
    member,
    (sql) => sql`update memberships set roles = '{member,coordinator}' where id = ${member.id}`,
  ],
  [
    "a member",
    "takes a coordinator's role",
    member,
    (sql) => sql`update memberships set roles = '{member}' where id = ${coordinator.id}`,
  ],
  [
    "a member",
    "ends a coordinator's place",
    member,
    (sql) => sql`update memberships set ended_on = current_date where id = ${coordinator.id}`,
  ],
  [
    "a member",
    "gives a coordinator's place to another account",
    member,
    (sql) =>
      sql`update memberships set account_id = ${stranger.account} where id = ${coordinator.id}`,
  ],
  [
    "a member",
    "moves into another group",
    member,
    (sql) => sql`update memberships set group_id = ${other} where id = ${member.id}`,
  ],
  [
    "a member",
    "takes a second place as coordinator",
    member,
    (sql) =>
      sql`insert into memberships (group_id, account_id, alias, roles)
      values (${group}, ${member.account}, 'Guaje', '{member,coordinator}')`,
  ],
  [
    "a member",
    "renames the group",
    member,
    (sql) => sql`update groups set name = 'Otra' where id = ${group}`,
  ],
  [
    "a member",
    "closes the group",
    member,
    (sql) => sql`update groups set closed = true where id = ${group}`,
  ],
  [
    "a coordinator",
    "changes the group's kind",
    coordinator,
    (sql) => sql`update groups set kind = 'institution' where id = ${group}`,
  ],
  [
    "a member",
    "names a foreign place as candidate",
    member,
    async (sql) => {
      await sql`delete from group_recoveries`;
      return sql`insert into group_recoveries (group_id, candidate_id, asked_by, reason)
      values (${group}, ${foreigner.id}, ${member.id}, 'x')`;
    },
  ],
  [
    "a member",
    "proposes somebody for whom the wait is over already",
    member,
    async (sql) => {
      await sql`delete from group_recoveries`;
      return sql`insert into group_recoveries (group_id, candidate_id, asked_by, reason, opens_at)
      values (${group}, ${member.id}, ${member.id}, 'x', now())`;
    },
  ],
  [
    "a member",
    "proposes in somebody else's name",
    member,
    async (sql) => {
      await sql`delete from group_recoveries`;
      return sql`insert into group_recoveries (group_id, candidate_id, asked_by, reason)
      values (${group}, ${member.id}, ${coordinator.id}, 'x')`;
    },
  ],
  [
    "a member",
    "ends a wait before its time",
    member,
    (sql) => sql`update group_recoveries set opens_at = now() + interval '1 day'`,
  ],
  [
    "somebody removed",
    "comes back",
    gone,
    (sql) => sql`update memberships set ended_on = null where id = ${gone.id}`,
  ],
  [
    "somebody removed",
    "comes back with more than the invitation gives",
    { ...gone, secret: open.secret },
    (sql) => sql`update memberships set ended_on = null where id = ${gone.id}`,
  ],
  [
    "a steward",
    "takes a candidate's place",
    steward,
    (sql) =>
      sql`update memberships set account_id = ${steward.account}, group_id = ${other} where id = ${member.id}`,
  ],
  [
    "a steward",
    "makes a candidate coordinate alone",
    steward,
    (sql) => sql`update memberships set roles = '{member,coordinator}' where id = ${member.id}`,
  ],
  [
    "a steward",
    "asks for an export that is agreed to already",
    steward,
    (sql) =>
      sql`insert into group_exports (group_id, asked_by, reason, agreed) values (${other}, ${steward.id}, 'x', true)`,
  ],
  [
    "a steward",
    "agrees to their own export",
    steward,
    (sql) => sql`update group_exports set agreed = true where id = ${asked.id}`,
  ],
  [
    "a steward",
    "moves an export to another group",
    steward,
    (sql) => sql`update group_exports set group_id = ${other} where id = ${asked.id}`,
  ],
  [
    "a stranger",
    "becomes a steward",
    stranger,
    (sql) => sql`insert into stewards (account_id, alias) values (${stranger.account}, 'Guaje')`,
  ],
  [
    "a stranger",
    "lets themselves found a group",
    stranger,
    (sql) =>
      sql`insert into foundings (account_id, state) values (${stranger.account}, 'approved')`,
  ],
  [
    "a stranger",
    "makes an invitation to be a steward",
    { ...stranger, secret: "mine" },
    (sql) =>
      sql`insert into invitations (purpose, token_hash, ending, expires_at)
      values ('stewardship', 'mine', 'ABCD', now() + interval '1 day')`,
  ],
  [
    "whoever holds an invitation",
    "makes it one for a coordinator",
    open,
    (sql) => sql`update invitations set roles = '{coordinator}'`,
  ],
  [
    "whoever holds an invitation",
    "makes it one for a steward",
    open,
    (sql) => sql`update invitations set purpose = 'stewardship', group_id = null`,
  ],
  [
    "whoever holds an invitation",
    "moves it to another group",
    open,
    (sql) => sql`update invitations set group_id = ${other}`,
  ],
  [
    "whoever holds an invitation",
    "forgets which names it refused",
    open,
    (sql) => sql`update invitations set refused = 0`,
  ],
  [
    "whoever holds an invitation",
    "opens it again",
    open,
    (sql) => sql`update invitations set used = false`,
  ],
  ["whoever holds an invitation", "comes in as coordinator", open, place("{member,coordinator}")],
  ["whoever holds an invitation that ended", "comes in", expired, place("{member}")],
  [
    "whoever names an account",
    "deletes it",
    { signInName: coordinator.account },
    (sql) => sql`delete from accounts`,
  ],
  [
    "whoever names an account",
    "changes it",
    { signInName: coordinator.account },
    (sql) => sql`update accounts set passphrase_hash = 'x'`,
  ],
  [
    "a member",
    "changes somebody else's alias",
    member,
    (sql) => sql`update memberships set alias = 'Guaje' where id = ${coordinator.id}`,
  ],
  [
    "a coordinator",
    "makes somebody older than they are",
    coordinator,
    (sql) => sql`update memberships set joined_on = '2020-01-01' where id = ${member.id}`,
  ],
  [
    "an invited group",
    "makes itself a convener",
    asker,
    (sql) => sql`update coalition_groups set convener = true where group_id = ${invited}`,
  ],
  [
    "a group that left",
    "comes back unasked",
    returner,
    (sql) =>
      sql`update coalition_groups set state = 'member', accepted_version = 1 where group_id = ${departed}`,
  ],
  [
    "a group",
    "moves its seat to another coalition",
    asker,
    (sql) =>
      sql`update coalition_groups set coalition_id = ${elsewhere} where group_id = ${invited}`,
  ],
  [
    "a convener",
    "says yes for an invited group",
    coordinator,
    (sql) =>
      sql`update coalition_groups set state = 'member', accepted_version = 1 where group_id = ${invited}`,
  ],
  [
    "a convener",
    "takes a group in that was not asked",
    coordinator,
    (sql) =>
      sql`insert into coalition_groups (coalition_id, group_id, state) values (${coalition}, ${other}, 'member')`,
  ],
  [
    "a convener",
    "gives the coalition another name",
    coordinator,
    (sql) => sql`update coalitions set name = 'Otra' where id = ${coalition}`,
  ],
  ["whoever has no account", "tells of a group", {}, tell(`group:${group}`, { kind: "x" })],
  ["a stranger", "tells of a group", stranger, tell(`group:${group}`, { kind: "x" })],
  ["a stranger", "tells of the hub", stranger, tell("hub", { kind: "hub.changed" })],
  [
    "a stranger",
    "says that somebody stopped being a steward",
    stranger,
    tell("hub", { kind: "steward.ended", steward: "Sabino" }),
  ],
  [
    "a member",
    "tells of a coalition that their group is not in",
    foreigner,
    tell(`coalition:${coalition}`, { kind: "coalition.group_left", group: other }),
  ],
  [
    "a member",
    "tells that another one did something",
    member,
    tell(`group:${group}`, { kind: "group.changed", by: coordinator.id }),
  ],
  [
    "a member",
    "tells that another one left",
    member,
    tell(`group:${group}`, { kind: "membership.left", membership: coordinator.id }),
  ],
  [
    "a member",
    "tells that a steward did something",
    member,
    tell(`group:${group}`, { kind: "group.read", steward: "Sabino", reason: "x" }),
  ],
  [
    "a coordinator",
    "asks a foreign group into a coalition that is not theirs",
    foreigner,
    tell(`group:${group}`, { kind: "group.invited_to_coalition", coalition }),
  ],
];

class Undo extends Error {}

/** Whether the write went through; it is undone either way. */
async function passes(claims: Claims, write: Write): Promise<boolean> {
  let rows = 0;
  try {
    const { account, secret, signInName } = claims;
    await actAs(
      database,
      { ...(account && { account }), ...(secret && { secret }), ...(signInName && { signInName }) },
      async (sql) => {
        rows = (await write(sql)).count;
        throw new Undo();
      },
    );
  } catch (error) {
    const refused = ["42501", "23503"].includes((error as { code?: string }).code ?? "");
    if (!(error instanceof Undo) && !refused) throw error;
  }
  return rows > 0;
}

test.each(writes)("%s never %s (T14)", async (_who, _what, claims, write) => {
  expect(await passes(claims, write)).toBe(false);
});

test("the same writes pass for whom they are meant", async () => {
  const steps: [Claims, Write][] = [
    [
      coordinator,
      (sql) => sql`update memberships set roles = '{member,coordinator}' where id = ${member.id}`,
    ],
    [coordinator, (sql) => sql`update groups set name = 'Otra' where id = ${group}`],
    [open, place("{member}")],
    [open, (sql) => sql`update invitations set used = true`],
    [coordinator, (sql) => sql`update group_exports set agreed = true where id = ${asked.id}`],
    [member, (sql) => sql`update memberships set alias = 'Guaje' where id = ${member.id}`],
    [
      asker,
      (sql) =>
        sql`update coalition_groups set state = 'member', accepted_version = 1 where group_id = ${invited}`,
    ],
    [
      coordinator,
      (sql) => sql`update coalition_groups set state = 'declined' where group_id = ${invited}`,
    ],
    [
      coordinator,
      (sql) => sql`update coalition_groups set state = 'invited' where group_id = ${departed}`,
    ],
    [member, tell(`group:${group}`, { kind: "group.changed", by: member.id })],
    [steward, tell(`group:${group}`, { kind: "group.read", steward: "Sabino", reason: "x" })],
    [steward, tell("hub", { kind: "hub.changed", steward: "Sabino" })],
    [stranger, tell("hub", { kind: "steward.ended", steward: "Ninguno" })],
    [coordinator, tell(`group:${other}`, { kind: "group.invited_to_coalition", coalition })],
  ];
  for (const [claims, write] of steps) expect(await passes(claims, write)).toBe(true);
});

test("whoever only tidies up writes no events", async () => {
  const jobs = as("telar_jobs");
  await expect(jobs`select append_event('hub', '{"kind":"hub.changed"}')`).rejects.toMatchObject({
    code: "42501",
  });
});
