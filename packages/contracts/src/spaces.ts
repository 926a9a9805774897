import * as z from "zod";
import { Zone } from "./accounts.ts";
import { CrisisCard } from "./crisis-cards.ts";
import { CoalitionId, GroupId, ParticipantId, SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line, paragraphs } from "./text.ts";

export const SpaceKind = z.enum(["working", "announcement", "peer_support"]);
export type SpaceKind = z.infer<typeof SpaceKind>;

/** `preparing`: nobody writes yet; a peer-support space opens once two people facilitate it. */
export const SpaceState = z.enum(["preparing", "open", "closed"]);
export type SpaceState = z.infer<typeof SpaceState>;

/** What the reader is to a space; `asked_again`: its rules changed since they said yes. */
export const Standing = z.enum(["none", "asked", "joined", "asked_again"]);
export type Standing = z.infer<typeof Standing>;

/** Forms send what is ticked and leave out what is not. */
const ticked = z.union([z.boolean(), z.enum(["true", "on", "false"])]).default(false);
export const flag = ticked.transform(
  (value) => value === true || value === "true" || value === "on",
);
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** How a space works; part of the rules that people say yes to. */
export const SpaceSettings = z.object({
  /** How long messages stay, in days; what is written keeps the time that was promised, or a shorter one. */
  keepsDays: count(1, 365),
  /** Between two messages of one person, the same for everybody. */
  slowMinutes: count(0, 60),
  /** A line that says what a message is about comes before its text. */
  noteRequired: flag,
  /** A facilitator lets each person in. */
  admission: flag,
  /** How many first messages of a newcomer a facilitator reads before the others do. */
  holdsFirst: count(0, 10),
  /** Open in its facilitated hours, and for reading otherwise. */
  facilitatedHours: flag,
  /** The rest rule: so many hours a week one person facilitates at most. */
  weeklyHoursMax: count(1, 60),
  /** Members of institutions may come in; never into peer support. */
  guests: flag,
});
export type SpaceSettings = z.infer<typeof SpaceSettings>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** One opening of a week: Monday is 1; `closes` lies on the same day, at `23:59` at the latest. */
export const FacilitatedHours = z
  .object({ weekday: count(1, 7), opens: clock, closes: clock })
  .refine(({ opens, closes }) => opens < closes, { path: ["closes"] });
export type FacilitatedHours = z.infer<typeof FacilitatedHours>;

/** The group or the coalition that a space belongs to: one of both. */
const owner = {
  group: GroupId.optional(),
  coalition: CoalitionId.optional(),
};

export const SpaceCard = z.object({
  id: SpaceId,
  kind: SpaceKind,
  title: z.string(),
  purpose: z.string(),
  state: SpaceState,
  owner: z.object({ ...owner, name: z.string() }),
  standing: Standing,
  facilitating: z.boolean(),
});
export type SpaceCard = z.infer<typeof SpaceCard>;

/** Everything that people see before they join, and the reader's own place if they have one. */
export const Space = SpaceCard.extend({
  rules: z.object({ version: z.int(), text: z.string() }),
  /** For whoever is asked again: what they said yes to. */
  rulesBefore: z.object({ version: z.int(), text: z.string(), settings: SpaceSettings }).optional(),
  settings: SpaceSettings,
  zone: z.string(),
  hours: z.array(FacilitatedHours),
  /** Whether messages are taken now, and when that is so again. */
  openNow: z.boolean(),
  opensAt: z.iso.datetime().optional(),
  facilitators: z.array(z.object({ id: ParticipantId, alias: z.string() })),
  /** How many people read here; left out under five. */
  readers: z.int().optional(),
  you: z
    .object({
      id: ParticipantId,
      alias: z.string(),
      facilitator: z.boolean(),
      mutedUntil: z.iso.datetime().optional(),
      /** With slow mode: when the next message can go. */
      mayPostFrom: z.iso.datetime().optional(),
    })
    .optional(),
  /** The reader's groups through which they may come in, each with their alias there. */
  through: z.array(z.object({ group: GroupId, name: z.string(), alias: z.string() })),
  /** The reader coordinates the group, or a convening group of the coalition. */
  mayChange: z.boolean(),
  crisisCards: z.array(CrisisCard),
});
export type Space = z.infer<typeof Space>;

const Title = line(120, 2);
const Purpose = line(300);
const RulesText = paragraphs(10_000);

export const listSpaces = operation({
  summary: "The spaces that one is in or could join, of one's groups and coalitions.",
  method: "GET",
  path: "/api/spaces",
  proof: "session",
  input: z.object(owner),
  output: z.array(SpaceCard),
});

export const getSpace = operation({
  summary: "One space: its rules, who facilitates, how long things stay; shown before joining too.",
  method: "GET",
  path: "/api/spaces/:space",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: Space,
});

export const foundSpace = operation({
  summary: "Makes a space of one's group or coalition, with the defaults of its kind.",
  method: "POST",
  path: "/api/spaces",
  proof: "session",
  input: z.object({
    ...owner,
    /** The group through which the founder takes part; one's own group if the space is a group's. */
    through: GroupId.optional(),
    kind: SpaceKind,
    title: Title,
    purpose: Purpose,
    rules: RulesText,
    /** How the founder, who facilitates first, is called there. */
    alias: line(40, 2),
    zone: Zone.optional(),
    settings: SpaceSettings.optional(),
  }),
  output: z.object({ space: SpaceId }),
});

export const changeSpace = operation({
  summary: "Writes other rules for a space; everybody in it is asked again.",
  method: "PUT",
  path: "/api/spaces/:space",
  proof: "session",
  input: z.object({
    space: SpaceId,
    title: Title,
    purpose: Purpose,
    rules: RulesText,
    settings: SpaceSettings,
    /** The version that was read before writing: nobody overwrites what somebody else just wrote. */
    rulesVersion: count(1, 1_000_000),
  }),
  output: z.object({ rulesVersion: z.int() }),
});

export const changeHours = operation({
  summary: "Sets the hours of a week in which a space is facilitated.",
  method: "PUT",
  path: "/api/spaces/:space/hours",
  proof: "session",
  input: z.object({
    space: SpaceId,
    zone: Zone,
    hours: z.array(FacilitatedHours).max(21),
  }),
  output: z.object({}),
});

export const openSpace = operation({
  summary: "Opens a space, or opens it again.",
  method: "PUT",
  path: "/api/spaces/:space/opening",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.object({}),
});

export const closeSpace = operation({
  summary: "Closes a space: it can be read until its messages have gone, and nobody writes.",
  method: "DELETE",
  path: "/api/spaces/:space/opening",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.object({}),
});
