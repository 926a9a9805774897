create table attachments (
  id uuid primary key default gen_random_uuid(),
  space_id uuid not null,
  participant_id uuid not null,
  message_id uuid,
  position smallint not null default 0,
  kind text not null check (kind in ('image', 'document', 'voice')),
  format text not null,
  name text not null default '' check (length(name) <= 80),
  bytes integer not null,
  large_bytes integer,
  voice_seconds smallint check (voice_seconds between 0 and 61),
  waits_until date not null default current_date + 1,
  foreign key (space_id, participant_id) references participants (space_id, id)
);
comment on column attachments.message_id is
  'In `messages`, or still in `waiting_messages`: it goes with whichever of both ends last.';
comment on column attachments.waits_until is 'For a message that names it.';
create index attachments_of_message on attachments (space_id, message_id);
create index attachments_of_participant on attachments (participant_id);
create index unnamed_attachments on attachments (waits_until) where message_id is null;

create table attachment_files (
  attachment_id uuid not null references attachments on delete cascade,
  size text not null check (size in ('small', 'large')),
  hash text not null,
  key bytea not null,
  primary key (attachment_id, size)
);
comment on table attachment_files is
  'Where a file lies and its key, sealed with the hub''s own: without this row nobody reads it, though it lay there for years.';
create index attachment_files_by_hash on attachment_files (hash);

create table uploads (
  account_id uuid not null references accounts on delete cascade,
  day date not null default current_date,
  bytes bigint not null,
  primary key (account_id, day)
);
comment on table uploads is 'How much somebody sent today; gone tomorrow.';

call wall('attachments');
create policy own_attachments on attachments for select to telar_api
  using ((space_id, participant_id) in (select space_id, id from acting_places()));
create policy added_attachments on attachments for insert to telar_api
  with check (message_id is null and (space_id, participant_id) in (select space_id, id from acting_places()));
create policy named_attachments on attachments for update to telar_api
  using (message_id is null and (space_id, participant_id) in (select space_id, id from acting_places()))
  with check (participant_id = coalesce(author_of(space_id, message_id), (select w.participant_id from waiting_messages w
    where w.space_id = attachments.space_id and w.id = attachments.message_id)));
create policy seen_attachments on attachments for select to telar_api
  using (message_id is not null and space_id in (select my_spaces()) and is_shown(space_id, message_id));
-- Whoever may read the words of a message that is hidden, or read first, opens what was sent along with it.
create policy judged_attachments on attachments for select to telar_api
  using (exists (select from withheld_messages w
      where w.space_id = attachments.space_id and w.message_id = attachments.message_id)
    or exists (select from waiting_messages w
      where w.space_id = attachments.space_id and w.id = attachments.message_id));
create policy followed_attachments on attachments for select to telar_messaging using (message_id is not null);
create policy unnamed_attachments on attachments to telar_jobs using (message_id is null and waits_until < current_date);
grant select, insert, update (message_id, position) on attachments to telar_api;
grant select on attachments to telar_messaging;
grant select, delete on attachments to telar_jobs;

call wall('attachment_files');
create policy opened_files on attachment_files for select to telar_api
  using (exists (select from attachments a where a.id = attachment_id));
create policy added_files on attachment_files for insert to telar_api
  with check (exists (select from attachments a where a.id = attachment_id and a.message_id is null));
create policy kept_files on attachment_files for select to telar_jobs using (true);
grant select, insert on attachment_files to telar_api;
grant select (hash) on attachment_files to telar_jobs;

call wall('uploads');
create policy own_uploads on uploads to telar_api using (account_id = acting_account());
create policy past_uploads on uploads to telar_jobs using (day < current_date);
grant select, insert, update (bytes) on uploads to telar_api;
grant select, delete on uploads to telar_jobs;

-- A message that was waiting is written before it stops waiting.
create function end_attachments() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from attachments a using gone
    where a.space_id = gone.space_id and a.message_id = gone.id
      and not exists (select from messages m where m.space_id = gone.space_id and m.id = gone.id);
  return null;
end $$;
create trigger end_attachments after delete on messages
  referencing old table as gone for each statement execute function end_attachments();
create trigger end_attachments after delete on waiting_messages
  referencing old table as gone for each statement execute function end_attachments();

create function delete_attachments() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from attachments where space_id = new.space_id and message_id = new.id;
  return null;
end $$;
create trigger delete_attachments after update of state on messages for each row
  when (new.state = 'deleted' and old.state <> 'deleted') execute function delete_attachments();

grant select, delete on attachments to telar_walls;
create policy ended_by_walls on attachments to telar_walls using (true);
grant create on schema public to telar_walls;
alter function end_attachments() owner to telar_walls;
alter function delete_attachments() owner to telar_walls;
revoke create on schema public from telar_walls;
