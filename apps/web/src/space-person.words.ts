import { defineWords } from "./words.ts";

export const spacePersonWords = defineWords({
  es: {
    title: "Espacios",
    lead: "Si reportas o eliges no leerle, esta persona no lo sabrá.",
    isYou: "Así te ven las demás personas en este espacio.",
    report: "Reportar",
    ask: "Pedirle una conversación entre dos",
    askHint: "Se abre solo si también quiere. Si no responde, no sabrás si fue por decisión.",
    block: "No leer lo que escribe",
    blockHint: "Solo para ti: nadie lo sabe, y puedes cambiarlo cuando quieras.",
    unblock: "Volver a leer lo que escribe",
    blockedNow: "Elegiste no leer lo que escribe.",
    judge: "Pedirle algo o sacarla del espacio",
    back: "Volver a las personas",
    blockedHeading: "A quién elegiste no leer",
    blockedLead: "Sus mensajes siguen ahí, sin sus palabras. Nadie más lo sabe.",
    blockedNone:
      "Lees a todas las personas de este espacio. Si alguien te pesa, en su página puedes elegir no leerle.",
    unblockLine: "Volver a leer a {alias}",
    backToSpace: "Volver al espacio",
  },
  en: {
    title: "Spaces",
    lead: "If you report, or choose not to read them, this person will not know.",
    isYou: "This is how the others see you in this space.",
    report: "Report",
    ask: "Ask for a conversation between two",
    askHint:
      "It opens only if they want it too. If there is no answer, you will not know whether by choice.",
    block: "Do not read what they write",
    blockHint: "Only for you: nobody knows, and you can change it whenever you like.",
    unblock: "Read what they write again",
    blockedNow: "You chose not to read what they write.",
    judge: "Ask something of them, or take them out of the space",
    back: "Back to the people",
    blockedHeading: "Whom you chose not to read",
    blockedLead: "Their messages are still there, without their words. Nobody else knows.",
    blockedNone:
      "You read everybody in this space. If somebody weighs on you, on their page you can choose not to read them.",
    unblockLine: "Read {alias} again",
    backToSpace: "Back to the space",
  },
});
