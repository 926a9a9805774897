create table streams (
  name text primary key,
  last_place bigint not null
);
comment on table streams is
  'One row per stream. Its lock makes places in a stream follow the order of commits.';
call wall('streams');

create table events (
  stream text not null references streams (name),
  place bigint not null,
  event jsonb not null,
  happened_on date not null default current_date,
  primary key (stream, place)
);
comment on table events is 'What people can see happen. Kept for 180 days.';
create index events_by_day on events (happened_on);

create function my_streams() returns setof text language sql stable security definer set search_path = public rows 20
  begin atomic
    select 'group:' || group_id from memberships where account_id = acting_account() and ended_on is null
    union all
    select 'coalition:' || coalition_id from coalition_groups where state = 'member' and group_id in (select my_groups())
    union all
    select 'hub' where acting_account() is not null
    union all
    select 'group:' || inspected_group() where inspected_group() is not null and am_steward();
  end;

-- The only way to write: whoever appends need not see the stream, a steward's act in a group's log for one.
create function append_event(wanted text, happened jsonb) returns void language sql security definer set search_path = public
  begin atomic
    with head as (
      insert into streams (name, last_place) values (wanted, 1)
      on conflict (name) do update set last_place = streams.last_place + 1
      returning last_place
    )
    insert into events (stream, place, event) select wanted, last_place, happened from head;
  end;
revoke execute on function append_event(text, jsonb) from public;
grant execute on function append_event(text, jsonb) to telar_api;
grant select, insert, update on streams to telar_walls;
create policy asked_by_walls on streams to telar_walls using (true);
grant insert on events to telar_walls;
create policy appended_by_walls on events for insert to telar_walls with check (true);
grant create on schema public to telar_walls;
alter function my_streams() owner to telar_walls;
alter function append_event(text, jsonb) owner to telar_walls;
revoke create on schema public from telar_walls;

call wall('events');
create policy seen_events on events for select to telar_api using (stream in (select my_streams()));
create policy past_events on events to telar_jobs using (happened_on < current_date - 180);
grant select on events to telar_api;
grant select, delete on events to telar_jobs;
