import * as z from "zod";

/**
 * The languages a person, a group or a hub can name, by BCP 47 code. The pages' words exist in the two of
 * `pageLanguages`; every other one falls back along its chain.
 */
export const languages = {
  es: { autonym: "Español", spanishName: "español", fallback: [] },
  en: { autonym: "English", spanishName: "inglés", fallback: ["es"] },
  tzo: { autonym: "Bats'i k'op", spanishName: "tsotsil", fallback: ["es"] },
  tzh: { autonym: "Bats'il k'op", spanishName: "tseltal", fallback: ["es"] },
  mix: { autonym: "Tu'un savi", spanishName: "mixteco", fallback: ["es"] },
  nah: { autonym: "Nahuatlahtolli", spanishName: "náhuatl", fallback: ["es"] },
  yua: { autonym: "Maaya t'aan", spanishName: "maya", fallback: ["es"] },
  zap: { autonym: "Diidxazá", spanishName: "zapoteco", fallback: ["es"] },
  maz: { autonym: "Jñatjo", spanishName: "mazahua", fallback: ["es"] },
  ote: { autonym: "Hñähñu", spanishName: "otomí", fallback: ["es"] },
  tar: { autonym: "Rarámuri ra'ícha", spanishName: "tarahumara", fallback: ["es"] },
  fr: { autonym: "Français", spanishName: "francés", fallback: ["en", "es"] },
  pt: { autonym: "Português", spanishName: "portugués", fallback: ["es"] },
} as const satisfies Record<
  string,
  { autonym: string; spanishName: string; fallback: readonly string[] }
>;

export const LanguageCode = z.enum(Object.keys(languages) as [keyof typeof languages]);
export type LanguageCode = z.infer<typeof LanguageCode>;

/** The languages in which every word of the pages exists. */
export const pageLanguages = ["es", "en"] as const satisfies LanguageCode[];
