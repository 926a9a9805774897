import type { AccountId, CoalitionId, GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import * as coalitions from "@telar/database/coalitions";
import type { Sql } from "@telar/database/connection";
import * as groups from "@telar/database/groups";
import * as memberships from "@telar/database/memberships";
import type { Owner } from "@telar/database/spaces";
import { conveningGroup } from "@telar/rules/coalitions";

interface Named {
  group?: GroupId | undefined;
  coalition?: CoalitionId | undefined;
}

/** The one of both that was named; undefined for neither. */
export function findOwner({ group, coalition }: Named): Owner | undefined {
  if (group && coalition)
    throw new HubError("invalid_input", undefined, { fields: { coalition: "wrong_form" } });
  return group ? { group } : coalition && { coalition };
}

export function demandOwner(named: Named): Owner {
  const owner = findOwner(named);
  if (!owner) throw new HubError("invalid_input", undefined, { fields: { group: "missing" } });
  return owner;
}

/**
 * The place from which somebody acts for a group or a coalition, and the group that it is in: the one itself, or one that
 * convenes. Whoever acts for the same one waits until the transaction ends.
 */
export async function holdOwner(
  sql: Sql,
  owner: Owner,
  account: AccountId,
  through?: GroupId,
): Promise<Awaited<ReturnType<typeof memberships.getOwnMembership>>> {
  const group = "group" in owner ? owner.group : await convening(sql, owner.coalition, through);
  if (through && through !== group) throw new HubError("not_allowed");
  if ("group" in owner) await groups.getGroupForChange(sql, group);
  return memberships.getOwnMembership(sql, group, account);
}

async function convening(sql: Sql, id: CoalitionId, through?: GroupId): Promise<GroupId> {
  await coalitions.lockCoalition(sql, id);
  const coalition = await coalitions.getCoalition(sql, id);
  const group = conveningGroup({
    ...coalition,
    groups: coalition.groups.filter((one) => !through || one.group === through),
  });
  if (!group) throw new HubError("not_allowed");
  return group;
}
