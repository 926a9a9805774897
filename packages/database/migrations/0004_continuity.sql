create table foundings (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts on delete cascade,
  name text,
  kind text,
  region text,
  purpose text not null default '',
  alias text,
  state text not null check (state in ('asked', 'approved', 'declined')),
  answer text,
  asked_on date not null default current_date
);
comment on table foundings is
  'The right to found one group: asked for and approved by a steward, or (without a name) given by an invitation. Deleted when it is used.';
create index foundings_of_account on foundings (account_id);
call wall('foundings');
create policy seen_foundings on foundings for select to telar_api
  using (account_id = acting_account() or (select am_steward()));
create policy begun_foundings on foundings for insert to telar_api with check (account_id = acting_account()
  and (state = 'asked' or name is null and exists (select from shown_invitation where purpose = 'founding')));
create policy answered_foundings on foundings for update to telar_api
  using (account_id = acting_account() or (select am_steward())) with check ((select am_steward()));
create policy used_foundings on foundings for delete to telar_api using (account_id = acting_account());
grant select, insert, update (state, answer), delete on foundings to telar_api;

create table hand_overs (
  id uuid primary key default gen_random_uuid(),
  group_id uuid not null references groups,
  from_membership_id uuid not null,
  to_membership_id uuid not null,
  note text not null default '',
  stays_coordinator boolean not null,
  foreign key (group_id, from_membership_id) references memberships (group_id, id),
  foreign key (group_id, to_membership_id) references memberships (group_id, id)
);
comment on table hand_overs is 'Only what waits for an answer; the group''s log keeps the rest.';
create unique index one_hand_over_per_person on hand_overs (from_membership_id, to_membership_id);
create index hand_overs_of_group on hand_overs (group_id);
call wall('hand_overs');
create policy own_hand_overs on hand_overs to telar_api
  using (from_membership_id in (select id from memberships where account_id = acting_account())
    or to_membership_id in (select id from memberships where account_id = acting_account()))
  with check (group_id in (select my_coordinated_groups())
    and from_membership_id in (select id from memberships where account_id = acting_account()));
grant select, insert, delete on hand_overs to telar_api;

create table group_recoveries (
  id uuid primary key default gen_random_uuid(),
  group_id uuid not null references groups,
  candidate_id uuid not null,
  asked_by uuid not null,
  reason text not null,
  constraint one_recovery_per_group unique (group_id),
  foreign key (group_id, candidate_id) references memberships (group_id, id),
  foreign key (group_id, asked_by) references memberships (group_id, id)
);
comment on table group_recoveries is 'Only what waits for agreement; the group''s log keeps the rest.';
create table group_recovery_agreements (
  recovery_id uuid not null references group_recoveries on delete cascade,
  membership_id uuid references memberships,
  steward_id uuid references stewards on delete cascade,
  check (num_nonnulls(membership_id, steward_id) = 1),
  constraint one_agreement_per_member unique (recovery_id, membership_id),
  constraint one_agreement_per_steward unique (recovery_id, steward_id)
);
call wall('group_recoveries');
create policy seen_group_recoveries on group_recoveries to telar_api
  using (group_id in (select my_groups()) or (select am_steward()));
grant select, insert, delete on group_recoveries to telar_api;
call wall('group_recovery_agreements');
create policy seen_group_recovery_agreements on group_recovery_agreements for select to telar_api
  using (recovery_id in (select id from group_recoveries));
create policy own_group_recovery_agreements on group_recovery_agreements for insert to telar_api
  with check (recovery_id in (select id from group_recoveries)
    and (membership_id in (select id from memberships where account_id = acting_account())
      or steward_id in (select id from stewards where account_id = acting_account())));
grant select, insert on group_recovery_agreements to telar_api;
create policy seen_candidates on memberships for select to telar_api
  using (id in (select candidate_id from group_recoveries));
create policy recovered_memberships on memberships for update to telar_api
  using (id in (select candidate_id from group_recoveries) and (select am_steward()));

-- Coordinators change places. Everybody else leaves theirs, comes back to it with an invitation or under an earlier
-- alias, or begins to coordinate because that was handed over to them or two members and a steward agreed.
-- Stable, so that it sees the places as they were before the statement.
create function guard_place() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
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
    or begins and exists (select from group_recoveries r where r.candidate_id = new.id
      and (select count(membership_id) >= 2 and count(steward_id) >= 1
        from group_recovery_agreements where recovery_id = r.id))
  then return new; end if;
  raise insufficient_privilege using message = 'this place is not the caller''s to change';
end $$;
create trigger guard_place before update of roles, ended_on on memberships for each row
  when (current_user = 'telar_api') execute function guard_place();

-- However a place in a group ends or changes, nothing goes on waiting for who is no longer there, and nobody who
-- coordinated comes back with an invitation that they made: all open ones end, for it is not kept who made which.
create function end_what_waits() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.ended_on is null and 'coordinator' = any (old.roles) and not exists (select from memberships
    where group_id = old.group_id and account_id = old.account_id and ended_on is null and 'coordinator' = any (roles))
  then update invitations set revoked = true where group_id = old.group_id and not used; end if;
  delete from hand_overs where from_membership_id = new.id;
  if new.ended_on is not null or new.account_id is null then
    delete from hand_overs where to_membership_id = new.id;
    delete from group_recoveries where candidate_id = new.id;
    delete from group_recovery_agreements where membership_id = new.id;
  end if;
  return null;
end $$;
create trigger end_what_waits after update of roles, ended_on, account_id on memberships for each row
  when (new.ended_on is not null or new.account_id is null or not 'coordinator' = any (new.roles))
  execute function end_what_waits();
grant select, delete on hand_overs, group_recoveries, group_recovery_agreements to telar_walls;
grant select, update (revoked) on invitations to telar_walls;
create policy ended_by_walls on invitations to telar_walls using (true);
create policy ended_by_walls on hand_overs to telar_walls using (true);
create policy ended_by_walls on group_recoveries to telar_walls using (true);
create policy ended_by_walls on group_recovery_agreements to telar_walls using (true);
grant create on schema public to telar_walls;
alter function end_what_waits() owner to telar_walls;
revoke create on schema public from telar_walls;

create table group_exports (
  id uuid primary key default gen_random_uuid(),
  group_id uuid not null references groups,
  asked_by uuid not null references stewards on delete cascade,
  reason text not null,
  agreed boolean not null default false,
  asked_on date not null default current_date,
  ends_on date not null default current_date + 7,
  constraint one_export_per_steward unique (group_id, asked_by)
);
comment on table group_exports is 'Only what waits to be agreed to or taken; the group''s log keeps the rest.';
call wall('group_exports');
create policy seen_group_exports on group_exports for select to telar_api
  using ((select am_steward()) or group_id in (select my_coordinated_groups()));
create policy asked_group_exports on group_exports for insert to telar_api
  with check (not agreed and asked_by in (select id from stewards where account_id = acting_account()));
create policy agreed_group_exports on group_exports for update to telar_api
  using ((select am_steward()) or group_id in (select my_coordinated_groups()))
  with check (not agreed or asked_by not in (select id from stewards where account_id = acting_account()));
create policy ended_group_exports on group_exports for delete to telar_api
  using ((select am_steward()) or group_id in (select my_coordinated_groups()));
create policy past_group_exports on group_exports to telar_jobs using (ends_on < current_date);
grant select, insert, update (id, reason, agreed, asked_on, ends_on), delete on group_exports to telar_api;
grant select, delete on group_exports to telar_jobs;

create table hub (
  singleton boolean primary key default true check (singleton),
  name text not null default 'Telar' check (length(name) between 2 and 80),
  about text not null default '',
  languages text[] not null default '{es}',
  contact text not null default '',
  invitation_hours integer not null default 72 check (invitation_hours between 1 and 168),
  open_invitations integer not null default 50 check (open_invitations between 1 and 500),
  groups integer not null default 1000 check (groups between 1 and 100000),
  members_per_group integer not null default 2000 check (members_per_group between 2 and 100000)
);
insert into hub default values;
call wall('hub');
create policy seen_hub on hub for select to telar_api using (true);
create policy changed_hub on hub for update to telar_api using ((select am_steward()));
grant select, update on hub to telar_api;

create function group_total() returns bigint language sql stable security definer set search_path = public
  begin atomic
    select count(*) from groups;
  end;
comment on function group_total is 'For the hub''s limit: nobody sees every group.';
grant create on schema public to telar_walls;
alter function group_total() owner to telar_walls;
revoke create on schema public from telar_walls;
