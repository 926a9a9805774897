import { defineWords } from "./words.ts";

export const languageWords = defineWords({
  es: {
    title: "Idioma",
    heading: "Elige tu idioma",
    fallback: "Lo que aún no está traducido a tu idioma se muestra en español.",
    complete: "completo",
    missing: "{count, plural, one {falta un texto} other {faltan # textos}}",
    chosen: "en uso",
    notAnOption: "Elige uno de los idiomas de la lista.",
    translators: "Para quienes traducen",
    translatorsWords:
      "Cada archivo tiene los textos de las páginas en español y el espacio para escribirlos en otro idioma. Se abre con cualquier programa de traducción que lea el formato PO.",
  },
  en: {
    title: "Language",
    heading: "Choose your language",
    fallback: "What is not yet translated into your language is shown in Spanish.",
    complete: "complete",
    missing: "{count, plural, one {one text is missing} other {# texts are missing}}",
    chosen: "in use",
    notAnOption: "Choose one of the languages in the list.",
    translators: "For translators",
    translatorsWords:
      "Each file has the texts of the pages in Spanish, and room to write them in another language. Any translation program that reads the PO format opens it.",
  },
});
