-- Roles belong to the whole PostgreSQL server, so another database may have made them already.
do $$
declare wanted text;
begin
  foreach wanted in array array['telar_api', 'telar_jobs', 'telar_walls'] loop
    begin
      execute format('create role %I nologin nobypassrls', wanted);
    exception when duplicate_object or unique_violation then null;
    end;
    if not pg_has_role(current_user, wanted, 'member') then
      execute format('grant %I to current_user', wanted);
    end if;
  end loop;
end $$;
comment on role telar_walls is
  'Owns the functions that policies ask, and may read the few tables those need. Nobody connects as it.';

revoke create on schema public from public;
grant usage on schema public to telar_api, telar_jobs, telar_walls;
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

-- After a transaction a local setting is '' and not null.
create function acting_account() returns uuid language sql stable
  return nullif(current_setting('app.account', true), '')::uuid;
create function shown_secret() returns text language sql stable
  return nullif(current_setting('app.secret', true), '');
create function named_sign_in() returns text language sql stable
  return nullif(current_setting('app.sign_in_name', true), '');
create function inspected_group() returns uuid language sql stable
  return nullif(current_setting('app.inspected_group', true), '')::uuid;

-- Every table is made through this: the wall stands from the first row on.
create procedure wall(wanted regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', wanted);
  execute format('alter table %s force row level security', wanted);
end $$;
