import { defineWords } from "./words.ts";

export const noticeWords = defineWords({
  es: {
    label: "Avisos de tu cuenta",
    recoveryAsked:
      "Alguien pidió abrir tu cuenta con un código de recuperación. Si nadie lo detiene, podrá hacerlo desde el {moment}. Si no fuiste tú, detenlo ahora: el código dejará de servir.",
    stopRecovery: "No fui yo, detenerlo",
    fewCodes:
      "{left, plural, =0 {No tienes códigos de recuperación} one {Te queda un código de recuperación} other {Te quedan # códigos de recuperación}}. Cuando tengas un momento, haz una hoja: con ella vuelves a entrar si pierdes tus palabras.",
    openSheet: "Hacer mi hoja",
    newsWaits: "Hay avisos para ti. Están ahí cuando quieras verlos.",
    openInbox: "Ver mis avisos",
    handOverOffered:
      "En {group} te ofrecen la coordinación. Puedes aceptar o decir que no, sin prisa.",
    exportAsked:
      "Quien cuida este lugar pide una copia de {group}. Puedes decir sí o no, sin prisa.",
    answerExport: "Ver qué pide",
    decision:
      "Se decidió algo sobre lo que escribiste o sobre tu lugar. Ahí está el motivo, y qué puedes hacer.",
    openDecision: "Ver qué se decidió",
    reportAnswered: "Lo que reportaste tiene respuesta.",
    openReports: "Leer la respuesta",
    judgementWaits: "Algo espera tu mirada. Míralo cuando puedas, a tu ritmo.",
    openJudgements: "Ver qué espera",
    openGroup: "Ver el ofrecimiento",
    groupRecoveryAsked:
      "En {group} se propuso que alguien más coordine. Míralo cuando puedas: ahí mismo puedes detenerlo.",
    groupRecoveryWaits:
      "En {group} se acordó que alguien más coordine también. Cuenta desde el {moment}. Si sigues aquí y no está bien, puedes detenerlo antes de ese día.",
    stopGroupRecovery: "Sigo aquí, detenerlo",
    openGroupRecovery: "Ver la propuesta",
    coalitionAsks:
      "Una coalición espera la respuesta de {group}. Pueden leer el acuerdo con calma.",
    openCoalition: "Ver la coalición",
    crisisCardStale:
      "Un número de ayuda que cuida {group} lleva más de 90 días sin confirmarse. Alguien puede llamar y ver si todavía contestan.",
    openCrisisCards: "Ver los números",
  },
  en: {
    label: "Notices about your account",
    recoveryAsked:
      "Somebody asked to open your account with a recovery code. Unless it is stopped, they can do so from {moment}. If it was not you, stop it now: the code will no longer work.",
    stopRecovery: "It was not me, stop it",
    fewCodes:
      "{left, plural, =0 {You have no recovery codes} one {You have one recovery code left} other {You have # recovery codes left}}. When you have a moment, make a sheet: with it you come back in if you lose your words.",
    openSheet: "Make my sheet",
    newsWaits: "There are notices for you. They are there whenever you want to see them.",
    openInbox: "See my notices",
    handOverOffered:
      "In {group} you are offered the coordination. You can accept or say no, without hurry.",
    exportAsked:
      "Somebody who looks after this place asks for a copy of {group}. You can say yes or no, without hurry.",
    answerExport: "See what is asked",
    decision:
      "Something was decided about what you wrote or about your place. The reason is there, and what you can do.",
    openDecision: "See what was decided",
    reportAnswered: "What you reported has an answer.",
    openReports: "Read the answer",
    judgementWaits: "Something waits for you to look at it. Do so when you can, at your pace.",
    openJudgements: "See what waits",
    openGroup: "See the offer",
    groupRecoveryAsked:
      "In {group} it was proposed that somebody else coordinate. Look at it when you can: you can stop it right there.",
    groupRecoveryWaits:
      "In {group} it was agreed that somebody else coordinate too. It counts from {moment}. If you are still here and it is not right, you can stop it before that day.",
    stopGroupRecovery: "I am still here, stop it",
    openGroupRecovery: "See the proposal",
    coalitionAsks:
      "A coalition waits for the answer of {group}. You can read the agreement calmly.",
    openCoalition: "See the coalition",
    crisisCardStale:
      "A number for help that {group} keeps has not been confirmed for more than 90 days. Somebody can call and see whether it still answers.",
    openCrisisCards: "See the numbers",
  },
});
