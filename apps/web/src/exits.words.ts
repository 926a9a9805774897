import { defineWords } from "./words.ts";

/** Said where nothing may tell what this place is. */
export const exitWords = defineWords({
  es: { blank: "Página", goOn: "Continuar" },
  en: { blank: "Page", goOn: "Continue" },
});
