create table crisis_cards (
  id uuid primary key default gen_random_uuid(),
  group_id uuid references groups,
  coalition_id uuid references coalitions,
  name text not null check (length(name) between 2 and 120),
  contact text not null check (length(contact) between 2 and 200),
  hours text not null check (length(hours) <= 120),
  languages text not null check (length(languages) <= 120),
  verified_on date not null default current_date,
  constraint card_has_one_owner check (num_nonnulls(group_id, coalition_id) = 1)
);
comment on table crisis_cards is 'Help outside, as the collective itself knows it.';
create index crisis_cards_of_group on crisis_cards (group_id);
create index crisis_cards_of_coalition on crisis_cards (coalition_id);

call wall('crisis_cards');
create policy seen_crisis_cards on crisis_cards for select to telar_api using (
  group_id in (select my_groups()) or coalition_id in (select my_joined_coalitions()));
create policy kept_crisis_cards on crisis_cards to telar_api using (
  group_id in (select my_coordinated_groups()) or coalition_id in (select my_convened_coalitions()));
grant select, insert, update (name, contact, hours, languages, verified_on), delete on crisis_cards to telar_api;

create table shifts (
  space_id uuid not null,
  participant_id uuid not null,
  began_at timestamptz not null default date_trunc('minute', now()),
  primary key (space_id, participant_id),
  foreign key (space_id, participant_id) references participants (space_id, id)
);
comment on table shifts is 'Only while somebody facilitates, and only they see it: nobody is seen to be there.';

create table facilitated_weeks (
  space_id uuid not null,
  participant_id uuid not null,
  week date not null check (extract(isodow from week) = 1),
  minutes integer not null check (minutes between 0 and 10080),
  primary key (space_id, participant_id, week),
  foreign key (space_id, participant_id) references participants (space_id, id)
);
comment on table facilitated_weeks is
  'How long somebody facilitated in a week, in quarters of an hour; only they see it, and it goes with the week.';
create index facilitated_weeks_by_week on facilitated_weeks (week);

create table shift_notes (
  place bigint generated always as identity primary key,
  space_id uuid not null,
  participant_id uuid not null,
  note text not null check (length(note) between 1 and 2000),
  written_on date not null default current_date,
  expires_on date not null,
  foreign key (space_id, participant_id) references participants (space_id, id)
);
comment on table shift_notes is 'What one who facilitates leaves to the next; kept as long as messages, and for them only.';
create index shift_notes_of_space on shift_notes (space_id, place);
create index shift_notes_by_end on shift_notes (expires_on);
create trigger keep_promised_end before update of expires_on on shift_notes for each row
  when (new.expires_on > old.expires_on) execute function keep_promised_end();

create function my_facilitating_places() returns table (space_id uuid, id uuid) language sql stable set search_path = public, pg_temp rows 5
  begin atomic
    select space_id, id from acting_places() where facilitator;
  end;

call wall('shifts');
create policy own_shifts on shifts to telar_api
  using ((space_id, participant_id) in (select space_id, id from my_facilitating_places()));
create policy forgotten_shifts on shifts to telar_jobs using (began_at < now() - interval '7 days');
grant select, insert (space_id, participant_id), delete on shifts to telar_api;
grant select, delete on shifts to telar_jobs;

call wall('facilitated_weeks');
create policy own_facilitated_weeks on facilitated_weeks to telar_api
  using ((space_id, participant_id) in (select space_id, id from my_facilitating_places()));
create policy past_facilitated_weeks on facilitated_weeks to telar_jobs using (week < current_date - 8);
grant select, insert, update (minutes) on facilitated_weeks to telar_api;
grant select, delete on facilitated_weeks to telar_jobs;

call wall('shift_notes');
create policy seen_shift_notes on shift_notes for select to telar_api
  using (space_id in (select my_facilitated_spaces()));
create policy left_shift_notes on shift_notes for insert to telar_api
  with check ((space_id, participant_id) in (select space_id, id from my_facilitating_places()));
create policy past_shift_notes on shift_notes to telar_jobs using (expires_on < current_date);
grant select, insert (space_id, participant_id, note, expires_on) on shift_notes to telar_api;
grant select, delete on shift_notes to telar_jobs;

-- Whoever no longer facilitates has nothing to hand over.
create function end_shift() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from shifts where space_id = new.space_id and participant_id = new.id;
  return null;
end $$;
create trigger end_shift after update of state, facilitator on participants for each row
  when (old.facilitator and not (new.facilitator and new.state = 'joined')) execute function end_shift();

-- After a space keeps things for a shorter time: what is there goes as if it had been written under that rule. Asked until it
-- answers 0, so that no statement takes longer than others may wait.
create function bring_ends_nearer(wanted uuid, most integer) returns bigint language sql volatile security definer
  set search_path = public, pg_temp
  begin atomic
    with rule as (
      select 'space:' || id as stream, keeps_days from spaces where id = wanted
    ), far_messages as (
      select m.place, m.posted_at::date + rule.keeps_days as nearer from messages m, rule
      where m.space_id = wanted and m.expires_on > m.posted_at::date + rule.keeps_days limit most
    ), messages_done as (
      update messages set expires_on = nearer from far_messages
      where space_id = wanted and messages.place = far_messages.place returning 1
    ), far_events as (
      select e.stream, e.place, e.happened_on + rule.keeps_days as nearer from events e join rule using (stream)
      where e.event ? 'message' and e.ends_on > e.happened_on + rule.keeps_days limit most
    ), events_done as (
      update events set ends_on = nearer from far_events
      where events.stream = far_events.stream and events.place = far_events.place returning 1
    ), notes_done as (
      update shift_notes set expires_on = written_on + rule.keeps_days from rule
      where space_id = wanted and expires_on > written_on + rule.keeps_days returning 1
    )
    select (select count(*) from messages_done) + (select count(*) from events_done) + (select count(*) from notes_done);
  end;
revoke execute on function bring_ends_nearer(uuid, integer) from public;
grant execute on function bring_ends_nearer(uuid, integer) to telar_api;

grant select, delete on shifts to telar_walls;
grant select, update (expires_on) on shift_notes to telar_walls;
grant select, update (expires_on) on messages to telar_walls;
grant select, update (ends_on) on events to telar_walls;
create policy ended_by_walls on shifts to telar_walls using (true);
create policy ended_by_walls on shift_notes to telar_walls using (true);
create policy ended_by_walls on messages for update to telar_walls using (true);
create policy ended_by_walls on events for update to telar_walls using (true);
create policy asked_by_walls on events for select to telar_walls using (true);
grant create on schema public to telar_walls;
alter function end_shift() owner to telar_walls;
alter function bring_ends_nearer(uuid, integer) owner to telar_walls;
revoke create on schema public from telar_walls;
