import { defineWords } from "./words.ts";

export const hubWords = defineWords({
  es: {
    title: "Este lugar",
    languages: "Lenguas",
    contact: "Cómo buscarles",
    fingerprint: "Huella de este lugar",
    fingerprintWhy:
      "Estas doce palabras no cambian aunque cambie la dirección. Si otro lugar quiere conectarse con este, comparen las palabras por llamada o en persona: si son las mismas, nadie se metió en medio.",
    qr: "Código QR con la dirección y las doce palabras",
    stewards: "Quiénes lo cuidan",
    stewardsWhy:
      "Ven los nombres de los grupos y cuántas personas tienen, no quiénes son. Si leen algo de un grupo, el grupo lo ve en su bitácora con el motivo.",
    you: "tú",
    signIn: "Para ver quiénes lo cuidan, entra con tu cuenta.",
    enter: "Entrar",
    log: "Ver la bitácora de este lugar",
    profileTitle: "Presentación",
    profileHeading: "Lo que este lugar dice de sí",
    profileLead: "Lo lee cualquier persona, también sin cuenta.",
    name: "Nombre",
    nameHint: "Puede ser neutro. Aparece cuando alguien abre una invitación.",
    about: "Presentación",
    aboutNone: "Quienes cuidan este lugar todavía no escriben aquí para qué es.",
    aboutHint: "Quiénes lo llevan y para qué. No pongas nombres de personas ni direcciones.",
    languagesHint: "En las que se puede escribir a quienes lo cuidan.",
    contactHint: "Una forma de contacto que no ponga a nadie en riesgo.",
    save: "Guardar",
    limitsTitle: "Límites",
    limitsHeading: "Límites de este lugar",
    limitsLead:
      "Cuidan que nada crezca sin que alguien lo note. Bajar un límite no quita nada de lo que ya existe.",
    invitationHours: "Horas que dura una invitación",
    invitationHoursHint:
      "Después ya no abre. Menos horas cuidan mejor; más horas dan tiempo a quien casi no tiene señal. De 1 a 168.",
    openInvitations: "Invitaciones abiertas por grupo",
    openInvitationsHint:
      "Cuántas puede tener un grupo al mismo tiempo. Con pocas, es fácil darse cuenta si alguien invita de más. De 1 a 500.",
    groups: "Grupos en este lugar",
    groupsHint: "Al llegar a este número ya no se funda otro. De 1 a 100,000.",
    membersPerGroup: "Personas por grupo",
    membersPerGroupHint:
      "Al llegar a este número, las invitaciones de ese grupo ya no dejan entrar a nadie más. De 2 a 100,000.",
  },
  en: {
    title: "This place",
    languages: "Languages",
    contact: "How to reach them",
    fingerprint: "Fingerprint of this place",
    fingerprintWhy:
      "These twelve words stay the same even if the address changes. If another place wants to connect with this one, compare the words on a call or in person: if they are the same, nobody stands in between.",
    qr: "QR code with the address and the twelve words",
    stewards: "Who looks after it",
    stewardsWhy:
      "They see the names of the groups and how many people they have, not who they are. If they read something of a group, the group sees it in its log with the reason.",
    you: "you",
    signIn: "To see who looks after it, sign in to your account.",
    enter: "Sign in",
    log: "See the log of this place",
    profileTitle: "Introduction",
    profileHeading: "What this place says of itself",
    profileLead: "Anyone reads it, also without an account.",
    name: "Name",
    nameHint: "It may be neutral. It is shown when somebody opens an invitation.",
    about: "Introduction",
    aboutNone: "Those who look after this place have not yet written here what it is for.",
    aboutHint: "Who runs it and what for. Do not write names of people or addresses.",
    languagesHint: "In which one can write to those who look after it.",
    contactHint: "A way to reach you that puts nobody at risk.",
    save: "Save",
    limitsTitle: "Limits",
    limitsHeading: "Limits of this place",
    limitsLead:
      "They see to it that nothing grows unnoticed. Lowering a limit takes away nothing that exists already.",
    invitationHours: "Hours that an invitation lasts",
    invitationHoursHint:
      "After that it does not open any more. Fewer hours are safer; more hours give time to those who hardly have signal. From 1 to 168.",
    openInvitations: "Open invitations per group",
    openInvitationsHint:
      "How many a group may have at the same time. With few, it is easy to notice when somebody invites too many. From 1 to 500.",
    groups: "Groups in this place",
    groupsHint: "Once there are this many, no other is founded. From 1 to 100,000.",
    membersPerGroup: "People per group",
    membersPerGroupHint:
      "Once there are this many, the invitations of that group let nobody else in. From 2 to 100,000.",
  },
});
