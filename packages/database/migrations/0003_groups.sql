create table groups (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 2 and 120),
  kind text not null check (kind in ('victim_network', 'expert_network', 'accompanying_ngo', 'institution')),
  name_visibility text not null default 'members'
    check (name_visibility in ('public', 'peers', 'coalition', 'members')),
  closed boolean not null default false,
  founded_on date not null default current_date
);
comment on column groups.name_visibility is 'Who finds the group in the directory at all.';
create index groups_by_name on groups (name collate "es-x-icu", id);
create index groups_in_directory on groups (name_visibility, name collate "es-x-icu", id) where not closed;

create table memberships (
  id uuid primary key default gen_random_uuid(),
  group_id uuid not null references groups,
  account_id uuid references accounts on delete set null,
  alias text not null check (length(alias) between 2 and 40),
  roles text[] not null default '{member}'
    check (roles <@ array['coordinator', 'facilitator', 'signatory', 'member'] and 'member' = any (roles)),
  joined_on date not null default current_date,
  ended_on date,
  constraint membership_of_group unique (group_id, id)
);
comment on table memberships is
  'One alias in one group. The row stays when it ends, so that what was written keeps its alias and nobody else takes it; the same person may take it up again.';
create unique index one_membership_per_group on memberships (group_id, account_id) where ended_on is null;
create unique index alias_is_free on memberships (group_id, lower(alias));
create index memberships_of_account on memberships (account_id) where ended_on is null;
create index memberships_by_alias on memberships (group_id, alias collate "es-x-icu", id) where ended_on is null;

create table stewards (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null unique references accounts on delete cascade,
  alias text not null check (length(alias) between 2 and 40),
  since date not null default current_date
);
create unique index steward_alias_is_free on stewards (lower(alias));

create table coalitions (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 2 and 120),
  agreement text not null,
  agreement_version integer not null default 1,
  founded_on date not null default current_date
);

create table coalition_groups (
  coalition_id uuid not null references coalitions,
  group_id uuid not null references groups,
  convener boolean not null default false,
  state text not null check (state in ('invited', 'member', 'left', 'declined')),
  accepted_version integer,
  left_snapshot jsonb,
  primary key (coalition_id, group_id)
);
comment on column coalition_groups.left_snapshot is 'What a group that left keeps: name, agreement and groups as they stood.';
create index coalitions_of_group on coalition_groups (group_id);

create table invitations (
  id uuid primary key default gen_random_uuid(),
  purpose text not null check (purpose in ('membership', 'founding', 'stewardship')),
  group_id uuid references groups,
  roles text[] not null default '{member}',
  token_hash text not null unique,
  ending text not null check (length(ending) = 4),
  expires_at timestamptz not null,
  used boolean not null default false,
  revoked boolean not null default false,
  check ((purpose = 'membership') = (group_id is not null))
);
comment on table invitations is
  'Deleted seven days after it expires: who invited whom is never stored, that the group vouches is the membership.';
create index invitations_of_group on invitations (group_id);

create table profile_entries (
  group_id uuid not null references groups,
  field text not null check (field in ('about', 'region', 'languages', 'capabilities', 'contact')),
  place smallint not null default 0,
  value text not null,
  visibility text not null check (visibility in ('public', 'peers', 'coalition', 'members')),
  primary key (group_id, field, place)
);
comment on table profile_entries is
  'A row a value, so that the wall works per field: what is not shown to somebody cannot be searched by them.';
create index profile_entries_by_value on profile_entries (field, value, group_id)
  where field in ('languages', 'capabilities');
create index profile_entries_by_region on profile_entries (value collate "es-x-icu", group_id) where field = 'region';

-- What policies ask. They run as telar_walls, which reads these tables through policies of its own,
-- so that no policy asks its own table and no function stands above the wall.
create function my_groups() returns setof uuid language sql stable security definer set search_path = public rows 20
  begin atomic
    select group_id from memberships where account_id = acting_account() and ended_on is null;
  end;
create function my_coordinated_groups() returns setof uuid language sql stable security definer set search_path = public rows 5
  begin atomic
    select group_id from memberships
    where account_id = acting_account() and ended_on is null and 'coordinator' = any (roles);
  end;
create function am_steward() returns boolean language sql stable security definer set search_path = public
  begin atomic
    select exists (select from stewards where account_id = acting_account());
  end;
create function my_coalitions() returns setof uuid language sql stable security definer set search_path = public rows 5
  begin atomic
    select c.coalition_id from coalition_groups c
    join memberships m on m.group_id = c.group_id and m.account_id = acting_account() and m.ended_on is null
    where c.state in ('invited', 'member');
  end;
create function my_joined_coalitions() returns setof uuid language sql stable security definer set search_path = public rows 5
  begin atomic
    select c.coalition_id from coalition_groups c
    join memberships m on m.group_id = c.group_id and m.account_id = acting_account() and m.ended_on is null
    where c.state = 'member';
  end;
create function my_convened_coalitions() returns setof uuid language sql stable security definer set search_path = public rows 5
  begin atomic
    select c.coalition_id from coalition_groups c
    join memberships m on m.group_id = c.group_id and m.account_id = acting_account() and m.ended_on is null
      and 'coordinator' = any (m.roles)
    where c.state = 'member' and c.convener;
  end;
create function has_groups(wanted uuid) returns boolean language sql stable security definer set search_path = public
  begin atomic
    select exists (select from coalition_groups where coalition_id = wanted);
  end;
comment on function has_groups is 'A coalition without groups is one that is being founded.';
create function my_coalition_groups() returns setof uuid language sql stable security definer set search_path = public rows 20
  begin atomic
    select other.group_id from coalition_groups mine
    join memberships m on m.group_id = mine.group_id and m.account_id = acting_account() and m.ended_on is null
    join groups g on g.id = mine.group_id and g.kind <> 'institution'
    join coalition_groups other on other.coalition_id = mine.coalition_id and other.state = 'member'
    where mine.state = 'member';
  end;
comment on function my_coalition_groups is
  'Whose coalition-wide fields open. An institution is a guest: in a coalition it learns the names and no more.';
create function groups_beside_mine() returns setof uuid language sql stable security definer set search_path = public rows 20
  begin atomic
    select group_id from coalition_groups where state = 'member'
      and (coalition_id in (select my_joined_coalitions()) or convener and coalition_id in (select my_coalitions()));
  end;
comment on function groups_beside_mine is
  'Groups of a coalition know each other by name; one that is asked into it knows only who asks.';
create function my_roles_in(wanted uuid) returns text[] language sql stable security definer set search_path = public
  begin atomic
    select roles from memberships where group_id = wanted and account_id = acting_account() and ended_on is null;
  end;
create function has_members(wanted uuid) returns boolean language sql stable security definer set search_path = public
  begin atomic
    select exists (select from memberships where group_id = wanted);
  end;
comment on function has_members is 'A group without members is one that is being founded.';
create function sizes_of(wanted uuid[]) returns table (group_id uuid, members integer, coordinators integer)
  language sql stable security definer set search_path = public
  begin atomic
    select m.group_id, count(*)::integer, count(*) filter (where 'coordinator' = any (m.roles))::integer
    from memberships m
    where m.group_id = any (wanted) and m.ended_on is null
      and (am_steward() or m.group_id in (select my_groups()))
    group by m.group_id;
  end;
comment on function sizes_of is 'Lets stewards see how large groups are without reading who is in them.';
do $$
declare made regprocedure;
begin
  grant create on schema public to telar_walls;
  foreach made in array array['my_groups()', 'my_coordinated_groups()', 'am_steward()', 'my_coalitions()',
    'my_joined_coalitions()', 'my_convened_coalitions()', 'my_roles_in(uuid)', 'has_groups(uuid)', 'my_coalition_groups()',
    'groups_beside_mine()', 'has_members(uuid)',
    'sizes_of(uuid[])']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
  end loop;
  revoke create on schema public from telar_walls;
end $$;
grant select on groups, memberships, stewards, coalition_groups to telar_walls;
create policy asked_by_walls on groups for select to telar_walls using (true);
create policy asked_by_walls on memberships for select to telar_walls using (true);
create policy asked_by_walls on stewards for select to telar_walls using (true);
create policy asked_by_walls on coalition_groups for select to telar_walls using (true);

call wall('invitations');
create policy seen_invitations on invitations for select to telar_api
  using (token_hash = shown_secret()
    or group_id in (select my_coordinated_groups())
    or group_id is null and (select am_steward()));
create policy made_invitations on invitations for insert to telar_api
  with check (group_id in (select my_coordinated_groups()) or group_id is null and (select am_steward()));
create policy ended_invitations on invitations for update to telar_api
  using (token_hash = shown_secret()
    or group_id in (select my_coordinated_groups())
    or group_id is null and (select am_steward()))
  with check (used or revoked);
create view shown_invitation with (security_invoker = true) as
  select purpose, group_id, roles from invitations
  where token_hash = shown_secret() and not used and not revoked and expires_at > now();
grant select on shown_invitation to telar_api;
create policy past_invitations on invitations to telar_jobs using (expires_at < now() - interval '7 days');
grant select, insert, update (used, revoked) on invitations to telar_api;
grant select, delete on invitations to telar_jobs;

call wall('groups');
create policy seen_groups on groups for select to telar_api using (
  name_visibility = 'public' and not closed
  or name_visibility = 'peers' and not closed and acting_account() is not null
  or name_visibility = 'coalition' and not closed and id in (select my_coalition_groups())
  or id in (select my_groups())
  or id in (select groups_beside_mine())
  or id in (select group_id from invitations where token_hash = shown_secret())
  or (select am_steward()));
create policy founded_groups on groups for insert to telar_api with check (acting_account() is not null);
create policy changed_groups on groups for update to telar_api
  using (id in (select my_groups()) or (select am_steward()))
  with check (id in (select my_coordinated_groups()) or (select am_steward())
    or closed and (select members from sizes_of(array[id])) = 1);
grant select, insert, update (name, name_visibility, closed) on groups to telar_api;

call wall('memberships');
create policy seen_memberships on memberships for select to telar_api using (
  group_id in (select my_groups())
  or account_id = acting_account()
  or group_id = inspected_group() and (select am_steward()));
create policy begun_memberships on memberships for insert to telar_api with check (
  account_id = acting_account()
  and (not has_members(group_id)
    or roles <@ my_roles_in(group_id)
    or exists (select from shown_invitation i
      where i.group_id = memberships.group_id and memberships.roles <@ (i.roles || '{member}'))));
create policy changed_memberships on memberships for update to telar_api
  using (group_id in (select my_groups()) or account_id = acting_account())
  with check (ended_on is not null or group_id in (select my_groups())
    or group_id in (select group_id from shown_invitation));
grant select, insert, update (alias, roles, joined_on, ended_on) on memberships to telar_api;

call wall('stewards');
create policy seen_stewards on stewards for select to telar_api using (acting_account() is not null);
create policy begun_stewards on stewards for insert to telar_api with check (account_id = acting_account()
  and exists (select from shown_invitation where purpose = 'stewardship'));
create policy ended_stewards on stewards for delete to telar_api using ((select am_steward()));
grant select, insert, delete on stewards to telar_api;

call wall('coalition_groups');
create policy seen_coalition_groups on coalition_groups for select to telar_api using (
  state = 'member' and coalition_id in (select my_joined_coalitions())
  or state = 'member' and convener and coalition_id in (select my_coalitions())
  or group_id in (select my_groups())
  or coalition_id in (select my_convened_coalitions()));
create policy added_coalition_groups on coalition_groups for insert to telar_api with check (
  coalition_id in (select my_convened_coalitions())
  or not has_groups(coalition_id) and group_id in (select my_coordinated_groups()));
create policy changed_coalition_groups on coalition_groups for update to telar_api
  using (coalition_id in (select my_convened_coalitions()) or group_id in (select my_coordinated_groups()));
grant select, insert, update on coalition_groups to telar_api;

call wall('coalitions');
create policy seen_coalitions on coalitions for select to telar_api using (id in (select my_coalitions()));
create policy founded_coalitions on coalitions for insert to telar_api with check (acting_account() is not null);
create policy changed_coalitions on coalitions for update to telar_api
  using (id in (select my_convened_coalitions()));
grant select, insert, update on coalitions to telar_api;

call wall('profile_entries');
create policy seen_profile_entries on profile_entries for select to telar_api using (
  visibility = 'public'
  or visibility = 'peers' and acting_account() is not null
  or visibility = 'coalition' and group_id in (select my_coalition_groups())
  or group_id in (select my_groups())
  or group_id = inspected_group() and (select am_steward()));
create policy written_profile_entries on profile_entries for insert to telar_api
  with check (group_id in (select my_coordinated_groups()));
create policy removed_profile_entries on profile_entries for delete to telar_api
  using (group_id in (select my_coordinated_groups()));
grant select, insert, delete on profile_entries to telar_api;

-- A session by the hash of its token, in one statement and without a transaction: it starts every request.
create function open_session(shown text)
  returns table (id uuid, account_id uuid, device text, used_this_week boolean, steward boolean)
  language sql stable security definer set search_path = public rows 1
  begin atomic
    select s.id, s.account_id, s.device, s.used_week = date_trunc('week', current_date)::date,
      exists (select from stewards where stewards.account_id = s.account_id)
    from sessions s where s.token_hash = shown and s.ends_on >= current_date;
  end;
grant select on sessions to telar_walls;
create policy asked_by_walls on sessions for select to telar_walls using (true);
grant create on schema public to telar_walls;
alter function open_session(text) owner to telar_walls;
revoke create on schema public from telar_walls;
