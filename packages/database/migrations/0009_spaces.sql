create table spaces (
  id uuid primary key default gen_random_uuid(),
  group_id uuid references groups,
  coalition_id uuid references coalitions,
  kind text not null check (kind in ('working', 'announcement', 'peer_support', 'one_to_one')),
  title text not null check (length(title) between 2 and 120),
  purpose text not null default '',
  state text not null default 'preparing' check (state in ('preparing', 'open', 'closed')),
  rules_version integer not null default 1,
  keeps_days smallint not null check (keeps_days between 1 and 365),
  slow_minutes smallint not null check (slow_minutes between 0 and 60),
  note_required boolean not null,
  admission boolean not null,
  holds_first smallint not null check (holds_first between 0 and 10),
  facilitated_hours boolean not null,
  weekly_hours_max smallint not null check (weekly_hours_max between 1 and 60),
  guests boolean not null,
  zone text not null default 'America/Mexico_City',
  founded_on date not null default current_date,
  constraint space_has_one_owner check (num_nonnulls(group_id, coalition_id) = 1),
  constraint no_guests_among_peers check (not (guests and kind = 'peer_support'))
);
create index spaces_of_group on spaces (group_id);
create index spaces_of_coalition on spaces (coalition_id);

create table space_rules (
  space_id uuid not null references spaces,
  version integer not null,
  rules text not null,
  settings jsonb not null,
  since date not null default current_date,
  primary key (space_id, version)
);
comment on table space_rules is 'Every version that people said yes to.';

create table space_hours (
  space_id uuid not null references spaces,
  weekday smallint not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null check (opens < closes),
  primary key (space_id, weekday, opens)
);
comment on table space_hours is 'When a space is facilitated, in the space''s own zone.';

create table participants (
  id uuid primary key default gen_random_uuid(),
  space_id uuid not null references spaces,
  account_id uuid references accounts on delete set null,
  group_id uuid not null references groups,
  alias text not null check (length(alias) between 2 and 40),
  state text not null check (state in ('asked', 'joined', 'left', 'removed')),
  facilitator boolean not null default false,
  accepted_version integer not null,
  joined_on date not null default current_date,
  first_messages smallint not null default 0,
  may_post_from timestamptz,
  muted_until timestamptz,
  constraint participant_of_space unique (space_id, id)
);
comment on table participants is
  'One alias in one space. The row stays when it ends, so that what was written keeps its alias and nobody else takes it.';
comment on column participants.state is
  '`removed` also of who was not let in or asks no more: they come back only if somebody who facilitates lets them in.';
comment on column participants.group_id is 'Through which group somebody came in; their place ends with that membership.';
comment on column participants.first_messages is 'How many of a newcomer''s first messages others have read; counts no further than the space asks.';
create unique index one_place_per_space on participants (space_id, account_id) where state in ('asked', 'joined');
create unique index space_alias_is_free on participants (space_id, lower(alias));
create index participants_of_account on participants (account_id);
create index participants_by_alias on participants (space_id, alias collate "es-x-icu", id) where state = 'joined';

-- Several people, each in the space beside them, whose messages one transaction writes together.
create function acting_accounts() returns uuid[] language sql stable
  return coalesce(nullif(current_setting('app.accounts', true), '')::uuid[], array[acting_account()]);
create function acting_spaces() returns uuid[] language sql stable
  return nullif(current_setting('app.spaces', true), '')::uuid[];

create function acting_places() returns table (space_id uuid, id uuid, facilitator boolean)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    with acting as (
      select p.space_id, p.id, p.facilitator, p.group_id, p.account_id
      from participants p
      where acting_spaces() is null and p.account_id = acting_account() and p.state = 'joined'
      union all
      select p.space_id, p.id, p.facilitator, p.group_id, p.account_id
      from unnest(acting_accounts(), acting_spaces()) as who (account_id, space_id)
      join participants p on p.space_id = who.space_id and p.account_id = who.account_id and p.state = 'joined'
    )
    select p.space_id, p.id, p.facilitator from acting p
    join spaces s on s.id = p.space_id
    join memberships m on m.group_id = p.group_id and m.account_id = p.account_id and m.ended_on is null
    join groups g on g.id = p.group_id and not g.closed
    where s.group_id = p.group_id or exists (select from coalition_groups c
      where c.coalition_id = s.coalition_id and c.group_id = p.group_id and c.state = 'member');
  end;
comment on function acting_places is
  'Where those who act take part now: their membership, and their group''s in a coalition, still stand, and nobody closed the group.';
create function my_spaces() returns setof uuid language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select space_id from acting_places();
  end;
create function my_facilitated_spaces() returns setof uuid language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select space_id from acting_places() where facilitator;
  end;
create function has_participants(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from participants where space_id = wanted);
  end;
comment on function has_participants is 'A space without participants is one that is being founded.';
create function readers_of(wanted uuid) returns bigint language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select count(*) from participants where space_id = wanted and state = 'joined';
  end;
comment on function readers_of is 'Lets people know before they join how many read; nobody sees who.';

create function my_hosting_coalitions() returns setof uuid language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select c.coalition_id from coalition_groups c
    join memberships m on m.group_id = c.group_id and m.account_id = acting_account() and m.ended_on is null
    join groups g on g.id = c.group_id and g.kind <> 'institution'
    where c.state = 'member';
  end;
comment on function my_hosting_coalitions is 'An institution is a guest: it finds the spaces that take guests, and no others.';

call wall('spaces');
create policy seen_spaces on spaces for select to telar_api using (
  kind <> 'one_to_one' and (group_id in (select my_groups()) or coalition_id in (select my_hosting_coalitions())
    or guests and coalition_id in (select my_joined_coalitions()))
  or id in (select my_spaces()));
create policy founded_spaces on spaces for insert to telar_api with check (
  group_id in (select my_coordinated_groups()) or coalition_id in (select my_convened_coalitions()));
create policy changed_spaces on spaces for update to telar_api
  using (group_id in (select my_coordinated_groups()) or coalition_id in (select my_convened_coalitions())
    or id in (select my_facilitated_spaces()));
create function my_coordinated_spaces() returns setof uuid language sql stable set search_path = public, pg_temp rows 20
  begin atomic
    select id from spaces where group_id in (select my_coordinated_groups()) or coalition_id in (select my_convened_coalitions());
  end;
grant select, insert, update (title, purpose, state, rules_version, keeps_days, slow_minutes, note_required, admission,
  holds_first, facilitated_hours, weekly_hours_max, guests, zone) on spaces to telar_api;

call wall('space_rules');
create policy seen_space_rules on space_rules for select to telar_api using (space_id in (select id from spaces));
create policy written_space_rules on space_rules for insert to telar_api with check (space_id in (select my_coordinated_spaces()));
grant select, insert on space_rules to telar_api;

call wall('space_hours');
create policy seen_space_hours on space_hours for select to telar_api using (space_id in (select id from spaces));
create policy changed_space_hours on space_hours to telar_api
  using (space_id in (select my_facilitated_spaces()) or space_id in (select my_coordinated_spaces()));
grant select, insert, delete on space_hours to telar_api;

call wall('participants');
create policy seen_participants on participants for select to telar_api using (
  space_id in (select my_spaces())
  or account_id = acting_account()
  or facilitator and state = 'joined' and space_id in (select id from spaces));
create function may_come_in(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select not exists (select from participants p
        where p.space_id = wanted and p.account_id = acting_account() and p.state = 'removed')
      and exists (select from spaces s where s.id = wanted and (not s.admission
        or (s.group_id in (select my_coordinated_groups()) or s.coalition_id in (select my_convened_coalitions()))
          and not exists (select from participants p where p.space_id = wanted and p.facilitator and p.state = 'joined')));
  end;
comment on function may_come_in is
  'Without being let in: where no admission is asked for, or to care for a space that nobody facilitates.';
create policy begun_participants on participants for insert to telar_api with check (
  account_id = acting_account()
  and group_id in (select my_groups())
  and space_id in (select id from spaces)
  and (state = 'asked' or state = 'joined' and may_come_in(space_id))
  and (not facilitator or not has_participants(space_id)));
create policy changed_participants on participants for update to telar_api
  using (account_id = acting_account() or id in (select id from acting_places()) or space_id in (select my_facilitated_spaces())
    or space_id in (select my_spaces()) and space_id in (select my_coordinated_spaces()));
grant select, insert, update (group_id, state, facilitator, accepted_version, joined_on, first_messages, may_post_from,
  muted_until) on participants to telar_api;

-- Those who facilitate change places; nobody brings back who left, or says yes for somebody else. Everybody else
-- leaves theirs, says yes to new rules, comes back, or asks to. Who coordinates names somebody where nobody facilitates.
create function guard_participant() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
declare
  own constant boolean := new.account_id = acting_account();
  begins constant boolean := new.facilitator and not old.facilitator;
  same_mute constant boolean := new.muted_until is not distinct from old.muted_until;
begin
  if (own or new.accepted_version = old.accepted_version and new.group_id = old.group_id)
    and (new.group_id = old.group_id or new.group_id in (select my_groups()))
    and (new.space_id in (select my_facilitated_spaces()) and (new.state <> 'joined' or old.state in ('asked', 'joined'))
      or own and not begins and same_mute
        and (new.state = old.state or old.state = 'joined' and new.state = 'left'
          or old.state = 'asked' and new.state = 'removed' or old.state in ('left', 'removed') and new.state = 'asked'
          or old.state <> 'joined' and new.state = 'joined' and may_come_in(new.space_id))
      or begins and same_mute and new.state = 'joined' and old.state = 'joined'
        and new.space_id in (select my_coordinated_spaces())
        and not exists (select from participants where space_id = new.space_id and facilitator and state = 'joined'))
  then return new; end if;
  raise insufficient_privilege using message = 'this place is not the caller''s to change';
end $$;
create trigger guard_participant before update of group_id, state, facilitator, accepted_version, muted_until
  on participants for each row when (current_user = 'telar_api') execute function guard_participant();

-- Those who facilitate open and close; how a space works is up to who coordinates its owner.
create function guard_space() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
begin
  if new.id not in (select my_coordinated_spaces())
    and (new.title, new.purpose, new.rules_version, new.keeps_days, new.slow_minutes, new.note_required, new.admission,
      new.holds_first, new.facilitated_hours, new.weekly_hours_max, new.guests)
    is distinct from (old.title, old.purpose, old.rules_version, old.keeps_days, old.slow_minutes, old.note_required,
      old.admission, old.holds_first, old.facilitated_hours, old.weekly_hours_max, old.guests)
  then raise insufficient_privilege using message = 'how a space works is not the caller''s to change'; end if;
  if new.state = 'open' and old.state <> 'open' and new.kind = 'peer_support'
    and (select count(*) < 2 from participants where space_id = new.id and facilitator and state = 'joined')
  then raise insufficient_privilege using message = 'two people facilitate peer support before it opens'; end if;
  return new;
end $$;
create trigger guard_space before update on spaces for each row
  when (current_user = 'telar_api') execute function guard_space();

-- A place ends with the membership, or with the coalition, that it came through. Asked at the end of the statement: another
-- alias in the same group ends one membership and begins the next.
create function end_places() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update participants set state = case state when 'asked' then 'removed' else 'left' end, facilitator = false
    where account_id = old.account_id and group_id = old.group_id and state in ('asked', 'joined')
      and not exists (select from memberships
        where group_id = old.group_id and account_id = old.account_id and ended_on is null);
  return null;
end $$;
create trigger end_places after update of ended_on, account_id on memberships for each row
  when (old.ended_on is null and (new.ended_on is not null or new.account_id is null)) execute function end_places();
create function end_places_of_group() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update participants set state = case state when 'asked' then 'removed' else 'left' end, facilitator = false
    where group_id = old.group_id and state in ('asked', 'joined')
      and space_id in (select id from spaces where coalition_id = old.coalition_id);
  return null;
end $$;
create trigger end_places_of_group after update of state on coalition_groups for each row
  when (old.state = 'member' and new.state <> 'member') execute function end_places_of_group();

-- Nobody is held in a group by what they take care of: peer support waits until two facilitate it again.
create function keep_two_facilitators() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update spaces set state = 'preparing'
    where id = new.space_id and kind = 'peer_support' and state = 'open'
      and (select count(*) < 2 from participants where space_id = new.space_id and facilitator and state = 'joined');
  if found then perform append_event('space:' || new.space_id, '{"kind": "space.closed"}'); end if;
  return null;
end $$;
create trigger keep_two_facilitators after update of state, facilitator on participants for each row
  when (old.facilitator and not (new.facilitator and new.state = 'joined')) execute function keep_two_facilitators();

grant select on spaces, participants to telar_walls;
grant update (state) on spaces to telar_walls;
grant update (state, facilitator) on participants to telar_walls;
create policy asked_by_walls on spaces to telar_walls using (true);
create policy asked_by_walls on participants to telar_walls using (true);
do $$
declare made regprocedure;
begin
  grant create on schema public to telar_walls;
  foreach made in array array['acting_places()', 'my_spaces()', 'my_facilitated_spaces()', 'has_participants(uuid)',
    'readers_of(uuid)', 'my_hosting_coalitions()', 'may_come_in(uuid)', 'end_places()', 'end_places_of_group()',
    'keep_two_facilitators()']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
  end loop;
  revoke create on schema public from telar_walls;
end $$;

-- What happens in a space is told by those who are or were in it, and by those whose group or coalition it is.
alter function may_append(text, jsonb) rename to may_append_elsewhere;
create function may_append(wanted text, happened jsonb) returns boolean language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  about constant uuid := nullif(split_part(wanted, ':', 2), '')::uuid;
begin
  if wanted not like 'space:%' then return may_append_elsewhere(wanted, happened); end if;
  return exists (select from participants where space_id = about and account_id = acting_account())
    or am_steward()
    or exists (select from spaces where id = about and (group_id in (select my_groups())
      or coalition_id in (select my_joined_coalitions())));
end $$;
revoke execute on function may_append(text, jsonb) from public;
grant create on schema public to telar_walls;
alter function may_append(text, jsonb) owner to telar_walls;
revoke create on schema public from telar_walls;
