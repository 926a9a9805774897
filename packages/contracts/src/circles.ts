import * as z from "zod";
import { ParticipantId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line } from "./text.ts";

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** A round of talk in which one person after the other has the word, and may pass it on without a word. */
export const Circle = z.object({
  /** `gathering`: people join and it has not begun. */
  state: z.enum(["gathering", "running"]),
  question: z.string(),
  turnMinutes: z.int(),
  rounds: z.int(),
  round: z.int(),
  /** Everybody in it, in the order that stays. */
  order: z.array(z.object({ id: ParticipantId, alias: z.string() })),
  /** Who still has a turn in this round, in order: the first one has the word. */
  coming: z.array(ParticipantId),
  you: z.object({
    joined: z.boolean(),
    /** For whoever has the word, to the minute. */
    speaksUntil: z.iso.datetime().optional(),
  }),
});
export type Circle = z.infer<typeof Circle>;

const where = z.object({ space: SpaceId });

export const getCircle = operation({
  summary: "The circle of a space, if there is one, or that one has just ended.",
  method: "GET",
  path: "/api/spaces/:space/circle",
  proof: "session",
  input: where,
  output: z.object({ circle: Circle.optional(), ended: z.boolean() }),
});
export type CircleNow = z.infer<typeof getCircle.output>;

export const openCircle = operation({
  summary: "Opens a circle about a question, for people to join; for those who facilitate.",
  method: "POST",
  path: "/api/spaces/:space/circle",
  proof: "session",
  input: where.extend({
    question: line(300, 2),
    /** How long somebody has the word at most. */
    turnMinutes: count(2, 30),
    rounds: count(1, 5).default(1),
  }),
  output: z.object({}),
});

export const joinCircle = operation({
  summary: "Joins the circle, at the end of its order, also while it runs.",
  method: "PUT",
  path: "/api/spaces/:space/circle/place",
  proof: "session",
  input: where,
  output: z.object({}),
});

export const leaveCircle = operation({
  summary: "Leaves the circle; whoever has the word passes it on.",
  method: "DELETE",
  path: "/api/spaces/:space/circle/place",
  proof: "session",
  input: where,
  output: z.object({}),
});

export const startCircle = operation({
  summary: "Gives the word to the first one of the circle; for those who facilitate.",
  method: "PUT",
  path: "/api/spaces/:space/circle/start",
  proof: "session",
  input: where,
  output: z.object({}),
});

export const passTurn = operation({
  summary: "Passes the word on, after speaking or without a word.",
  method: "POST",
  path: "/api/spaces/:space/circle/turn",
  proof: "session",
  input: where,
  output: z.object({}),
});

export const endCircle = operation({
  summary: "Ends the circle at once; for those who facilitate.",
  method: "DELETE",
  path: "/api/spaces/:space/circle",
  proof: "session",
  input: where,
  output: z.object({}),
});
