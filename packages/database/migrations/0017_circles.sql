create table circles (
  space_id uuid primary key references spaces,
  question text not null check (length(question) between 2 and 300),
  turn_minutes smallint not null check (turn_minutes between 2 and 30),
  rounds smallint not null check (rounds between 1 and 5),
  round smallint not null default 1,
  turn uuid,
  turn_ends_at timestamptz,
  spoke boolean not null default false,
  ends_on date not null default current_date + 1,
  foreign key (space_id, turn) references participants (space_id, id),
  check ((turn is null) = (turn_ends_at is null))
);
comment on table circles is 'While there is one: nothing of it stays but what people wrote. `turn` has the word; before the start nobody has.';
create index circles_by_turn on circles (turn_ends_at);

create table circle_seats (
  space_id uuid not null references circles on delete cascade,
  participant_id uuid not null,
  seat smallint not null,
  chance text not null default 'first' check (chance in ('first', 'second', 'had')),
  gone boolean not null default false,
  primary key (space_id, participant_id),
  constraint seats_in_order unique (space_id, seat),
  foreign key (space_id, participant_id) references participants (space_id, id)
);
comment on column circle_seats.chance is
  'Of the round that runs: still to come; went by without a word and comes once more at its end; had.';

-- Everybody in the space may hold the circle's row, so that nobody writes past a turn that is changing.
call wall('circles');
create policy seen_circles on circles for select to telar_api using (space_id in (select my_spaces()));
create policy opened_circles on circles for insert to telar_api with check (space_id in (select my_facilitated_spaces()));
create policy changed_circles on circles for update to telar_api using (space_id in (select my_spaces()));
create policy ended_circles on circles for delete to telar_api using (space_id in (select my_facilitated_spaces())
  or turn in (select id from acting_places()) or space_id in (select my_spaces()) and turn_ends_at <= now());
create policy due_circles on circles to telar_jobs using (true);
grant select, insert (space_id, question, turn_minutes, rounds), update (round, turn, turn_ends_at, spoke), delete
  on circles to telar_api;
grant select (space_id, turn_minutes, rounds, round, turn, turn_ends_at, spoke, ends_on),
  update (round, turn, turn_ends_at, spoke), delete on circles to telar_jobs;

-- Whoever has the word passes it on, those who facilitate give it first, and time takes it from whoever says nothing.
create function guard_circle() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
begin
  if old.turn in (select id from acting_places()) or old.turn_ends_at <= now()
    or old.turn is null and new.space_id in (select my_facilitated_spaces())
  then return new; end if;
  raise insufficient_privilege using message = 'somebody else has the word';
end $$;
create trigger guard_circle before update on circles for each row
  when (current_user = 'telar_api') execute function guard_circle();

-- Changed before the circle's own row: what somebody had of a round is written by whoever ends a turn.
call wall('circle_seats');
create policy seen_circle_seats on circle_seats for select to telar_api using (space_id in (select my_spaces()));
create policy taken_circle_seats on circle_seats for insert to telar_api
  with check ((space_id, participant_id) in (select space_id, id from acting_places()));
create policy changed_circle_seats on circle_seats for update to telar_api using (
  (space_id, participant_id) in (select space_id, id from acting_places())
  or space_id in (select space_id from circles where turn in (select id from acting_places()) or turn_ends_at <= now()));
create policy due_circle_seats on circle_seats to telar_jobs using (true);
grant select, insert (space_id, participant_id, seat), update (seat, chance, gone) on circle_seats to telar_api;
grant select, update (chance) on circle_seats to telar_jobs;
grant execute on function append_to_streams(text[], jsonb[], date[]) to telar_jobs;

create function leave_circle() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from circles where space_id = new.space_id for update;
  update circle_seats set gone = true where space_id = new.space_id and participant_id = new.id;
  update circles set turn_ends_at = least(turn_ends_at, date_trunc('milliseconds', now())) where space_id = new.space_id and turn = new.id;
  return null;
end $$;
comment on function leave_circle is 'Whoever leaves the space leaves its circle; if they have the word, it goes on.';
create trigger leave_circle after update of state on participants for each row
  when (old.state = 'joined' and new.state <> 'joined') execute function leave_circle();

create function end_circle() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from circles where space_id = new.id;
  return null;
end $$;
create trigger end_circle after update of state on spaces for each row
  when (old.state = 'open' and new.state <> 'open') execute function end_circle();

-- As before, and whether there is a circle in the space.
drop function hold_posting_places();
create function hold_posting_places() returns table (id uuid, space uuid, account uuid, facilitator boolean,
    accepted_version integer, muted_until timestamptz, may_post_from timestamptz, first_messages smallint,
    slowed_minutes smallint, slowed_until timestamptz, waits boolean, kind text, state text, rules_version integer,
    keeps_days smallint, slow_minutes smallint, note_required boolean, holds_first smallint, facilitated_hours boolean,
    zone text, hours jsonb, filtered boolean, circled boolean)
  language sql security definer set search_path = public, pg_temp rows 50
  begin atomic
    select p.id, p.space_id, p.account_id, p.facilitator, p.accepted_version, p.muted_until, p.may_post_from,
      p.first_messages, p.slowed_minutes, p.slowed_until,
      exists (select from waiting_messages w where w.participant_id = p.id),
      s.kind, s.state, s.rules_version, s.keeps_days, s.slow_minutes, s.note_required, s.holds_first, s.facilitated_hours,
      s.zone, case when s.facilitated_hours then
        (select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', to_char(h.opens, 'HH24:MI'),
            'closes', to_char(h.closes, 'HH24:MI')))
          from space_hours h where h.space_id = s.id) end,
      exists (select from filters f where f.space_id = s.id),
      exists (select from circles c where c.space_id = s.id)
    from participants p join spaces s on s.id = p.space_id
    where p.id = any (array(select acting.id from acting_places() acting))
    order by p.id for no key update of p;
  end;
revoke execute on function hold_posting_places() from public;
grant execute on function hold_posting_places() to telar_api;

grant select, update (turn_ends_at), delete on circles to telar_walls;
grant select, update (gone) on circle_seats to telar_walls;
create policy ended_by_walls on circles to telar_walls using (true);
create policy ended_by_walls on circle_seats to telar_walls using (true);
grant create on schema public to telar_walls;
alter function leave_circle() owner to telar_walls;
alter function end_circle() owner to telar_walls;
alter function hold_posting_places() owner to telar_walls;
revoke create on schema public from telar_walls;
