import { defineWords } from "./words.ts";

export const groupRecoveryWords = defineWords({
  es: {
    title: "Recuperar el grupo",
    heading: "Cuando ya nadie coordina",
    lead: "A veces quien coordina se va, descansa, o ya no puede entrar. El grupo puede seguir: ustedes proponen a otra persona para coordinar.",
    how: "Cómo se hace",
    howTwo: "Dos personas del grupo dicen que sí. Quien propone ya cuenta como una.",
    howSteward:
      "Quien cuida este lugar también dice que sí. Lee el nombre del grupo, a quién proponen y por qué. No lee nada más.",
    howWait:
      "Si alguien coordina todavía, no cuenta enseguida: hay siete días en los que cualquiera que coordine puede detenerlo. Si ya no coordina nadie, cuenta desde el último acuerdo.",
    howKept:
      "A nadie se le quita su lugar. Quien coordinaba sigue en el grupo y, si todavía está, puede detenerlo en cualquier momento.",
    howSeen: "Cada paso queda en la bitácora y todo el grupo lo lee.",
    candidate: "¿A quién propones?",
    candidateHint: "Puedes proponerte. Si es alguien más, platícalo antes con esa persona.",
    choose: "Elige a una persona",
    you: "{alias} (tú)",
    nextPage: "Buscar entre las que siguen",
    firstPage: "Volver a las primeras",
    reason: "¿Qué pasó?",
    reasonHint:
      "En pocas palabras. Lo leen las personas del grupo y quienes cuidan este lugar. No escribas dónde está nadie.",
    propose: "Proponer",
    youCoordinate:
      "Tú coordinas este grupo, así que no hace falta recuperarlo. Si quieres que coordine alguien más, puedes entregar la coordinación.",
    handOver: "Entregar la coordinación",
    alone:
      "Para esto hacen falta dos personas en el grupo. Por ahora solo estás tú: habla con quienes cuidan este lugar.",
    openHeading: "Una propuesta para el grupo",
    open: "Se propone que {alias} coordine {group}.",
    openYou: "Se propone que tú coordines {group}.",
    reasonGiven: "Por qué: {reason}",
    missing: "Qué falta",
    next: "Qué sigue",
    wait: "Ya están todos los acuerdos. Desde el {moment}, {alias} también coordina el grupo.",
    waitYou: "Ya están todos los acuerdos. Desde el {moment}, tú también coordinas el grupo.",
    waitStop:
      "Hasta entonces, cualquier persona que coordine puede detenerlo aquí. Recibe un aviso, y en la bitácora queda quién lo detuvo.",
    members:
      "{agreed, plural, =0 {Personas del grupo: todavía ninguna de 2 ha dicho que sí.} one {Personas del grupo: 1 de 2 dijo que sí.} other {Personas del grupo: ya son las 2 que hacen falta.}}",
    stewardYes: "Quien cuida este lugar: ya dijo que sí.",
    stewardNo: "Quien cuida este lugar: falta que responda.",
    youAgreed: "Tú ya dijiste que sí. Ahora toca esperar a las demás.",
    youAgreedAsSteward: "Ya dijiste que sí como quien cuida este lugar. Cuenta una sola vez.",
    agree: "Estoy de acuerdo",
    stillHere:
      "Tú coordinas este grupo. Si sigues aquí, detén la propuesta con calma: a nadie se le avisa fuera del grupo.",
    stopCoordinator: "Sigo aquí, detener la propuesta",
    stopCandidate: "Prefiero no coordinar",
    stopAsker: "Retirar la propuesta",
    asSteward:
      "También cuidas este lugar. Tu respuesta cuenta una sola vez: aquí, o como quien cuida el lugar.",
    toSteward: "Ir a recuperaciones",
  },
  en: {
    title: "Recover the group",
    heading: "When nobody coordinates any more",
    lead: "Sometimes whoever coordinates goes, rests, or can no longer come in. The group can go on: you propose another person to coordinate.",
    how: "How it is done",
    howTwo: "Two people of the group say yes. Whoever proposes already counts as one.",
    howSteward:
      "Somebody who looks after this place says yes too. They read the group's name, who is proposed and why. They read nothing else.",
    howWait:
      "If somebody still coordinates, it does not count right away: there are seven days in which anyone who coordinates can stop it. If nobody coordinates any more, it counts from the last agreement on.",
    howKept:
      "Nobody loses their place. Whoever coordinated stays in the group and, if they are still there, can stop it at any moment.",
    howSeen: "Every step stays in the log and the whole group reads it.",
    candidate: "Whom do you propose?",
    candidateHint: "You can propose yourself. If it is somebody else, talk with them first.",
    choose: "Choose a person",
    you: "{alias} (you)",
    nextPage: "Look among the next ones",
    firstPage: "Back to the first ones",
    reason: "What happened?",
    reasonHint:
      "In a few words. The people of the group and those who look after this place read it. Do not write where anybody is.",
    propose: "Propose",
    youCoordinate:
      "You coordinate this group, so it need not be recovered. If you want somebody else to coordinate, you can hand over the coordination.",
    handOver: "Hand over the coordination",
    alone:
      "This takes two people in the group. For now it is only you: talk with those who look after this place.",
    openHeading: "A proposal for the group",
    open: "It is proposed that {alias} coordinate {group}.",
    openYou: "It is proposed that you coordinate {group}.",
    reasonGiven: "Why: {reason}",
    missing: "What is missing",
    next: "What comes next",
    wait: "All the agreements are there. From {moment}, {alias} coordinates the group too.",
    waitYou: "All the agreements are there. From {moment}, you coordinate the group too.",
    waitStop:
      "Until then, anyone who coordinates can stop it here. They are told of it, and the log keeps who stopped it.",
    members:
      "{agreed, plural, =0 {People of the group: none of 2 has said yes yet.} one {People of the group: 1 of 2 said yes.} other {People of the group: the 2 that it takes are there.}}",
    stewardYes: "Who looks after this place: said yes.",
    stewardNo: "Who looks after this place: still has to answer.",
    youAgreed: "You said yes already. Now it is about waiting for the others.",
    youAgreedAsSteward: "You said yes as somebody who looks after this place. It counts once.",
    agree: "I agree",
    stillHere:
      "You coordinate this group. If you are still here, stop the proposal calmly: nobody outside the group is told.",
    stopCoordinator: "I am still here, stop the proposal",
    stopCandidate: "I prefer not to coordinate",
    stopAsker: "Take the proposal back",
    asSteward:
      "You look after this place too. Your answer counts once: here, or as somebody who looks after the place.",
    toSteward: "Go to recoveries",
  },
});
