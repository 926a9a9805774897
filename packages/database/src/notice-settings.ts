import type { AccountId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { NoticeSettings, Rhythm } from "@telar/contracts/notices";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";

export type Chosen = Pick<NoticeSettings, "own" | "digestHour" | "quietFrom" | "quietTo">;

/** Everything is off for whoever never chose. */
const unchosen: Chosen = { own: "off", digestHour: 18, quietFrom: "21:00", quietTo: "08:00" };

export async function getChosen(sql: Sql, account: AccountId): Promise<Chosen> {
  const [chosen] = await sql<Chosen[]>`
    select own, digest_hour, to_char(quiet_from, 'HH24:MI') as quiet_from, to_char(quiet_to, 'HH24:MI') as quiet_to
    from notice_settings where account_id = ${account}`;
  return chosen ?? unchosen;
}

/** Every space that the person is in, by title. */
export function listRhythms(
  sql: Sql,
  account: AccountId,
): Promise<{ space: SpaceId; title: string; rhythm: Rhythm }[]> {
  return sql`
    select s.id as space, s.title, coalesce(n.rhythm, 'off') as rhythm
    from spaces s left join space_notices n on n.space_id = s.id and n.account_id = ${account}
    where s.id in (select my_spaces())
    order by s.title collate "es-x-icu", s.id limit 200`;
}

export async function changeChosen(sql: Sql, account: AccountId, chosen: Chosen): Promise<void> {
  const { own, digestHour, quietFrom, quietTo } = chosen;
  await sql`
    insert into notice_settings (account_id, own, digest_hour, quiet_from, quiet_to)
    values (${account}, ${own}, ${digestHour}, ${quietFrom}, ${quietTo})
    on conflict (account_id) do update set own = excluded.own, digest_hour = excluded.digest_hour,
      quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to`;
}

/** Only these spaces, of those that the person is in, are switched on; each from where it stands now. */
export async function changeRhythms(
  sql: Sql,
  account: AccountId,
  chosen: { space: SpaceId; rhythm: Exclude<Rhythm, "off"> }[],
): Promise<void> {
  const spaces = chosen.map(({ space }) => space);
  await sql`
    delete from space_notices where account_id = ${account} and not space_id = any (${spaces})`;
  if (chosen.length > 0)
    await sql`
      select switch_on(space, rhythm)
      from unnest(${spaces}::uuid[], ${chosen.map(({ rhythm }) => rhythm)}::text[]) as c (space, rhythm)`;
}

/** Whose messages pass the person's quiet hours, by alias. */
export function listLetThrough(
  sql: Sql,
  account: AccountId,
): Promise<{ id: ParticipantId; space: SpaceId; alias: string }[]> {
  return sql`
    select p.id, q.space_id as space, p.alias
    from quiet_passes q join participants p on p.space_id = q.space_id and p.id = q.participant_id
    where q.account_id = ${account} order by p.alias collate "es-x-icu", p.id limit 100`;
}

/** `not_found` for whoever is not in that space, or is the person themselves. */
export async function addLetThrough(
  sql: Sql,
  account: AccountId,
  space: SpaceId,
  id: ParticipantId,
): Promise<void> {
  const [found] = await sql`
    select from participants where space_id = ${space} and id = ${id} and state = 'joined'
      and space_id in (select my_spaces()) and account_id is distinct from ${account}`;
  if (!found) throw new HubError("not_found");
  await sql`
    insert into quiet_passes (account_id, space_id, participant_id) values (${account}, ${space}, ${id})
    on conflict do nothing`;
}

export async function removeLetThrough(
  sql: Sql,
  account: AccountId,
  id: ParticipantId,
): Promise<void> {
  await sql`delete from quiet_passes where account_id = ${account} and participant_id = ${id}`;
}
