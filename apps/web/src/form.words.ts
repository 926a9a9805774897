import { defineWords } from "./words.ts";

export const formWords = defineWords({
  es: {
    summary: "Falta algo para seguir",
    notDone: "Todavía no se hizo",
    optional: "(opcional)",
    fieldAndProblem: "{label} – {problem}",
  },
  en: {
    summary: "Something is missing to go on",
    notDone: "It was not done yet",
    optional: "(optional)",
    fieldAndProblem: "{label} – {problem}",
  },
});
