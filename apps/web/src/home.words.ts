import { defineWords } from "./words.ts";

export const homeWords = defineWords({
  es: {
    title: "Inicio",
    welcome: "Un lugar para encontrarse con calma",
    what: "Aquí se reúnen colectivos, y quienes les acompañan, para apoyarse y decidir en conjunto. Se entra solo con una invitación. Usas el nombre que tú elijas; no pedimos correo ni teléfono.",
    haveInvitation: "Tengo una invitación",
    signIn: "Entrar a mi cuenta",
    directory: "Ver qué grupos hay",
    noInvitation:
      "Si no tienes invitación, el directorio muestra los grupos que quisieron ser visibles y cómo buscarles.",
    greeting: "Qué bueno verte",
    groups: "Tus grupos",
    asAlias: "Aquí eres {alias}",
    none: "Aún no estás en ningún grupo. Cuando alguien te invite, aquí aparecerá el tuyo.",
    next: "Cuando quieras",
    stepSpaces: "Entra a los espacios de tus grupos, donde se conversa.",
    stepPractice: "Conoce cómo cuidar tu seguridad en este teléfono o computadora.",
    stepInvitation: "¿Te dieron otra invitación? Puedes abrirla con esta misma cuenta.",
    stepFound: "¿Tu colectivo quiere un grupo propio? Puedes pedirlo.",
  },
  en: {
    title: "Home",
    welcome: "A place to meet in calm",
    what: "Collectives, and those who accompany them, meet here to support each other and decide together. One comes in only by invitation. You use the name you choose; we ask for no e-mail and no phone.",
    haveInvitation: "I have an invitation",
    signIn: "Sign in to my account",
    directory: "See which groups there are",
    noInvitation:
      "If you have no invitation, the directory shows the groups that chose to be visible and how to reach them.",
    greeting: "Good to see you",
    groups: "Your groups",
    asAlias: "Here you are {alias}",
    none: "You are not in any group yet. When somebody invites you, yours will appear here.",
    next: "Whenever you like",
    stepSpaces: "Go to the spaces of your groups, where people talk.",
    stepPractice: "Learn how to look after your safety on this phone or computer.",
    stepInvitation: "Were you given another invitation? You can open it with this same account.",
    stepFound: "Does your collective want a group of its own? You can ask for it.",
  },
});
