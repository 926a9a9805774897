import type {
  AccountId,
  GroupId,
  MembershipId,
  MessageId,
  ModerationActId,
  ParticipantId,
  ReportId,
  SpaceId,
} from "@telar/contracts/ids";
import type { HeldMessage, JudgeRole, OwnAct, PlaceAct } from "@telar/contracts/moderation";
import { HubError } from "@telar/contracts/problems";
import { attachmentsOf } from "./attachments.ts";
import type { Sql } from "./connection.ts";
import { isWalledOff } from "./errors.ts";
import type { PageAfter } from "./paging.ts";

/** What the caller is towards somebody in a space; null towards themselves and for whoever may not judge there. */
export async function getRoleToward(
  sql: Sql,
  space: SpaceId,
  person: ParticipantId,
): Promise<JudgeRole | null> {
  const [row] = await sql<[{ role: JudgeRole | null }]>`
    select my_role_toward(${space}, ${person}) as role`;
  return row.role;
}

export interface Act {
  space: SpaceId;
  person: ParticipantId;
  act: PlaceAct | "hide" | "refuse";
  message?: MessageId | undefined;
  reason: string;
  days?: number | undefined;
  minutes?: number | undefined;
  report?: ReportId | undefined;
}

/** Whom the conflict rule leaves out is not told from a report or a person that is not there. */
async function judged<Rows>(done: PromiseLike<Rows>): Promise<Rows> {
  try {
    return await done;
  } catch (error) {
    throw isWalledOff(error) ? new HubError("not_found") : error;
  }
}

/** Does it, and keeps it for the person it is about; `not_found` where there is nothing to do it to any more. */
export async function applyAct(sql: Sql, act: Act): Promise<JudgeRole> {
  const { space, person, reason, message, days, minutes, report } = act;
  const [row] = await judged(sql<[{ role: JudgeRole | null }]>`
    select apply_act(${space}, ${person}, ${act.act}, ${message ?? null}, ${reason}, ${days ?? null},
      ${minutes ?? null}, ${report ?? null}) as role`);
  if (!row.role) throw new HubError("not_found");
  return row.role;
}

/** Takes the task of facilitating from somebody; `not_found` for whoever has it no longer. */
export async function relieveFacilitator(
  sql: Sql,
  space: SpaceId,
  person: ParticipantId,
  reason: string,
): Promise<void> {
  const [row] = await judged(
    sql<[{ done: boolean }]>`select relieve_facilitator(${space}, ${person}, ${reason}) as done`,
  );
  if (!row.done) throw new HubError("not_found");
}

/** `not_found` for a message that is not hidden. */
export async function showAgain(sql: Sql, space: SpaceId, id: MessageId): Promise<JudgeRole> {
  const [row] = await judged(
    sql<[{ role: JudgeRole | null }]>`select show_again(${space}, ${id}) as role`,
  );
  if (!row.role) throw new HubError("not_found");
  return row.role;
}

/** Who wrote a message and how long it stays, for whoever may judge it, in the space or by a report. */
export async function getJudgedMessage(
  sql: Sql,
  space: SpaceId,
  id: MessageId,
): Promise<{ author: ParticipantId; role: JudgeRole | null; endsOn: string }> {
  const [message] = await sql<
    { author: ParticipantId | null; role: JudgeRole | null; endsOn: string }[]
  >`
    select author_of(${space}, ${id}) as author, my_role_toward(${space}, author_of(${space}, ${id})) as role,
      coalesce((select expires_on from messages where space_id = ${space} and id = ${id}), current_date + 30) as ends_on`;
  if (!message?.author) throw new HubError("not_found");
  return { ...message, author: message.author };
}

/** `not_found` for whoever may neither judge it nor wrote it. */
export async function getWithheld(
  sql: Sql,
  space: SpaceId,
  id: MessageId,
): Promise<{ note: string; body: string }> {
  const [words] = await sql<{ note: string; body: string }[]>`
    select note, body from withheld_messages where space_id = ${space} and message_id = ${id}`;
  if (!words) throw new HubError("not_found");
  return words;
}

/** What waits to be read first where the caller facilitates, but for what they wrote themselves. */
const waitsForCaller = (sql: Sql) => sql`
  w.why = 'held' and w.space_id in (select my_facilitated_spaces()) and w.ends_on >= current_date
  and w.participant_id not in (select id from acting_places())`;

/** By title. */
export function listHoldingSpaces(sql: Sql): Promise<{ id: SpaceId; title: string }[]> {
  return sql<{ id: SpaceId; title: string }[]>`
    select s.id, s.title from spaces s
    where s.id in (select w.space_id from waiting_messages w where ${waitsForCaller(sql)})
    order by s.title collate "es-x-icu", s.id`;
}

type HeldRow = Omit<HeldMessage, "words"> & {
  filters: string[];
  at: [endsOn: string, id: string];
};

/** A page of one space's, those that end first before the others. */
export function listHeld(
  sql: Sql,
  space: SpaceId,
  { after, limit }: PageAfter<HeldRow["at"]>,
): Promise<HeldRow[]> {
  return sql<HeldRow[]>`
    select array[w.ends_on::text, w.id::text] as at, w.id, p.alias, w.note, w.body,
      array(select word from filters f where f.space_id = w.space_id) as filters,
      coalesce(${attachmentsOf(sql, sql`w.space_id`, sql`w.id`, sql`w.participant_id`)}, '[]') as attachments
    from waiting_messages w
    join participants p on p.space_id = w.space_id and p.id = w.participant_id
    where w.space_id = ${space} and ${waitsForCaller(sql)}
      ${after ? sql`and (w.ends_on, w.id) > (${after[0]}::date, ${after[1]})` : sql``}
    order by w.ends_on, w.id limit ${limit}`;
}

/** Whose message waits; `not_found` for what waits no longer. */
export async function getHeld(
  sql: Sql,
  space: SpaceId,
  id: MessageId,
): Promise<{ author: ParticipantId; account: AccountId }> {
  const [held] = await sql<{ author: ParticipantId; account: AccountId }[]>`
    select p.id as author, p.account_id as account
    from waiting_messages w join participants p on p.space_id = w.space_id and p.id = w.participant_id
    where w.space_id = ${space} and w.id = ${id} and w.why = 'held' and p.account_id is not null`;
  if (!held) throw new HubError("not_found");
  return held;
}

type OwnActRow = Omit<OwnAct, "until" | "words" | "appeal"> & {
  at: [place: string];
  until: Date | null;
  words: OwnAct["words"] | null;
  appeal: "asked" | "upheld" | "taken_back" | null;
  appealWords: string;
  appealAnswer: string;
};

type SeenAct = OwnAct & { at: [place: string] };

/** A page of what was decided about this account, newest first. */
export async function listOwnActs(
  sql: Sql,
  account: AccountId,
  { after, limit }: PageAfter<[string]>,
): Promise<SeenAct[]> {
  const older = after ? sql`and a.place < ${after[0]}::bigint` : sql``;
  return findOwnActs(sql, account, sql`${older} order by a.place desc limit ${limit}`);
}

/** `not_found` for what is not about this account. */
export async function getOwnAct(
  sql: Sql,
  account: AccountId,
  id: ModerationActId,
): Promise<OwnAct> {
  const [act] = await findOwnActs(sql, account, sql`and a.id = ${id}`);
  if (!act) throw new HubError("not_found");
  return act;
}

/** By which the hub is closed to this account, if nobody was asked yet to look at it again. */
export async function findHubBan(sql: Sql, account: AccountId): Promise<OwnAct | undefined> {
  const [ban] = await findOwnActs(
    sql,
    account,
    sql`and a.act = 'ban_from_hub' and a.appeal is null
    order by a.place desc limit 1`,
  );
  return ban;
}

async function findOwnActs(
  sql: Sql,
  account: AccountId,
  which: ReturnType<Sql>,
): Promise<SeenAct[]> {
  const rows = await sql<OwnActRow[]>`
    select array[a.place::text] as at, a.id, a.act, a.role, a.about, a.reason, a.until, a.happened_on as day, a.seen, a.appeal, a.appeal_words,
      a.appeal_answer, (select jsonb_build_object('note', w.note, 'body', w.body) from withheld_messages w
        where w.space_id = a.space_id and w.message_id = a.message_id) as words
    from moderation_acts a
    where a.account_id = ${account} and (a.ends_on is null or a.ends_on >= current_date) ${which}`;
  return rows.map(({ until, words, appeal, appealWords, appealAnswer, ...act }) => ({
    ...act,
    ...(until && { until: until.toISOString() }),
    ...(words && { words }),
    ...(appeal && { appeal: { state: appeal, words: appealWords, answer: appealAnswer } }),
  }));
}

export async function markActRead(sql: Sql, id: ModerationActId): Promise<void> {
  await sql`select read_act(${id})`;
}

/** The caller's own, this week. */
export async function getLoad(
  sql: Sql,
): Promise<{ acts: number; reports: number; appeals: number }> {
  const [load] = await sql<[{ acts: number; reports: number; appeals: number }]>`
    select acts, reports, appeals from my_load()`;
  return load;
}

/** Keeps that somebody may not come back; ending their place is up to the caller. */
export async function banFromGroup(
  sql: Sql,
  group: GroupId,
  id: MembershipId,
  reason: string,
): Promise<void> {
  await judged(sql`select ban_from_group(${group}, ${id}, ${reason})`);
}

/** Whoever a report is about, with all their sessions. */
export async function banFromHub(sql: Sql, report: ReportId, reason: string): Promise<void> {
  await judged(sql`select ban_from_hub(${report}, ${reason})`);
}
