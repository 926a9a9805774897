import { defineWords } from "./words.ts";

export const doneWords = defineWords({
  es: { done: "Quedó guardado." },
  en: { done: "It was saved." },
});
