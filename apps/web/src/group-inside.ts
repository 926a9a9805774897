import { type Group, type GroupInside, getGroup } from "@telar/contracts/groups";
import type { GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { PageContext } from "./frame.ts";

/** The pages of one group; anything that is no id is no group. */
export const groupPath = "/grupos/:group{[0-9a-f-]{36}}";

export const groupId = (c: PageContext) => c.req.param("group") as GroupId;
export const pathOfGroup = (c: PageContext, more = "") => `/grupos/${groupId(c)}${more}`;

export const readGroup = (c: PageContext): Promise<Group> =>
  c.var.call(getGroup, { group: groupId(c) });

/** The group as its members see it; whoever is not one of them gets no further. */
export async function readGroupInside(c: PageContext): Promise<Group & { inside: GroupInside }> {
  demandAccount(c);
  const group = await readGroup(c);
  const { inside } = group;
  if (!inside) throw new HubError(group.closed ? "not_allowed" : "not_found");
  return { ...group, inside };
}

export function demandAccount(c: PageContext): void {
  if (!c.var.account) throw new HubError("not_signed_in");
}
