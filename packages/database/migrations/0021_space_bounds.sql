-- Words only, no phrases and no negation: the index alone answers, and nobody holds up the others by what they look for.
create or replace function places_with(space uuid, words text, before bigint, most integer) returns setof bigint
  language sql stable security definer set search_path = public, pg_temp rows 50
  begin atomic
    select place from messages
    where space_id = space and space in (select my_spaces()) and place < before and expires_on >= current_date
      and to_tsvector('spanish', note || ' ' || body)
        @@ (plainto_tsquery('spanish', words) || plainto_tsquery('spanish', replace(lower(words), 'cion', 'ción')))
    order by place desc limit most;
  end;

-- An author changes their words while they are shown, keeps to it that they did, and deletes; hiding is an act, and so is
-- showing again.
create or replace function guard_message() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
begin
  if new.participant_id in (select id from acting_places()) and (new.state = 'deleted' and old.state <> 'deleted'
    or new.state = 'shown' and old.state = 'shown' and (new.edited or (new.note, new.body) = (old.note, old.body)))
  then return new; end if;
  raise insufficient_privilege using message = 'these words are not the caller''s to change';
end $$;

-- A message stays as long as its space promises, from now on, and stands in the stream where that is.
create function posting_places() returns table (space_id uuid, id uuid, last_day date)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select place.space_id, place.id, current_date + s.keeps_days
    from acting_places() place join spaces s on s.id = place.space_id;
  end;
drop policy posted_messages on messages;
create policy posted_messages on messages for insert to telar_api
  with check ((space_id, participant_id, expires_on) in (select space_id, id, last_day from posting_places()));
revoke insert on messages from telar_api;
revoke update (expires_on) on messages from telar_api;
grant insert (space_id, place, id, participant_id, expires_on, note, body, reply_to) on messages to telar_api;
create function guard_message_places() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from (select space_id, max(place) as place from written group by space_id) last
    where last.place > (select last_place from streams where name = 'space:' || last.space_id))
  then raise insufficient_privilege using message = 'a message stands where the stream of its space is'; end if;
  return null;
end $$;
create trigger guard_message_places after insert on messages referencing new table as written for each statement
  when (current_user = 'telar_api') execute function guard_message_places();

-- Those who facilitate read what is held, and let it go; its words are its author's, and nobody changes them on the way.
revoke update (note, body) on waiting_messages from telar_api;
drop policy held_messages on waiting_messages;
create policy held_messages on waiting_messages for select to telar_api
  using (why = 'held' and space_id in (select my_facilitated_spaces()));
create policy released_messages on waiting_messages for delete to telar_api
  using (why = 'held' and space_id in (select my_facilitated_spaces()));

-- What two people opened is theirs alone, and closed by its own function.
drop policy changed_spaces on spaces;
create policy changed_spaces on spaces for update to telar_api
  using (kind <> 'one_to_one' and (group_id in (select my_coordinated_groups())
    or coalition_id in (select my_convened_coalitions()) or id in (select my_facilitated_spaces())));

-- A decision is told by whoever has the role in which it was made.
create function has_role_in(wanted uuid, role text) returns boolean language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select case role
      when 'facilitator' then origin_of(wanted) in (select my_facilitated_spaces())
      when 'coordinator' then origin_of(wanted) in (select my_coordinated_spaces())
      when 'steward' then am_steward()
      else false end;
  end;
create or replace function may_append(wanted text, happened jsonb) returns boolean language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  about constant uuid := nullif(split_part(wanted, ':', 2), '')::uuid;
begin
  if wanted not like 'space:%' then return may_append_elsewhere(wanted, happened); end if;
  if happened ? 'role' then return has_role_in(about, happened ->> 'role'); end if;
  return exists (select from participants where space_id = about and account_id = acting_account())
    or am_steward()
    or exists (select from spaces where id = about and (group_id in (select my_groups())
      or coalition_id in (select my_joined_coalitions())));
end $$;
create or replace function append_to_streams(wanted text[], happened jsonb[], ends date[])
  returns table (n bigint, place bigint) language sql security definer set search_path = public, pg_temp
  begin atomic
    with given as (
      select stream, event, ends_on, n from unnest(wanted, happened, ends) with ordinality as g (stream, event, ends_on, n)
      where current_setting('role') <> 'telar_api' or ends_on <= current_date + 365
        and case when event ? 'role' then stream like 'space:%' and may_append(stream, event)
          else stream in (select 'space:' || space_id from acting_places()) end
    ), totals as (
      select stream, count(*) as total from given group by stream
    ), heads as (
      insert into streams (name, last_place) select stream, total from totals order by stream
      on conflict (name) do update set last_place = streams.last_place + excluded.last_place
      returning name, last_place
    ), placed as (
      select given.*, last_place - total + row_number() over (partition by given.stream order by given.n) as place
      from given join totals using (stream) join heads on heads.name = given.stream
    ), kept as (
      insert into events (stream, place, event, ends_on) select stream, place, event, ends_on from placed
    )
    select placed.n, placed.place from placed order by placed.n;
  end;

-- What was said stands in a report as it stood in the space: whoever reports adds their own words, and no others.
create function make_report(made uuid, in_space uuid, person uuid, message uuid, why text, told text, show_name boolean,
  outside boolean) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  mine constant participants := (select p from participants p join acting_places() place on place.id = p.id
    where p.space_id = in_space);
begin
  insert into reports (id, space_id, target_id, message_id, space_title, alias, note, body, reason, words, reporter_alias, reach)
    select made, s.id, p.id, m.id, s.title, p.alias, coalesce(m.note, ''), coalesce(m.body, ''), why, told,
      case when show_name then mine.alias end,
      case when outside then 'coordinator' else 'facilitator' end
    from spaces s
    join participants p on p.space_id = s.id and p.id = person and p.account_id is distinct from acting_account()
    left join messages m on m.space_id = s.id and m.id = message and m.participant_id = p.id
    where s.id = mine.space_id and (message is null or m.id is not null);
  if not found then return false; end if;
  insert into reporters (report_id, space_id, participant_id) values (made, in_space, mine.id);
  return true;
end $$;
drop policy made_reports on reports;
drop policy made_reporters on reporters;
revoke insert on reports, reporters from telar_api;
grant insert on reports, reporters to telar_walls;

-- What was decided stays for 90 days; nobody keeps it longer.
create function end_decided_report() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.ends_on := current_date + 90;
  return new;
end $$;
create trigger end_decided_report before update of state on reports for each row
  when (new.state in ('decided', 'no_action') and old.state not in ('decided', 'no_action'))
  execute function end_decided_report();
revoke update (ends_on) on reports from telar_api;

-- Which of these reports are the caller's to judge. Asked once for all about one person by one other in one space, as long
-- as the same people facilitate there; materialized, so that the planner does not ask for each report after all.
create function judged_reports(wanted uuid[]) returns table (id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    with named as materialized (
      select r.id, r.place, r.space_id, r.target_id, r.reach from unnest(wanted) as w (id) join reports r on r.id = w.id
    ), concerned as materialized (
      select distinct named.space_id from named
    ), near as materialized (
      select concerned.space_id from concerned where may_judge_in(concerned.space_id, null)
    ), begun as materialized (
      select distinct near.space_id, f.facilitates_after as place from near
      join participants f on f.space_id = origin_of(near.space_id) and f.facilitator and f.state = 'joined'
    ), told as materialized (
      select r.id, r.space_id, r.reach, array_remove(array[target.account_id, reporter.account_id], null) as excluded,
        (select coalesce(max(begun.place) + 1, 0) from begun where begun.space_id = r.space_id and begun.place < r.place) as since
      from named r join near on near.space_id = r.space_id
      join participants target on target.id = r.target_id
      join reporters w on w.report_id = r.id
      join participants reporter on reporter.id = w.participant_id
    ), judged as materialized (
      select asked.*, j.role
      from (select distinct told.space_id, told.reach, told.excluded, told.since from told) asked
      cross join lateral judges_of(asked.space_id, null, asked.excluded, asked.reach, asked.since) j
      where j.account_id = acting_account()
    )
    select told.id, judged.role from told join judged using (space_id, reach, excluded, since);
  end;
create or replace function my_reports() returns table (id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select j.id, j.role from judged_reports(array(select r.id from reports r)) j;
  end;
create index open_reports on reports (id) where state in ('new', 'assigned');
create function judgement_waits() returns boolean language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from judged_reports(array(select r.id from reports r
      where r.state in ('new', 'assigned') and (r.state = 'new' or r.assignee_id = acting_account())
        and r.ends_on >= current_date)));
  end;
comment on function judgement_waits is 'Asked on every page: of the reports that are open, and for nobody else.';
create function own_told() returns table (target_id uuid, message_id uuid, id uuid, state text, seen boolean)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select r.target_id, r.message_id, r.id, r.state, r.seen
    from reports r join reporters w on w.report_id = r.id join participants p on p.id = w.participant_id
    where p.account_id = acting_account() and r.ends_on >= current_date;
  end;
comment on function own_told is 'How what the caller told stands; `own_reports` also says who reads it.';
create or replace function own_reports() returns table (id uuid, place bigint, space_id uuid, target_id uuid,
    message_id uuid, space text, alias text, reason text, words text, show_name boolean, state text, read_by text, day date,
    answer text, seen boolean)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select r.id, r.place, r.space_id, r.target_id, r.message_id, r.space_title, r.alias, r.reason, r.words,
      r.reporter_alias is not null, r.state,
      case when r.state in ('new', 'assigned') then (select j.role from judges_of_report(r.id) j limit 1) end,
      r.reported_on, r.answer, r.seen
    from own_told() own join reports r on r.id = own.id;
  end;
create or replace function read_answers() returns void language sql volatile security definer
  set search_path = public, pg_temp
  begin atomic
    update reports set seen = true where state in ('decided', 'no_action') and not seen
      and id in (select id from own_told());
  end;

do $$
declare made regprocedure;
begin
  grant create on schema public to telar_walls;
  foreach made in array array['posting_places()', 'guard_message_places()', 'has_role_in(uuid, text)',
    'make_report(uuid, uuid, uuid, uuid, text, text, boolean, boolean)', 'judged_reports(uuid[])', 'judgement_waits()',
    'own_told()']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
  end loop;
  revoke create on schema public from telar_walls;
  revoke execute on function judged_reports(uuid[]), has_role_in(uuid, text) from public;
end $$;

-- What acts or answers as the walls do is the api's to call; messaging and the jobs call what they were given by name.
do $$
declare made regprocedure; called boolean;
begin
  for made, called in
    select p.oid, p.prorettype <> 'trigger'::regtype from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and (p.proacl is null or exists (select from aclexplode(p.proacl) where grantee = 0))
  loop
    execute format('revoke execute on function %s from public', made);
    if called then execute format('grant execute on function %s to telar_api', made); end if;
  end loop;
end $$;
