import { defineWords } from "./words.ts";

export const pageLinkWords = defineWords({
  es: { next: "Ver lo que sigue", first: "Volver al principio" },
  en: { next: "See what comes next", first: "Back to the beginning" },
});
