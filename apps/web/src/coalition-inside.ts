import { type Coalition, getCoalition } from "@telar/contracts/coalitions";
import type { CoalitionId, GroupId } from "@telar/contracts/ids";
import type { PageContext } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";

/** The pages of one coalition; anything that is no id is no coalition. */
export const coalitionPath = "/coaliciones/:coalition{[0-9a-f-]{36}}";

export const coalitionId = (c: PageContext) => c.req.param("coalition") as CoalitionId;
export const pathOfCoalition = (c: PageContext, more = "") =>
  `/coaliciones/${coalitionId(c)}${more}`;

export async function readCoalition(c: PageContext): Promise<Coalition> {
  demandAccount(c);
  return c.var.call(getCoalition, { coalition: coalitionId(c) });
}

/** The group that an answer is given for. */
export const answerPath = (act: string) => `${coalitionPath}/${act}/:group{[0-9a-f-]{36}}` as const;
export const answeringGroup = (c: PageContext) => c.req.param("group") as GroupId;
