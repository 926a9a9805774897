import { defineWords } from "./words.ts";

export const deviceWords = defineWords({
  es: {
    device: "¿Este teléfono o computadora es solo tuyo?",
    shared: "Lo compartimos, o no lo sé",
    sharedHint: "La sesión se cierra sola después de 15 minutos sin uso y aquí no queda nada tuyo.",
    own: "Es solo mío",
    ownHint: "La sesión sigue abierta mientras la uses al menos una vez por semana.",
    deviceName: "Un nombre para este dispositivo",
    deviceNameHint:
      "Para reconocerlo. Solo tú lo ves, en la lista de tus dispositivos. Por ejemplo: mi teléfono.",
  },
  en: {
    device: "Is this phone or computer only yours?",
    shared: "We share it, or I don't know",
    sharedHint:
      "The session closes by itself after 15 minutes without use and nothing of yours stays here.",
    own: "It is only mine",
    ownHint: "The session stays open as long as you use it at least once a week.",
    deviceName: "A name for this device",
    deviceNameHint:
      "To recognise it by. Only you see it, in the list of your devices. For example: my phone.",
  },
});
