import type { Ban } from "@telar/contracts/bans";
import type { BanId, GroupId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import type { PageAfter } from "./paging.ts";

/** A page of those of a space, a group or, with neither, the hub; newest first. */
export function listBans(
  sql: Sql,
  { space, group }: { space?: SpaceId | undefined; group?: GroupId | undefined },
  { after, limit }: PageAfter<[day: string, id: string]>,
): Promise<Ban[]> {
  return sql<Ban[]>`
    select id, alias, reason, banned_on as day from bans
    where space_id is not distinct from ${space ?? null} and group_id is not distinct from ${group ?? null}
      ${after ? sql`and (banned_on, id) < (${after[0]}::date, ${after[1]})` : sql``}
    order by banned_on desc, id desc limit ${limit}`;
}

/** Answers where the door was; `not_found` for one that is not the caller's to open. */
export async function endBan(
  sql: Sql,
  id: BanId,
): Promise<{ space: SpaceId | null; group: GroupId | null }> {
  const [door] = await sql<{ space: SpaceId | null; group: GroupId | null }[]>`
    select space_id as space, group_id as "group" from end_ban(${id})`;
  if (!door) throw new HubError("not_found");
  return door;
}
