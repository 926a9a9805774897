import { defineWords } from "./words.ts";

export const invitationCardWords = defineWords({
  es: {
    once: "Guárdala, compártela o imprímela ahora: no se vuelve a mostrar.",
    share:
      "Lo más seguro es mostrarla en persona o dictar el código por llamada. Quien la tenga puede entrar.",
    heading: "Invitación",
    scan: "Apunta aquí con la cámara de un teléfono:",
    qr: "Código QR con el enlace de la invitación",
    type: "O abre {address} y escribe este código:",
    until: "Abre una sola vez, hasta el {moment}.",
    promise: "No se pide correo ni teléfono. Eliges el nombre que quieras.",
    link: "Enlace para enviar",
    linkHint:
      "Para copiarlo, mantén el dedo sobre el enlace; en una computadora, haz clic en él y selecciónalo todo.",
    print: "Si la imprimes desde tu navegador, sale como una tarjeta pequeña.",
  },
  en: {
    once: "Keep it, share it or print it now: it is not shown again.",
    share:
      "The safest way is to show it in person or to dictate the code on a call. Whoever has it can come in.",
    heading: "Invitation",
    scan: "Point a phone's camera here:",
    qr: "QR code with the link of the invitation",
    type: "Or open {address} and type this code:",
    until: "It opens once, until {moment}.",
    promise: "No e-mail and no phone is asked for. You choose the name you like.",
    link: "Link to send",
    linkHint:
      "To copy it, hold your finger on the link; on a computer, click on it and select all.",
    print: "If you print it from your browser, it comes out as a small card.",
  },
});
