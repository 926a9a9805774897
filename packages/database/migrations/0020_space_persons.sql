-- What is decided about somebody in a space is decided about the person, under whatever alias they are there.
alter table actors add column ended uuid[];
comment on column actors.ended is 'Which places the act ended: those that taking it back brings back.';

-- Asked of the space that two people met in, too: there an institution takes part only as long as guests do.
create function takes_guests(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select guests from spaces where id = origin_of(wanted);
  end;

create or replace function acting_places() returns table (space_id uuid, id uuid, facilitator boolean)
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
    where (s.group_id = p.group_id or (g.kind <> 'institution' or takes_guests(s.id)) and exists (select from coalition_groups c
        where c.coalition_id = s.coalition_id and c.group_id = p.group_id and c.state = 'member'))
      and not exists (select from bans b where b.account_id = p.account_id
        and (b.space_id = p.space_id or b.space_id is null and b.group_id is null));
  end;
comment on function acting_places is
  'Where those who act take part now: their membership, and their group''s in a coalition, still stand, nobody closed the group, the space takes guests if they are one, and no door is closed to them.';

create or replace function may_follow(accounts uuid[], spaces uuid[]) returns table (n bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select asked.n from unnest(accounts, spaces) with ordinality as asked (account_id, space_id, n)
    join participants p on p.space_id = asked.space_id and p.account_id = asked.account_id and p.state = 'joined'
    join spaces s on s.id = p.space_id and s.rules_version = p.accepted_version
    join memberships m on m.group_id = p.group_id and m.account_id = p.account_id and m.ended_on is null
    join groups g on g.id = p.group_id and not g.closed
    where (s.group_id = p.group_id or (g.kind <> 'institution' or takes_guests(s.id)) and exists (select from coalition_groups c
        where c.coalition_id = s.coalition_id and c.group_id = p.group_id and c.state = 'member'))
      and not exists (select from bans b where b.account_id = p.account_id
        and (b.space_id = p.space_id or b.space_id is null and b.group_id is null));
  end;

create or replace function people_to_tell(after uuid, most integer)
  returns table (account uuid, zone text, paused_until timestamptz, own text, own_waits boolean, digest_hour smallint,
    quiet_from time, quiet_to time, digested_on date, spaces jsonb)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.id, a.zone, a.paused_until, n.own, waits.any, n.digest_hour, n.quiet_from, n.quiet_to, n.digested_on,
      coalesce(news.spaces, '[]')
    from notice_settings n
    join accounts a on a.id = n.account_id
    cross join lateral (
      select n.own <> 'off' and exists (select from notices w where w.account_id = n.account_id and not w.seen
        and not w.announced and w.ends_on >= current_date) as any
    ) waits
    cross join lateral (
      select jsonb_agg(jsonb_build_object('space', w.space_id, 'rhythm', w.rhythm, 'upTo', latest.place, 'named',
        exists (select from quiet_passes q join messages m on m.participant_id = q.participant_id and m.place > w.told_place
          and m.space_id = w.space_id and m.state = 'shown'
          where q.account_id = w.account_id and q.space_id = w.space_id))) as spaces
      from space_notices w
      join participants p on p.space_id = w.space_id and p.account_id = w.account_id and p.state = 'joined'
      join spaces s on s.id = w.space_id and s.rules_version = p.accepted_version
      join groups g on g.id = p.group_id and (g.kind <> 'institution' or s.group_id = g.id or takes_guests(s.id))
      cross join lateral (
        select m.place from messages m
        where m.space_id = w.space_id and m.place > w.told_place and m.state = 'shown' and m.participant_id <> p.id
          and m.expires_on >= current_date
          and not exists (select from blocks b where b.space_id = w.space_id and b.participant_id = p.id
            and b.blocked_id = m.participant_id)
        order by m.place desc limit 1
      ) latest
      where w.account_id = n.account_id
    ) news
    where n.account_id > after and (waits.any or news.spaces is not null)
    order by n.account_id limit most;
  end;

-- Whoever is banned comes in under no alias, through no group and with no invitation; what somebody was asked to keep to,
-- and the time until their next message, go on under every alias, and a mute between two who met there, too.
create or replace function guard_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform from participants where space_id = new.space_id and account_id = new.account_id order by id for update;
  end if;
  if exists (select from bans where space_id = new.space_id and account_id = new.account_id)
  then raise check_violation using constraint = 'nobody_banned_comes_in', message = 'this door is closed'; end if;
  select greatest(new.may_post_from, max(may_post_from)), greatest(new.slowed_until, max(slowed_until)),
      greatest(new.slowed_minutes, max(slowed_minutes) filter (where slowed_until > now()))
    into new.may_post_from, new.slowed_until, new.slowed_minutes
    from participants where space_id = new.space_id and account_id = new.account_id;
  select greatest(new.muted_until, max(muted_until)) into new.muted_until
    from participants where space_id in (new.space_id, origin_of(new.space_id)) and account_id = new.account_id;
  return new;
end $$;

-- A removal at the same moment counts, though whoever comes in could not know of it: their places are held by whoever is first.
create function guard_standing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from participants
    where space_id = new.space_id and account_id = new.account_id and state = 'removed')
  then new.state := 'asked'; end if;
  return new;
end $$;
create trigger guard_standing before insert on participants for each row
  when (current_user = 'telar_api' and new.state = 'joined') execute function guard_standing();
create trigger guard_standing_again before update of state on participants for each row
  when (current_user = 'telar_api' and old.state not in ('asked', 'joined') and new.state = 'joined')
  execute function guard_standing();

drop function end_place_in(uuid, uuid);
create function end_places_in(in_space uuid, person uuid, out done boolean, out ended uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  whose constant uuid := (select account_id from participants where space_id = in_space and id = person);
begin
  perform from participants where space_id = in_space and account_id = whose order by id for update;
  ended := array(select id from participants where space_id = in_space and account_id = whose and state = 'joined');
  update participants set state = 'removed', facilitator = false
    where space_id = in_space and account_id = whose and (state in ('asked', 'joined') or id = person and state = 'left');
  done := found;
  update spaces set state = 'closed' where id in (select o.space_id from one_to_ones o
    join participants p on p.space_id = o.space_id and p.account_id = whose where o.origin_id = in_space);
end $$;
comment on function end_places_in is
  'Under whatever alias, and of whoever left just before. What two people opened between them ends with the place in the space they met in.';

create or replace function apply_act(in_space uuid, person uuid, wanted text, message uuid, why text, days integer, minutes integer,
  led_by uuid) returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  as_role constant text := my_role_toward(in_space, person);
  whose constant uuid := (select account_id from participants where space_id = in_space and id = person);
  lasts constant timestamptz := case when wanted in ('mute', 'slow_down')
    then date_trunc('minute', now()) + interval '1 day' * days end;
  done boolean := true;
  removed boolean;
  ended uuid[];
  made uuid;
begin
  if as_role is null or wanted = 'refuse' and as_role <> 'facilitator'
  then raise insufficient_privilege using message = 'this person is not the caller''s to judge'; end if;
  if led_by is not null and not exists (select from my_reports() mine join reports r using (id)
    where r.id = led_by and r.space_id = in_space and r.target_id = person)
  then raise insufficient_privilege using message = 'this report is not the caller''s to judge'; end if;
  if wanted = 'hide' then done := withhold_message(in_space, message, person);
  elsif wanted = 'refuse' then
    update waiting_messages w set why = 'draft'
      where w.space_id = in_space and w.id = message and w.participant_id = person and w.why = 'held';
    done := found;
  elsif wanted = 'slow_down' then
    update participants set slowed_minutes = minutes, slowed_until = lasts
      where space_id = in_space and account_id = whose;
  elsif wanted = 'mute' then
    update participants set muted_until = lasts where account_id = whose
      and (space_id = in_space or space_id in (select o.space_id from one_to_ones o where o.origin_id = in_space));
  elsif wanted = 'remove' then
    select * into done, ended from end_places_in(in_space, person);
  elsif wanted = 'ban' then
    insert into bans (space_id, account_id, alias, reason)
      select in_space, account_id, alias, why from participants where id = person and account_id is not null
      on conflict do nothing;
    done := found;
    select * into removed, ended from end_places_in(in_space, person);
  end if;
  if not done then return null; end if;
  insert into moderation_acts (space_id, act, role, account_id, target_id, message_id, about, alias, reason, until, ends_on)
    select in_space, wanted, as_role, p.account_id, p.id, message, s.title, p.alias, why, lasts,
      case when wanted <> 'ban' then current_date + 180 end
    from participants p join spaces s on s.id = p.space_id where p.id = person and p.account_id is not null
    returning id into made;
  if made is not null then
    insert into actors (act_id, account_id, report_id, ended) values (made, acting_account(), led_by, ended);
  end if;
  return as_role;
end $$;

-- Whoever is banned from the hub leaves every space, and the doors they could open are closed behind them.
create or replace function ban_from_hub(led_by uuid, why text) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  banned constant uuid := (select p.account_id from my_reports() mine join reports r using (id)
    join participants p on p.id = r.target_id where r.id = led_by and mine.role = 'steward');
  places uuid[];
  made uuid;
begin
  if banned is null then raise insufficient_privilege using message = 'this person is not the caller''s to ban'; end if;
  insert into bans (account_id, alias, reason) select banned, alias, why from reports where id = led_by
    on conflict do nothing;
  update invitations set revoked = true where not used and (
    group_id is null and exists (select from stewards where account_id = banned)
    or group_id in (select group_id from memberships
      where account_id = banned and ended_on is null and 'coordinator' = any (roles)));
  places := array(select id from participants where account_id = banned and state = 'joined' order by id for update);
  update spaces set state = 'closed' where kind = 'one_to_one'
    and id in (select space_id from participants where id = any (places));
  update participants set state = case state when 'asked' then 'removed' else 'left' end, facilitator = false
    where account_id = banned and state in ('asked', 'joined');
  insert into moderation_acts (act, role, account_id, about, alias, reason, ends_on)
    select 'ban_from_hub', 'steward', banned, (select name from hub), alias, why, null from reports where id = led_by
    returning id into made;
  insert into actors (act_id, account_id, report_id, ended) values (made, acting_account(), led_by, places);
  delete from sessions where account_id = banned;
  delete from stewards where account_id = banned;
end $$;

create or replace function decide_appeal(wanted uuid, takes_back boolean, why text)
  returns table (act text, role text, space_id uuid, message_id uuid, account_id uuid, group_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  as_role constant text := (select mine.role from my_appeals() mine where mine.id = wanted);
  it moderation_acts;
begin
  if as_role is null then raise insufficient_privilege using message = 'this appeal is not the caller''s to judge'; end if;
  update moderation_acts a set appeal = case when takes_back then 'taken_back' else 'upheld' end, appeal_answer = why,
    seen = false, ends_on = case when takes_back then current_date + 180 else a.ends_on end
    where a.id = wanted and a.appeal = 'asked' returning a.* into it;
  if not found then return; end if;
  update actors set judged_by = acting_account(), judged_on = current_date where act_id = wanted;
  if takes_back then
    if it.act = 'hide' then perform restore_message(it.space_id, it.message_id);
    elsif it.act = 'slow_down' then
      update participants p set slowed_minutes = null, slowed_until = null
        where p.space_id = it.space_id and p.account_id = it.account_id;
    elsif it.act = 'mute' then
      update participants p set muted_until = null where p.account_id = it.account_id
        and (p.space_id = it.space_id or p.space_id in (select o.space_id from one_to_ones o where o.origin_id = it.space_id));
    end if;
    if it.act in ('ban', 'ban_from_group', 'ban_from_hub') then
      delete from bans b where b.account_id = it.account_id
        and b.space_id is not distinct from it.space_id and b.group_id is not distinct from it.group_id;
    end if;
    if it.act in ('remove', 'ban', 'ban_from_hub') then
      perform bring_back(it.account_id, it.target_id, coalesce(who.ended, array[it.target_id])) from actors who
        where who.act_id = wanted;
    end if;
  end if;
  return query select it.act, as_role, it.space_id, it.message_id, it.account_id, it.group_id;
end $$;

-- As far as the membership they came through still stands, they did not come in again meanwhile, and no other door is closed.
create function bring_back(whose uuid, target uuid, ended uuid[]) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    update participants p set state = case when p.id = any (ended) and exists (select from memberships m
        where m.group_id = p.group_id and m.account_id = whose and m.ended_on is null) then 'joined' else 'left' end
      where p.account_id = whose and p.id = any (target || ended) and p.state in ('left', 'removed')
        and not exists (select from participants other where other.space_id = p.space_id
          and other.account_id = whose and other.state in ('asked', 'joined'))
        and not exists (select from bans b where b.account_id = whose
          and (b.space_id = p.space_id or b.space_id is null and b.group_id is null));
  end;

-- A report about somebody who facilitates goes further out from the start: they choose nobody who reads it.
create function reach_further() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from participants target join participants own on own.account_id = target.account_id
    where target.id = new.target_id and own.space_id = origin_of(new.space_id) and own.facilitator and own.state = 'joined')
  then new.reach := 'coordinator'; end if;
  return new;
end $$;
create trigger reach_further before insert on reports for each row
  when (new.reach = 'facilitator') execute function reach_further();

-- Whoever is named after a report was made does not judge it as one who facilitates.
alter table participants add column facilitates_after bigint not null default 0;
comment on column participants.facilitates_after is 'The place of the last report before they began.';
create function begin_facilitating() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' or not old.facilitator then
    new.facilitates_after := coalesce((select max(place) from reports), 0);
  end if;
  return new;
end $$;
create trigger begin_facilitating before insert or update of facilitator on participants for each row
  when (new.facilitator) execute function begin_facilitating();

create function judges_of(in_space uuid, in_group uuid, excluded uuid[], nearest text, since bigint)
  returns table (account_id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    with home as (
      select s.id, s.group_id, s.coalition_id from spaces s where s.id = origin_of(in_space)
      union all
      select null, in_group, null where in_group is not null
    ), facilitating as (
      select p.account_id from home join participants p on p.space_id = home.id
      where p.facilitator and p.state = 'joined' and p.account_id is not null
        and (since is null or p.facilitates_after < since)
    ), possible as (
      select f.account_id, 1 as distance from facilitating f
      union all
      select m.account_id, 2 from home
      join memberships m on (m.group_id = home.group_id or m.group_id in (select c.group_id from coalition_groups c
          where c.coalition_id = home.coalition_id and c.state = 'member' and c.convener))
        and m.ended_on is null and 'coordinator' = any (m.roles) and m.account_id is not null
      where m.account_id not in (select f.account_id from facilitating f)
      union all
      select s.account_id, 3 from stewards s
    ), allowed as (
      select distinct p.account_id, p.distance from possible p
      where p.distance >= array_position(array['facilitator', 'coordinator', 'steward'], nearest)
        and p.account_id <> all (excluded)
        and not exists (select from bans b
          where b.account_id = p.account_id and b.space_id is null and b.group_id is null)
    )
    select a.account_id, (array['facilitator', 'coordinator', 'steward'])[a.distance] from allowed a
    where a.distance = (select min(distance) from allowed);
  end;
comment on function judges_of(uuid, uuid, uuid[], text, bigint) is
  'The conflict rule: among those who facilitate, whoever did before the report with the place `since`.';
create or replace function judges_of(in_space uuid, in_group uuid, excluded uuid[], nearest text)
  returns table (account_id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select j.account_id, j.role from judges_of(in_space, in_group, excluded, nearest, null) j;
  end;
create or replace function judges_of_report(wanted uuid) returns table (account_id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select j.account_id, j.role from reports r
    join participants target on target.id = r.target_id
    join reporters w on w.report_id = r.id
    join participants reporter on reporter.id = w.participant_id
    cross join lateral judges_of(r.space_id, null,
      array_remove(array[target.account_id, reporter.account_id], null), r.reach, r.place) j
    where r.id = wanted;
  end;

-- Which of these messages wait already, and whose they are: nobody writes under the id of somebody else's.
create function waiting_under(spaces uuid[], ids uuid[]) returns table (space_id uuid, id uuid, participant_id uuid)
  language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select w.space_id, w.id, w.participant_id from unnest(spaces, ids) as asked (space_id, id)
    cross join lateral (select * from waiting_messages w
      where w.space_id = asked.space_id and w.id = asked.id limit 1) w;
  end;
revoke execute on function waiting_under(uuid[], uuid[]) from public;
grant execute on function waiting_under(uuid[], uuid[]) to telar_api;

-- What is sent along with a message is its author's own.
create function author_of_shown(space uuid, message uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select participant_id from messages where space_id = space and id = message and state = 'shown';
  end;
drop policy seen_attachments on attachments;
create policy seen_attachments on attachments for select to telar_api using (message_id is not null
  and space_id in (select my_spaces()) and participant_id = author_of_shown(space_id, message_id));
drop policy under_report_attachments on attachments;
create policy under_report_attachments on attachments for select to telar_api using (
  (space_id, message_id) in (select space_id, message_id from my_reported_messages())
  and participant_id = author_of(space_id, message_id));
drop policy judged_attachments on attachments;
create policy judged_attachments on attachments for select to telar_api using (
  space_id in (select my_facilitated_spaces()) and exists (select from withheld_messages w
      where w.space_id = attachments.space_id and w.message_id = attachments.message_id)
    and participant_id = author_of(space_id, message_id)
  or exists (select from waiting_messages w where w.space_id = attachments.space_id and w.id = attachments.message_id
    and w.participant_id = attachments.participant_id));

-- Past its last day nobody reads it, whoever they are.
create function is_kept(space uuid, message uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from messages where space_id = space and id = message and expires_on >= current_date);
  end;
drop policy judged_withheld_messages on withheld_messages;
create policy judged_withheld_messages on withheld_messages for select to telar_api using (is_kept(space_id, message_id) and (
  (space_id, message_id) in (select a.space_id, a.message_id from moderation_acts a where a.message_id is not null)
  or (space_id, message_id) in (select r.space_id, r.message_id from reports r)
  or space_id in (select my_facilitated_spaces())));

create function bound_waiting() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.ends_on := least(new.ends_on, current_date + (select keeps_days from spaces where id = new.space_id));
  return new;
end $$;
comment on function bound_waiting is 'What waits stays no longer than what is said.';
create trigger bound_waiting before insert on waiting_messages for each row execute function bound_waiting();

do $$
declare made regprocedure;
begin
  grant create on schema public to telar_walls;
  foreach made in array array['takes_guests(uuid)', 'guard_standing()', 'end_places_in(uuid, uuid)', 'bring_back(uuid, uuid, uuid[])',
    'reach_further()', 'begin_facilitating()', 'judges_of(uuid, uuid, uuid[], text, bigint)', 'waiting_under(uuid[], uuid[])',
    'author_of_shown(uuid, uuid)', 'is_kept(uuid, uuid)', 'bound_waiting()']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
  end loop;
  revoke create on schema public from telar_walls;
  -- These act without asking who asks, or name accounts.
  foreach made in array array['judges_of(uuid, uuid, uuid[], text, bigint)', 'end_places_in(uuid, uuid)',
    'bring_back(uuid, uuid, uuid[])']::regprocedure[] loop
    execute format('revoke execute on function %s from public', made);
  end loop;
end $$;
