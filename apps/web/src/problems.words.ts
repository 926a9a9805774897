import { defineWords } from "./words.ts";

/** One sentence for every problem code, and for what is wrong with a field. */
export const problemWords = defineWords({
  es: {
    invalid_input: "Hay algo por completar o corregir.",
    not_signed_in: "Para seguir, entra con tu cuenta.",
    wrong_sign_in: "No pudimos abrir tu cuenta con esas palabras. Puedes intentarlo otra vez.",
    confirmation_needed: "Antes de seguir, confirma que eres tú.",
    not_allowed:
      "Esto no está abierto para ti. Si lo necesitas, habla con quien coordina tu grupo.",
    foreign_origin:
      "Esto llegó desde otro sitio, por eso no lo hicimos. Abre la página aquí y vuelve a intentarlo.",
    not_found: "Esto ya no está aquí, o no está abierto para ti.",
    invitation_not_open:
      "Esta invitación no se puede abrir. Revisa el código, o pide otra a quien te invitó.",
    already_done: "Esto ya estaba hecho. No hace falta repetirlo.",
    changed_meanwhile:
      "Mientras lo veías, alguien más lo cambió. Mira cómo quedó y vuelve a intentarlo.",
    name_taken: "Ese nombre ya está en uso. Elige otro.",
    invitation_closed:
      "Con esta invitación se probaron varios nombres que ya están en uso, y por cuidado se cerró. Pide otra a quien te invitó.",
    last_coordinator:
      "El grupo se quedaría sin coordinación. Antes de seguir, otra persona tiene que aceptar coordinarlo.",
    last_way_in: "Es tu única manera de entrar. Antes de quitarla, agrega otra.",
    last_convener:
      "La coalición se quedaría sin quien convoque. Antes de seguir, otro grupo tiene que convocar también.",
    last_steward:
      "Nadie quedaría al cuidado de este lugar. Antes de seguir, otra persona tiene que aceptar cuidarlo.",
    limit_reached:
      "Por ahora no caben más aquí. Quien administra este lugar puede ampliar el límite.",
    weekly_limit:
      "Esto ya se empezó tres veces en esta semana. Deja pasar unos días y vuelve a intentarlo.",
    not_yet: "Todavía no es posible. Vuelve a intentarlo más adelante.",
    two_facilitators_needed:
      "Hacen falta dos personas que faciliten. Pídele a otra que facilite también.",
    space_not_open: "Este espacio no está abierto ahora. Lo que escribiste sigue aquí.",
    not_your_turn:
      "Ahora otra persona tiene la palabra en el círculo. Lo que escribiste sigue aquí: podrás guardarlo cuando te toque o cuando el círculo termine.",
    rules_changed: "Las reglas de este espacio cambiaron. Léelas otra vez antes de seguir.",
    muted:
      "Por ahora no puedes escribir aquí: quienes facilitan te pidieron una pausa. Puedes leer.",
    banned:
      "Esta puerta está cerrada para ti. En tus avisos está el porqué, y cómo pedir que alguien más lo revise.",
    hub_not_believed: "No pudimos reconocer al hub que lo pide, por eso no lo hicimos.",
    read_first:
      "Esto lo lee primero una persona que facilita. Como mensaje nuevo, espera a que lo lea.",
    too_large: "Lo que enviaste es demasiado grande. Hazlo más corto y vuelve a intentarlo.",
    too_many_tries:
      "Hubo varios intentos seguidos. {minutes, plural, =0 {Espera un momento} one {Espera un minuto} other {Espera # minutos}} y vuelve a intentarlo.",
    unexpected: "Algo falló de nuestro lado. Lo que escribiste sigue aquí.",
    unavailable:
      "Este lugar no puede responder en este momento. Lo que escribiste sigue aquí: espera un minuto y vuelve a enviarlo.",
    field_missing: "Falta completar esto.",
    field_too_short: "Es muy corto. Escribe un poco más.",
    field_too_long: "Es muy largo. Escríbelo más corto.",
    field_too_many: "Son demasiadas. Elige menos.",
    field_out_of_range: "Escribe un número entre los que se indican.",
    field_wrong_form: "Así no lo pudimos leer. Revísalo y escríbelo de nuevo.",
    field_not_an_option: "Elige una de las opciones que aparecen aquí.",
    field_taken: "Ya está en uso. Elige otro.",
    field_other_hub:
      "Las palabras no son las de ese hub: no sigas y vuelve a preguntarlas por otro camino.",
    field_no_hub: "Ahí no respondió ningún hub. Revisa la dirección, o pregunta si está encendido.",
    field_same_as_sign_in_name: "Es tu nombre para entrar, y ese es solo tuyo. Elige otro.",
  },
  en: {
    invalid_input: "There is something to complete or correct.",
    not_signed_in: "To go on, sign in to your account.",
    wrong_sign_in: "We could not open your account with those words. You can try again.",
    confirmation_needed: "Before going on, confirm that it is you.",
    not_allowed: "This is not open to you. If you need it, talk to whoever coordinates your group.",
    foreign_origin:
      "This came from another site, so we did not do it. Open the page here and try again.",
    not_found: "This is no longer here, or it is not open to you.",
    invitation_not_open:
      "This invitation cannot be opened. Check the code, or ask for another one from whoever invited you.",
    already_done: "This was already done. There is no need to repeat it.",
    changed_meanwhile:
      "While you were looking at it, somebody else changed it. See how it is now and try again.",
    name_taken: "That name is already in use. Choose another one.",
    invitation_closed:
      "Several names that are already in use were tried with this invitation, so it was closed to be careful. Ask for another one from whoever invited you.",
    last_coordinator:
      "The group would be left without coordination. Before going on, another person has to accept to coordinate it.",
    last_way_in: "It is your only way to sign in. Before removing it, add another one.",
    last_convener:
      "The coalition would be left without a convener. Before going on, another group has to convene too.",
    last_steward:
      "Nobody would be left to look after this place. Before going on, another person has to accept to look after it.",
    limit_reached:
      "There is no more room here for now. Whoever runs this place can raise the limit.",
    weekly_limit:
      "This was begun three times this week already. Let a few days pass and try again.",
    not_yet: "This is not possible yet. Try again later.",
    two_facilitators_needed:
      "It takes two people who facilitate. Ask somebody else to facilitate too.",
    space_not_open: "This space is not open now. What you wrote is still here.",
    not_your_turn:
      "Somebody else has the word in the circle now. What you wrote is still here: you can save it when your turn comes or when the circle ends.",
    rules_changed: "The rules of this space changed. Read them again before going on.",
    muted:
      "For now you cannot write here: those who facilitate asked you for a pause. You can read.",
    banned:
      "This door is closed to you. Your notices say why, and how to ask somebody else to look at it again.",
    hub_not_believed: "We could not recognise the hub that asks, so we did not do it.",
    read_first: "Somebody who facilitates reads this first. As a new message it waits for that.",
    too_large: "What you sent is too large. Make it shorter and try again.",
    too_many_tries:
      "There were several tries in a row. {minutes, plural, =0 {Wait a moment} one {Wait a minute} other {Wait # minutes}} and try again.",
    unexpected: "Something failed on our side. What you wrote is still here.",
    unavailable:
      "This place cannot answer right now. What you wrote is still here: wait a minute and send it again.",
    field_missing: "This still has to be completed.",
    field_too_short: "It is very short. Write a little more.",
    field_too_long: "It is very long. Write it shorter.",
    field_too_many: "Those are too many. Choose fewer.",
    field_out_of_range: "Write a number between those shown.",
    field_wrong_form: "We could not read it like this. Check it and write it again.",
    field_not_an_option: "Choose one of the options shown here.",
    field_taken: "It is already in use. Choose another one.",
    field_other_hub:
      "The words are not those of that hub: do not go on, and ask for them again by another way.",
    field_no_hub: "No hub answered there. Check the address, or ask whether it is switched on.",
    field_same_as_sign_in_name:
      "It is your name for signing in, and that one is yours alone. Choose another one.",
  },
});
