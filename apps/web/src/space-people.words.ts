import { defineWords } from "./words.ts";

export const spacePeopleWords = defineWords({
  es: {
    title: "Espacios",
    heading: "Las personas de {space}",
    lead: "Cada alias es solo de este espacio. Nada dice quién está ahora.",
    you: "tú",
    facilitates: "facilita",
    ask: "Pedirle que facilite",
    askLine: "Pedirle que facilite: {alias}",
    stop: "Dejar de facilitar",
    stopNeedsTwo:
      "Sin ti no quedarían dos personas que faciliten. Pide antes a otra, o cierra el espacio.",
    next: "Ver más personas",
    first: "Volver al principio",
    admissionsHeading: "Quienes piden entrar a {space}",
    admissionsLead:
      "Si conoces a la persona o alguien de confianza la conoce, déjala entrar. Si no, pregunten antes por otro camino.",
    admissionsNone:
      "Ahora nadie espera en la puerta. Quien pida entrar aparecerá aquí con su alias.",
    admit: "Dejar entrar",
    admitLine: "Dejar entrar a {alias}",
    decline: "Ahora no",
    declineLine: "Ahora no: {alias}",
  },
  en: {
    title: "Spaces",
    heading: "The people of {space}",
    lead: "Each alias is of this space only. Nothing says who is here now.",
    you: "you",
    facilitates: "facilitates",
    ask: "Ask to facilitate",
    askLine: "Ask to facilitate: {alias}",
    stop: "Stop facilitating",
    stopNeedsTwo:
      "Without you there would not be two people who facilitate. Ask somebody else first, or close the space.",
    next: "See more people",
    first: "Back to the beginning",
    admissionsHeading: "Who asks to come into {space}",
    admissionsLead:
      "If you know the person, or somebody you trust knows them, let them in. If not, ask first by another way.",
    admissionsNone:
      "Nobody waits at the door now. Whoever asks to come in will appear here with their alias.",
    admit: "Let in",
    admitLine: "Let in {alias}",
    decline: "Not now",
    declineLine: "Not now: {alias}",
  },
});
