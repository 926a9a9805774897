import { defineWords } from "./words.ts";

export const spacePartWords = defineWords({
  es: {
    who: "Quién lee",
    readers:
      "{readers, plural, =0 {Las personas del espacio; ahora son pocas.} other {Las personas del espacio; ahora son #.}}",
    readersAdmission: "Alguien que facilita abre la puerta a cada persona.",
    readersOpen:
      "{kind, select, coalition {Puede entrar cualquier persona de los grupos de la coalición.} other {Puede entrar cualquier persona del grupo.}}",
    guests: "También pueden entrar personas de instituciones invitadas.",
    noGuests: "Las instituciones no entran.",
    server:
      "Quien administra el servidor de este lugar también podría leerlo: los mensajes se guardan ahí sin cifrado de punta a punta.",
    facilitators: "Quién facilita",
    facilitatorsNone: "Todavía nadie.",
    stays: "Cuánto se queda lo que escribes",
    staysDays:
      "{days, plural, one {Cada mensaje se borra solo al día siguiente.} other {Cada mensaje se borra solo a los # días.}} Ese plazo se puede acortar, pero no alargar para lo que ya está escrito.",
    staysOwn: "Lo tuyo lo puedes borrar antes, cuando quieras.",
    promise: "Lo que nadie puede prometer",
    promiseText:
      "Nadie puede prometer que alguien no tome una foto de la pantalla o cuente afuera lo que leyó. Cuenta solo lo que quieras contar.",
    how: "Cómo se escribe aquí",
    howNote: "Antes de cada mensaje se dice de qué trata. Nadie lo abre sin querer.",
    howSlow:
      "{minutes, plural, one {Cada persona escribe un mensaje por minuto} other {Cada persona escribe un mensaje cada # minutos}}, también quienes facilitan.",
    howHolds:
      "{count, plural, one {El primer mensaje de quien llega lo lee antes} other {Los primeros # mensajes de quien llega los lee antes}} una persona que facilita.",
    howHours: "Se escribe en el horario en que alguien cuida. A otras horas se puede leer.",
    howAnnouncement: "Aquí escriben quienes facilitan; las demás personas leen.",
    howAlways: "Se escribe a cualquier hora.",
    howPresence: "Nadie ve si estás, si escribes o si ya leíste.",
    hours: "Horario",
    hoursNone: "Todavía no hay horario. Mientras no lo haya, se puede leer y no escribir.",
    hoursZone: "Hora de {zone}.",
    day1: "lunes",
    day2: "martes",
    day3: "miércoles",
    day4: "jueves",
    day5: "viernes",
    day6: "sábado",
    day7: "domingo",
    allDay: "todo el día",
    from: "{opens} a {closes}",
    rules: "Las reglas",
    help: "Si necesitas a alguien ahora",
    helpHours: "Horario: {hours}",
    helpLanguages: "Idiomas: {languages}",
    helpVerified: "Alguien del grupo lo confirmó el {day}.",
    helpStale: "Alguien lo confirmó el {day}. Puede haber cambiado.",
  },
  en: {
    who: "Who reads",
    readers:
      "{readers, plural, =0 {The people of the space; they are few now.} other {The people of the space; they are # now.}}",
    readersAdmission: "Somebody who facilitates lets each person in.",
    readersOpen:
      "{kind, select, coalition {Anybody from the groups of the coalition can come in.} other {Anybody from the group can come in.}}",
    guests: "People from invited institutions can come in too.",
    noGuests: "Institutions do not come in.",
    server:
      "Whoever runs the server of this place could read it too: messages are kept there without end-to-end encryption.",
    facilitators: "Who facilitates",
    facilitatorsNone: "Nobody yet.",
    stays: "How long what you write stays",
    staysDays:
      "{days, plural, one {Each message is erased by itself the next day.} other {Each message is erased by itself after # days.}} That time can be made shorter, but not longer for what is already written.",
    staysOwn: "What is yours you can erase before, whenever you want.",
    promise: "What nobody can promise",
    promiseText:
      "Nobody can promise that no one takes a picture of the screen or tells outside what they read. Tell only what you want to tell.",
    how: "How people write here",
    howNote: "Before each message it says what it is about. Nobody opens it without meaning to.",
    howSlow:
      "{minutes, plural, one {Each person writes one message a minute} other {Each person writes one message every # minutes}}, those who facilitate too.",
    howHolds:
      "{count, plural, one {The first message of a newcomer is read first} other {The first # messages of a newcomer are read first}} by somebody who facilitates.",
    howHours:
      "People write in the hours in which somebody cares for it. At other hours it can be read.",
    howAnnouncement: "Those who facilitate write here; everybody else reads.",
    howAlways: "People write at any hour.",
    howPresence:
      "Nobody sees whether you are here, whether you are writing or whether you have read.",
    hours: "Hours",
    hoursNone: "There are no hours yet. Until there are, it can be read and nobody writes.",
    hoursZone: "Time of {zone}.",
    day1: "Monday",
    day2: "Tuesday",
    day3: "Wednesday",
    day4: "Thursday",
    day5: "Friday",
    day6: "Saturday",
    day7: "Sunday",
    allDay: "all day",
    from: "{opens} to {closes}",
    rules: "The rules",
    help: "If you need somebody now",
    helpHours: "Hours: {hours}",
    helpLanguages: "Languages: {languages}",
    helpVerified: "Somebody of the group confirmed it on {day}.",
    helpStale: "Somebody confirmed it on {day}. It may have changed.",
  },
});
