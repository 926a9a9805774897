-- After a space keeps things for a shorter time, what is there goes as if it had been written under that rule: a stretch of
-- the space's stream after the other, apart from the request that asked for it.
create table shortened_spaces (
  space_id uuid primary key references spaces,
  keeps_days smallint not null,
  done_to bigint not null default 0
);
comment on column shortened_spaces.done_to is 'The last place of the stream whose end is as near as the rule wants it.';

create function shorten_later() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into shortened_spaces (space_id, keeps_days) values (new.id, new.keeps_days)
    on conflict (space_id) do update set keeps_days = least(shortened_spaces.keeps_days, excluded.keeps_days), done_to = 0;
  return null;
end $$;
create trigger shorten_later after update of keeps_days on spaces for each row
  when (new.keeps_days < old.keeps_days) execute function shorten_later();

drop function bring_ends_nearer(uuid, integer);
create function bring_ends_nearer(most integer) returns boolean language plpgsql volatile security definer
  set search_path = public, pg_temp as $$
declare
  wanted uuid;
  days smallint;
  since bigint;
  until bigint;
begin
  select space_id, keeps_days, done_to into wanted, days, since
    from shortened_spaces order by space_id limit 1 for update skip locked;
  if wanted is null then return false; end if;
  if since = 0 then
    update shift_notes set expires_on = written_on + days where space_id = wanted and expires_on > written_on + days;
  end if;
  select max(place) into until from (select place from events
    where stream = 'space:' || wanted and place > since order by place limit most) as stretch;
  if until is null then
    delete from shortened_spaces where space_id = wanted;
    return true;
  end if;
  update messages set expires_on = posted_at::date + days
    where space_id = wanted and place > since and place <= until and expires_on > posted_at::date + days;
  update events set ends_on = happened_on + days
    where stream = 'space:' || wanted and place > since and place <= until and event ? 'message'
      and ends_on > happened_on + days;
  update shortened_spaces set done_to = until where space_id = wanted;
  return true;
end $$;
comment on function bring_ends_nearer is 'Of one space, and whether it is to be asked again.';
revoke execute on function bring_ends_nearer(integer) from public;
grant execute on function bring_ends_nearer(integer) to telar_jobs;

call wall('shortened_spaces');
create policy kept_by_walls on shortened_spaces to telar_walls using (true);
grant select, insert, update, delete on shortened_spaces to telar_walls;
grant create on schema public to telar_walls;
alter function shorten_later() owner to telar_walls;
alter function bring_ends_nearer(integer) owner to telar_walls;
revoke create on schema public from telar_walls;
