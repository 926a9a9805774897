import * as z from "zod";
import { MessageId, SpaceId } from "./ids.ts";
import { Place, SharedMessage } from "./messages.ts";
import type { ProblemCode } from "./problems.ts";

/** What a browser asks on the socket: everything in this space after the place it already has. */
export const Follow = z.object({ space: SpaceId, after: z.union([z.literal(0), Place]) });
export type Follow = z.infer<typeof Follow>;

/**
 * What happened in a space since the places before: messages as they stand now, in the order of their events, and
 * what is gone. Whoever has `upTo` has everything until there.
 */
export const News = z.object({
  space: SpaceId,
  upTo: z.int(),
  messages: z.array(SharedMessage),
  gone: z.array(MessageId),
});
export type News = z.infer<typeof News>;

export interface ClientToServer {
  follow(request: Follow, answer: (refused?: ProblemCode) => void): void;
  unfollow(space: SpaceId): void;
}

export interface ServerToClient {
  news(news: News): void;
  /** The reader was too slow, or may no longer read: load the page anew. */
  startOver(space: SpaceId): void;
}
