import * as z from "zod";
import { GroupId, HandOverId, MembershipId } from "./ids.ts";
import { operation } from "./operation.ts";
import { paragraphs } from "./text.ts";

/** Coordination on its way from one person to another; nothing moves until the other accepts. */
export const HandOver = z.object({
  id: HandOverId,
  from: z.string(),
  to: z.string(),
  toYou: z.boolean(),
  fromYou: z.boolean(),
  note: z.string(),
  staysCoordinator: z.boolean(),
});
export type HandOver = z.infer<typeof HandOver>;

export const offerHandOver = operation({
  summary: "Offers one's coordination to another member.",
  method: "POST",
  path: "/api/groups/:group/hand-overs",
  proof: "fresh_session",
  input: z.object({
    group: GroupId,
    to: MembershipId,
    note: paragraphs(1000),
    /** True: both coordinate afterwards. */
    staysCoordinator: z.boolean(),
  }),
  output: z.object({}),
});

export const listHandOvers = operation({
  summary: "Hand-overs that one offered or was offered, and that wait for an answer.",
  method: "GET",
  path: "/api/groups/:group/hand-overs",
  proof: "session",
  input: z.object({ group: GroupId }),
  output: z.array(HandOver),
});

export const acceptHandOver = operation({
  summary: "Takes the coordination that was offered.",
  method: "POST",
  path: "/api/groups/:group/hand-overs/:id/acceptance",
  proof: "session",
  input: z.object({ group: GroupId, id: HandOverId }),
  output: z.object({}),
});

export const declineHandOver = operation({
  summary: "Declines the coordination, or takes the offer back.",
  method: "DELETE",
  path: "/api/groups/:group/hand-overs/:id",
  proof: "session",
  input: z.object({ group: GroupId, id: HandOverId }),
  output: z.object({}),
});
