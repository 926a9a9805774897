import type { AccountId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { SpaceKind } from "@telar/contracts/spaces";
import type { Sql } from "@telar/database/connection";
import * as participants from "@telar/database/participants";
import * as spaces from "@telar/database/spaces";

/** A space that people found; what two people opened between them is not one. */
export type FoundedSpace = spaces.SpaceRow & { kind: SpaceKind };

export async function getFoundedSpace(sql: Sql, id: SpaceId): Promise<FoundedSpace> {
  const space = await spaces.getSpaceRow(sql, id);
  if (space.kind === "one_to_one") throw new HubError("not_found");
  return space as FoundedSpace;
}

/** What judges an act in a space: the space, who facilitates it, and what the caller is to it. */
export async function standIn(sql: Sql, id: SpaceId, account: AccountId) {
  const [space, place, facilitators, mayChange] = await Promise.all([
    getFoundedSpace(sql, id),
    participants.findOwnPlace(sql, id, account),
    spaces.listFacilitators(sql, id),
    spaces.coordinatesSpace(sql, id),
  ]);
  const joined = place?.state === "joined" ? place : undefined;
  return {
    space,
    place,
    joined,
    facilitators,
    mayChange,
    facilitator: joined?.facilitator ?? false,
  };
}

/** The same, while nobody else who runs the space can act. */
export async function standInForChange(sql: Sql, id: SpaceId, account: AccountId) {
  await spaces.lockSpace(sql, id);
  return standIn(sql, id, account);
}

/** The caller's own place, of somebody who is in and has said yes to the rules as they are. */
export async function demandPlace(sql: Sql, id: SpaceId, account: AccountId) {
  const standpoint = await standIn(sql, id, account);
  const { space, joined } = standpoint;
  if (!joined) throw new HubError("not_allowed");
  if (joined.acceptedVersion !== space.rulesVersion) throw new HubError("rules_changed");
  return { ...standpoint, joined };
}
