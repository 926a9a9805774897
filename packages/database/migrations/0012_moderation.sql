alter table participants
  add column slowed_minutes smallint check (slowed_minutes between 5 and 1440),
  add column slowed_until timestamptz;
comment on column participants.slowed_minutes is 'Between two messages of this person, until `slowed_until`; never less than the space asks of all.';

-- Whom somebody was asked to pause is told why: there is no way around the act that keeps it.
revoke update (muted_until) on participants from telar_api;

create table one_to_ones (
  space_id uuid primary key references spaces,
  origin_id uuid not null references spaces
);
comment on table one_to_ones is 'Which space two people met in: its facilitators look after what happens between them.';
create index one_to_ones_of_origin on one_to_ones (origin_id);

create table one_to_one_asks (
  space_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  refused boolean not null default false,
  ends_on date not null default current_date + 14,
  primary key (space_id, from_id, to_id),
  foreign key (space_id, from_id) references participants (space_id, id),
  foreign key (space_id, to_id) references participants (space_id, id),
  check (from_id <> to_id)
);
comment on table one_to_one_asks is 'Refused or not answered, it ends the same day: whoever asked cannot tell one from the other.';

create table blocks (
  space_id uuid not null,
  participant_id uuid not null,
  blocked_id uuid not null,
  primary key (space_id, participant_id, blocked_id),
  foreign key (space_id, participant_id) references participants (space_id, id),
  foreign key (space_id, blocked_id) references participants (space_id, id),
  check (participant_id <> blocked_id)
);
comment on table blocks is 'Whom somebody chose not to read. By alias and not by account: it must not tell that two aliases are one person.';

create table filters (
  space_id uuid not null references spaces,
  word text not null check (length(word) between 2 and 60),
  primary key (space_id, word)
);

create table reports (
  id uuid primary key,
  place bigint generated always as identity,
  space_id uuid not null,
  target_id uuid not null,
  message_id uuid,
  space_title text not null,
  alias text not null,
  note text not null default '',
  body text not null default '',
  reason text not null
    check (reason in ('hurtful', 'harassment', 'threat', 'privacy', 'infiltration', 'money', 'other')),
  words text not null check (length(words) <= 2000),
  reporter_alias text,
  reach text not null default 'facilitator' check (reach in ('facilitator', 'coordinator', 'steward')),
  state text not null default 'new' check (state in ('new', 'assigned', 'decided', 'no_action')),
  assignee_id uuid references accounts on delete set null,
  assignee_name text,
  answer text,
  decided_by uuid references accounts on delete set null,
  decided_on date,
  seen boolean not null default false,
  reported_on date not null default current_date,
  ends_on date not null default current_date + 180,
  foreign key (space_id, target_id) references participants (space_id, id)
);
comment on table reports is
  'Seen only by those who may judge it: neither who is reported nor who reported, compared by account.';
comment on column reports.place is 'Which came first; when, only to the day.';
comment on column reports.body is 'What was said when it was reported: the author may delete it meanwhile. Ends with the report.';
comment on column reports.reporter_alias is 'Only where whoever reported lets those who judge know.';
comment on column reports.reach is 'The nearest who may judge it; further ones do where nobody nearer may.';
create index reports_of_space on reports (space_id);
create index reports_of_target on reports (target_id);
create index reports_by_end on reports (ends_on);

create table reporters (
  report_id uuid primary key references reports on delete cascade,
  space_id uuid not null,
  participant_id uuid not null,
  foreign key (space_id, participant_id) references participants (space_id, id)
);
comment on table reporters is 'Who reported, apart from the report: the api writes it and cannot read it.';
create index reporters_by_participant on reporters (participant_id);

create table report_notes (
  place bigint generated always as identity primary key,
  report_id uuid not null references reports on delete cascade,
  account_id uuid references accounts on delete set null,
  name text not null,
  note text not null check (length(note) between 1 and 2000),
  written_on date not null default current_date
);
create index notes_of_report on report_notes (report_id, place);

create table moderation_acts (
  id uuid primary key default gen_random_uuid(),
  place bigint generated always as identity,
  space_id uuid references spaces,
  group_id uuid references groups,
  act text not null check (act in
    ('hide', 'refuse', 'warn', 'slow_down', 'mute', 'remove', 'ban', 'ban_from_group', 'ban_from_hub')),
  role text not null check (role in ('facilitator', 'coordinator', 'steward')),
  account_id uuid not null references accounts on delete cascade,
  target_id uuid,
  message_id uuid,
  about text not null,
  alias text not null,
  reason text not null,
  until timestamptz,
  seen boolean not null default false,
  happened_on date not null default current_date,
  ends_on date default current_date + 180,
  appeal text check (appeal in ('asked', 'upheld', 'taken_back')),
  appeal_words text not null default '' check (length(appeal_words) <= 2000),
  appeal_answer text not null default '',
  foreign key (space_id, target_id) references participants (space_id, id)
);
comment on table moderation_acts is 'What its person is told of and can have somebody else look at.';
comment on column moderation_acts.account_id is 'Whom it is about.';
comment on column moderation_acts.ends_on is 'Null while a ban stands.';
create index acts_about_account on moderation_acts (account_id);
create index open_appeals on moderation_acts (space_id) where appeal is not null;
create index acts_by_end on moderation_acts (ends_on);

create table actors (
  act_id uuid primary key references moderation_acts on delete cascade,
  account_id uuid references accounts on delete set null,
  report_id uuid references reports on delete set null,
  judged_by uuid references accounts on delete set null,
  judged_on date
);
comment on table actors is 'Who acted, by which report, and who judged the appeal: the api neither reads nor writes it.';
create index acts_of_actor on actors (account_id);
create index acts_by_report on actors (report_id);
create index appeals_judged on actors (judged_by, judged_on);

create table withheld_messages (
  space_id uuid not null,
  message_id uuid not null,
  note text not null,
  body text not null,
  versions jsonb not null,
  primary key (space_id, message_id),
  foreign key (space_id, message_id) references messages (space_id, id) on delete cascade
);
comment on table withheld_messages is 'The words of hidden messages; they come back when they are shown, and go with the message.';

create table bans (
  id uuid primary key default gen_random_uuid(),
  space_id uuid references spaces,
  group_id uuid references groups,
  account_id uuid not null references accounts on delete cascade,
  alias text not null,
  reason text not null,
  banned_on date not null default current_date,
  constraint banned_once unique nulls not distinct (space_id, group_id, account_id),
  constraint ban_has_one_place check (num_nonnulls(space_id, group_id) <= 1)
);
comment on table bans is 'By account, so that no other alias is a way around. Without a space or a group: from the hub.';
create index bans_of_account on bans (account_id);

create index decisions_in_streams on events (stream, place) where event ? 'role';

create function origin_of(wanted uuid) returns uuid language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce((select origin_id from one_to_ones where space_id = wanted), wanted);
  end;

-- The conflict rule, in one place: the nearest role in which anybody is left once those are excluded who may not judge.
-- Outside the facilitators nobody judges who facilitates there.
create function judges_of(in_space uuid, in_group uuid, excluded uuid[], nearest text)
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

-- Neither who is reported nor who reported.
create function judges_of_report(wanted uuid) returns table (account_id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select j.account_id, j.role from reports r
    join participants target on target.id = r.target_id
    join reporters w on w.report_id = r.id
    join participants reporter on reporter.id = w.participant_id
    cross join lateral judges_of(r.space_id, null,
      array_remove(array[target.account_id, reporter.account_id], null), r.reach) j
    where r.id = wanted;
  end;

-- Neither who acted, nor whom it is about, nor whose report led to it; not nearer than whoever acted.
create function judges_of_appeal(wanted uuid) returns table (account_id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select j.account_id, j.role from moderation_acts a
    join actors who on who.act_id = a.id
    left join reporters w on w.report_id = who.report_id
    left join participants reporter on reporter.id = w.participant_id
    cross join lateral judges_of(a.space_id, a.group_id,
      array_remove(array[who.account_id, a.account_id, reporter.account_id], null), a.role) j
    where a.id = wanted;
  end;

create function may_judge_in(in_space uuid, in_group uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select am_steward() or in_group in (select my_coordinated_groups())
      or in_space is not null and (origin_of(in_space) in (select my_facilitated_spaces())
        or origin_of(in_space) in (select my_coordinated_spaces()));
  end;
comment on function may_judge_in is 'Leaves out, at little cost, what cannot be the caller''s to judge.';

create function my_reports() returns table (id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select r.id, j.role from reports r cross join lateral judges_of_report(r.id) j
    where may_judge_in(r.space_id, null) and j.account_id = acting_account();
  end;
create function my_appeals() returns table (id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select a.id, j.role from moderation_acts a cross join lateral judges_of_appeal(a.id) j
    where a.appeal is not null and may_judge_in(a.space_id, a.group_id) and j.account_id = acting_account();
  end;

create function my_role_toward(in_space uuid, person uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select case
      when p.account_id = acting_account() then null
      when in_space in (select my_facilitated_spaces()) then 'facilitator'
      else (select mine.role from my_reports() mine join reports r using (id)
        where r.space_id = in_space and r.target_id = person and r.state in ('new', 'assigned') limit 1)
    end
    from participants p where p.space_id = in_space and p.id = person;
  end;
comment on function my_role_toward is
  'In which role the caller may act on somebody in a space: as one who facilitates it, or with a report that reached them.';

create function my_name_for(in_space uuid, in_role text) returns text
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select case in_role
      when 'facilitator' then (select alias from participants
        where space_id = origin_of(in_space) and account_id = acting_account() and state = 'joined')
      when 'coordinator' then (select case when s.group_id is null then g.name else m.alias end
        from spaces s
        join memberships m on m.account_id = acting_account() and m.ended_on is null and 'coordinator' = any (m.roles)
        join groups g on g.id = m.group_id
        where s.id = origin_of(in_space) and (m.group_id = s.group_id or m.group_id in (select group_id
          from coalition_groups where coalition_id = s.coalition_id and state = 'member' and convener))
        order by g.name limit 1)
      else (select alias from stewards where account_id = acting_account())
    end;
  end;
comment on function my_name_for is 'How others who judge know the caller; across groups by the name of the group only.';

create function own_reports() returns table (id uuid, place bigint, space_id uuid, target_id uuid, message_id uuid, space text,
    alias text, reason text, words text, show_name boolean, state text, read_by text, day date, answer text, seen boolean)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select r.id, r.place, r.space_id, r.target_id, r.message_id, r.space_title, r.alias, r.reason, r.words,
      r.reporter_alias is not null, r.state, (select j.role from judges_of_report(r.id) j limit 1), r.reported_on,
      r.answer, r.seen
    from reports r join reporters w on w.report_id = r.id join participants p on p.id = w.participant_id
    where p.account_id = acting_account() and r.ends_on >= current_date;
  end;
create function read_answers() returns void language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    update reports set seen = true where state in ('decided', 'no_action') and id in (select id from own_reports());
  end;

create function pass_report(wanted uuid) returns boolean language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with passed as (
      update reports r set reach = case mine.role when 'facilitator' then 'coordinator' else 'steward' end,
        state = 'new', assignee_id = null, assignee_name = null
      from my_reports() mine where mine.id = r.id and r.id = wanted and mine.role <> 'steward' and r.state in ('new', 'assigned')
      returning 1
    )
    select exists (select from passed);
  end;

create function restore_message(in_space uuid, wanted uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare kept withheld_messages;
begin
  delete from withheld_messages where space_id = in_space and message_id = wanted returning * into kept;
  update messages set state = 'shown', note = kept.note, body = kept.body
    where space_id = in_space and id = wanted and state = 'hidden' and kept.body is not null;
  if not found then return false; end if;
  insert into message_versions (space_id, message_id, version, note, body)
    select in_space, wanted, v.version, v.note, v.body
    from jsonb_to_recordset(kept.versions) as v (version integer, note text, body text);
  return true;
end $$;

create function withhold_message(in_space uuid, wanted uuid, author uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from messages where space_id = in_space and id = wanted for no key update;
  insert into withheld_messages (space_id, message_id, note, body, versions)
    select m.space_id, m.id, m.note, m.body, coalesce((select jsonb_agg(to_jsonb(v)) from message_versions v
      where v.space_id = in_space and v.message_id = wanted), '[]')
    from messages m where m.space_id = in_space and m.id = wanted and m.participant_id = author and m.state = 'shown';
  if not found then return false; end if;
  delete from message_versions where space_id = in_space and message_id = wanted;
  update messages set state = 'hidden', note = '', body = '', pinned = false where space_id = in_space and id = wanted;
  return true;
end $$;

-- Its author deleted it while it was hidden.
create function forget_withheld() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from withheld_messages where space_id = new.space_id and message_id = new.id;
  return null;
end $$;
create trigger forget_withheld after update of state on messages for each row
  when (old.state = 'hidden' and new.state = 'deleted') execute function forget_withheld();

create function end_place_in(in_space uuid, person uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare ended boolean;
begin
  update participants set state = 'removed', facilitator = false
    where space_id = in_space and id = person and state in ('asked', 'joined');
  ended := found;
  update spaces set state = 'closed' where id in (select o.space_id from one_to_ones o
    join participants p on p.space_id = o.space_id and p.account_id =
      (select account_id from participants where space_id = in_space and id = person)
    where o.origin_id = in_space);
  return ended;
end $$;
comment on function end_place_in is 'What two people opened between them ends with the place in the space they met in.';

-- Does what was decided about somebody and keeps it for them, in the role in which the caller may; null where there was
-- nothing to do.
create function apply_act(in_space uuid, person uuid, wanted text, message uuid, why text, days integer, minutes integer,
  led_by uuid) returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  as_role constant text := my_role_toward(in_space, person);
  lasts constant timestamptz := case when wanted in ('mute', 'slow_down')
    then date_trunc('minute', now()) + interval '1 day' * days end;
  done boolean := true;
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
    update participants set slowed_minutes = minutes, slowed_until = lasts where id = person;
  elsif wanted = 'mute' then
    update participants set muted_until = lasts where id = person;
  elsif wanted = 'remove' then done := end_place_in(in_space, person);
  elsif wanted = 'ban' then
    insert into bans (space_id, account_id, alias, reason)
      select in_space, account_id, alias, why from participants where id = person and account_id is not null
      on conflict do nothing;
    done := found;
    perform end_place_in(in_space, person);
  end if;
  if not done then return null; end if;
  insert into moderation_acts (space_id, act, role, account_id, target_id, message_id, about, alias, reason, until, ends_on)
    select in_space, wanted, as_role, p.account_id, p.id, message, s.title, p.alias, why, lasts,
      case when wanted <> 'ban' then current_date + 180 end
    from participants p join spaces s on s.id = p.space_id where p.id = person and p.account_id is not null
    returning id into made;
  if made is not null then insert into actors (act_id, account_id, report_id) values (made, acting_account(), led_by); end if;
  return as_role;
end $$;

create function show_again(in_space uuid, message uuid) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare as_role constant text := my_role_toward(in_space, author_of(in_space, message));
begin
  if as_role is null then raise insufficient_privilege using message = 'this message is not the caller''s to judge'; end if;
  return case when restore_message(in_space, message) then as_role end;
end $$;

create function ban_from_group(in_group uuid, place uuid, why text) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  banned constant uuid := (select account_id from memberships where group_id = in_group and id = place);
  made uuid;
begin
  if in_group not in (select my_coordinated_groups()) or banned is null or banned = acting_account()
  then raise insufficient_privilege using message = 'this person is not the caller''s to ban'; end if;
  insert into bans (group_id, account_id, alias, reason)
    select in_group, banned, alias, why from memberships where id = place on conflict do nothing;
  insert into moderation_acts (group_id, act, role, account_id, about, alias, reason, ends_on)
    select in_group, 'ban_from_group', 'coordinator', banned, g.name, m.alias, why, null
    from memberships m join groups g on g.id = m.group_id where m.id = place returning id into made;
  insert into actors (act_id, account_id) values (made, acting_account());
end $$;

create function ban_from_hub(led_by uuid, why text) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  banned constant uuid := (select p.account_id from my_reports() mine join reports r using (id)
    join participants p on p.id = r.target_id where r.id = led_by and mine.role = 'steward');
  made uuid;
begin
  if banned is null then raise insufficient_privilege using message = 'this person is not the caller''s to ban'; end if;
  insert into bans (account_id, alias, reason) select banned, alias, why from reports where id = led_by
    on conflict do nothing;
  insert into moderation_acts (act, role, account_id, about, alias, reason, ends_on)
    select 'ban_from_hub', 'steward', banned, (select name from hub), alias, why, null from reports where id = led_by
    returning id into made;
  insert into actors (act_id, account_id, report_id) values (made, acting_account(), led_by);
  delete from sessions where account_id = banned;
  delete from stewards where account_id = banned;
end $$;

create function end_ban(wanted uuid) returns table (space_id uuid, group_id uuid)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with ended as (
      delete from bans b where b.id = wanted and b.account_id <> acting_account() and (
        b.space_id in (select my_facilitated_spaces()) or b.group_id in (select my_coordinated_groups())
        or b.space_id is null and b.group_id is null and am_steward())
      returning b.space_id, b.group_id, b.account_id
    ), closed as (
      update moderation_acts a set ends_on = current_date + 180 from ended e
      where a.ends_on is null and a.account_id = e.account_id
        and a.space_id is not distinct from e.space_id and a.group_id is not distinct from e.group_id
    )
    select e.space_id, e.group_id from ended e;
  end;

create function read_act(wanted uuid) returns void language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    update moderation_acts set seen = true where id = wanted and account_id = acting_account();
  end;
create function ask_appeal(wanted uuid, why text) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with asked as (
      update moderation_acts set appeal = 'asked', appeal_words = why, seen = true
      where id = wanted and account_id = acting_account() and appeal is null returning 1
    )
    select exists (select from asked);
  end;

-- Takes effect at once: what was decided is undone as far as it can be.
create function decide_appeal(wanted uuid, takes_back boolean, why text)
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
      update participants p set slowed_minutes = null, slowed_until = null where p.id = it.target_id;
    elsif it.act = 'mute' then update participants p set muted_until = null where p.id = it.target_id;
    end if;
    if it.act in ('ban', 'ban_from_group', 'ban_from_hub') then
      delete from bans b where b.account_id = it.account_id
        and b.space_id is not distinct from it.space_id and b.group_id is not distinct from it.group_id;
    end if;
    if it.act in ('remove', 'ban') then
      update participants p set state = 'joined' where p.id = it.target_id and p.state = 'removed'
        and exists (select from memberships m
          where m.group_id = p.group_id and m.account_id = p.account_id and m.ended_on is null)
        and not exists (select from participants other where other.space_id = p.space_id
          and other.account_id = p.account_id and other.state in ('asked', 'joined'));
    end if;
  end if;
  return query select it.act, as_role, it.space_id, it.message_id, it.account_id, it.group_id;
end $$;

create function my_load() returns table (acts bigint, reports bigint, appeals bigint)
  language sql stable security definer set search_path = public, pg_temp rows 1
  begin atomic
    select
      (select count(*) from actors who join moderation_acts a on a.id = who.act_id
        where who.account_id = acting_account() and a.happened_on >= date_trunc('week', current_date)),
      (select count(*) from reports r
        where r.decided_by = acting_account() and r.decided_on >= date_trunc('week', current_date)),
      (select count(*) from actors who
        where who.judged_by = acting_account() and who.judged_on >= date_trunc('week', current_date));
  end;

create function filters_of(wanted uuid[]) returns table (space_id uuid, word text)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select f.space_id, f.word from filters f
    where f.space_id = any (wanted) and f.space_id in (select my_spaces());
  end;
comment on function filters_of is 'For judging what somebody writes; only those who facilitate see the list.';

-- Whoever is banned comes in under no alias, through no group and with no invitation; what somebody was asked to keep to
-- goes on under another alias.
create function guard_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from bans where space_id = new.space_id and account_id = new.account_id)
  then raise check_violation using constraint = 'nobody_banned_comes_in', message = 'this door is closed'; end if;
  if tg_op = 'INSERT' then
    select max(slowed_minutes), max(slowed_until) into new.slowed_minutes, new.slowed_until from participants
      where space_id = new.space_id and account_id = new.account_id and slowed_until > now();
  end if;
  return new;
end $$;
create trigger guard_entry before insert on participants for each row execute function guard_entry();
create trigger guard_return before update of state on participants for each row
  when (old.state not in ('asked', 'joined') and new.state in ('asked', 'joined')) execute function guard_entry();

create function guard_membership() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ended_on is null and exists (select from bans where group_id = new.group_id and account_id = new.account_id)
  then raise check_violation using constraint = 'nobody_banned_comes_in', message = 'this door is closed'; end if;
  return new;
end $$;
create trigger guard_membership before insert or update of ended_on on memberships for each row
  execute function guard_membership();

create function guard_session() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from bans where space_id is null and group_id is null and account_id = new.account_id)
  then raise check_violation using constraint = 'nobody_banned_comes_in', message = 'this door is closed'; end if;
  return new;
end $$;
create trigger guard_session before insert on sessions for each row execute function guard_session();

-- Both are there under the aliases they met by; what they write stays no longer than in the space they met in.
create function open_one_to_one(in_space uuid, asker uuid) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  made constant uuid := gen_random_uuid();
  mine constant uuid := (select id from acting_places() where space_id = in_space);
begin
  delete from one_to_one_asks where space_id = in_space and from_id = asker and to_id = mine and not refused
    and ends_on >= current_date
    and asker in (select id from participants where space_id = in_space and state = 'joined');
  if not found then return null; end if;
  delete from one_to_one_asks where space_id = in_space and from_id = mine and to_id = asker;
  insert into spaces (id, group_id, coalition_id, kind, title, state, keeps_days, slow_minutes, note_required, admission,
      holds_first, facilitated_hours, weekly_hours_max, guests, zone)
    select made, group_id, coalition_id, 'one_to_one', title, 'open', keeps_days, 0, note_required, false, 0, false,
      weekly_hours_max, false, zone from spaces where id = in_space;
  insert into one_to_ones (space_id, origin_id) values (made, in_space);
  insert into participants (space_id, account_id, group_id, alias, state, accepted_version)
    select made, account_id, group_id, alias, 'joined', 1 from participants where id in (mine, asker);
  return made;
end $$;

create function close_one_to_one(wanted uuid) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with closed as (
      update spaces set state = 'closed'
      where id = wanted and kind = 'one_to_one' and id in (select my_spaces()) returning 1
    )
    select exists (select from closed);
  end;

call wall('one_to_ones');
create policy seen_one_to_ones on one_to_ones for select to telar_api using (space_id in (select my_spaces()));
grant select on one_to_ones to telar_api;

call wall('one_to_one_asks');
create policy seen_one_to_one_asks on one_to_one_asks for select to telar_api using (
  (space_id, from_id) in (select space_id, id from acting_places()) or (space_id, to_id) in (select space_id, id from acting_places()));
create policy made_one_to_one_asks on one_to_one_asks for insert to telar_api
  with check (not refused and (space_id, from_id) in (select space_id, id from acting_places()));
create policy answered_one_to_one_asks on one_to_one_asks for update to telar_api
  using ((space_id, to_id) in (select space_id, id from acting_places()));
create policy past_one_to_one_asks on one_to_one_asks to telar_jobs using (ends_on < current_date);
grant select, insert (space_id, from_id, to_id), update (refused) on one_to_one_asks to telar_api;
grant select, delete on one_to_one_asks to telar_jobs;

call wall('blocks');
create policy own_blocks on blocks to telar_api
  using ((space_id, participant_id) in (select space_id, id from acting_places()));
grant select, insert, delete on blocks to telar_api;

call wall('filters');
create policy kept_filters on filters to telar_api using (space_id in (select my_facilitated_spaces()));
grant select, insert, delete on filters to telar_api;

call wall('reports');
create policy judged_reports on reports for select to telar_api using (id in (select id from my_reports()));
create policy made_reports on reports for insert to telar_api with check (
  space_id in (select my_spaces()) and state = 'new' and answer is null and assignee_id is null
  and target_id not in (select id from acting_places())
  and (message_id is null or author_of(space_id, message_id) = target_id));
create policy changed_reports on reports for update to telar_api using (id in (select id from my_reports()));
create policy past_reports on reports to telar_jobs using (ends_on < current_date);
grant select, update (state, assignee_id, assignee_name, answer, decided_by, decided_on, ends_on),
  insert (id, space_id, target_id, message_id, space_title, alias, note, body, reason, words, reporter_alias, reach)
  on reports to telar_api;
grant select, delete on reports to telar_jobs;

call wall('reporters');
create policy made_reporters on reporters for insert to telar_api
  with check ((space_id, participant_id) in (select space_id, id from acting_places()));
grant insert on reporters to telar_api;

call wall('report_notes');
create policy judged_report_notes on report_notes to telar_api
  using (report_id in (select id from my_reports()))
  with check (report_id in (select id from my_reports()) and account_id = acting_account());
grant select, insert (report_id, account_id, name, note) on report_notes to telar_api;

call wall('moderation_acts');
create policy own_moderation_acts on moderation_acts for select to telar_api
  using (account_id = acting_account() or id in (select id from my_appeals()));
create policy past_moderation_acts on moderation_acts to telar_jobs using (ends_on < current_date);
grant select on moderation_acts to telar_api;
grant select, delete on moderation_acts to telar_jobs;
call wall('actors');

call wall('withheld_messages');
create policy judged_withheld_messages on withheld_messages for select to telar_api using (
  (space_id, message_id) in (select a.space_id, a.message_id from moderation_acts a where a.message_id is not null)
  or (space_id, message_id) in (select r.space_id, r.message_id from reports r)
  or space_id in (select my_facilitated_spaces()));
grant select on withheld_messages to telar_api;

call wall('bans');
create policy kept_bans on bans for select to telar_api using (account_id <> acting_account() and (
  space_id in (select my_facilitated_spaces()) or group_id in (select my_coordinated_groups())
  or space_id is null and group_id is null and (select am_steward())));
grant select on bans to telar_api;

grant insert on spaces, participants to telar_walls;
grant select, insert on one_to_ones to telar_walls;
grant select, insert, delete, update (refused) on one_to_one_asks to telar_walls;
grant select on filters, reporters, blocks to telar_walls;
grant select, update (reach, state, assignee_id, assignee_name, seen) on reports to telar_walls;
grant select, insert, update (seen, appeal, appeal_words, appeal_answer, ends_on) on moderation_acts to telar_walls;
grant select, insert, update (judged_by, judged_on) on actors to telar_walls;
grant select, insert, delete on withheld_messages, bans, message_versions to telar_walls;
grant update (state, note, body, pinned) on messages to telar_walls;
grant update (why) on waiting_messages to telar_walls;
grant update (muted_until, slowed_minutes, slowed_until) on participants to telar_walls;
grant delete on sessions, stewards to telar_walls;
grant select on hub to telar_walls;
do $$
declare walled text; made regprocedure;
begin
  foreach walled in array array['one_to_ones', 'one_to_one_asks', 'blocks', 'filters', 'reports', 'reporters',
    'moderation_acts', 'actors', 'withheld_messages', 'bans', 'message_versions'] loop
    execute format('create policy moderated_by_walls on %I to telar_walls using (true)', walled);
  end loop;
  create policy moderated_by_walls on sessions for delete to telar_walls using (true);
  create policy moderated_by_walls on stewards for delete to telar_walls using (true);
  create policy asked_by_walls on hub for select to telar_walls using (true);
  grant create on schema public to telar_walls;
  foreach made in array array['origin_of(uuid)', 'judges_of(uuid, uuid, uuid[], text)', 'judges_of_report(uuid)',
    'judges_of_appeal(uuid)', 'may_judge_in(uuid, uuid)', 'my_reports()', 'my_appeals()', 'my_role_toward(uuid, uuid)',
    'my_name_for(uuid, text)', 'own_reports()', 'read_answers()', 'pass_report(uuid)', 'restore_message(uuid, uuid)',
    'withhold_message(uuid, uuid, uuid)', 'forget_withheld()', 'end_place_in(uuid, uuid)',
    'apply_act(uuid, uuid, text, uuid, text, integer, integer, uuid)', 'show_again(uuid, uuid)',
    'ban_from_group(uuid, uuid, text)', 'ban_from_hub(uuid, text)', 'end_ban(uuid)', 'read_act(uuid)',
    'ask_appeal(uuid, text)', 'decide_appeal(uuid, boolean, text)', 'my_load()', 'filters_of(uuid[])', 'open_one_to_one(uuid, uuid)', 'close_one_to_one(uuid)', 'guard_entry()',
    'guard_membership()', 'guard_session()']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
  end loop;
  revoke create on schema public from telar_walls;
  -- These act without asking who asks, or name accounts: only the functions above may.
  foreach made in array array['judges_of(uuid, uuid, uuid[], text)', 'judges_of_report(uuid)', 'judges_of_appeal(uuid)',
    'restore_message(uuid, uuid)', 'withhold_message(uuid, uuid, uuid)', 'end_place_in(uuid, uuid)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', made);
  end loop;
end $$;
