import { defineWords } from "./words.ts";

export const passphraseOfferWords = defineWords({
  es: {
    label: "Tus palabras para entrar",
    heading: "Tus siete palabras",
    what: "Con ellas vuelves a entrar. Escríbelas en un papel y guárdalo donde solo tú lo encuentres; quien las lea puede entrar por ti.",
    others: "Ofréceme otras",
    hint: "Ya están escritas aquí. Puedes cambiarlas por una frase tuya de al menos 20 letras. Acentos y mayúsculas no importan.",
  },
  en: {
    label: "Your words for signing in",
    heading: "Your seven words",
    what: "With them you come back in. Write them on paper and keep it where only you will find it; whoever reads them can sign in as you.",
    others: "Offer me others",
    hint: "They are already filled in here. You can change them for a phrase of your own of at least 20 letters. Accents and capitals do not matter.",
  },
});
