import * as z from "zod";
import { Alias } from "./accounts.ts";
import { GroupKind, GroupName, Region } from "./groups.ts";
import { FoundingId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line, paragraphs } from "./text.ts";

/** A member's wish to found a group, which a steward approves. */
export const Founding = z.object({
  id: FoundingId,
  name: z.string(),
  kind: GroupKind,
  region: z.string().optional(),
  purpose: z.string(),
  alias: z.string(),
  state: z.enum(["asked", "approved", "declined"]),
  /** The words a steward chose when declining. */
  answer: z.string().optional(),
});
export type Founding = z.infer<typeof Founding>;

export const askToFound = operation({
  summary: "Asks the stewards to let one found a group.",
  method: "POST",
  path: "/api/foundings",
  proof: "session",
  input: z.object({
    name: GroupName,
    kind: GroupKind,
    region: Region.optional(),
    purpose: paragraphs(1000, 3),
    alias: Alias,
  }),
  output: Founding,
});

/** A steward gets every open wish, anyone else their own. */
export const listFoundings = operation({
  summary: "Wishes to found a group.",
  method: "GET",
  path: "/api/foundings",
  proof: "session",
  input: z.object({}),
  output: z.object({
    mine: z.array(Founding),
    open: z.array(Founding),
    /** A steward's invitation or approval lets this person found a group. */
    mayFoundNow: z.boolean(),
  }),
});

export const approveFounding = operation({
  summary: "Lets who asked found the group, as its first coordinator.",
  method: "POST",
  path: "/api/foundings/:id/approval",
  proof: "session",
  input: z.object({ id: FoundingId }),
  output: z.object({}),
});

export const declineFounding = operation({
  summary: "Declines, in words that a person chose.",
  method: "POST",
  path: "/api/foundings/:id/refusal",
  proof: "session",
  input: z.object({ id: FoundingId, answer: line(300, 3) }),
  output: z.object({}),
});
