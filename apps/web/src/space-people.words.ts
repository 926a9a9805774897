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
    askMeans:
      "Desde ese momento podrá abrir la puerta, ocultar mensajes y leer reportes. Hablen antes: después, dejarlo le toca a esa persona.",
    askNow: "Sí, pedirle que facilite",
    stop: "Dejar de facilitar",
    stopMeans:
      "Ya no podrás abrir la puerta ni leer reportes. Para volver, alguien que facilita tiene que pedírtelo.",
    stopNow: "Sí, dejar de facilitar",
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
    askMeans:
      "From that moment they can open the door, hide messages and read reports. Talk first: afterwards, putting it down is up to them.",
    askNow: "Yes, ask to facilitate",
    stop: "Stop facilitating",
    stopMeans:
      "You will no longer be able to open the door or read reports. To come back, somebody who facilitates has to ask you.",
    stopNow: "Yes, stop facilitating",
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
