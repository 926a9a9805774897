import type {
  Capability,
  GroupKind,
  Profile,
  ProfileVisibility,
  Visibility,
} from "@telar/contracts/groups";

/** What the groups of the scenario say of themselves and can do, by slug. */
const sayings: Record<string, { about: string; capabilities: Capability[] }> = {
  "familias-del-norte": {
    about: "Somos familias que buscamos verdad y nos acompañamos en cada trámite.",
    capabilities: ["search", "documentation"],
  },
  "tejido-sur": {
    about: "Familias de la Montaña y la Costa. Hablamos español y mixteco.",
    capabilities: ["search", "interpretation"],
  },
  "voces-libres": {
    about: "Personas que recuperamos la libertad y apoyamos a quienes siguen adentro.",
    capabilities: ["documentation"],
  },
  "centro-ceiba": {
    about: "Acompañamos casos ante fiscalías y juzgados, y formamos a quienes acompañan.",
    capabilities: ["legal", "documentation"],
  },
  "casa-abierta": {
    about: "Una casa para descansar, ser escuchada y guardar la memoria. También en tsotsil.",
    capabilities: ["psychosocial", "shelter", "documentation"],
  },
  peritos: {
    about: "Hacemos peritajes independientes con base en el Protocolo de Estambul.",
    capabilities: ["forensic", "medical", "psychosocial"],
  },
  "defensa-comun": {
    about: "Litigamos casos de tortura en México y ante instancias internacionales.",
    capabilities: ["legal"],
  },
  psicosocial: {
    about: "Acompañamiento psicosocial antes, durante y después de una audiencia.",
    capabilities: ["psychosocial"],
  },
  observa: {
    about: "Reunimos y ordenamos lo que las instituciones publican y lo que callan.",
    capabilities: ["documentation"],
  },
  alianza: {
    about: "Una red de organizaciones de muchos países contra la tortura.",
    capabilities: ["legal", "documentation"],
  },
  "oficina-observadora": {
    about: "Escuchamos donde nos invitan. No convocamos ni decidimos.",
    capabilities: [],
  },
};

export function sayingOf(slug: string): { about: string; capabilities: Capability[] } {
  return sayings[slug] ?? { about: "", capabilities: [] };
}

/** How to reach a group: never a telephone or an address of a person. */
export const contactOf = (slug: string): NonNullable<Profile["contact"]> => `${slug}@example.org`;

const all = (visibility: Visibility): ProfileVisibility => ({
  name: visibility,
  about: visibility,
  region: visibility,
  languages: visibility,
  capabilities: visibility,
  contact: visibility,
});

/** Those who offer help are found by anybody; those who sought it show no place to strangers. */
export const visibilities: Record<GroupKind, ProfileVisibility> = {
  victim_network: { ...all("peers"), region: "coalition", contact: "coalition" },
  expert_network: { ...all("public"), contact: "peers" },
  accompanying_ngo: all("public"),
  institution: { ...all("peers"), contact: "members" },
};

export const hubAbout: Record<string, string> = {
  raices: "El hub de las familias y de quienes las acompañan desde cerca.",
  puentes: "El hub de sobrevivientes, litigio y análisis, con puentes hacia fuera del país.",
};

export const agreement = `Nos juntamos para cuidarnos y para exigir verdad, justicia y reparación.

Cada grupo decide por sí mismo y puede irse cuando quiera, sin explicar por qué.

Lo que una persona cuenta aquí es suya. Nadie lo repite afuera sin su permiso.

Nadie habla por otro grupo ni publica a su nombre sin su firma.`;
