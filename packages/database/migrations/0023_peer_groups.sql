-- Whoever asks in the name of a hub sees what a group shows to peers, while both sides want that and share their directories.
create function shares_directory() returns boolean language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from peers where url = acting_peer() and ours = 'wanted' and theirs = 'wanted'
      and 'catalogue' = any (scopes) and 'catalogue' = any (their_scopes));
  end;
create function directory_peers() returns table (id uuid, url text) language sql stable security definer
  set search_path = public, pg_temp rows 20
  begin atomic
    select id, url from peers where ours = 'wanted' and theirs = 'wanted' and acting_account() is not null
      and 'catalogue' = any (scopes) and 'catalogue' = any (their_scopes);
  end;
revoke execute on function shares_directory(), directory_peers() from public;
grant execute on function shares_directory(), directory_peers() to telar_api;
grant create on schema public to telar_walls;
alter function shares_directory() owner to telar_walls;
alter function directory_peers() owner to telar_walls;
revoke create on schema public from telar_walls;
create policy seen_groups_by_peers on groups for select to telar_api
  using (name_visibility in ('public', 'peers') and not closed and acting_peer() is not null and (select shares_directory()));
create policy seen_entries_by_peers on profile_entries for select to telar_api
  using (visibility in ('public', 'peers') and acting_peer() is not null and (select shares_directory()));

alter table peers add directory_at timestamptz not null default '-infinity';
comment on column peers.directory_at is 'When its directory was last taken over, whole.';
grant update (directory_at) on peers to telar_jobs;

create table peer_groups (
  peer_id uuid not null references peers on delete cascade,
  group_id uuid not null,
  name text not null check (length(name) <= 120),
  kind text not null,
  profile jsonb not null,
  primary key (peer_id, group_id)
);
comment on table peer_groups is 'Copies of what groups of other hubs show to peers; replaced whole at each exchange, gone with the peering.';
create index peer_groups_by_name on peer_groups (name collate "es-x-icu", peer_id, group_id);
call wall('peer_groups');
create policy seen_peer_groups on peer_groups for select to telar_api using (acting_account() is not null
  and peer_id in (select id from directory_peers()));
create policy kept_peer_groups on peer_groups to telar_jobs using (true);
grant select on peer_groups to telar_api;
grant select, insert, delete on peer_groups to telar_jobs;
