import * as z from "zod";
import { GroupId, ParticipantId, SpaceId } from "./ids.ts";
import { ActReason } from "./moderation.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { alias } from "./text.ts";

/** Somebody in a space, by the alias that they have only there. */
export const Participant = z.object({
  id: ParticipantId,
  alias: z.string(),
  facilitator: z.boolean(),
  you: z.boolean(),
});
export type Participant = z.infer<typeof Participant>;

const rulesVersion = z.coerce.number().int().positive().max(1_000_000);

export const joinSpace = operation({
  summary: "Says yes to a space's rules in this version, and comes in under an alias; or asks to.",
  method: "POST",
  path: "/api/spaces/:space/participation",
  proof: "session",
  input: z.object({
    space: SpaceId,
    /** Through which of one's groups; stays with the hub. */
    through: GroupId,
    alias,
    rulesVersion,
  }),
  output: z.object({ standing: z.enum(["asked", "joined"]) }),
});

export const acceptRules = operation({
  summary: "Says yes to a space's rules after they changed.",
  method: "PUT",
  path: "/api/spaces/:space/participation/rules",
  proof: "session",
  input: z.object({ space: SpaceId, rulesVersion }),
  output: z.object({}),
});

export const leaveSpace = operation({
  summary: "Leaves a space, without explanation and without anybody being told.",
  method: "DELETE",
  path: "/api/spaces/:space/participation",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.object({}),
});

export const listParticipants = operation({
  summary: "The people of a space by alias, for those in it; nothing says who is there now.",
  method: "GET",
  path: "/api/spaces/:space/participants",
  proof: "session",
  input: PageInput.extend({ space: SpaceId }),
  output: pageOf(Participant),
});

export const listAdmissions = operation({
  summary: "Who asks to come in, for those who facilitate.",
  method: "GET",
  path: "/api/spaces/:space/admissions",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.array(z.object({ id: ParticipantId, alias: z.string() })),
});

export const admitParticipant = operation({
  summary: "A facilitator lets somebody in.",
  method: "PUT",
  path: "/api/spaces/:space/admissions/:id",
  proof: "session",
  input: z.object({ space: SpaceId, id: ParticipantId }),
  output: z.object({}),
});

export const declineParticipant = operation({
  summary: "A facilitator does not let somebody in; they may ask again.",
  method: "DELETE",
  path: "/api/spaces/:space/admissions/:id",
  proof: "session",
  input: z.object({ space: SpaceId, id: ParticipantId }),
  output: z.object({}),
});

export const addFacilitator = operation({
  summary: "Asks somebody of the space to facilitate it.",
  method: "PUT",
  path: "/api/spaces/:space/facilitators/:id",
  proof: "session",
  input: z.object({ space: SpaceId, id: ParticipantId }),
  output: z.object({}),
});

export const stopFacilitating = operation({
  summary: "Puts down the task of facilitating a space; an open peer-support space keeps two.",
  method: "DELETE",
  path: "/api/spaces/:space/facilitation",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.object({}),
});

export const removeFacilitator = operation({
  summary: "Takes that task from somebody else, who is told why and can ask for another look.",
  method: "POST",
  path: "/api/spaces/:space/facilitators/:id/removal",
  proof: "session",
  input: z.object({ space: SpaceId, id: ParticipantId, reason: ActReason }),
  output: z.object({}),
});
