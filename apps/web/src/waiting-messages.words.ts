import { defineWords } from "./words.ts";

export const waitingWords = defineWords({
  es: {
    heading: "Lo tuyo que todavía no sale",
    draft: "Borrador. Solo tú lo ves.",
    slow_mode: "Sale solo a las {clock}.",
    held: "Lo lee primero una persona que facilita.",
    about: "Trata de: {note}",
    send: "Enviar ahora",
    discard: "Borrar",
    refused: "No salió todavía. {why}",
  },
  en: {
    heading: "What is yours and has not gone yet",
    draft: "Draft. Only you see it.",
    slow_mode: "It goes by itself at {clock}.",
    held: "Somebody who facilitates reads it first.",
    about: "It is about: {note}",
    send: "Send now",
    discard: "Erase",
    refused: "It has not gone yet. {why}",
  },
});
