import * as z from "zod";
import { Day } from "./accounts.ts";
import { StreamEvent } from "./events.ts";
import { GroupId } from "./ids.ts";
import { Role } from "./memberships.ts";
import { operation } from "./operation.ts";
import { line } from "./text.ts";

export const GroupExportId = z.uuid().brand("GroupExportId");
export type GroupExportId = z.infer<typeof GroupExportId>;

/** A steward's copy of a group's private matter: it needs a reason and a second person, and its members see it. */
export const GroupExport = z.object({
  id: GroupExportId,
  group: GroupId,
  groupName: z.string(),
  askedBy: z.string(),
  youAsked: z.boolean(),
  reason: z.string(),
  state: z.enum(["asked", "agreed"]),
  mayAgree: z.boolean(),
  /** The last day to agree to it or, once agreed, to take it. */
  until: Day,
});
export type GroupExport = z.infer<typeof GroupExport>;

export const askGroupExport = operation({
  summary: "Asks for an export of a group, with a reason; a second person must agree.",
  method: "POST",
  path: "/api/hub/groups/:group/exports",
  proof: "fresh_session",
  input: z.object({ group: GroupId, reason: line(300, 3) }),
  output: z.object({ id: GroupExportId }),
});

export const listGroupExports = operation({
  summary: "Exports under way: every one for stewards, one's own groups' for coordinators.",
  method: "GET",
  path: "/api/hub/exports",
  proof: "session",
  input: z.object({}),
  output: z.array(GroupExport),
});

export const agreeToGroupExport = operation({
  summary:
    "A coordinator of the group agrees to the export; where it has none, another steward who was one before.",
  method: "POST",
  path: "/api/hub/exports/:id/agreement",
  proof: "fresh_session",
  input: z.object({ id: GroupExportId }),
  output: z.object({}),
});

export const refuseGroupExport = operation({
  summary: "Refuses an export, or takes it back.",
  method: "DELETE",
  path: "/api/hub/exports/:id",
  proof: "session",
  input: z.object({ id: GroupExportId }),
  output: z.object({}),
});

export const takeGroupExport = operation({
  summary: "Hands out an agreed export, once, to the steward who asked.",
  method: "POST",
  path: "/api/hub/exports/:id/file",
  proof: "fresh_session",
  input: z.object({ id: GroupExportId }),
  output: z.object({
    name: z.string(),
    profile: z.record(z.string(), z.array(z.string())),
    members: z.array(z.object({ alias: z.string(), roles: z.array(Role) })),
    log: z.array(StreamEvent),
  }),
});
