import * as z from "zod";
import { ParticipantId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";

const somebody = z.object({ space: SpaceId, id: ParticipantId });

export const askOneToOne = operation({
  summary: "Asks somebody of a space for a conversation; the answer is the same whoever it is.",
  method: "PUT",
  path: "/api/spaces/:space/one-to-one-asks/:id",
  proof: "session",
  input: somebody,
  output: z.object({}),
});

export const acceptOneToOne = operation({
  summary: "Says yes to somebody who asked for a conversation, and opens it.",
  method: "POST",
  path: "/api/spaces/:space/one-to-one-asks/:id/acceptance",
  proof: "session",
  input: somebody,
  output: z.object({ space: SpaceId }),
});

export const refuseOneToOne = operation({
  summary: "Does not answer somebody who asked; to them it looks as if nobody had answered yet.",
  method: "DELETE",
  path: "/api/spaces/:space/one-to-one-asks/:id",
  proof: "session",
  input: somebody,
  output: z.object({}),
});

/** A conversation, or somebody who asks for one. */
export const OneToOne = z.object({
  space: SpaceId,
  alias: z.string(),
  /** Where the two met. */
  title: z.string(),
  open: z.boolean(),
  keepsDays: z.int(),
  noteRequired: z.boolean(),
});
export type OneToOne = z.infer<typeof OneToOne>;

export const listOneToOnes = operation({
  summary: "One's conversations, who asks for one, and whom one asked.",
  method: "GET",
  path: "/api/one-to-ones",
  proof: "session",
  input: z.object({}),
  output: z.object({
    conversations: z.array(OneToOne),
    asking: z.array(
      z.object({ space: SpaceId, id: ParticipantId, alias: z.string(), title: z.string() }),
    ),
    asked: z.array(z.object({ alias: z.string(), title: z.string() })),
  }),
});

export const closeOneToOne = operation({
  summary: "Ends a conversation at once, for both.",
  method: "DELETE",
  path: "/api/one-to-ones/:space",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.object({}),
});
