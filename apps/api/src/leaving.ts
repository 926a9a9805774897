import type { AccountId, GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "@telar/database/connection";
import { appendEvent, groupStream } from "@telar/database/events";
import * as groups from "@telar/database/groups";
import * as memberships from "@telar/database/memberships";
import { mayLeave } from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";

/**
 * Leaves one group, or every one for good; last in a transaction, for it appends events. Only who leaves one that is
 * open is asked to hand over first: nobody is held by a closed group, nor by what they take care of.
 */
export async function leavePlaces(sql: Sql, account: AccountId, group?: GroupId): Promise<void> {
  const places = await memberships.listOwnMembershipsForChange(sql, account, group);
  if (group && places.length === 0) throw new HubError("not_found");
  for (const place of places)
    if (group && !place.closed) demand(mayLeave(place, place.coordinators, place.members));
  for (const { id, group: left, members } of places) {
    if (members === 1) await groups.markDissolved(sql, left);
    await memberships.markEnded(sql, id);
  }
  for (const { id, group: left } of places)
    await appendEvent(sql, groupStream(left), { kind: "membership.left", membership: id });
}
