import { defineWords } from "./words.ts";

export const coalitionAnswerWords = defineWords({
  es: {
    title: "Responder",
    heading: "Responder por {group}",
    leadInvited:
      "{coalition} invita a {group}. Lee el acuerdo con calma. No hay prisa, y nadie ve que lo estás leyendo.",
    leadAsked:
      "El acuerdo de {coalition} cambió. {group} sigue dentro mientras responde. Este es el texto completo, como quedaría.",
    what: "Si dicen que sí",
    whatName: "Los grupos de la coalición verán que {group} participa.",
    whatFields: "También verán lo que {group} muestra a «Nuestras coaliciones».",
    whatAgain: "Si el acuerdo cambia, se le pregunta otra vez a tu grupo.",
    whatLeave: "Pueden salir cuando quieran, sin explicar nada.",
    whatLog: "En la bitácora de tu grupo quedará que respondiste tú.",
    yes: "Sí, {group} acepta este acuerdo",
    no: "No entrar por ahora",
    noHint: "Si dicen que no, la invitación se cierra. Les pueden invitar otra vez.",
    later: "Decidir después",
    noneOpen: "Tu grupo ya respondió a este texto, o la invitación ya no está abierta.",
    back: "Volver a la coalición",
    leaveTitle: "Salir de la coalición",
    leaveHeading: "Salir de {coalition} con {group}",
    leaveWarning:
      "Desde este momento {group} no lee nada nuevo de la coalición. Para volver hace falta otra invitación.",
    leaveKeeps:
      "Conservan el acuerdo y la lista de grupos como están hoy. Lo que escribieron aquí se queda.",
    leaveFree: "No tienen que explicar nada. En la bitácora solo dirá que el grupo salió.",
    next: "¿Quién convoca después?",
    nextHint:
      "{group} es el único que convoca. Elige a quién se lo dejas, para que la coalición no se quede sin quien la cuide. Si puedes, platícalo antes.",
    nobodyNext:
      "Nadie más puede convocar. Al salir {group} la coalición se queda sin quien convoque, y las invitaciones abiertas se cierran.",
    leave: "Salir de la coalición",
    stay: "Quedarnos",
  },
  en: {
    title: "Answer",
    heading: "Answer for {group}",
    leadInvited:
      "{coalition} invites {group}. Read the agreement calmly. There is no hurry, and nobody sees that you are reading it.",
    leadAsked:
      "The agreement of {coalition} changed. {group} stays in while it answers. This is the whole text, as it would stand.",
    what: "If you say yes",
    whatName: "The groups of the coalition will see that {group} takes part.",
    whatFields: "They will also see what {group} shows to “Our coalitions”.",
    whatAgain: "If the agreement changes, your group is asked again.",
    whatLeave: "You can leave whenever you want, without explaining anything.",
    whatLog: "The log of your group will say that it was you who answered.",
    yes: "Yes, {group} accepts this agreement",
    no: "Stay out for now",
    noHint: "Saying no takes the invitation away. You can be invited again.",
    later: "Decide later",
    noneOpen: "Your group has answered this text already, or the invitation is no longer open.",
    back: "Back to the coalition",
    leaveTitle: "Leave the coalition",
    leaveHeading: "Leave {coalition} with {group}",
    leaveWarning:
      "From this moment {group} reads nothing new of the coalition. To come back it needs another invitation.",
    leaveKeeps:
      "You keep the agreement and the list of groups as they are today. What you wrote here stays.",
    leaveFree: "You need not explain anything. The log will only say that the group left.",
    next: "Who convenes next?",
    nextHint:
      "{group} is the only one that convenes. Choose to whom you leave it, so that the coalition is not left with nobody to look after it. If you can, talk with them first.",
    nobodyNext:
      "Nobody else can convene. When {group} leaves, the coalition is left with nobody to convene it, and open invitations are closed.",
    leave: "Leave the coalition",
    stay: "Stay",
  },
});
