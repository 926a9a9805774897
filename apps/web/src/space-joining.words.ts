import { defineWords } from "./words.ts";

export const spaceJoiningWords = defineWords({
  es: {
    title: "Espacios",
    lead: "Lee con calma. Solo entras si dices que sí, y puedes salir cuando quieras, sin explicar nada.",
    through: "¿Por cuál de tus grupos entras?",
    throughHint: "Eso se queda con este lugar: las personas del espacio no lo ven.",
    alias: "Tu alias en este espacio",
    aliasHint:
      "Es tuyo solo aquí. Si no lo usas en ningún otro lado, nadie del espacio puede unirlo con tus otros alias. Después no se cambia.",
    aliasesUsed:
      "En los últimos treinta días ya usaste tres alias en este espacio. Puedes volver con uno de ellos.",
    yes: "Sí, quiero entrar",
    ask: "Sí, pedir entrar",
    no: "Ahora no",
    deciding: "Tu decisión",
    askHint: "Alguien que facilita verá tu alias y te abrirá la puerta.",
    nobody: "Por ahora este espacio no está abierto para tus grupos.",
    closed: "Este espacio está cerrado. Ya no entra nadie más.",
    asked:
      "Pediste entrar. Alguien que facilita te abrirá. No hace falta que esperes aquí: cuando vuelvas, lo verás en tus espacios.",
    takeBack: "Ya no quiero entrar",
    changed:
      "Las reglas de este espacio cambiaron. Mientras decides, no lees ni escribes aquí. Si no quieres seguir, puedes salir.",
    others: "Desde ahora:",
    before: "Cambió el texto de las reglas. Ver el de antes",
    yesAgain: "Sí, sigo con estas reglas",
    leave: "Salir de este espacio",
    rulesHeading: "Cómo se cuida {space}",
    rulesVersion: "Dijiste que sí a estas reglas, en su texto número {version}.",
    youAre: "Aquí eres {alias}.",
    leaveHeading: "Salir de {space}",
    leaveWhat:
      "Nadie recibe aviso y no se te pregunta por qué. Dejas de leer desde este momento. Lo que escribiste se queda con tu alias hasta que se borre solo; si quieres, bórralo antes.",
    leaveNow: "Salir ahora",
    stay: "Quedarme",
    lastFacilitator:
      "Sin ti no quedarían dos personas que faciliten. Antes de salir, pide a otra persona que facilite, o cierra el espacio.",
  },
  en: {
    title: "Spaces",
    lead: "Read calmly. You come in only if you say yes, and you can leave whenever you want, without explaining anything.",
    through: "Through which of your groups do you come in?",
    throughHint: "That stays with this place: the people of the space do not see it.",
    alias: "Your alias in this space",
    aliasHint:
      "It is yours only here. If you use it nowhere else, nobody in the space can tie it to your other aliases. It does not change afterwards.",
    aliasesUsed:
      "In the last thirty days you already used three aliases in this space. You can come back under one of them.",
    yes: "Yes, I want to come in",
    ask: "Yes, ask to come in",
    no: "Not now",
    deciding: "Your decision",
    askHint: "Somebody who facilitates will see your alias and let you in.",
    nobody: "For now this space is not open to your groups.",
    closed: "This space is closed. Nobody else comes in.",
    asked:
      "You asked to come in. Somebody who facilitates will let you in. There is no need to wait here: when you come back, you will see it among your spaces.",
    takeBack: "I no longer want to come in",
    changed:
      "The rules of this space changed. While you decide, you neither read nor write here. If you do not want to go on, you can leave.",
    others: "From now on:",
    before: "The text of the rules changed. See the one from before",
    yesAgain: "Yes, I go on with these rules",
    leave: "Leave this space",
    rulesHeading: "How {space} is cared for",
    rulesVersion: "You said yes to these rules, in their text number {version}.",
    youAre: "Here you are {alias}.",
    leaveHeading: "Leave {space}",
    leaveWhat:
      "Nobody is told and you are not asked why. You stop reading from this moment. What you wrote stays with your alias until it is erased by itself; if you want, erase it before.",
    leaveNow: "Leave now",
    stay: "Stay",
    lastFacilitator:
      "Without you there would not be two people who facilitate. Before leaving, ask another person to facilitate, or close the space.",
  },
});
