import { defineWords } from "./words.ts";

export const recoveryWords = defineWords({
  es: {
    title: "Volver a entrar",
    heading: "Si perdiste tus palabras",
    lead: "Con un código de tu hoja de recuperación puedes elegir palabras nuevas. Nadie más puede hacerlo por ti, tampoco quienes cuidan este lugar.",
    noSheet:
      "Si no tienes hoja, pide a quien coordina tu grupo otra invitación y empieza con una cuenta nueva.",
    signInName: "Tu nombre para entrar",
    code: "Un código de tu hoja",
    codeHint: "Cualquiera que no hayas usado. Guiones, espacios y mayúsculas no importan.",
    set: "Usar estas palabras",
    done: "Listo: ya tienes palabras nuevas",
    doneWhat:
      "El código que usaste ya no sirve. Por seguridad se cerraron todas las sesiones de tu cuenta. Si tenías llaves en un teléfono que ya no está contigo, quítalas en «Mi cuenta».",
    enter: "Entrar",
    waiting: "Hay que esperar unos días",
    waitingWhat:
      "Tu cuenta está abierta en otro dispositivo, o lo estuvo hace pocos días. Por si alguien más encontró tu hoja, quien esté o entre en tu cuenta puede detenerlo durante siete días.",
    waitingUntil:
      "Regresa a esta página desde el {moment}, con el mismo código, y elige tus palabras. Las de hoy no se guardaron.",
    waitingOther:
      "Si tienes contigo ese otro dispositivo, abre ahí tu cuenta: no hace falta esperar para usarla.",
    home: "Ir al inicio",
    sheetTitle: "Hoja de recuperación",
    sheetHeading: "Tu hoja de recuperación",
    sheetWhat:
      "Es una hoja con ocho códigos. Si un día pierdes tus palabras, uno de ellos te deja elegir otras. Cada código sirve una vez.",
    sheetKeep:
      "Guárdala en papel, donde solo tú la encuentres, o con alguien de toda tu confianza. Si en tu casa no es seguro, puedes copiar un solo código.",
    sheetLeft:
      "{left, plural, =0 {Ahora no tienes códigos.} one {Te queda un código.} other {Te quedan # códigos.}}",
    sheetReplaces: "Si haces una hoja nueva, los códigos de la anterior dejan de servir.",
    make: "Hacer mi hoja",
    makeNew: "Hacer una hoja nueva",
    later: "Más tarde",
    back: "Volver a mi cuenta",
    stopped: "Lo detuviste: ese código ya no sirve.",
    stoppedNext:
      "Alguien pudo haber encontrado tu hoja. Si crees que sí, haz una nueva ahora, y cambia tus palabras si también pudo verlas.",
    codesHeading: "Guarda estos códigos ahora",
    codesOnce: "No se vuelven a mostrar. Imprime esta página o cópialos a mano.",
    codesShared:
      "Este dispositivo es compartido: mejor cópialos a mano, para que no queden en la impresora ni en una descarga.",
    paperHeading: "Códigos",
    paperHow: "Abre {address}, escribe tu nombre y uno de estos códigos. Tacha el que uses.",
    print: "Imprimir",
    kept: "Ya los guardé",
  },
  en: {
    title: "Coming back in",
    heading: "If you lost your words",
    lead: "With a code of your recovery sheet you can choose new words. Nobody else can do it for you, not even those who look after this place.",
    noSheet:
      "If you have no sheet, ask whoever coordinates your group for another invitation and begin with a new account.",
    signInName: "Your name for signing in",
    code: "A code of your sheet",
    codeHint: "Any that you have not used. Dashes, spaces and capitals do not matter.",
    set: "Use these words",
    done: "Done: you have new words",
    doneWhat:
      "The code you used no longer works. For safety every session of your account was closed. If you had keys on a phone that is no longer with you, remove them in “My account”.",
    enter: "Sign in",
    waiting: "It takes a few days",
    waitingWhat:
      "Your account is open on another device, or was a few days ago. In case somebody else found your sheet, whoever is in your account or signs in to it can stop this for seven days.",
    waitingUntil:
      "Come back to this page from {moment}, with the same code, and choose your words. Those of today were not kept.",
    waitingOther:
      "If you have that other device with you, open your account there: you can use it without waiting.",
    home: "Go home",
    sheetTitle: "Recovery sheet",
    sheetHeading: "Your recovery sheet",
    sheetWhat:
      "It is a sheet with eight codes. If one day you lose your words, one of them lets you choose others. Each code works once.",
    sheetKeep:
      "Keep it on paper, where only you will find it, or with somebody you trust fully. If it is not safe at home, you can copy a single code.",
    sheetLeft:
      "{left, plural, =0 {You have no codes now.} one {You have one code left.} other {You have # codes left.}}",
    sheetReplaces: "If you make a new sheet, the codes of the earlier one stop working.",
    make: "Make my sheet",
    makeNew: "Make a new sheet",
    later: "Later",
    back: "Back to my account",
    stopped: "You stopped it: that code no longer works.",
    stoppedNext:
      "Somebody may have found your sheet. If you think so, make a new one now, and change your words if they could have seen them too.",
    codesHeading: "Keep these codes now",
    codesOnce: "They are not shown again. Print this page or copy them by hand.",
    codesShared:
      "This device is shared: better copy them by hand, so that they stay neither in the printer nor in a download.",
    paperHeading: "Codes",
    paperHow: "Open {address}, write your name and one of these codes. Cross out the one you use.",
    print: "Print",
    kept: "I have kept them",
  },
});
