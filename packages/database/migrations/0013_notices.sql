create table notices (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts on delete cascade,
  kind text not null check (kind in ('new_messages', 'answered', 'admitted', 'admission_asked', 'rules_changed', 'decided',
    'one_to_one_asked', 'appeal_answered', 'appeal_waits', 'report_answered', 'report_waits')),
  space_id uuid references spaces on delete cascade,
  subject_id uuid,
  told_on date not null default current_date,
  ends_on date not null default current_date + 30,
  seen boolean not null default false,
  announced boolean not null default false
);
comment on table notices is 'What concerns one person, by kind and place only: no words of anybody, no hour.';
comment on column notices.subject_id is 'The message, the decision or the report.';
comment on column notices.seen is 'Said by the person.';
comment on column notices.announced is 'Their devices have been told that there is something.';
create index notices_of_account on notices (account_id);
create index notices_by_end on notices (ends_on);
-- Until the person has seen it, the same thing is told once, however often it happens.
create unique index told_once on notices (account_id, kind, space_id, (case when kind <> 'answered' then subject_id end))
  nulls not distinct where not seen;

create table notice_settings (
  account_id uuid primary key references accounts on delete cascade,
  own text not null default 'off' check (own in ('off', 'digest', 'at_once')),
  digest_hour smallint not null default 18 check (digest_hour between 0 and 23),
  quiet_from time not null default '21:00',
  quiet_to time not null default '08:00',
  digested_on date
);
comment on column notice_settings.own is 'How devices hear of what concerns the person themselves.';
comment on column notice_settings.digested_on is 'The day, in the person''s zone, of the last digest.';

create table space_notices (
  account_id uuid not null references notice_settings on delete cascade,
  space_id uuid not null references spaces on delete cascade,
  rhythm text not null check (rhythm in ('digest', 'at_once')),
  told_place bigint not null,
  primary key (account_id, space_id)
);
comment on table space_notices is 'Only the spaces that somebody switched on.';
comment on column space_notices.told_place is
  'Up to where the hub has told of messages. It moves when the hub tells, never by what the person opens or reads.';
create index space_notices_of_space on space_notices (space_id);

create table quiet_passes (
  account_id uuid not null references accounts on delete cascade,
  space_id uuid not null,
  participant_id uuid not null,
  primary key (account_id, participant_id),
  foreign key (space_id, participant_id) references participants (space_id, id)
);
comment on table quiet_passes is 'Whose messages somebody wants to hear of in their quiet hours too; those people never know.';

create table push_subscriptions (
  session_id uuid primary key references sessions on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  sealed_endpoint text not null check (length(sealed_endpoint) <= 2000),
  wanted boolean not null default false,
  passes boolean not null default false,
  next_at timestamptz not null default now(),
  failures smallint not null default 0
);
comment on table push_subscriptions is 'One device''s address at a push service; it ends with its session.';
comment on column push_subscriptions.sealed_endpoint is
  'Encrypted under a key outside the database: the address would lead from an account to a telephone.';
comment on column push_subscriptions.passes is 'What is wanted may go in quiet hours.';
comment on column push_subscriptions.next_at is 'Not before: of the hub''s own sending, not of anything the person does.';
create index push_subscriptions_of_account on push_subscriptions (account_id);
create index wanted_pushes on push_subscriptions (session_id) where wanted;

call wall('notices');
create policy own_notices on notices to telar_api using (account_id = acting_account());
create policy past_notices on notices to telar_jobs using (ends_on < current_date);
grant select, update (seen), delete on notices to telar_api;
grant select, delete on notices to telar_jobs;

call wall('notice_settings');
create policy own_notice_settings on notice_settings to telar_api using (account_id = acting_account());
grant select, insert, update (own, digest_hour, quiet_from, quiet_to) on notice_settings to telar_api;

call wall('space_notices');
create policy own_space_notices on space_notices for select to telar_api using (account_id = acting_account());
create policy ended_space_notices on space_notices for delete to telar_api using (account_id = acting_account());
create policy switched_on_space_notices on space_notices for insert to telar_api
  with check (account_id = acting_account() and space_id in (select my_spaces()));
create policy changed_space_notices on space_notices for update to telar_api
  using (account_id = acting_account() and space_id in (select my_spaces()));
grant select, insert, update (rhythm), delete on space_notices to telar_api;

call wall('quiet_passes');
create policy own_quiet_passes on quiet_passes to telar_api
  using (account_id = acting_account()) with check (account_id = acting_account() and space_id in (select my_spaces()));
grant select, insert, delete on quiet_passes to telar_api;

call wall('push_subscriptions');
create policy own_push_subscriptions on push_subscriptions to telar_api using (account_id = acting_account());
create policy wanted_push_subscriptions on push_subscriptions to telar_jobs using (wanted);
grant select, insert, update (sealed_endpoint, wanted, failures), delete on push_subscriptions to telar_api;
grant select, delete on push_subscriptions to telar_jobs;

-- The one way in which anybody is told. Only the triggers below call it, so that whoever writes never learns an account.
create function tell(accounts uuid[], kind text, space uuid, subject uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    insert into notices (account_id, kind, space_id, subject_id)
      select distinct who, kind, space, subject from unnest(accounts) as who
      where who is not null and who is distinct from acting_account()
      on conflict do nothing;
  end;

-- Only of answers. Whoever is blocked is not announced.
create function tell_of_answers() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notices (account_id, kind, space_id, subject_id, ends_on)
    select author.account_id, 'answered', new.space_id, new.id, least(new.expires_on, current_date + 30)
    from messages answered
    join participants author on author.space_id = new.space_id and author.id = answered.participant_id
      and author.state = 'joined' and author.account_id is not null
    where answered.space_id = new.space_id and answered.id = new.reply_to and answered.state = 'shown'
      and answered.participant_id <> new.participant_id
      and not exists (select from blocks b where b.space_id = new.space_id and b.participant_id = author.id
        and b.blocked_id = new.participant_id)
    on conflict do nothing;
  return null;
end $$;
create trigger tell_of_answers after insert on messages for each row
  when (new.reply_to is not null) execute function tell_of_answers();

create function tell_of_places() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'asked' then
    perform tell(array(select account_id from participants where space_id = new.space_id and facilitator and state = 'joined'),
      'admission_asked', new.space_id, null);
  elsif tg_op = 'UPDATE' then
    perform tell(array[new.account_id], 'admitted', new.space_id, null);
  end if;
  return null;
end $$;
create trigger tell_of_asking after insert on participants for each row
  when (new.state = 'asked') execute function tell_of_places();
create trigger tell_of_places after update of state on participants for each row
  when (new.state = 'asked' and old.state <> 'asked' or new.state = 'joined' and old.state = 'asked')
  execute function tell_of_places();

create function tell_of_rules() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell(array(select account_id from participants where space_id = new.id and state = 'joined'),
    'rules_changed', new.id, null);
  return null;
end $$;
create trigger tell_of_rules after update of rules_version on spaces for each row
  when (new.rules_version > old.rules_version) execute function tell_of_rules();

create function tell_of_acts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then perform tell(array[new.account_id], 'decided', null, new.id);
  elsif new.appeal = 'asked' then
    perform tell(array(select account_id from judges_of_appeal(new.id)), 'appeal_waits', null, new.id);
  else perform tell(array[new.account_id], 'appeal_answered', null, new.id);
  end if;
  return null;
end $$;
create trigger tell_of_acts after insert on moderation_acts for each row execute function tell_of_acts();
create trigger tell_of_appeals after update of appeal on moderation_acts for each row
  when (new.appeal is distinct from old.appeal) execute function tell_of_acts();

-- After the row that says who reported: without it nobody knows who may judge.
create function tell_of_new_reports() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell(array(select account_id from judges_of_report(new.report_id)), 'report_waits', null, new.report_id);
  return null;
end $$;
create trigger tell_of_new_reports after insert on reporters for each row execute function tell_of_new_reports();
create function tell_of_reports() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.reach <> old.reach then
    perform tell(array(select account_id from judges_of_report(new.id)), 'report_waits', null, new.id);
  end if;
  if new.state in ('decided', 'no_action') and old.state not in ('decided', 'no_action') then
    perform tell(array(select p.account_id from reporters w join participants p on p.id = w.participant_id
      where w.report_id = new.id), 'report_answered', null, new.id);
  end if;
  return null;
end $$;
create trigger tell_of_reports after update of state, reach on reports for each row execute function tell_of_reports();

-- By whom, only the list of those who ask says; whoever is blocked asks in vain, and cannot tell.
create function tell_of_one_to_ones() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell(array(select p.account_id from participants p where p.id = new.to_id and p.state = 'joined'
    and not exists (select from blocks b where b.space_id = new.space_id and b.participant_id = new.to_id
      and b.blocked_id = new.from_id)), 'one_to_one_asked', new.space_id, null);
  return null;
end $$;
create trigger tell_of_one_to_ones after insert on one_to_one_asks for each row execute function tell_of_one_to_ones();

-- What is asked to be told of in a space, and whom one lets through, ends with the place.
create function end_notices() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from space_notices where account_id = old.account_id and space_id = old.space_id;
  delete from quiet_passes where account_id = old.account_id and space_id = old.space_id;
  delete from quiet_passes where participant_id = old.id;
  return null;
end $$;
create trigger end_notices after update of state on participants for each row
  when (old.state = 'joined' and new.state <> 'joined') execute function end_notices();

-- Begins where the space stands, so that nobody is told of what was there before.
create function switch_on(space uuid, wanted text) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    insert into space_notices (account_id, space_id, rhythm, told_place)
      select acting_account(), s.space_id, wanted, coalesce((select max(place) from messages m where m.space_id = s.space_id), 0)
      from my_spaces() as s (space_id) where s.space_id = space
      on conflict (account_id, space_id) do update set rhythm = excluded.rhythm;
  end;

-- Everybody for whom there is something, after one account; when they are told, the rules say.
create function people_to_tell(after uuid, most integer)
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

-- Tells one person: of spaces by an entry each, of the rest by what stands there already; their devices are to hear of it.
create function announce(who uuid, own boolean, in_spaces uuid[], up_to bigint[], digest date, through_quiet boolean)
  returns void language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    update space_notices w set told_place = greatest(w.told_place, t.place)
      from unnest(in_spaces, up_to) as t (space_id, place) where w.account_id = who and w.space_id = t.space_id;
    insert into notices (account_id, kind, space_id, announced) select who, 'new_messages', s, true from unnest(in_spaces) as s
      on conflict do nothing;
    update notices set announced = true where account_id = who and announce.own and not announced;
    update notice_settings set digested_on = digest where account_id = who and digest is not null;
    update push_subscriptions set wanted = true, passes = passes and wanted or through_quiet where account_id = who;
  end;

-- Devices that are to hear of something, after one session: of people who are told at all, on sessions that still stand.
create function pushes_to_send(after uuid, most integer)
  returns table (session uuid, sealed_endpoint text, passes boolean, failures smallint, zone text, paused_until timestamptz,
    quiet_from time, quiet_to time)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.session_id, p.sealed_endpoint, p.passes, p.failures, a.zone, a.paused_until, n.quiet_from, n.quiet_to
    from push_subscriptions p
    join sessions s on s.id = p.session_id and s.device = 'own' and s.ends_on >= current_date
      and s.used_week >= date_trunc('week', current_date)::date - 7
    join accounts a on a.id = p.account_id
    join notice_settings n on n.account_id = p.account_id
    where p.wanted and p.session_id > after and p.next_at <= now()
    order by p.session_id limit most;
  end;

-- The device heard of it or, after a failure, still has to.
create function mark_pushed(wanted_session uuid, failed smallint, minutes integer) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    update push_subscriptions set wanted = failed > 0, passes = passes and failed > 0, failures = failed,
      next_at = now() + minutes * interval '1 minute'
    where session_id = wanted_session;
  end;

grant select, insert, update (announced) on notices to telar_walls;
grant select, update (digested_on) on notice_settings to telar_walls;
grant select, update (told_place), delete on space_notices to telar_walls;
grant select, delete on quiet_passes to telar_walls;
grant select, update (wanted, passes, next_at, failures) on push_subscriptions to telar_walls;
grant select (id, zone, paused_until) on accounts to telar_walls;
do $$
declare walled text; made regprocedure;
begin
  foreach walled in array array['notices', 'notice_settings', 'space_notices', 'quiet_passes', 'push_subscriptions'] loop
    execute format('create policy told_by_walls on %I to telar_walls using (true)', walled);
  end loop;
  create policy told_by_walls on accounts for select to telar_walls using (true);
  grant create on schema public to telar_walls;
  foreach made in array array['tell(uuid[], text, uuid, uuid)', 'tell_of_answers()', 'tell_of_places()', 'tell_of_rules()',
    'tell_of_acts()', 'tell_of_new_reports()', 'tell_of_reports()', 'tell_of_one_to_ones()', 'end_notices()', 'people_to_tell(uuid, integer)',
    'announce(uuid, boolean, uuid[], bigint[], date, boolean)', 'pushes_to_send(uuid, integer)',
    'mark_pushed(uuid, smallint, integer)']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
  end loop;
  revoke create on schema public from telar_walls;
  -- These name accounts, or act without asking who asks.
  foreach made in array array['tell(uuid[], text, uuid, uuid)', 'people_to_tell(uuid, integer)',
    'announce(uuid, boolean, uuid[], bigint[], date, boolean)', 'pushes_to_send(uuid, integer)',
    'mark_pushed(uuid, smallint, integer)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', made);
  end loop;
end $$;
grant execute on function people_to_tell(uuid, integer), announce(uuid, boolean, uuid[], bigint[], date, boolean),
  pushes_to_send(uuid, integer), mark_pushed(uuid, smallint, integer) to telar_jobs;
