-- What was sent along with a message is opened with a report by those who judge it, for as long as they do.
create function my_reported_messages() returns table (space_id uuid, message_id uuid)
  language sql stable security definer set search_path = public, pg_temp rows 5
  begin atomic
    select r.space_id, r.message_id from my_reports() mine join reports r using (id)
    join messages m on m.space_id = r.space_id and m.id = r.message_id and m.expires_on >= current_date
    where r.state in ('new', 'assigned') and r.ends_on >= current_date;
  end;
comment on function my_reported_messages is 'Under a report that waits for the caller''s judgement.';

-- Named so that it is asked last: the other ways to an attachment cost less.
create policy under_report_attachments on attachments for select to telar_api
  using ((space_id, message_id) in (select space_id, message_id from my_reported_messages()));
drop policy judged_attachments on attachments;
create policy judged_attachments on attachments for select to telar_api using (
  space_id in (select my_facilitated_spaces()) and exists (select from withheld_messages w
    where w.space_id = attachments.space_id and w.message_id = attachments.message_id)
  or exists (select from waiting_messages w
    where w.space_id = attachments.space_id and w.id = attachments.message_id));

-- Taking the task of facilitating from somebody is an act like the others: with a reason, told to them, open to another look.
alter table moderation_acts drop constraint moderation_acts_act_check;
alter table moderation_acts add constraint moderation_acts_act_check check (act in
  ('hide', 'refuse', 'warn', 'slow_down', 'mute', 'relieve', 'remove', 'ban', 'ban_from_group', 'ban_from_hub'));

create function relieve_facilitator(in_space uuid, person uuid, why text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare made uuid;
begin
  if my_role_toward(in_space, person) is distinct from 'facilitator'
  then raise insufficient_privilege using message = 'this person is not the caller''s to judge'; end if;
  update participants set facilitator = false
    where space_id = in_space and id = person and facilitator and state = 'joined';
  if not found then return false; end if;
  insert into moderation_acts (space_id, act, role, account_id, target_id, about, alias, reason)
    select in_space, 'relieve', 'facilitator', p.account_id, p.id, s.title, p.alias, why
    from participants p join spaces s on s.id = p.space_id where p.id = person
    returning id into made;
  insert into actors (act_id, account_id) values (made, acting_account());
  return true;
end $$;

-- Everybody puts the task down by themselves; there is no way around the act that keeps a reason.
create function guard_relief() returns trigger language plpgsql stable set search_path = public, pg_temp as $$
begin
  raise insufficient_privilege using message = 'whoever facilitates is relieved with a reason';
end $$;
create trigger guard_relief before update of facilitator on participants for each row
  when (current_user = 'telar_api' and old.facilitator and not new.facilitator
    and new.account_id is distinct from acting_account()) execute function guard_relief();

create function facilitate_again() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update participants set facilitator = true where id = new.target_id and state = 'joined';
  return null;
end $$;
create trigger facilitate_again after update of appeal on moderation_acts for each row
  when (new.act = 'relieve' and old.appeal = 'asked' and new.appeal = 'taken_back') execute function facilitate_again();

grant create on schema public to telar_walls;
alter function my_reported_messages() owner to telar_walls;
alter function relieve_facilitator(uuid, uuid, text) owner to telar_walls;
alter function facilitate_again() owner to telar_walls;
revoke create on schema public from telar_walls;
