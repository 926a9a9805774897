import type { GroupId } from "../../packages/contracts/src/ids.ts";
import type { Database } from "../../packages/database/src/connection.ts";

const membersPerGroup = 10;
const coalitionGroups = 10;

/**
 * Writes so many groups at once, behind the api's back, with profiles, visibilities and members as a large hub
 * would have them. The visitor's group shares a coalition with ten of them.
 */
export async function addCrowd(owner: Database, groups: number, visitors: GroupId): Promise<void> {
  await owner`
    insert into groups (name, kind, name_visibility)
    select (array['Red', 'Colectivo', 'Centro', 'Familias', 'Casa', 'Voces', 'Ñandú', 'Árbol'])[n % 8 + 1] || ' ' || n,
      (array['victim_network', 'expert_network', 'accompanying_ngo'])[n % 3 + 1],
      (array['public', 'public', 'public', 'public', 'peers', 'peers', 'peers', 'coalition', 'members', 'members'])[n % 10 + 1]
    from generate_series(1, ${groups}) as n`;
  await addProfiles(owner);
  await addMembers(owner);
  await owner`
    with made as (insert into coalitions (name, agreement) values ('Encuentro', 'Nos cuidamos.') returning id)
    insert into coalition_groups (coalition_id, group_id, state, accepted_version)
    select made.id, mine.id, 'member', 1
    from made, (select ${visitors}::uuid as id
      union (select id from groups order by id limit ${coalitionGroups})) as mine`;
  await owner`analyze`;
}

/** Six in ten do legal work, so that a filter by it fills a page of a small hub too. */
async function addProfiles(owner: Database): Promise<void> {
  await owner`
    insert into profile_entries (group_id, field, place, value, visibility)
    select id, field, place, value, case name_visibility when 'public' then visibility else name_visibility end
    from (select id, name_visibility, row_number() over (order by id) as n from groups) as numbered,
      lateral (values
        ('about', 0, 'Nos acompañamos en cada trámite y guardamos la memoria de lo que pasó.', 'public'),
        ('region', 0, (array['Guerrero', 'Chiapas', 'Jalisco', 'Veracruz', 'Chihuahua'])[n % 5 + 1], 'public'),
        ('languages', 0, 'es', 'public'),
        ('languages', 1, (array['mix', 'tzo', 'nah', 'en'])[n % 4 + 1], 'public'),
        ('capabilities', 0, case when n % 10 < 6 then 'legal' else 'psychosocial' end, 'public'),
        ('capabilities', 1, case when n % 100 = 0 then 'interpretation' else 'documentation' end, 'public'),
        ('contact', 0, 'grupo@example.org', 'peers')) as said (field, place, value, visibility)
    on conflict do nothing`;
}

async function addMembers(owner: Database): Promise<void> {
  await owner`
    with wanted as materialized (
      select id as group_id, n, gen_random_uuid() as account_id
      from groups, generate_series(1, ${membersPerGroup}) as n
      where not exists (select from memberships where group_id = groups.id)),
    made as (
      insert into accounts (id, sign_in_name) select account_id, account_id::text from wanted returning id)
    insert into memberships (group_id, account_id, alias, roles)
    select group_id, id, 'Ceiba ' || n, case when n <= 2 then '{coordinator,member}'::text[] else '{member}' end
    from wanted join made on made.id = wanted.account_id`;
}
