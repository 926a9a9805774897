import * as z from "zod";
import { ParticipantId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";

const somebody = z.object({ space: SpaceId, id: ParticipantId });

export const listBlocked = operation({
  summary: "Whose messages one chose not to read; nobody else knows.",
  method: "GET",
  path: "/api/spaces/:space/blocks",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.array(z.object({ id: ParticipantId, alias: z.string() })),
});

export const blockParticipant = operation({
  summary: "Leaves out what somebody writes, for oneself only.",
  method: "PUT",
  path: "/api/spaces/:space/blocks/:id",
  proof: "session",
  input: somebody,
  output: z.object({}),
});

export const unblockParticipant = operation({
  summary: "Reads somebody again.",
  method: "DELETE",
  path: "/api/spaces/:space/blocks/:id",
  proof: "session",
  input: somebody,
  output: z.object({}),
});
