-- Ids of people are random and not uuidv7: a time in them would tie the aliases of one person together.
create table accounts (
  id uuid primary key default gen_random_uuid(),
  sign_in_name text not null constraint sign_in_name_is_free unique,
  passphrase_hash text,
  language text not null default 'es',
  zone text not null default 'America/Mexico_City',
  data_saver boolean not null default true,
  paused_until timestamptz,
  safety_seen boolean not null default false,
  created_on date not null default current_date
);
comment on column accounts.sign_in_name is 'Compared form: NFKC, lower case, accents kept. Shown to nobody but its owner.';
comment on column accounts.passphrase_hash is 'Argon2id. Null: signs in with passkeys only.';
call wall('accounts');
create policy own_account on accounts to telar_api using (id = acting_account()) with check (id = acting_account());
create policy named_account on accounts for select to telar_api using (sign_in_name = named_sign_in());
grant select, insert, update, delete on accounts to telar_api;

create table sessions (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts on delete cascade,
  token_hash text not null unique,
  device text not null check (device in ('own', 'shared')),
  name text not null default '',
  used_week date not null default date_trunc('week', current_date) check (extract(isodow from used_week) = 1),
  ends_on date not null check (extract(isodow from ends_on) = 1)
);
comment on column sessions.used_week is 'The Monday of the week it was last used in; nothing finer is kept.';
comment on column sessions.ends_on is
  'A Monday too, so that it does not tell the day of the sign-in. Finer limits travel in the signed cookie.';
create index sessions_of_account on sessions (account_id);
call wall('sessions');
create policy own_sessions on sessions to telar_api
  using (account_id = acting_account() or token_hash = shown_secret())
  with check (account_id = acting_account());
create policy ended_sessions on sessions to telar_jobs
  using (ends_on < current_date or used_week < date_trunc('week', current_date)::date - 7);
grant select, insert, update, delete on sessions to telar_api;
grant select, delete on sessions to telar_jobs;

create table sign_in_tries (
  sign_in_name text primary key,
  failed integer not null,
  locked_times integer not null default 0,
  window_ends_at timestamptz not null
);
comment on table sign_in_tries is
  'Counts tries per name, whether the account exists or not: 5 in 15 minutes, then longer waits.';
call wall('sign_in_tries');
create policy named_tries on sign_in_tries to telar_api using (sign_in_name = named_sign_in());
create policy past_tries on sign_in_tries to telar_jobs using (window_ends_at < now() - interval '1 day');
grant select, insert, update, delete on sign_in_tries to telar_api;
grant select, delete on sign_in_tries to telar_jobs;

create table passkeys (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts on delete cascade,
  credential_id text not null unique,
  credential_hash text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null default '',
  used_week date not null default date_trunc('week', current_date) check (extract(isodow from used_week) = 1)
);
comment on column passkeys.credential_hash is 'SHA-256 in hex of credential_id: who shows the credential may find its row.';
create index passkeys_of_account on passkeys (account_id);
create index passkeys_by_hash on passkeys (credential_hash);
call wall('passkeys');
create policy own_passkeys on passkeys to telar_api
  using (account_id = acting_account() or credential_hash = shown_secret())
  with check (account_id = acting_account());
grant select, insert, update, delete on passkeys to telar_api;

create table passkey_challenges (
  challenge_hash text primary key,
  account_id uuid,
  ends_at timestamptz not null default now() + interval '5 minutes'
);
comment on table passkey_challenges is 'Deleted when it is answered, so that no answer counts twice.';
comment on column passkey_challenges.account_id is
  'Whose passkey is to be made, perhaps before that account exists. Null: somebody signs in.';
call wall('passkey_challenges');
create policy shown_challenge on passkey_challenges to telar_api using (challenge_hash = shown_secret());
create policy past_challenges on passkey_challenges to telar_jobs using (ends_at < now());
grant select, insert, delete on passkey_challenges to telar_api;
grant select, delete on passkey_challenges to telar_jobs;

create table recovery_codes (
  account_id uuid not null references accounts on delete cascade,
  code_hash text not null,
  primary key (account_id, code_hash)
);
comment on table recovery_codes is 'A used code is deleted.';
call wall('recovery_codes');
create policy own_recovery_codes on recovery_codes to telar_api using (account_id = acting_account());
create policy named_recovery_codes on recovery_codes for select to telar_api
  using (account_id in (select id from accounts where sign_in_name = named_sign_in()));
grant select, insert, delete on recovery_codes to telar_api;

create table recoveries (
  account_id uuid primary key,
  code_hash text not null,
  opens_at timestamptz not null,
  foreign key (account_id, code_hash) references recovery_codes on delete cascade
);
comment on table recoveries is
  'A recovery that waits because another device of the account is alive and may stop it; it ends with its code.';
call wall('recoveries');
create policy own_recovery on recoveries to telar_api using (account_id = acting_account());
create policy forgotten_recoveries on recoveries to telar_jobs using (opens_at < now() - interval '14 days');
grant select, insert, delete on recoveries to telar_api;
grant select, delete on recoveries to telar_jobs;
