import * as z from "zod";
import { SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";
import { paragraphs } from "./text.ts";

/** What one who facilitates left to the others who do. */
export const ShiftNote = z.object({
  alias: z.string(),
  yours: z.boolean(),
  writtenOn: z.iso.date(),
  note: z.string(),
});
export type ShiftNote = z.infer<typeof ShiftNote>;

/** One's own care for a space; nobody else sees it. */
export const Shift = z.object({
  running: z.boolean(),
  /** Of this week, in quarters of an hour, without the shift that runs. */
  minutesThisWeek: z.int(),
  /** The rest rule of the space. */
  weeklyHoursMax: z.int(),
});
export type Shift = z.infer<typeof Shift>;

export const getShift = operation({
  summary: "Whether one's own shift runs, and one's own load this week; for those who facilitate.",
  method: "GET",
  path: "/api/spaces/:space/shift",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: Shift,
});

export const beginShift = operation({
  summary: "Begins a shift, unless the week's hours are used up: then it is time to rest.",
  method: "PUT",
  path: "/api/spaces/:space/shift",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.object({}),
});

export const endShift = operation({
  summary: "Ends one's shift with a note to those who facilitate next.",
  method: "POST",
  path: "/api/spaces/:space/shift-notes",
  proof: "session",
  input: z.object({ space: SpaceId, note: paragraphs(2000, 1) }),
  output: z.object({}),
});

export const listShiftNotes = operation({
  summary: "The latest hand-over notes of a space, newest first; for those who facilitate.",
  method: "GET",
  path: "/api/spaces/:space/shift-notes",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.array(ShiftNote),
});
