-- What somebody wrote is theirs to take along, also from where they have no place any more. Through these functions alone,
-- so that what opens one's own words to oneself stands apart from what opens a space to those who are in it.
create index acknowledgements_of_author on acknowledgements (participant_id, message_id);

create function reads_as(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from acting_places() place
      join participants p on p.id = place.id join spaces s on s.id = p.space_id
      where p.id = wanted and p.account_id = acting_account() and p.accepted_version = s.rules_version);
  end;
comment on function reads_as is 'Who left reads nothing more of others: then not even the alias and the note they answered.';

create function own_places()
  returns table (id uuid, space text, kind text, alias text, facilitator boolean, since date, standing boolean)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select p.id, s.title, s.kind, p.alias, p.facilitator, p.joined_on,
      p.id in (select place.id from acting_places() place)
    from participants p join spaces s on s.id = p.space_id
    where p.account_id = acting_account() and (p.state = 'joined'
      or exists (select from messages m where m.participant_id = p.id and m.state <> 'deleted' and m.expires_on >= current_date)
      or exists (select from acknowledgements a where a.participant_id = p.id))
    order by p.joined_on, p.id;
  end;

create function own_messages(wanted uuid, after bigint, most integer)
  returns table (place bigint, id uuid, posted_at timestamptz, state text, note text, body text, before jsonb,
    reply_to uuid, reply_alias text, reply_note text, attachments jsonb)
  language sql stable security definer set search_path = public, pg_temp rows 200
  begin atomic
    select m.place, m.id, m.posted_at, m.state, coalesce(w.note, m.note), coalesce(w.body, m.body),
      coalesce(w.versions, (select jsonb_agg(jsonb_build_object('note', v.note, 'body', v.body) order by v.version)
        from message_versions v where v.space_id = m.space_id and v.message_id = m.id)),
      m.reply_to, answered.alias, answered.note,
      (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('kind', a.kind, 'format', a.format, 'name', a.name,
          'bytes', coalesce(a.large_bytes, a.bytes), 'voiceSeconds', a.voice_seconds)) order by a.position)
        from attachments a where a.space_id = m.space_id and a.message_id = m.id)
    from participants p
    join messages m on m.participant_id = p.id
    left join withheld_messages w on w.space_id = m.space_id and w.message_id = m.id
    left join lateral (
      select who.alias, case when not exists (select from blocks b
          where b.space_id = r.space_id and b.participant_id = wanted and b.blocked_id = r.participant_id) then r.note end as note
      from messages r join participants who on who.space_id = r.space_id and who.id = r.participant_id
      where r.space_id = m.space_id and r.id = m.reply_to and r.expires_on >= current_date and (select reads_as(wanted))
    ) answered on true
    where p.id = wanted and p.account_id = acting_account() and m.participant_id = wanted and m.place > after
      and m.state <> 'deleted' and m.expires_on >= current_date
    order by m.place limit most;
  end;
comment on function own_messages is
  'Also what was hidden from its space: its author sees it anyway, to ask that somebody else looks at it.';

create function own_waiting(wanted uuid, after uuid, most integer)
  returns table (id uuid, why text, note text, body text, attachments jsonb)
  language sql stable security definer set search_path = public, pg_temp rows 20
  begin atomic
    select w.id, w.why, w.note, w.body,
      (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('kind', a.kind, 'format', a.format, 'name', a.name,
          'bytes', coalesce(a.large_bytes, a.bytes), 'voiceSeconds', a.voice_seconds)) order by a.position)
        from attachments a where a.space_id = w.space_id and a.message_id = w.id)
    from participants p join waiting_messages w on w.participant_id = p.id
    where p.id = wanted and p.account_id = acting_account() and w.id > after and w.ends_on >= current_date
    order by w.id limit most;
  end;

create function own_acknowledgements(wanted uuid, after uuid, most integer)
  returns table (message_id uuid, kind text, posted_at timestamptz, alias text, note text)
  language sql stable security definer set search_path = public, pg_temp rows 200
  begin atomic
    select a.message_id, a.kind, answered.posted_at, answered.alias, answered.note
    from participants p
    join acknowledgements a on a.participant_id = p.id
    join messages m on m.space_id = a.space_id and m.id = a.message_id and m.state = 'shown' and m.expires_on >= current_date
    left join lateral (
      select m.posted_at, who.alias, case when not exists (select from blocks b
          where b.space_id = m.space_id and b.participant_id = wanted and b.blocked_id = m.participant_id) then m.note end as note
      from participants who
      where who.space_id = m.space_id and who.id = m.participant_id and (select reads_as(wanted))
    ) answered on true
    where p.id = wanted and p.account_id = acting_account() and a.participant_id = wanted and a.message_id > after
    order by a.message_id limit most;
  end;

create function own_writing_size() returns table (entries bigint, bytes bigint)
  language sql stable security definer set search_path = public, pg_temp rows 1
  begin atomic
    with own as (
      select id from participants where account_id = acting_account()
    ), sizes as (
      select octet_length(note) + octet_length(body) as size from messages
      where participant_id in (select id from own) and state <> 'deleted' and expires_on >= current_date
      union all
      select octet_length(note) + octet_length(body) from waiting_messages
      where participant_id in (select id from own) and ends_on >= current_date
      union all
      select 0 from acknowledgements a
      join messages m on m.space_id = a.space_id and m.id = a.message_id and m.state = 'shown' and m.expires_on >= current_date
      where a.participant_id in (select id from own)
    )
    select count(*), coalesce(sum(size), 0)::bigint from sizes;
  end;

grant select on acknowledgements to telar_walls;
create policy asked_by_walls on acknowledgements for select to telar_walls using (true);
do $$
declare made regprocedure;
begin
  grant create on schema public to telar_walls;
  foreach made in array array['reads_as(uuid)', 'own_places()', 'own_messages(uuid, bigint, integer)',
    'own_waiting(uuid, uuid, integer)', 'own_acknowledgements(uuid, uuid, integer)',
    'own_writing_size()']::regprocedure[] loop
    execute format('alter function %s owner to telar_walls', made);
    execute format('revoke execute on function %s from public', made);
    execute format('grant execute on function %s to telar_api', made);
  end loop;
  revoke create on schema public from telar_walls;
end $$;
