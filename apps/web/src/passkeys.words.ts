import { defineWords } from "./words.ts";

export const passkeyWords = defineWords({
  es: {
    title: "Llaves",
    heading: "Llaves para entrar",
    lead: "Una llave vive en tu teléfono o computadora y se abre con tu huella, tu cara o tu PIN. Con ella entras sin escribir palabras.",
    trace:
      "El dispositivo guarda la dirección de este lugar y tu nombre para entrar en su lista de llaves. Si alguien más lo revisa, puede verlos ahí.",
    none: "Aún no tienes llaves. No hacen falta: con tus palabras siempre puedes entrar.",
    noName: "Sin nombre",
    thisWeek: "Usada esta semana",
    earlier: "No se ha usado esta semana",
    remove: "Quitar",
    removeLabel: "Quitar la llave {name}",
    addHeading: "Agregar una llave",
    name: "Un nombre para reconocerla",
    nameHint: "Por ejemplo: mi teléfono.",
    add: "Agregar una llave en este dispositivo",
    needsScript:
      "Para agregar una llave, el navegador necesita JavaScript y saber usarlas. El navegador Tor no las usa.",
    confirmFirst: "Antes de cambiar algo aquí, confirma que eres tú.",
    confirm: "Confirmar",
    back: "Volver a mi cuenta",
  },
  en: {
    title: "Keys",
    heading: "Keys for signing in",
    lead: "A key lives in your phone or computer and opens with your fingerprint, your face or your PIN. With it you sign in without writing words.",
    trace:
      "The device keeps the address of this place and your name for signing in in its list of keys. If somebody else looks through it, they can see them there.",
    none: "You have no keys yet. They are not needed: with your words you can always sign in.",
    noName: "Without a name",
    thisWeek: "Used this week",
    earlier: "Not used this week",
    remove: "Remove",
    removeLabel: "Remove the key {name}",
    addHeading: "Add a key",
    name: "A name to recognise it by",
    nameHint: "For example: my phone.",
    add: "Add a key on this device",
    needsScript:
      "To add a key, the browser needs JavaScript and has to know keys. Tor Browser does not use them.",
    confirmFirst: "Before changing something here, confirm that it is you.",
    confirm: "Confirm",
    back: "Back to my account",
  },
});
