-- A group with all that is open to the reader, in one statement and without a transaction: the page that is opened
-- most. It opens the wall by itself and stands behind it like every query, so never call it under claims of others.
create function seen_group(reader uuid, wanted uuid) returns json language plpgsql as $$
begin
  perform set_config('app.account', coalesce(reader::text, ''), true);
  return (select row_to_json(seen) from (
    select id, name, kind, name_visibility as "nameVisibility", closed,
      (select coalesce(json_agg(entry), '[]') from (
        select field, value, visibility from profile_entries where group_id = wanted order by field, place
      ) as entry) as entries,
      (select coalesce(json_agg(person), '[]') from (
        select id, alias, roles, you, members from (
          select id, alias, roles, account_id is not distinct from reader as you, count(*) over () as members
          from memberships where group_id = wanted and ended_on is null
        ) as everybody
        where you or 'coordinator' = any (roles) order by alias collate "es-x-icu", id
      ) as person) as people
    from groups where id = wanted
  ) as seen);
end $$;

-- Members come first: whoever is one needs no further question.
alter policy seen_profile_entries on profile_entries using (
  group_id in (select my_groups())
  or visibility = 'public'
  or visibility = 'peers' and acting_account() is not null
  or visibility = 'coalition' and group_id in (select my_coalition_groups())
  or group_id = inspected_group() and (select am_steward()));
