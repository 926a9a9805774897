import { defineWords } from "./words.ts";

export const waitingWords = defineWords({
  es: {
    heading: "Lo tuyo que todavía no sale",
    draft: "Borrador. Solo tú lo ves.",
    slow_mode: "Sale solo a las {clock}.",
    held: "Lo lee primero una persona que facilita.",
    about: "Trata de: {note}",
    send: "Enviar ahora",
    change: "Cambiarlo",
    changeHeading: "Cambiar lo que todavía no sale",
    changeGoes:
      "Al enviarlo se borra lo de antes y queda esto. Si respondía a otro mensaje, ya no lo dirá.",
    changeStays:
      "Al guardarlo se borra lo de antes y queda esto como borrador. Si respondía a otro mensaje, ya no lo dirá.",
    changeNot: "Dejarlo como está",
    withFiles: "Con archivos no se puede cambiar. Puedes borrarlo y escribir otro.",
    discard: "Borrar",
    discardWarning: "Se borrará de aquí y no se puede recuperar.",
    discardNow: "Borrarlo",
    refused: "No salió todavía. {why}",
  },
  en: {
    heading: "What is yours and has not gone yet",
    draft: "Draft. Only you see it.",
    slow_mode: "It goes by itself at {clock}.",
    held: "Somebody who facilitates reads it first.",
    about: "It is about: {note}",
    send: "Send now",
    change: "Change it",
    changeHeading: "Change what has not gone yet",
    changeGoes:
      "When you send it, what it said is erased and this stays. If it answered another message, it no longer says so.",
    changeStays:
      "When you keep it, what it said is erased and this stays as a draft. If it answered another message, it no longer says so.",
    changeNot: "Leave it as it is",
    withFiles: "With files it cannot be changed. You can erase it and write another one.",
    discard: "Erase",
    discardWarning: "It will be erased from here and cannot be recovered.",
    discardNow: "Erase it",
    refused: "It has not gone yet. {why}",
  },
});
