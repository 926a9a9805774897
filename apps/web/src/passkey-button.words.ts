import { defineWords } from "./words.ts";

export const passkeyButtonWords = defineWords({
  es: {
    cancelled: "No se usó ninguna llave. Puedes intentarlo otra vez o seguir con tus palabras.",
    failed: "No se pudo usar la llave. Inténtalo otra vez en un momento, o sigue con tus palabras.",
    name_taken: "Ese nombre para entrar ya está en uso. Elige otro.",
    invalid_input: "Primero elige tu nombre para entrar.",
    already_done: "Este dispositivo ya tiene una llave para tu cuenta.",
  },
  en: {
    cancelled: "No key was used. You can try again or go on with your words.",
    failed: "The key could not be used. Try again in a moment, or go on with your words.",
    name_taken: "That name for signing in is already in use. Choose another one.",
    invalid_input: "First choose your name for signing in.",
    already_done: "This device already has a key for your account.",
  },
});
