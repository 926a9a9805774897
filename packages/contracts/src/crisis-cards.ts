import * as z from "zod";
import { CoalitionId, GroupId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line } from "./text.ts";

export const CrisisCardId = z.uuid().brand("CrisisCardId");
export type CrisisCardId = z.infer<typeof CrisisCardId>;

/** Number, hours and languages of help outside, kept by the collective. */
export const CrisisCard = z.object({
  id: CrisisCardId,
  name: z.string(),
  contact: z.string(),
  hours: z.string(),
  languages: z.string(),
  verifiedOn: z.iso.date(),
  /** Older than 90 days: somebody should call and see whether it still answers. */
  stale: z.boolean(),
});
export type CrisisCard = z.infer<typeof CrisisCard>;

/** The group or the coalition that keeps the cards: one of both. */
const owner = { group: GroupId.optional(), coalition: CoalitionId.optional() };

const written = {
  name: line(120, 2),
  /** A number, an address, a place: whatever leads there. */
  contact: line(200, 2),
  hours: line(120, 0).default(""),
  languages: line(120, 0).default(""),
};

export const listCrisisCards = operation({
  summary: "Help outside, as one's group or coalition knows it.",
  method: "GET",
  path: "/api/crisis-cards",
  proof: "session",
  input: z.object(owner),
  output: z.array(CrisisCard),
});

export const addCrisisCard = operation({
  summary:
    "Adds a card that was just verified; it stands in every space of the group or coalition.",
  method: "POST",
  path: "/api/crisis-cards",
  proof: "session",
  input: z.object({ ...owner, ...written }),
  output: z.object({ id: CrisisCardId }),
});

export const changeCrisisCard = operation({
  summary: "Writes a card anew, as it was just verified.",
  method: "PUT",
  path: "/api/crisis-cards/:id",
  proof: "session",
  input: z.object({ id: CrisisCardId, ...written }),
  output: z.object({}),
});

export const verifyCrisisCard = operation({
  summary: "Says that somebody called today, and that all of it is still so.",
  method: "PUT",
  path: "/api/crisis-cards/:id/verification",
  proof: "session",
  input: z.object({ id: CrisisCardId }),
  output: z.object({}),
});

export const removeCrisisCard = operation({
  summary: "Takes a card away.",
  method: "DELETE",
  path: "/api/crisis-cards/:id",
  proof: "session",
  input: z.object({ id: CrisisCardId }),
  output: z.object({}),
});
