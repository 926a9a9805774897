import { defineWords } from "./words.ts";

export const membershipWords = defineWords({
  es: {
    title: "Personas",
    heading: "Personas del grupo",
    lead: "Cada quien aparece con el alias que eligió para este grupo.",
    alone: "Por ahora solo estás tú. Invita a alguien para empezar.",
    nextPage: "Ver a las que siguen",
    firstPage: "Volver al principio",
    back: "Volver a las personas",
    roles: "Qué hace en el grupo",
    rolesLead: "Todas las personas participan. Lo demás se suma, y se puede cambiar después.",
    coordinatorHint: "Invita, da tareas, cambia lo que el grupo dice de sí y saca a personas.",
    facilitatorHint: "Cuida las conversaciones.",
    signatoryHint: "Propone firmar en nombre del grupo.",
    save: "Guardar",
    lastCoordinator:
      "Es la única persona que coordina. Para que deje de hacerlo, primero tiene que coordinar alguien más.",
    lastIsYou:
      "Eres la única persona que coordina. Para dejar de hacerlo, primero tiene que coordinar alguien más.",
    endsInvitations:
      "Cuando alguien deja de coordinar, todas las invitaciones abiertas del grupo se cierran.",
    removeLink: "Sacar del grupo",
    removeHeading: "Sacar a {alias} del grupo",
    removeWarning:
      "Dejará de leer todo lo del grupo desde este momento. Lo que escribió se queda con su alias. Solo puede volver con otra invitación.",
    reason: "Por qué",
    reasonHint: "Queda en la bitácora y lo leen todas las personas del grupo. Escribe lo justo.",
    remove: "Sacar del grupo",
    aliasTitle: "Mi alias",
    aliasHeading: "Cambiar tu alias en este grupo",
    aliasNow: "Ahora eres {alias}.",
    aliasSame:
      "Lo que ya escribiste conserva el alias que tenías. Nadie más podrá usarlo, y tú puedes volver a él. Puedes cambiar tres veces en un mes.",
    aliasWaiting:
      "Si te ofrecieron coordinar, o esperas una respuesta, habrá que pedirlo otra vez.",
    alias: "Tu nuevo alias",
    aliasHint: "Uno que no diga quién eres fuera de aquí.",
    changeAlias: "Usar este alias",
    leaveTitle: "Salir del grupo",
    leaveHeading: "Salir de este grupo",
    leaveWarning:
      "Dejas de leer todo lo del grupo desde este momento. Lo que escribiste se queda con tu alias, y nadie más puede usarlo. Para volver necesitas otra invitación.",
    leaveFree: "No tienes que explicar nada. En la bitácora solo dirá que saliste.",
    leaveAlone: "Eres la última persona: al salir, el grupo se cierra y deja de verse.",
    leaveLast:
      "Eres la única persona que coordina. Antes de salir, entrega la coordinación a alguien más, para que el grupo no se quede sin quien lo cuide.",
    handOver: "Entregar la coordinación",
    leave: "Salir del grupo",
    stay: "Quedarme",
  },
  en: {
    title: "People",
    heading: "People of the group",
    lead: "Each appears with the alias they chose for this group.",
    alone: "For now it is only you. Invite somebody to begin.",
    nextPage: "See the next ones",
    firstPage: "Back to the beginning",
    back: "Back to the people",
    roles: "What they do in the group",
    rolesLead: "Everyone takes part. The rest comes on top, and can be changed later.",
    coordinatorHint:
      "Invites, gives tasks, changes what the group says of itself and takes people out.",
    facilitatorHint: "Looks after the conversations.",
    signatoryHint: "Proposes to sign in the group's name.",
    save: "Save",
    lastCoordinator:
      "This is the only person who coordinates. For them to stop, somebody else has to coordinate first.",
    lastIsYou:
      "You are the only person who coordinates. For you to stop, somebody else has to coordinate first.",
    endsInvitations:
      "When somebody stops coordinating, every open invitation of the group is closed.",
    removeLink: "Take out of the group",
    removeHeading: "Take {alias} out of the group",
    removeWarning:
      "They stop reading anything of the group from this moment. What they wrote stays with their alias. They can only come back with another invitation.",
    reason: "Why",
    reasonHint: "It stays in the log and everyone in the group reads it. Write just enough.",
    remove: "Take out of the group",
    aliasTitle: "My alias",
    aliasHeading: "Change your alias in this group",
    aliasNow: "Now you are {alias}.",
    aliasSame:
      "What you wrote keeps the alias you had. Nobody else will be able to use it, and you can return to it. You can change three times in a month.",
    aliasWaiting:
      "If you were offered to coordinate, or wait for an answer, it will have to be asked again.",
    alias: "Your new alias",
    aliasHint: "One that does not tell who you are outside.",
    changeAlias: "Use this alias",
    leaveTitle: "Leave the group",
    leaveHeading: "Leave this group",
    leaveWarning:
      "You stop reading anything of the group from this moment. What you wrote stays with your alias, and nobody else can use it. To come back you need another invitation.",
    leaveFree: "You need not explain anything. The log will only say that you left.",
    leaveAlone: "You are the last person: when you leave, the group closes and is no longer seen.",
    leaveLast:
      "You are the only person who coordinates. Before leaving, hand the coordination over to somebody else, so that the group is not left with nobody to look after it.",
    handOver: "Hand over the coordination",
    leave: "Leave the group",
    stay: "Stay",
  },
});
