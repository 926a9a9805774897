import { defineWords } from "./words.ts";

export const coalitionConveningWords = defineWords({
  es: {
    inviteTitle: "Invitar a un grupo",
    inviteHeading: "Invitar a un grupo",
    inviteLead:
      "Puedes invitar a los grupos de este lugar cuyo nombre puedes ver. Leerán el acuerdo y quiénes convocan, y decidirán. Hasta que digan que sí, solo quienes convocan saben de la invitación.",
    name: "Cómo empieza su nombre",
    search: "Buscar",
    noneFound:
      "No encontramos un grupo con ese nombre que puedas ver. Si conoces a alguien de ese grupo, pídele que muestre su nombre a quienes tienen cuenta aquí.",
    inside: "Ya está aquí, o recibió invitación.",
    invite: "Invitar",
    inviteFor: "Invitar a {group}",
    next: "Ver los que siguen",
    agreementTitle: "Cambiar el acuerdo",
    agreementHeading: "Cambiar el acuerdo",
    agreementLead:
      "Al guardar, a cada grupo se le preguntará otra vez si acepta. Mientras responden siguen dentro, y se verá quién falta. Tu grupo ya cuenta como un sí.",
    agreement: "El acuerdo",
    agreementHint: "El texto completo, como quedaría.",
    meanwhile:
      "Así quedó el acuerdo que alguien más guardó mientras escribías. Lo tuyo sigue abajo.",
    save: "Guardar y preguntar a cada grupo",
    convenersTitle: "Quiénes convocan",
    convenersHeading: "Quiénes convocan",
    convenersLead:
      "Los grupos que convocan invitan a otros y escriben el acuerdo. Conviene que sean dos o más. Cada grupo decide cuándo deja de convocar.",
    convenes: "Convoca.",
    takesPart: "Participa.",
    guest: "Participa como institución invitada. Las instituciones no convocan.",
    ask: "Que también convoque",
    askFor: "Que también convoque {group}",
    stepDown: "Dejar de convocar",
    stepDownFor: "Dejar de convocar con {group}",
    only: "Es el único que convoca. Para dejarlo, primero tiene que convocar alguien más.",
    back: "Volver a la coalición",
  },
  en: {
    inviteTitle: "Invite a group",
    inviteHeading: "Invite a group",
    inviteLead:
      "You can invite the groups of this place whose name you can see. They will read the agreement and who convenes, and decide. Until they say yes, only those who convene know of the invitation.",
    name: "How their name begins",
    search: "Search",
    noneFound:
      "We did not find a group with that name that you can see. If you know somebody of that group, ask them to show its name to people with an account here.",
    inside: "Already in, or invited.",
    invite: "Invite",
    inviteFor: "Invite {group}",
    next: "See the next ones",
    agreementTitle: "Change the agreement",
    agreementHeading: "Change the agreement",
    agreementLead:
      "When you save, each group will be asked again whether it accepts. They stay in while they answer, and one sees who is missing. Your group counts as a yes already.",
    agreement: "The agreement",
    agreementHint: "The whole text, as it would stand.",
    meanwhile:
      "This is the agreement that somebody else saved while you were writing. Yours is still below.",
    save: "Save and ask each group",
    convenersTitle: "Who convenes",
    convenersHeading: "Who convenes",
    convenersLead:
      "The groups that convene invite others and write the agreement. It is good if there are two or more. Each group decides when it stops convening.",
    convenes: "Convenes.",
    takesPart: "Takes part.",
    guest: "Takes part as a guest institution. Institutions do not convene.",
    ask: "Ask to convene too",
    askFor: "Ask {group} to convene too",
    stepDown: "Stop convening",
    stepDownFor: "Stop convening with {group}",
    only: "It is the only one that convenes. To stop, somebody else has to convene first.",
    back: "Back to the coalition",
  },
});
