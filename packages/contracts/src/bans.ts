import * as z from "zod";
import { Day } from "./accounts.ts";
import { BanId, GroupId, MembershipId, ReportId, SpaceId } from "./ids.ts";
import { ActReason } from "./moderation.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";

/** A door that is closed to somebody, by the alias they had there. */
export const Ban = z.object({ id: BanId, alias: z.string(), reason: z.string(), day: Day });
export type Ban = z.infer<typeof Ban>;

export const listBans = operation({
  summary: "Who may not come back: into a space, a group, or (with neither) the hub.",
  method: "GET",
  path: "/api/bans",
  proof: "session",
  input: PageInput.extend({ space: SpaceId.optional(), group: GroupId.optional() }),
  output: pageOf(Ban),
});

export const endBan = operation({
  summary: "Opens a door again, with a reason.",
  method: "POST",
  path: "/api/bans/:id/end",
  proof: "session",
  input: z.object({ id: BanId, reason: ActReason }),
  output: z.object({}),
});

export const banFromGroup = operation({
  summary: "Takes somebody out of a group; no invitation brings them back.",
  method: "POST",
  path: "/api/groups/:group/memberships/:id/ban",
  proof: "fresh_session",
  input: z.object({ group: GroupId, id: MembershipId, reason: ActReason }),
  output: z.object({}),
});

export const banFromHub = operation({
  summary: "Closes the hub to somebody whose report reached the stewards, and ends their sessions.",
  method: "POST",
  path: "/api/reports/:id/hub-ban",
  proof: "fresh_session",
  input: z.object({ id: ReportId, reason: ActReason }),
  output: z.object({}),
});
