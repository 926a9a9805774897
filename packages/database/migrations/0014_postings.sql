-- What postings are judged by, asked once for a batch: a policy for each table would look for the same places again and
-- again. The places that those who act post from, each with its space; held in one order until the transaction ends.
create function hold_posting_places() returns table (id uuid, space uuid, account uuid, facilitator boolean,
    accepted_version integer, muted_until timestamptz, may_post_from timestamptz, first_messages smallint,
    slowed_minutes smallint, slowed_until timestamptz, waits boolean, kind text, state text, rules_version integer,
    keeps_days smallint, slow_minutes smallint, note_required boolean, holds_first smallint, facilitated_hours boolean,
    zone text, hours jsonb, filtered boolean)
  language sql security definer set search_path = public, pg_temp rows 50
  begin atomic
    select p.id, p.space_id, p.account_id, p.facilitator, p.accepted_version, p.muted_until, p.may_post_from,
      p.first_messages, p.slowed_minutes, p.slowed_until,
      exists (select from waiting_messages w where w.participant_id = p.id),
      s.kind, s.state, s.rules_version, s.keeps_days, s.slow_minutes, s.note_required, s.holds_first, s.facilitated_hours,
      s.zone, case when s.facilitated_hours then
        (select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', to_char(h.opens, 'HH24:MI'),
            'closes', to_char(h.closes, 'HH24:MI')))
          from space_hours h where h.space_id = s.id) end,
      exists (select from filters f where f.space_id = s.id)
    from participants p join spaces s on s.id = p.space_id
    where p.id = any (array(select acting.id from acting_places() acting))
    order by p.id for no key update of p;
  end;
revoke execute on function hold_posting_places() from public;
grant execute on function hold_posting_places() to telar_api;
grant select on space_hours to telar_walls;
create policy asked_by_walls on space_hours for select to telar_walls using (true);
grant create on schema public to telar_walls;
alter function hold_posting_places() owner to telar_walls;
revoke create on schema public from telar_walls;
