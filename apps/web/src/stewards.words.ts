import { defineWords } from "./words.ts";

export const stewardWords = defineWords({
  es: {
    title: "Quienes cuidan",
    heading: "Quienes cuidan este lugar",
    lead: "Cada una de estas personas puede lo mismo: invitar, poner límites, cerrar un grupo, y leer o copiar algo de un grupo a la vista de todas las personas. Es bueno que haya al menos dos.",
    you: "tú",
    end: "Quitarle el cuidado",
    endOf: "Quitarle el cuidado a {alias}",
    endOwn: "Dejar de cuidar este lugar",
    invite: "Invitar a alguien a cuidar este lugar",
    endTitle: "Terminar un cuidado",
    endWhat:
      "{alias} dejará de poder abrir la administración desde ese momento. Su cuenta y sus grupos no cambian. Las copias que haya pedido se cancelan, y también todas las invitaciones abiertas de este lugar. La bitácora lo dirá. Para volver necesitará otra invitación.",
    endOwnWhat:
      "Dejarás de poder abrir la administración desde ese momento. Tu cuenta y tus grupos no cambian. Las copias que hayas pedido se cancelan, y también todas las invitaciones abiertas de este lugar. La bitácora lo dirá. Para volver necesitarás otra invitación.",
    confirmEnd: "Sí, que termine",
    keep: "No, dejarlo así",
  },
  en: {
    title: "Those who look after it",
    heading: "Those who look after this place",
    lead: "All of them can do the same: invite, set limits, close a group, and read or copy something of a group for everyone to see. It is good to be at least two.",
    you: "you",
    end: "End",
    endOf: "End the stewardship of {alias}",
    endOwn: "Stop looking after this place",
    invite: "Invite somebody to look after this place",
    endTitle: "Ending a stewardship",
    endWhat:
      "{alias} will not be able to open the administration from that moment on. Their account and their groups stay as they are. Copies they asked for are cancelled, and so is every open invitation of this place. The log will say so. To come back they will need another invitation.",
    endOwnWhat:
      "You will not be able to open the administration from that moment on. Your account and your groups stay as they are. Copies you asked for are cancelled, and so is every open invitation of this place. The log will say so. To come back you will need another invitation.",
    confirmEnd: "Yes, end it",
    keep: "No, leave it as it is",
  },
});
