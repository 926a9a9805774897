import type { Appeal } from "@telar/contracts/appeals";
import type { AccountId, GroupId, MessageId, ModerationActId, SpaceId } from "@telar/contracts/ids";
import type { JudgeRole, ModerationAct } from "@telar/contracts/moderation";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import type { PageAfter } from "./paging.ts";

/** Once for each decision: `already_done` after that, and for what is not about the caller. */
export async function askAppeal(sql: Sql, id: ModerationActId, words: string): Promise<void> {
  const [row] = await sql<[{ asked: boolean }]>`select ask_appeal(${id}, ${words}) as asked`;
  if (!row.asked) throw new HubError("already_done");
}

type AppealRow = Omit<Appeal, "message"> & {
  message: Appeal["message"] | null;
  at: [place: string];
};

/** A page of those that wait for the caller, the oldest first. */
export async function listAppeals(
  sql: Sql,
  { after, limit }: PageAfter<[string]>,
): Promise<(Appeal & { at: [place: string] })[]> {
  const rows = await sql<AppealRow[]>`
    select array[a.place::text] as at, a.id, a.act, a.about, a.alias, a.role as actor, mine.role, a.reason, a.happened_on as day,
      a.appeal_words as words, (select jsonb_build_object('note', w.note, 'body', w.body) from withheld_messages w
        where w.space_id = a.space_id and w.message_id = a.message_id) as message
    from moderation_acts a join my_appeals() mine on mine.id = a.id
    where a.appeal = 'asked' ${after ? sql`and a.place > ${after[0]}::bigint` : sql``}
    order by a.place limit ${limit}`;
  return rows.map(({ message, ...appeal }) => ({ ...appeal, ...(message && { message }) }));
}

export interface DecidedAppeal {
  act: ModerationAct;
  role: JudgeRole;
  space: SpaceId | null;
  message: MessageId | null;
  account: AccountId;
  group: GroupId | null;
}

/** What is taken back is undone at once, as far as it can be; `not_found` for what is not the caller's to judge. */
export async function decideAppeal(
  sql: Sql,
  id: ModerationActId,
  takesBack: boolean,
  answer: string,
): Promise<DecidedAppeal> {
  const mine = await sql`select from my_appeals() where id = ${id}`;
  if (mine.count === 0) throw new HubError("not_found");
  const [decided] = await sql<DecidedAppeal[]>`
    select act, role, space_id as space, message_id as message, account_id as account, group_id as "group"
    from decide_appeal(${id}, ${takesBack}, ${answer})`;
  if (!decided) throw new HubError("already_done");
  return decided;
}
