-- What strangers can cause is kept in bounds: a sign-in's challenge leaves a row only once it was answered rightly.
comment on table passkey_challenges is
  'So that no answer counts twice: of registrations what waits, deleted by its answer; of sign-ins what was answered.';
comment on column passkey_challenges.account_id is
  'Whose passkey is to be made, perhaps before that account exists. Null: a sign-in that was answered.';
drop policy past_tries on sign_in_tries;
create policy past_tries on sign_in_tries to telar_jobs using (true);
revoke select on sign_in_tries from telar_jobs;
grant select (window_ends_at, locked_times) on sign_in_tries to telar_jobs;
create index sign_in_tries_by_window on sign_in_tries (window_ends_at);

-- Whoever appends as telar_api says it of themselves and in a stream that they have to do with. A place that ended
-- today still tells that it did.
create function may_append(wanted text, happened jsonb) returns boolean language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  kind constant text := happened ->> 'kind';
  about constant uuid := nullif(split_part(wanted, ':', 2), '')::uuid;
  steward constant text := (select alias from stewards where account_id = acting_account());
  places constant uuid[] := array(select id from memberships where group_id = about and account_id = acting_account()
    and coalesce(ended_on, current_date) = current_date);
begin
  return acting_account() is not null
    and case split_part(wanted, ':', 1)
      when 'hub' then steward is not null or kind = 'steward.ended'
      when 'group' then places <> '{}' or steward is not null or kind = 'group.invited_to_coalition'
        and (happened ->> 'coalition')::uuid in (select my_convened_coalitions())
      when 'coalition' then exists (select from coalition_groups
        where coalition_id = about and group_id in (select my_groups()))
      else false end
    and (not happened ? 'steward' or happened ->> 'steward' is not distinct from steward
      or kind = 'steward.ended' and not exists (select from stewards where alias = happened ->> 'steward'))
    and (not happened ? 'by' or kind = 'hand_over.accepted' or (happened ->> 'by')::uuid = any (places))
    and (kind not in ('group.founded', 'membership.began', 'membership.left', 'alias.changed', 'hand_over.accepted')
      or (happened ->> 'membership')::uuid = any (places));
end $$;
create or replace function append_event(wanted text, happened jsonb) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  next bigint;
begin
  -- The setting is the caller's role also in here, and nobody who may call this as telar_api can put it off.
  if current_setting('role') = 'telar_api' and not may_append(wanted, happened) then
    raise insufficient_privilege using message = 'this event is not the caller''s to tell';
  end if;
  insert into streams as s (name, last_place) values (wanted, 1)
    on conflict (name) do update set last_place = s.last_place + 1 returning last_place into next;
  insert into events (stream, place, event) values (wanted, next, happened);
end $$;
revoke execute on function may_append(text, jsonb) from public;

-- An alias is its bearer's, and so is the day they came.
create function guard_alias() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
begin
  if new.account_id = acting_account() then return new; end if;
  raise insufficient_privilege using message = 'this alias is not the caller''s to change';
end $$;
create trigger guard_alias before update of alias, joined_on on memberships for each row
  when (current_user = 'telar_api') execute function guard_alias();

-- Who convenes asks groups in and says who convenes; whether a group comes or goes, it says itself.
-- Stable, so that it sees the coalition as it was before the statement.
create function guard_coalition_group() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
declare
  convenes constant boolean := new.coalition_id in (select my_convened_coalitions());
  own constant boolean := new.group_id in (select my_coordinated_groups());
begin
  if tg_op = 'INSERT' then
    if convenes and new.state = 'invited' and not new.convener
      or own and not has_groups(new.coalition_id) then return new; end if;
  elsif convenes and (
      new.state = 'member' and old.state = 'member' and (own or new.accepted_version is not distinct from old.accepted_version)
      or new.state = 'invited' and old.state in ('left', 'declined') and not new.convener
      or new.state in ('left', 'declined') and old.state = 'invited')
    or own and old.state in ('invited', 'member') and (
      new.state = 'member' and new.convener = old.convener
      or new.state in ('left', 'declined') and not new.convener)
  then return new; end if;
  raise insufficient_privilege using message = 'this is not the caller''s to say for that group';
end $$;
create trigger guard_coalition_group before insert or update on coalition_groups for each row
  when (current_user = 'telar_api') execute function guard_coalition_group();
revoke update on coalition_groups, coalitions from telar_api;
grant update (state, convener, accepted_version, left_snapshot) on coalition_groups to telar_api;
grant update (agreement, agreement_version) on coalitions to telar_api;

grant create on schema public to telar_walls;
alter function may_append(text, jsonb) owner to telar_walls;
revoke create on schema public from telar_walls;
