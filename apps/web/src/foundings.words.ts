import { defineWords } from "./words.ts";

export const foundingWords = defineWords({
  es: {
    title: "Fundar un grupo",
    foundLead:
      "El grupo empieza contigo y nadie más lo ve. Después invitas a otras personas y decides qué mostrar.",
    askLead:
      "Quienes cuidan este lugar leen tu petición y la responden. Cuando digan que sí, podrás fundar el grupo desde esta página. Si pasan 30 días sin respuesta, la petición se borra y puedes enviarla otra vez.",
    name: "Nombre del grupo",
    kind: "Qué tipo de grupo es",
    institutionHint: "Participa donde la invitan; no convoca, no facilita y no firma.",
    region: "Región",
    regionHint: "Tan amplia como te dé tranquilidad.",
    alias: "Tu alias en este grupo",
    aliasHint: "Así te verán en el grupo. Puede ser distinto del que usas en otros.",
    purpose: "Para qué quieren el grupo",
    purposeHint:
      "Lo leen solo quienes cuidan este lugar. Cuenta lo justo; no hacen falta nombres ni detalles.",
    found: "Fundar el grupo",
    ask: "Enviar la petición",
    wishes: "Lo que has pedido",
    asked: "Espera respuesta.",
    approved: "Te dijeron que sí. Tienes 30 días para fundarlo.",
    declined: "Por ahora no. Te respondieron: {answer}",
    enough: "Ya tienes tres peticiones esperando. Cuando una tenga respuesta podrás enviar otra.",
    openTitle: "Peticiones para fundar",
    openLead:
      "Estas personas quieren fundar un grupo. Al decir que sí, podrán fundarlo y coordinarlo.",
    openNone: "Nadie espera respuesta. Cuando alguien pida fundar un grupo, lo verás aquí.",
    asAlias: "Pide: {alias}",
    approve: "Decir que sí",
    decline: "Decir que no por ahora",
    declineWith: "Tu respuesta",
    declineHint: "Se lee tal como la escribes. Unas palabras con cuidado ayudan.",
    declineSend: "Enviar la respuesta",
    answered: "Esa petición ya tenía respuesta, o ya no está.",
  },
  en: {
    title: "Found a group",
    foundLead:
      "The group begins with you and nobody else sees it. Then you invite other people and decide what to show.",
    askLead:
      "Those who look after this place read your request and answer it. Once they say yes, you can found the group from this page. If 30 days go by without an answer, the request is erased and you can send it again.",
    name: "Name of the group",
    kind: "What kind of group it is",
    institutionHint: "Takes part where it is invited; it does not convene, facilitate or sign.",
    region: "Region",
    regionHint: "As wide as you feel calm with.",
    alias: "Your alias in this group",
    aliasHint: "This is how the group will see you. It can differ from the one you use in others.",
    purpose: "What you want the group for",
    purposeHint:
      "Only those who look after this place read it. Say just enough; no names or details are needed.",
    found: "Found the group",
    ask: "Send the request",
    wishes: "What you have asked for",
    asked: "It waits for an answer.",
    approved: "They said yes. You have 30 days to found it.",
    declined: "Not for now. They answered: {answer}",
    enough:
      "Three requests of yours are waiting already. Once one is answered you can send another.",
    openTitle: "Requests to found",
    openLead:
      "These people want to found a group. If you say yes, they can found and coordinate it.",
    openNone:
      "Nobody waits for an answer. When somebody asks to found a group, you will see it here.",
    asAlias: "Asked by: {alias}",
    approve: "Say yes",
    decline: "Say not for now",
    declineWith: "Your answer",
    declineHint: "It is read just as you write it. A few careful words help.",
    declineSend: "Send the answer",
    answered: "That request was answered already, or is no longer here.",
  },
});
