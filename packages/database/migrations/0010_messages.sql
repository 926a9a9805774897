-- Brings committed events to whoever follows, and reads only.
do $$
begin
  begin
    create role telar_messaging nologin nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'telar_messaging', 'member') then
    grant telar_messaging to current_user;
  end if;
end $$;
grant usage on schema public to telar_messaging;

create table messages (
  space_id uuid not null,
  place bigint not null,
  id uuid not null,
  participant_id uuid not null,
  posted_at timestamptz not null default date_trunc('minute', now()),
  expires_on date not null,
  note text not null default '' check (length(note) <= 120),
  body text not null check (length(body) <= 4000),
  reply_to uuid,
  state text not null default 'shown' check (state in ('shown', 'hidden', 'deleted')),
  edited boolean not null default false,
  pinned boolean not null default false,
  primary key (space_id, place),
  foreign key (space_id, participant_id) references participants (space_id, id),
  check (state = 'shown' or body = '' and note = '')
);
comment on table messages is
  'The only place where words of messages stand. `id` is made by whoever writes: the same message sent again is no second one.';
comment on column messages.place is 'Its place in the stream of the space, given when it was posted.';
comment on column messages.posted_at is 'To the minute.';
comment on column messages.expires_on is 'The last day. Promised when it was written; it can come nearer, never go further.';
create index messages_by_end on messages (expires_on);
create index messages_by_time on messages (space_id, posted_at, place);
create index pinned_messages on messages (space_id, place) where pinned;
create index messages_by_author on messages (participant_id, place);
create index messages_by_words on messages using gin (to_tsvector('spanish', note || ' ' || body));
-- The last: of indexes that seem equal while the table is empty, plans take the youngest, and keep it while it fills.
alter table messages add constraint message_once unique (space_id, id);

create function keep_promised_end() returns trigger language plpgsql as $$
begin
  raise check_violation using message = 'what was written does not stay longer than was promised';
end $$;
create trigger keep_promised_end before update of expires_on on messages for each row
  when (new.expires_on > old.expires_on) execute function keep_promised_end();

create table message_versions (
  space_id uuid not null,
  message_id uuid not null,
  version integer not null,
  note text not null,
  body text not null,
  primary key (space_id, message_id, version),
  foreign key (space_id, message_id) references messages (space_id, id) on delete cascade
);
comment on table message_versions is 'What an edited message said before; goes with the message.';

create table acknowledgements (
  space_id uuid not null,
  message_id uuid not null,
  participant_id uuid not null,
  kind text not null check (kind in ('i_read_you', 'thank_you', 'i_am_with_you')),
  primary key (space_id, message_id, participant_id),
  foreign key (space_id, message_id) references messages (space_id, id) on delete cascade,
  foreign key (space_id, participant_id) references participants (space_id, id)
);

create table waiting_messages (
  space_id uuid not null,
  id uuid not null,
  participant_id uuid not null,
  why text not null check (why in ('draft', 'slow_mode', 'held')),
  note text not null,
  body text not null,
  reply_to uuid,
  goes_at timestamptz,
  ends_on date not null default current_date + 30,
  primary key (space_id, id),
  foreign key (space_id, participant_id) references participants (space_id, id),
  check ((why = 'slow_mode') = (goes_at is not null))
);
comment on table waiting_messages is
  'Not in the space yet: drafts from outside the facilitated hours, what slow mode holds back, what a facilitator reads first.';
create index waiting_by_time on waiting_messages (goes_at) where why = 'slow_mode';
create index waiting_of_author on waiting_messages (participant_id);

alter table events add column ends_on date not null default current_date + 180;
comment on column events.ends_on is 'Events of a message go with it.';
create index events_by_end on events (ends_on);
drop index events_by_day;
-- Only the functions that append write events, with the stream's own row in their hand.
alter table events drop constraint events_stream_fkey;
drop policy past_events on events;
create policy past_events on events to telar_jobs using (ends_on < current_date);

-- Many events for many streams at once, in the order given: the places are those of each stream. The rows of the streams
-- are locked in one order, so that two batches never wait for each other. Nobody tells of a space that they are not in.
create function append_to_streams(wanted text[], happened jsonb[], ends date[])
  returns table (n bigint, place bigint) language sql security definer set search_path = public, pg_temp
  begin atomic
    with given as (
      select stream, event, ends_on, n from unnest(wanted, happened, ends) with ordinality as g (stream, event, ends_on, n)
      where current_setting('role') <> 'telar_api' or stream in (select 'space:' || space_id from acting_places())
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
revoke execute on function append_to_streams(text[], jsonb[], date[]) from public;
grant execute on function append_to_streams(text[], jsonb[], date[]) to telar_api;
grant create on schema public to telar_walls;
alter function append_to_streams(text[], jsonb[], date[]) owner to telar_walls;
revoke create on schema public from telar_walls;

create or replace function my_streams() returns setof text language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select 'group:' || group_id from memberships where account_id = acting_account() and ended_on is null
    union all
    select 'coalition:' || coalition_id from coalition_groups where state = 'member' and group_id in (select my_groups())
    union all
    select 'space:' || my_spaces() 
    union all
    select 'hub' where acting_account() is not null
    union all
    select 'group:' || inspected_group() where inspected_group() is not null and am_steward();
  end;

call wall('messages');
create policy seen_messages on messages for select to telar_api using (space_id in (select my_spaces()));
-- Judged row by row, also in a batch of many people's messages.
create policy posted_messages on messages for insert to telar_api
  with check ((space_id, participant_id) in (select space_id, id from acting_places()));
create policy changed_messages on messages for update to telar_api
  using ((space_id, participant_id) in (select space_id, id from acting_places())
    or space_id in (select my_facilitated_spaces()));
create policy followed_messages on messages for select to telar_messaging using (true);
create policy past_messages on messages to telar_jobs using (expires_on < current_date);
grant select, insert, update (note, body, state, edited, pinned, expires_on) on messages to telar_api;
grant select on messages to telar_messaging;
grant select, delete on messages to telar_jobs;

-- An author changes their words, nobody else puts others into their mouth, and what is deleted stays so.
create function guard_message() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
begin
  if old.state = 'deleted'
    or old.state = 'shown' and new.state = 'shown' and new.participant_id not in (select id from acting_places())
  then raise insufficient_privilege using message = 'these words are not the caller''s to change'; end if;
  return new;
end $$;
create trigger guard_message before update of note, body, state, edited on messages for each row
  when (current_user = 'telar_api') execute function guard_message();

-- Asked by policies for one message at a time: a list of all of somebody's messages would grow without end.
create function author_of(space uuid, message uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select participant_id from messages where space_id = space and id = message;
  end;
create function is_shown(space uuid, message uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from messages where space_id = space and id = message and state = 'shown');
  end;
grant select on messages to telar_walls;
create policy asked_by_walls on messages for select to telar_walls using (true);

-- Reads words, apart from what needs the envelope only. Behind a policy the index of words would lie idle.
create function places_with(space uuid, words text, before bigint, most integer) returns setof bigint
  language sql stable security definer set search_path = public, pg_temp rows 50
  begin atomic
    select place from messages
    where space_id = space and space in (select my_spaces()) and place < before and expires_on >= current_date
      and to_tsvector('spanish', note || ' ' || body)
        @@ (websearch_to_tsquery('spanish', words) || websearch_to_tsquery('spanish', replace(lower(words), 'cion', 'ción')))
    order by place desc limit most;
  end;
comment on function places_with is
  'The stemmer folds accents but for this ending: "organizacion" finds "organización" too.';
revoke execute on function places_with(uuid, text, bigint, integer) from public;
grant execute on function places_with(uuid, text, bigint, integer) to telar_api;
grant create on schema public to telar_walls;
alter function author_of(uuid, uuid) owner to telar_walls;
alter function is_shown(uuid, uuid) owner to telar_walls;
alter function places_with(uuid, text, bigint, integer) owner to telar_walls;
revoke create on schema public from telar_walls;

call wall('message_versions');
create policy seen_message_versions on message_versions for select to telar_api using (space_id in (select my_spaces()));
create policy kept_message_versions on message_versions for insert to telar_api
  with check (author_of(space_id, message_id) in (select id from acting_places()));
create policy removed_message_versions on message_versions for delete to telar_api
  using (space_id in (select my_spaces()) and not is_shown(space_id, message_id));
grant select, insert, delete on message_versions to telar_api;

call wall('acknowledgements');
create policy own_acknowledgements on acknowledgements to telar_api
  using ((space_id, participant_id) in (select space_id, id from acting_places()));
create policy received_acknowledgements on acknowledgements for select to telar_api
  using (space_id in (select my_spaces()) and author_of(space_id, message_id) in (select id from acting_places()));
create policy removed_acknowledgements on acknowledgements for delete to telar_api
  using (space_id in (select my_spaces()) and not is_shown(space_id, message_id));
grant select, insert, update (kind), delete on acknowledgements to telar_api;

call wall('waiting_messages');
create policy own_waiting_messages on waiting_messages to telar_api
  using ((space_id, participant_id) in (select space_id, id from acting_places()));
create policy held_messages on waiting_messages to telar_api
  using (why = 'held' and space_id in (select my_facilitated_spaces()));
create policy due_messages on waiting_messages for select to telar_jobs using (why = 'slow_mode' and goes_at <= now());
create policy past_waiting_messages on waiting_messages to telar_jobs using (ends_on < current_date);
grant select, insert, update (why, note, body, goes_at), delete on waiting_messages to telar_api;
grant select, delete on waiting_messages to telar_jobs;
create policy due_authors on participants for select to telar_jobs using (true);
grant select (id, space_id, account_id) on participants to telar_jobs;
-- Once a turn in slow mode has come, its moment would only tell when somebody wrote last.
create policy past_turns on participants for update to telar_jobs
  using (may_post_from < now()) with check (may_post_from is null);
grant select (may_post_from), update (may_post_from) on participants to telar_jobs;

create function end_waiting() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from waiting_messages where participant_id = new.id;
  return null;
end $$;
comment on function end_waiting is 'What somebody did not say yet goes with their place.';
create trigger end_waiting after update of state on participants for each row
  when (old.state = 'joined' and new.state <> 'joined') execute function end_waiting();
grant select, delete on waiting_messages to telar_walls;
create policy ended_by_walls on waiting_messages to telar_walls using (true);
grant create on schema public to telar_walls;
alter function end_waiting() owner to telar_walls;
revoke create on schema public from telar_walls;

create policy followed_streams on streams for select to telar_messaging using (name like 'space:%');
create policy followed_events on events for select to telar_messaging using (stream like 'space:%');
create policy followed_participants on participants for select to telar_messaging using (true);
grant select on streams, events to telar_messaging;
grant select (id, space_id, alias, facilitator) on participants to telar_messaging;

-- Whether somebody may follow a space, for many at once: the socket server knows accounts, and no memberships.
create function may_follow(accounts uuid[], spaces uuid[]) returns table (n bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select asked.n from unnest(accounts, spaces) with ordinality as asked (account_id, space_id, n)
    join participants p on p.space_id = asked.space_id and p.account_id = asked.account_id and p.state = 'joined'
    join spaces s on s.id = p.space_id and s.rules_version = p.accepted_version
    join memberships m on m.group_id = p.group_id and m.account_id = p.account_id and m.ended_on is null
    join groups g on g.id = p.group_id and not g.closed
    where s.group_id = p.group_id or exists (select from coalition_groups c
      where c.coalition_id = s.coalition_id and c.group_id = p.group_id and c.state = 'member');
  end;
revoke execute on function may_follow(uuid[], uuid[]) from public;
grant execute on function may_follow(uuid[], uuid[]) to telar_messaging;
create function live_sessions(wanted uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select id from sessions where id = any (wanted) and ends_on >= current_date;
  end;
revoke execute on function live_sessions(uuid[]) from public;
grant execute on function live_sessions(uuid[]) to telar_messaging;
grant create on schema public to telar_walls;
alter function may_follow(uuid[], uuid[]) owner to telar_walls;
alter function live_sessions(uuid[]) owner to telar_walls;
revoke create on schema public from telar_walls;
