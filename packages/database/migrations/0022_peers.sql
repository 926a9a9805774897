-- Who signs as another hub, once api has proven it: what policies may believe, beside `app.account`.
create function acting_peer() returns text language sql stable
  return nullif(current_setting('app.peer', true), '');

create table peers (
  id uuid primary key default gen_random_uuid(),
  url text not null unique check (length(url) <= 300),
  root text not null,
  document text not null,
  version integer not null,
  checked_at timestamptz not null default now(),
  ours text not null check (ours in ('open', 'wanted', 'paused', 'blocked', 'ended')),
  theirs text not null check (theirs in ('open', 'wanted', 'paused', 'ended')),
  purpose text not null check (length(purpose) <= 500),
  scopes text[] not null default '{}',
  their_scopes text[] not null default '{}',
  asked_at timestamptz not null default now(),
  told boolean not null default false,
  attempts integer not null default 0,
  next_try_at timestamptz not null default now(),
  last_contact_at timestamptz,
  skew integer
);
comment on table peers is 'Other hubs. A row is one will on each side; `peerState` of the rules makes a state of both.';
comment on column peers.root is 'RFC 7638 thumbprint of the root that its key document showed; a person compared it before `ours` became wanted.';
comment on column peers.document is 'The newest key document, as it was signed.';
comment on column peers.told is 'Whether it acknowledged what we want.';
create index peers_to_tell on peers (next_try_at) where not told;

create table peer_agreements (
  peer_id uuid not null references peers on delete cascade,
  steward_id uuid not null references stewards on delete cascade,
  agreed_at timestamptz not null default now(),
  primary key (peer_id, steward_id)
);

create table peer_requests (
  url text not null,
  jti text not null,
  arrived_at timestamptz not null default now(),
  primary key (url, jti)
);
comment on table peer_requests is 'So that no request counts twice: written with its effects, deleted when its time is over anyway.';
create index peer_requests_by_time on peer_requests (arrived_at);

create table peer_days (
  peer_id uuid not null references peers on delete cascade,
  day date not null default current_date,
  sent integer not null default 0,
  received integer not null default 0,
  refused integer not null default 0,
  failed integer not null default 0,
  primary key (peer_id, day)
);

call wall('peers');
create policy seen_peers on peers for select to telar_api using ((select am_steward()) or url = acting_peer());
create policy begun_peers on peers for insert to telar_api with check (
  theirs = 'open' and (select am_steward()) or ours = 'open' and scopes = '{}' and url = acting_peer());
create policy changed_peers on peers for update to telar_api using ((select am_steward()) or url = acting_peer());
create policy forgotten_peers on peers for delete to telar_api using ('ended' in (ours, theirs) and ours <> 'blocked' and (select am_steward()));
create policy told_peers on peers to telar_jobs using (true);
grant select, insert, delete on peers to telar_api;
grant update (root, document, version, checked_at, ours, theirs, purpose, scopes, their_scopes, asked_at, told, attempts,
  next_try_at, last_contact_at, skew) on peers to telar_api;
grant select, delete, update (document, version, checked_at, told, attempts, next_try_at, last_contact_at, theirs, their_scopes)
  on peers to telar_jobs;

-- Each side says its own will: a peer never ours, and our stewards never theirs. An end ends both wills, so that whoever
-- wants it again is asked, and compared, on both sides.
create function guard_peer() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
begin
  if current_user = 'telar_api' and (case when acting_peer() is not distinct from new.url
    then (new.ours, new.scopes, new.root) is distinct from (old.ours, old.scopes, old.root)
    else (new.theirs, new.their_scopes) is distinct from (old.theirs, old.their_scopes) end)
  then raise insufficient_privilege using message = 'this is the other side''s to say'; end if;
  if new.theirs = 'ended' and old.theirs <> 'ended' and new.ours in ('wanted', 'paused') then new.ours := 'ended'; end if;
  if new.ours = 'ended' and old.ours <> 'ended' then new.theirs := 'ended'; end if;
  return new;
end $$;
create trigger guard_peer before update on peers for each row execute function guard_peer();

call wall('peer_agreements');
create policy seen_peer_agreements on peer_agreements for select to telar_api using ((select am_steward()));
create policy begun_peer_agreements on peer_agreements for insert to telar_api
  with check (steward_id in (select id from stewards where account_id = acting_account()));
create policy ended_peer_agreements on peer_agreements for delete to telar_api using ((select am_steward()));
create policy renewed_peer_agreements on peer_agreements for update to telar_api
  using (steward_id in (select id from stewards where account_id = acting_account()));
grant select, insert, delete, update (agreed_at) on peer_agreements to telar_api;

call wall('peer_requests');
create policy begun_peer_requests on peer_requests for insert to telar_api with check (url = acting_peer());
create policy seen_peer_requests on peer_requests for select to telar_api using (url = acting_peer());
create policy past_peer_requests on peer_requests to telar_jobs using (arrived_at < now() - interval '10 minutes');
grant select, insert on peer_requests to telar_api;
grant select, delete on peer_requests to telar_jobs;

call wall('peer_days');
create policy seen_peer_days on peer_days for select to telar_api
  using ((select am_steward()) or peer_id in (select id from peers where url = acting_peer()));
create policy begun_peer_days on peer_days for insert to telar_api
  with check (peer_id in (select id from peers where url = acting_peer()));
create policy changed_peer_days on peer_days for update to telar_api
  using (peer_id in (select id from peers where url = acting_peer()));
create policy past_peer_days on peer_days to telar_jobs using (true);
grant select, insert, update (received, refused) on peer_days to telar_api;
grant select, insert, delete, update (sent, failed) on peer_days to telar_jobs;

-- By what a request is proven, before anybody is anybody: the keys of a hub that may ask, and of one that nobody answered.
create function peer_keys(wanted text) returns table (document text, root text, version integer, checked_at timestamptz, ours text) language sql stable security definer
  set search_path = public, pg_temp rows 1
  begin atomic
    select document, root, version, checked_at, ours from peers where url = wanted;
  end;
-- How many wait for an answer, and how many of them came in the last hour.
create function open_peer_requests(out waiting bigint, out lately bigint) language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select count(*), count(*) filter (where asked_at > now() - interval '1 hour') from peers where ours = 'open';
  end;
revoke execute on function peer_keys(text), open_peer_requests() from public;
grant execute on function peer_keys(text), open_peer_requests() to telar_api;
grant select on peers to telar_walls;
create policy asked_by_walls on peers for select to telar_walls using (true);
grant create on schema public to telar_walls;
alter function peer_keys(text) owner to telar_walls;
alter function open_peer_requests() owner to telar_walls;
revoke create on schema public from telar_walls;
