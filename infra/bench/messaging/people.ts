import { createHash, createSecretKey, randomBytes } from "node:crypto";
import { cookieName, freshCookie, sealCookie } from "../../../apps/api/src/session-cookie.ts";
import { openSecrets } from "../../../apps/hub/src/secrets.ts";
import type { Database } from "../../../packages/database/src/connection.ts";
import type { Writer } from "./orders.ts";

/** So many spaces with so many people each, written behind the api's back; each person has a session. */
export async function addPeople(
  owner: Database,
  hub: { data: string; url: string },
  spaces: number,
  each: number,
): Promise<Writer[]> {
  const key = createSecretKey((await openSecrets(hub.data)).cookie);
  const tokens = Array.from({ length: spaces * each }, () => randomBytes(32).toString("base64url"));
  const hashes = tokens.map((token) => createHash("sha256").update(token).digest("hex"));
  const rows = await owner<{ space: string; n: number }[]>`
    with made_groups as (
      insert into groups (name, kind, name_visibility)
      select 'Red ' || n, 'victim_network', 'members' from generate_series(1, ${spaces}) as n returning id),
    made_spaces as (
      insert into spaces (group_id, kind, title, state, keeps_days, slow_minutes, note_required, admission, holds_first,
        facilitated_hours, weekly_hours_max, guests)
      select id, 'working', 'Tejido', 'open', 90, 0, false, false, 0, false, 10, false from made_groups
      returning id, group_id),
    wanted as materialized (
      select gen_random_uuid() as account_id, s.id as space_id, s.group_id, row_number() over () as n
      from made_spaces s, generate_series(1, ${each})),
    made_accounts as (
      insert into accounts (id, sign_in_name) select account_id, account_id::text from wanted returning id),
    made_memberships as (
      insert into memberships (group_id, account_id, alias)
      select group_id, id, 'Ceiba ' || n from wanted join made_accounts on id = account_id),
    made_places as (
      insert into participants (space_id, account_id, group_id, alias, state, accepted_version, first_messages)
      select space_id, id, group_id, 'Ceiba ' || n, 'joined', 1, 100 from wanted join made_accounts on id = account_id),
    made_rules as (
      insert into space_rules (space_id, version, rules, settings) select id, 1, 'Nos cuidamos.', '{}' from made_spaces),
    made_sessions as (
      insert into sessions (account_id, token_hash, device, ends_on)
      select id, (${hashes}::text[])[n], 'own', date_trunc('week', current_date)::date + 28
      from wanted join made_accounts on id = account_id)
    select space_id as space, n from wanted order by n`;
  await owner`analyze`;
  const name = cookieName(hub.url);
  return rows.map(({ space, n }) => ({
    space,
    cookie: `${name}=${sealCookie(freshCookie(tokens[n - 1] ?? "", "own"), key)}`,
  }));
}
