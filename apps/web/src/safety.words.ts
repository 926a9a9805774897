import { defineWords } from "./words.ts";

/** Nothing here may flatly tell anybody to delete a history: whoever checks the device would notice. */
export const safetyWords = defineWords({
  es: {
    title: "Cuidado",
    beforeHeading: "Antes de entrar, un momento",
    beforeLead: "Lo que sigue es cuidado para ti y para tu grupo. Lo verás solo esta vez.",
    aloud: "Escuchar esta página",
    aloudStop: "Dejar de escuchar",
    aloudHint:
      "La lee este dispositivo con su propia voz, sin gastar datos. Si hay alguien cerca, usa audífonos.",
    beforeShared:
      "Si otras personas usan este teléfono o computadora, al entrar elige «Lo compartimos»: la sesión se cierra sola y aquí no queda nada tuyo.",
    beforeExit:
      "«Salir rápido» está siempre arriba. Cierra tu sesión y abre otra página. Lo que no hayas enviado se pierde.",
    beforeTraces:
      "El navegador puede recordar que estuviste aquí. Nuestros títulos no dicen de qué se trata.",
    beforeLimits:
      "Hay cosas que no podemos proteger: quien mira tu pantalla, un programa que espía el teléfono, o alguien que toma una foto de lo que lee.",
    more: "Leer más sobre cómo cuidarme",
    goOn: "Seguir",
    heading: "Cuidar tu seguridad aquí",
    lead: "Nadie conoce tu situación mejor que tú. Toma de esta página lo que te sirva.",
    leaving: "Si necesitas salir ya",
    leavingWhere:
      "«Salir rápido» está arriba en todas las páginas. Con teclado, presiona la tecla Mayúsculas tres veces seguidas.",
    leavingWhat:
      "Cierra tu sesión, quita lo que este lugar guardó de ti en el navegador y abre otra página. Si alguien regresa, durante diez minutos encuentra una página en blanco. El historial del navegador no cambia.",
    leavingCost: "Lo que estabas escribiendo y aún no enviabas se pierde.",
    sharing: "Si otras personas usan tu teléfono o computadora",
    sharingSignIn:
      "Al entrar elige «Lo compartimos». La sesión se cierra sola después de 15 minutos sin uso y aquí no queda guardado nada.",
    sharingPassphrase: "Cuando el navegador ofrezca guardar tus palabras para entrar, dile que no.",
    sharingOther:
      "Si alguien revisa tu teléfono, puede ser más seguro entrar desde otro: el de una persona de confianza, o el de una organización que te acompaña.",
    traces: "Lo que el navegador recuerda",
    tracesHistory:
      "El historial guarda la dirección y el título de las páginas que abriste. Nuestros títulos son neutros, pero la dirección de este lugar queda ahí.",
    tracesDeleting:
      "Antes de quitar algo, piénsalo: un historial que de pronto aparece vacío puede llamar la atención de quien lo revisa. A veces es más seguro quitar solo unas páginas, o no tocar nada. Tú decides.",
    tracesFiles:
      "Lo que descargas o imprimes queda en el teléfono o en papel. Guárdalo donde solo tú lo encuentres.",
    private: "Ventanas privadas",
    privateDo: "Una ventana privada o de incógnito no deja historial cuando la cierras.",
    privateDont:
      "No te esconde de quien administra la red, de un programa que vigila el teléfono ni de quien está a tu lado.",
    limits: "Lo que no podemos proteger",
    limitsDevice:
      "Un teléfono con un programa espía muestra todo lo que tú ves. Si lo sospechas, usa otro.",
    limitsPhotos:
      "Cualquiera que lea contigo puede copiar o fotografiar la pantalla. No hay manera de impedirlo.",
    limitsServer:
      "Quienes cuidan el servidor podrían leer lo que se guarda en él. Cuando leen algo de tu grupo desde aquí, tu grupo lo ve en su bitácora, con el motivo.",
    limitsStewards:
      "Quienes cuidan este lugar ven siempre cómo se llaman los grupos, de qué tipo son, cuántas personas tienen y cuántas coordinan. También ven quién pide fundar un grupo y para qué, y a quién propone un grupo para coordinar y por qué. Nada de eso queda escrito cada vez. Para leer quiénes están en un grupo tienen que dar un motivo.",
    limitsNetwork:
      "Quien ofrece tu conexión puede saber que abriste este lugar, aunque no lo que lees en él.",
    lost: "Si perdiste tu teléfono o te lo quitaron",
    lostDo:
      "Cuando puedas, entra desde otro y ciérralo en «Mi cuenta». Si no puedes entrar, avisa a alguien de tu grupo por otro medio.",
    openAccount: "Ir a mi cuenta",
  },
  en: {
    title: "Care",
    beforeHeading: "Before you come in, one moment",
    beforeLead: "What follows is care for you and for your group. You will see it only this once.",
    aloud: "Listen to this page",
    aloudStop: "Stop listening",
    aloudHint:
      "This device reads it with a voice of its own, without using data. If somebody is near, use earphones.",
    beforeShared:
      "If other people use this phone or computer, choose “We share it” when you sign in: the session closes by itself and nothing of yours stays here.",
    beforeExit:
      "“Leave quickly” is always at the top. It ends your session and opens another page. What you have not sent is lost.",
    beforeTraces:
      "The browser may remember that you were here. Our titles do not say what this is about.",
    beforeLimits:
      "There are things we cannot protect: who looks at your screen, a program that spies on the phone, or somebody who takes a picture of what they read.",
    more: "Read more about looking after myself",
    goOn: "Go on",
    heading: "Looking after your safety here",
    lead: "Nobody knows your situation better than you. Take from this page what helps you.",
    leaving: "If you need to leave now",
    leavingWhere:
      "“Leave quickly” is at the top of every page. With a keyboard, press the Shift key three times in a row.",
    leavingWhat:
      "It ends your session, takes away what this place kept about you in the browser and opens another page. If somebody goes back, for ten minutes they find a blank page. The browser's history does not change.",
    leavingCost: "What you were writing and had not sent yet is lost.",
    sharing: "If other people use your phone or computer",
    sharingSignIn:
      "Choose “We share it” when you sign in. The session closes by itself after 15 minutes without use and nothing is kept here.",
    sharingPassphrase: "When the browser offers to keep your words for signing in, tell it no.",
    sharingOther:
      "If somebody checks your phone, it may be safer to come in from another one: that of a person you trust, or of an organisation that accompanies you.",
    traces: "What the browser remembers",
    tracesHistory:
      "The history keeps the address and the title of the pages you opened. Our titles are neutral, but the address of this place stays there.",
    tracesDeleting:
      "Before taking anything away, think it over: a history that is suddenly empty can catch the eye of whoever checks it. Sometimes it is safer to take away only a few pages, or to touch nothing. You decide.",
    tracesFiles:
      "What you download or print stays on the phone or on paper. Keep it where only you find it.",
    private: "Private windows",
    privateDo: "A private or incognito window leaves no history once you close it.",
    privateDont:
      "It does not hide you from whoever runs the network, from a program that watches the phone, or from who is beside you.",
    limits: "What we cannot protect",
    limitsDevice:
      "A phone with a spying program shows everything that you see. If you suspect it, use another one.",
    limitsPhotos:
      "Anybody who reads along with you can copy or photograph the screen. There is no way to prevent it.",
    limitsServer:
      "Those who look after the server could read what is kept on it. When they read something of your group from here, your group sees it in its log, with the reason.",
    limitsStewards:
      "Those who look after this place always see what groups are called, of what kind they are, how many people they have and how many coordinate. They also see who asks to found a group and for what, and whom a group proposes to coordinate and why. None of that is written down each time. To read who is in a group they have to give a reason.",
    limitsNetwork:
      "Whoever provides your connection can know that you opened this place, though not what you read in it.",
    lost: "If you lost your phone or it was taken from you",
    lostDo:
      "When you can, sign in from another one and close it in “My account”. If you cannot sign in, tell somebody of your group in another way.",
    openAccount: "Go to my account",
  },
});
