import type { Acknowledgement, Posting } from "@telar/contracts/messages";
import type { ReportReason } from "@telar/contracts/reports";
import type { SpaceSettings } from "@telar/contracts/spaces";
import type { KeyToSpace } from "./loading.ts";
import type { Scenario } from "./scenario.ts";
import { rulesOf } from "./space-rules.ts";

/** Somebody's place in a space: who they are in their group, and the alias that they have only here. */
export interface CastPlace {
  person: string;
  alias: string;
  role: KeyToSpace["role"];
}

/** A message and all that happens to it; people by their alias in the space. */
export interface CastMessage {
  by: string;
  body: string;
  /** What it said before its author changed it. */
  before?: string;
  note?: string;
  /** Which message of the space it answers, counted from 0. */
  replyTo?: number;
  pinned?: boolean;
  answers?: Record<string, Acknowledgement>;
  /** How it stays outside the space. */
  waits?: Exclude<Posting["outcome"], "posted">;
  hidden?: { by: string; reason: string; appeal: string };
  reported?: {
    by: string;
    reason: ReportReason;
    words: string;
    takenBy: string;
    note: string;
    /** Why its author does not write for some days. */
    muted: string;
  };
}

export interface CastSpace {
  /** The slug of a group or of the coalition. */
  owner: string;
  title: string;
  kind: Scenario["spaces"][number]["kind"];
  purpose: string;
  rules: string;
  settings: SpaceSettings;
  /** The first one founds it. */
  people: [CastPlace, ...CastPlace[]];
  messages: CastMessage[];
  /** Words that somebody who facilitates reads first. */
  filters: string[];
  card?: { name: string; contact: string; hours: string; languages: string };
  shift?: { by: string; note: string };
}

type Said = Omit<CastMessage, "body">;

/** What the scenario leaves out of a space: who is there, who says what, and what else is said. */
interface Life extends Pick<CastSpace, "people" | "card" | "shift"> {
  purpose: string;
  settings: Partial<SpaceSettings>;
  filters?: string[];
  said: Said[];
  more: CastMessage[];
}

const plain: SpaceSettings = {
  keepsDays: 90,
  slowMinutes: 0,
  noteRequired: false,
  admission: false,
  holdsFirst: 0,
  facilitatedHours: false,
  weeklyHoursMax: 12,
  guests: false,
};

const exampleCard: CastSpace["card"] = {
  name: "Línea de escucha (ejemplo)",
  contact: "000 000 0000 (ejemplo: no existe)",
  hours: "Todos los días, de 9 a 21 h",
  languages: "Español y mixteco",
};

const lives: Record<string, Life> = {
  "Preparación del Encuentro": {
    purpose: "Ponernos de acuerdo en lo que hace falta para el Encuentro.",
    settings: { admission: true },
    filters: ["depósito*", "tarjeta*"],
    people: [
      { person: "Pirul", alias: "Garza", role: "facilitator" },
      { person: "Madroño", alias: "Tortuga", role: "facilitator" },
      { person: "Zapote", alias: "Quetzal", role: "member" },
      { person: "Encino", alias: "Maguey", role: "member" },
      { person: "Jacaranda", alias: "Mariposa", role: "member" },
      { person: "Mezquite", alias: "Cacomixtle", role: "member" },
      { person: "Ceiba", alias: "Nopal", role: "member" },
      { person: "Guaje", alias: "Biznaga", role: "asking" },
    ],
    said: [
      { by: "Garza", pinned: true, answers: { Quetzal: "thank_you", Mariposa: "i_read_you" } },
      { by: "Quetzal" },
      { by: "Garza", replyTo: 1, answers: { Quetzal: "thank_you" } },
      { by: "Tortuga" },
      { by: "Garza", before: "El transporte desde Guerrero se paga por adelantado." },
    ],
    more: [
      {
        by: "Maguey",
        body: "La camioneta de la Montaña sale el jueves a las cinco, por la carretera de la costa.",
        hidden: {
          by: "Garza",
          reason: "Dice por dónde y a qué hora viaja una delegación.",
          appeal: "Lo puse para que nadie se quede. ¿Pueden dejarlo sin la hora?",
        },
      },
      {
        by: "Cacomixtle",
        body: "Pásenme hoy los nombres y teléfonos de las familias que vienen.",
        reported: {
          by: "Mariposa",
          reason: "privacy",
          words: "Pide datos de las familias y no dice para qué. Me dio miedo.",
          takenBy: "Garza",
          note: "Hablé con su grupo. Espero su respuesta antes de decidir.",
          muted: "Pidió datos de otras personas. Lo platicamos antes de que vuelva a escribir.",
        },
      },
      { by: "Nopal", body: "¿El depósito para el transporte llega antes de salir?", waits: "held" },
    ],
  },
  "Círculo de familiares": {
    purpose: "Acompañarnos con calma, entre quienes buscamos y esperamos.",
    settings: {
      keepsDays: 30,
      slowMinutes: 10,
      admission: true,
      holdsFirst: 1,
      facilitatedHours: true,
    },
    people: [
      { person: "Guamúchil", alias: "Luciérnaga", role: "facilitator" },
      { person: "Tepozán", alias: "Colibrí", role: "facilitator" },
      { person: "Encino", alias: "Tlacuache", role: "member" },
    ],
    said: [
      {
        by: "Tlacuache",
        note: "Un día difícil",
        answers: { Colibrí: "i_read_you", Luciérnaga: "i_am_with_you" },
      },
      { by: "Luciérnaga", note: "Bienvenida", replyTo: 0, answers: { Tlacuache: "thank_you" } },
      { by: "Colibrí", note: "El día de una audiencia", answers: { Tlacuache: "i_am_with_you" } },
    ],
    more: [
      {
        by: "Tlacuache",
        note: "Agradecer",
        body: "Gracias por leerme. Hoy me voy más ligero.",
        waits: "queued",
      },
    ],
    card: exampleCard,
    shift: {
      by: "Colibrí",
      note: "Fue una tarde tranquila. Queda pendiente preguntar con calma por lo de la audiencia.",
    },
  },
  "Consulta entre personas peritas": {
    purpose: "Pedir y dar una segunda mirada a un dictamen.",
    settings: { facilitatedHours: true },
    people: [
      { person: "Nogal", alias: "Ajolote", role: "facilitator" },
      { person: "Fresno", alias: "Salamandra", role: "member" },
    ],
    card: exampleCard,
    said: [{ by: "Salamandra" }, { by: "Ajolote", replyTo: 0 }],
    more: [
      {
        by: "Salamandra",
        body: "Gracias. El jueves te lo llevo, sin nombres.",
        waits: "kept_as_draft",
      },
    ],
  },
};

/** The spaces of those who are on a hub, with the people in them and what they say. */
export function spacesOf(scenario: Scenario, isHere: (owner: string) => boolean): CastSpace[] {
  return scenario.spaces
    .filter(({ owner }) => isHere(owner))
    .map(({ content_note_required: noteRequired, ...space }) => {
      const life = lives[space.title];
      if (!life) throw new Error(`Nobody lives in ${space.title}.`);
      const { said, more, settings, ...rest } = life;
      return {
        filters: [],
        ...rest,
        ...space,
        rules: rulesOf(space.kind),
        settings: { ...plain, ...settings, noteRequired },
        messages: [
          ...said.map((each, at) => ({ ...each, body: space.messages[at] ?? "" })),
          ...more,
        ],
      };
    });
}
