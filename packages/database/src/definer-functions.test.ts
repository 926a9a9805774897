import { afterAll, expect, test } from "vitest";
import { createTestDatabase } from "./testing/database.ts";

const { owner, release } = await createTestDatabase();
afterAll(release);

const named = (list: string) => list.trim().split(/\s+/).sort();

/** Each function that acts or answers past the wall, under who may call it; a new one finds its place here. */
const callers = {
  telar_api: named(`
    acting_places am_steward append_event append_to_streams apply_act ask_appeal author_of
    author_of_shown ban_from_group ban_from_hub close_one_to_one count_refused_name
    decide_appeal directory_peers end_ban filters_of group_total groups_beside_mine has_groups
    has_members has_participants hold_posting_places is_agreed is_coordinated is_kept is_shown
    judgement_waits make_report may_come_in may_judge_in my_appeals my_coalition_groups
    my_coalitions my_convened_coalitions my_coordinated_groups my_facilitated_spaces my_groups
    my_hosting_coalitions my_joined_coalitions my_load my_name_for my_place_in
    my_reported_messages my_reports my_role_toward my_roles_in my_spaces my_streams
    open_one_to_one open_peer_requests open_session origin_of own_acknowledgements own_messages
    own_places own_reports own_told own_waiting own_writing_size pass_report peer_keys
    places_with posting_places read_act read_answers readers_of reads_as relieve_facilitator
    shares_directory show_again sizes_of takes_guests waiting_under`),
  telar_jobs: named(`
    announce append_to_streams bring_ends_nearer complete_group_recoveries mark_pushed
    people_to_tell pushes_to_send`),
  telar_messaging: named(`
    live_sessions may_follow`),
  /** Only other functions of the walls, and triggers. */
  nobody: named(`
    bring_back end_places_in has_role_in judged_reports judges_of judges_of_appeal
    judges_of_report may_append may_append_elsewhere restore_message tell withhold_message`),
};

test("every function that looks past the wall is called by whom it is for, and by nobody else (T14)", async () => {
  const rows = await owner<{ name: string; owner: string; trigger: boolean; who: string[] }[]>`
    select p.proname as name, p.proowner::regrole::text as owner, p.prorettype = 'trigger'::regtype as trigger,
      array(select role from unnest(array['telar_api', 'telar_jobs', 'telar_messaging', 'public']) as role
        where has_function_privilege(role, p.oid, 'execute')) as who
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`;
  expect(rows.filter(({ owner }) => owner !== "telar_walls")).toEqual([]);
  expect(rows.filter(({ trigger, who }) => trigger && who.length > 0)).toEqual([]);
  const functions = rows.filter(({ trigger }) => !trigger);
  const calledBy = (role: string) => [
    ...new Set(
      functions
        .filter(({ who }) => who.includes(role))
        .map(({ name }) => name)
        .sort(),
    ),
  ];
  expect({
    telar_api: calledBy("telar_api"),
    telar_jobs: calledBy("telar_jobs"),
    telar_messaging: calledBy("telar_messaging"),
    nobody: [
      ...new Set(functions.filter(({ who }) => who.length === 0).map(({ name }) => name)),
    ].sort(),
  }).toEqual(callers);
  expect(calledBy("public")).toEqual([]);
});
