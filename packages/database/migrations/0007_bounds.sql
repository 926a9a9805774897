-- A group that somebody still coordinates is not recovered over their head: the last agreement begins a wait.
alter table group_recoveries add opens_at timestamptz;
comment on column group_recoveries.opens_at is
  'When the candidate begins to coordinate; a midnight, so that it tells no hour. Set while two members and a steward agree.';

create function is_coordinated(wanted uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select exists (select from memberships where group_id = wanted and ended_on is null
      and account_id is not null and 'coordinator' = any (roles));
  end;
comment on function is_coordinated is 'Asked for a group by stewards too, who do not see who is in it.';
create function is_agreed(wanted uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select count(membership_id) >= 2 and count(steward_id) >= 1
    from group_recovery_agreements where recovery_id = wanted;
  end;
create function my_place_in(wanted uuid) returns uuid language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select id from memberships where group_id = wanted and account_id = acting_account() and ended_on is null;
  end;
revoke execute on function is_coordinated(uuid), is_agreed(uuid) from public;
grant execute on function is_coordinated(uuid), is_agreed(uuid) to telar_api;

drop policy seen_group_recoveries on group_recoveries;
create policy seen_group_recoveries on group_recoveries for select to telar_api
  using (group_id in (select my_groups()) or (select am_steward()));
create policy asked_group_recoveries on group_recoveries for insert to telar_api
  with check (asked_by = my_place_in(group_id));
create policy waiting_group_recoveries on group_recoveries for update to telar_api
  using (opens_at is null and (group_id in (select my_groups()) or (select am_steward())))
  with check (opens_at > now() + interval '6 days 23 hours');
create policy ended_group_recoveries on group_recoveries for delete to telar_api
  using (group_id in (select my_groups()) or (select am_steward()));
revoke insert on group_recoveries from telar_api;
grant insert (group_id, candidate_id, asked_by, reason), update (opens_at) on group_recoveries to telar_api;

create or replace function guard_place() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
declare
  own constant boolean := new.account_id = acting_account();
  begins constant boolean := new.roles <@ (old.roles || '{coordinator}') and new.ended_on is null and old.ended_on is null;
begin
  if new.group_id in (select my_coordinated_groups())
    or own and new.ended_on is not null and new.roles = old.roles
    or own and new.roles <@ my_roles_in(new.group_id)
    or own and exists (select from shown_invitation i
      where i.group_id = new.group_id and new.roles <@ (i.roles || '{member}'))
    or own and begins and exists (select from hand_overs where to_membership_id = new.id)
    or begins and exists (select from group_recoveries r where r.candidate_id = new.id and is_agreed(r.id)
      and (r.opens_at <= now() or not is_coordinated(new.group_id)))
  then return new; end if;
  raise insufficient_privilege using message = 'this place is not the caller''s to change';
end $$;

-- Whoever has begun to coordinate is no longer proposed for it, however it came.
create function end_recovery() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from group_recoveries where candidate_id = new.id;
  return null;
end $$;
create trigger end_recovery after update of roles on memberships for each row
  when ('coordinator' = any (new.roles) and not 'coordinator' = any (old.roles)) execute function end_recovery();

-- An agreement that goes, with the person or the stewardship, takes the wait with it.
create function end_wait() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update group_recoveries set opens_at = null
    where id = old.recovery_id and opens_at is not null and not is_agreed(id);
  return null;
end $$;
create trigger end_wait after delete on group_recovery_agreements for each row execute function end_wait();

-- The one act of the jobs beside tidying up. Places are held before the recovery, as by whoever leaves.
create function complete_group_recoveries() returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  due record;
  completed integer := 0;
begin
  for due in
    select m.id, m.group_id from group_recoveries r
      join memberships m on m.id = r.candidate_id and m.ended_on is null
      join groups g on g.id = r.group_id and not g.closed
      where r.opens_at <= now() or r.opens_at is not null and not is_coordinated(r.group_id)
      for update of m skip locked
  loop
    delete from group_recoveries where candidate_id = due.id and opens_at is not null and is_agreed(id);
    if found then
      update memberships set roles = roles || '{coordinator}' where id = due.id;
      perform append_event('group:' || due.group_id,
        jsonb_build_object('kind', 'group_recovery.done', 'membership', due.id));
      completed := completed + 1;
    end if;
  end loop;
  return completed;
end $$;
revoke execute on function complete_group_recoveries() from public;
grant execute on function complete_group_recoveries() to telar_jobs;
grant update (opens_at) on group_recoveries to telar_walls;
grant update (roles) on memberships to telar_walls;
create policy coordinated_by_walls on memberships for update to telar_walls using (true);

-- Names that are taken are counted at the invitation that was shown: it must not tell who is here.
alter table invitations add refused smallint not null default 0;
comment on column invitations.refused is 'How many names were refused to whoever held it because they are taken.';
create function count_refused_name() returns smallint language sql volatile security definer
  set search_path = public, pg_temp
  begin atomic
    update invitations set refused = refused + 1
      where token_hash = shown_secret() and not used and not revoked returning refused;
  end;
grant update (refused) on invitations to telar_walls;

do $$
declare made regprocedure;
begin
  grant create on schema public to telar_walls;
  foreach made in array array['my_place_in(uuid)', 'is_coordinated(uuid)', 'is_agreed(uuid)', 'end_recovery()', 'end_wait()',
    'complete_group_recoveries()', 'count_refused_name()']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
  end loop;
  revoke create on schema public from telar_walls;
end $$;

alter table accounts
  add device_ended_week date check (extract(isodow from device_ended_week) = 1),
  add recoveries_week date check (extract(isodow from recoveries_week) = 1),
  add recoveries_begun smallint not null default 0;
comment on column accounts.device_ended_week is
  'The Monday of the week in which a live device last ended: while that is recent, a recovery waits as if it were there.';
comment on column accounts.recoveries_begun is 'Waits for this account that began in recoveries_week.';

-- What is kept no longer than it is needed.
alter table foundings add changed_on date not null default current_date;
comment on column foundings.changed_on is 'When it was asked for, and then when it was answered. Deleted 30 days later.';
grant update (changed_on) on foundings to telar_api;
create policy past_foundings on foundings to telar_jobs using (changed_on < current_date - 30);
grant select, delete on foundings to telar_jobs;
create policy past_memberships on memberships to telar_jobs
  using (ended_on < current_date - 180) with check (account_id is null);
grant select (ended_on, account_id), update (account_id) on memberships to telar_jobs;
