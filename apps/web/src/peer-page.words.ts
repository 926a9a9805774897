import { defineWords } from "./words.ts";

export const peerPageWords = defineWords({
  es: {
    title: "Otro hub",
    is_asked:
      "{hub} quiere compartir con este lugar. Falta que alguien que cuida este lugar compare sus palabras y responda.",
    is_asked_second:
      "{hub} quiere compartir con este lugar. Otra persona que cuida este lugar comparó sus palabras y dijo que sí. Falta que tú también las compares y respondas.",
    is_asked_waits:
      "{hub} quiere compartir con este lugar, y ya dijiste que sí. Falta que otra persona que cuide este lugar compare sus palabras y responda.",
    is_asking_second:
      "Otra persona que cuida este lugar quiere pedirle a {hub} que compartan. Antes de que salga la petición, falta que tú también compares sus palabras.",
    is_asking_waits:
      "Quieres pedirle a {hub} que compartan. Antes de que salga la petición, falta que otra persona que cuide este lugar compare sus palabras.",
    is_asking_leaves:
      "La petición a {hub} está por salir. Si no responde, este lugar lo intenta otra vez, cada vez más espaciado.",
    is_asking:
      "{hub} ya recibió la petición de este lugar. Le toca a quien cuida ese hub comparar las palabras y responder.",
    is_active: "Este lugar y {hub} comparten lo que los dos nombraron.",
    is_active_nothing:
      "Este lugar y {hub} dijeron que sí, pero no nombraron ninguna cosa en común: todavía nada va ni viene. Para nombrar otras, hay que terminar y pedirlo otra vez.",
    is_paused:
      "Este lugar puso en pausa lo que comparte con {hub}. Mientras tanto nada va ni viene. Cualquiera que cuide este lugar puede seguir.",
    is_paused_there:
      "{hub} puso una pausa. Mientras tanto nada va ni viene. Le toca seguir a quien cuida ese hub.",
    is_blocked: "Este lugar bloqueó a {hub}. Nada va ni viene, y ese hub no puede pedir nada aquí.",
    is_ended:
      "Este lugar y {hub} ya no comparten. Para volver a empezar lo pide otra vez el hub que lo terminó, y las palabras se comparan de nuevo.",
    compare: "Comparar y responder",
    askAgain: "Pedirlo otra vez",
    purpose: "Para qué se pidió",
    shared: "Qué se comparte",
    both: "Nombrado por los dos",
    ours: "Lo nombró este lugar",
    theirs: "Lo nombró ese hub",
    nothing: "Nada todavía",
    recognised: "Cómo se le reconoce",
    address: "Su dirección",
    shown: "Las doce palabras que mostró",
    hidden:
      "Las doce palabras que mostró se ven aquí después de que las compares: así nadie las copia de esta página en lugar de preguntarlas.",
    agreed: "Quienes cuidan este lugar y dijeron que sí",
    agreedOf: "{stewards} de {needed, plural, one {1 que hace falta} other {# que hacen falta}}",
    health: "Cómo va",
    lastContact: "Último contacto",
    noContact: "Todavía ninguno",
    heard: "Lo que decidió este lugar",
    told: "Ese hub ya lo sabe.",
    notTold: "Todavía no le llega. Este lugar lo intenta otra vez por su cuenta.",
    clock: "Su reloj",
    ahead:
      "Va adelantado {minutes, plural, =0 {{seconds} segundos} one {un minuto} other {# minutos}} respecto al de aquí. Si la diferencia crece, sus envíos se rechazan: avísales para que lo ajusten.",
    behind:
      "Va atrasado {minutes, plural, =0 {{seconds} segundos} one {un minuto} other {# minutos}} respecto al de aquí. Si la diferencia crece, sus envíos se rechazan: avísales para que lo ajusten.",
    noDays: "En los últimos 14 días no hubo nada entre los dos.",
    daysTitle: "Del {first} al {last}",
    daysDesc:
      "{went, plural, =0 {Ningún envío llegó} one {Un envío llegó} other {# envíos llegaron}}; {failed, plural, =0 {ninguno quedó sin llegar} one {uno quedó sin llegar} other {# quedaron sin llegar}}.",
    daysLegend:
      "Del {first} al {last}, día por día. Lleno: lo que fue y vino. Hueco: lo que no llegó o se rechazó.",
    daysTable: "Leerlo en palabras",
    day: "Día",
    happened: "Qué pasó",
    sent: "{count, plural, one {un envío llegó allá} other {# envíos llegaron allá}}",
    received: "{count, plural, one {un envío llegó aquí} other {# envíos llegaron aquí}}",
    refused: "{count, plural, one {uno se rechazó aquí} other {# se rechazaron aquí}}",
    failed: "{count, plural, one {un intento no llegó} other {# intentos no llegaron}}",
    print: "Imprimir",
    change: "Qué puedes hacer",
    pausar: "Poner en pausa",
    seguir: "Seguir compartiendo",
    terminar: "Terminar",
    retirar: "Retirar la petición",
    negar: "Decir que no",
    bloquear: "Bloquear",
    desbloquear: "Quitar el bloqueo",
    pausarHeading: "Poner en pausa lo compartido con {hub}",
    seguirHeading: "Seguir compartiendo con {hub}",
    terminarHeading: "Terminar con {hub}",
    retirarHeading: "Retirar la petición a {hub}",
    negarHeading: "Decirle que no a {hub}",
    bloquearHeading: "Bloquear a {hub}",
    desbloquearHeading: "Quitar el bloqueo a {hub}",
    pausarWhat:
      "Desde este momento nada va ni viene entre los dos hubs, y ese hub lo sabrá. Lo que ya recibió se queda allá, y lo que llegó de allá se queda aquí. Cualquiera que cuide este lugar puede seguir cuando quiera. La bitácora lo dirá.",
    seguirWhat:
      "Desde este momento vuelve a ir y venir lo que los dos nombraron, y ese hub lo sabrá. La bitácora lo dirá.",
    terminarWhat:
      "Desde este momento nada va ni viene entre los dos hubs, y ese hub lo sabrá. Lo que ya recibió se queda allá, y lo que llegó de allá se queda aquí. No se deshace: para volver hay que pedirlo otra vez y comparar de nuevo las palabras. La bitácora lo dirá.",
    retirarWhat:
      "Ese hub sabrá que este lugar ya no lo pide. Nada se ha compartido. Si más adelante lo quieren, se pide otra vez y se comparan de nuevo las palabras. La bitácora lo dirá.",
    negarWhat:
      "Ese hub sabrá que la respuesta es no, sin motivos. Nada se ha compartido. Si más adelante lo quieren, lo pide este lugar y se comparan de nuevo las palabras. La bitácora lo dirá.",
    bloquearWhat:
      "Desde este momento nada va ni viene, y ese hub ya no puede pedir nada aquí. Sabrá que terminó, no que lo bloqueaste ni por qué. Lo que ya recibió se queda allá, y lo que llegó de allá se queda aquí. La bitácora lo dirá.",
    desbloquearWhat:
      "El bloqueo se quita y queda como terminado: nada va ni viene. Si quieren compartir otra vez, lo pide este lugar y se comparan de nuevo las palabras. La bitácora lo dirá.",
    pausarYes: "Sí, poner en pausa",
    seguirYes: "Sí, seguir compartiendo",
    terminarYes: "Sí, terminar",
    retirarYes: "Sí, retirarla",
    negarYes: "Sí, decir que no",
    bloquearYes: "Sí, bloquear",
    desbloquearYes: "Sí, quitar el bloqueo",
    keep: "No, dejarlo así",
    compareTitle: "Comparar palabras",
    compareHeading: "Comparar las palabras de {hub}",
    compareHow:
      "Llama a alguien que cuide ese hub, a un número que ya tenías, o búscale frente a frente. Pídele que te lea sus doce palabras y escríbelas aquí. No las tomes de un correo ni de un mensaje que haya llegado con la petición.",
    theyNamed: "Ese hub nombró: {scopes}.",
    theyNamedNothing: "Ese hub todavía no nombra nada.",
    agreeWhat:
      "Tu sí cuenta si las palabras son las de ese hub. {needed, plural, one {Con él, este lugar dice que sí.} other {Hace falta el sí de dos personas que cuiden este lugar.}} La bitácora lo dirá.",
    agree: "Sí, compartir",
    toPeer: "Ahora no",
    toHubs: "Volver a los otros hubs",
  },
  en: {
    title: "Another hub",
    is_asked:
      "{hub} would like to share with this place. Somebody who looks after this place has to compare its words and answer.",
    is_asked_second:
      "{hub} would like to share with this place. Another person who looks after this place compared its words and said yes. Now you have to compare them and answer too.",
    is_asked_waits:
      "{hub} would like to share with this place, and you said yes. Another person who looks after this place has to compare its words and answer.",
    is_asking_second:
      "Another person who looks after this place would like to ask {hub} to share. Before the request leaves, you have to compare its words too.",
    is_asking_waits:
      "You would like to ask {hub} to share. Before the request leaves, another person who looks after this place has to compare its words.",
    is_asking_leaves:
      "The request to {hub} is about to leave. If it does not answer, this place tries again, less and less often.",
    is_asking:
      "{hub} has received the request of this place. It is for those who look after that hub to compare the words and answer.",
    is_active: "This place and {hub} share what both named.",
    is_active_nothing:
      "This place and {hub} said yes, but named nothing in common: nothing comes or goes yet. To name other things, it has to be ended and asked for again.",
    is_paused:
      "This place paused what it shares with {hub}. Meanwhile nothing comes or goes. Anyone who looks after this place can go on.",
    is_paused_there:
      "{hub} paused it. Meanwhile nothing comes or goes. It is for those who look after that hub to go on.",
    is_blocked:
      "This place blocked {hub}. Nothing comes or goes, and that hub cannot ask for anything here.",
    is_ended:
      "This place and {hub} no longer share. To begin again, the hub that ended it asks once more, and the words are compared anew.",
    compare: "Compare and answer",
    askAgain: "Ask again",
    purpose: "What it was asked for",
    shared: "What is shared",
    both: "Named by both",
    ours: "Named by this place",
    theirs: "Named by that hub",
    nothing: "Nothing yet",
    recognised: "How to recognise it",
    address: "Its address",
    shown: "The twelve words that it showed",
    hidden:
      "The twelve words that it showed can be seen here once you compared them: so nobody copies them from this page instead of asking.",
    agreed: "Those who look after this place and said yes",
    agreedOf: "{stewards} of {needed} needed",
    health: "How it goes",
    lastContact: "Last contact",
    noContact: "None yet",
    heard: "What this place decided",
    told: "That hub knows it.",
    notTold: "It has not arrived yet. This place tries again by itself.",
    clock: "Its clock",
    ahead:
      "It is ahead of the one here by {minutes, plural, =0 {{seconds} seconds} one {a minute} other {# minutes}}. If the difference grows, what they send is refused: tell them, so that they set it right.",
    behind:
      "It is behind the one here by {minutes, plural, =0 {{seconds} seconds} one {a minute} other {# minutes}}. If the difference grows, what they send is refused: tell them, so that they set it right.",
    noDays: "In the last 14 days nothing passed between the two.",
    daysTitle: "From {first} to {last}",
    daysDesc:
      "{went, plural, =0 {Nothing that was sent arrived} one {One sending arrived} other {# sendings arrived}}; {failed, plural, =0 {none failed to arrive} one {one did not arrive} other {# did not arrive}}.",
    daysLegend:
      "From {first} to {last}, day by day. Full: what came and went. Hollow: what did not arrive or was refused.",
    daysTable: "Read it in words",
    day: "Day",
    happened: "What happened",
    sent: "{count, plural, one {one sending arrived there} other {# sendings arrived there}}",
    received: "{count, plural, one {one sending arrived here} other {# sendings arrived here}}",
    refused: "{count, plural, one {one was refused here} other {# were refused here}}",
    failed: "{count, plural, one {one try did not arrive} other {# tries did not arrive}}",
    print: "Print",
    change: "What you can do",
    pausar: "Pause",
    seguir: "Go on sharing",
    terminar: "End it",
    retirar: "Withdraw the request",
    negar: "Say no",
    bloquear: "Block",
    desbloquear: "Lift the block",
    pausarHeading: "Pause what is shared with {hub}",
    seguirHeading: "Go on sharing with {hub}",
    terminarHeading: "End it with {hub}",
    retirarHeading: "Withdraw the request to {hub}",
    negarHeading: "Say no to {hub}",
    bloquearHeading: "Block {hub}",
    desbloquearHeading: "Lift the block of {hub}",
    pausarWhat:
      "From this moment on nothing comes or goes between the two hubs, and that hub will know. What it has received stays there, and what came from there stays here. Anyone who looks after this place can go on at any time. The log will say so.",
    seguirWhat:
      "From this moment on what both named comes and goes again, and that hub will know. The log will say so.",
    terminarWhat:
      "From this moment on nothing comes or goes between the two hubs, and that hub will know. What it has received stays there, and what came from there stays here. It cannot be undone: to come back it has to be asked for again, and the words compared anew. The log will say so.",
    retirarWhat:
      "That hub will know that this place no longer asks. Nothing has been shared. If you want it later, it is asked for again and the words are compared anew. The log will say so.",
    negarWhat:
      "That hub will know that the answer is no, without reasons. Nothing has been shared. If you want it later, this place asks and the words are compared anew. The log will say so.",
    bloquearWhat:
      "From this moment on nothing comes or goes, and that hub can no longer ask for anything here. It will know that it ended, not that you blocked it nor why. What it has received stays there, and what came from there stays here. The log will say so.",
    desbloquearWhat:
      "The block is lifted and it stays ended: nothing comes or goes. If you want to share again, this place asks and the words are compared anew. The log will say so.",
    pausarYes: "Yes, pause",
    seguirYes: "Yes, go on sharing",
    terminarYes: "Yes, end it",
    retirarYes: "Yes, withdraw it",
    negarYes: "Yes, say no",
    bloquearYes: "Yes, block",
    desbloquearYes: "Yes, lift the block",
    keep: "No, leave it as it is",
    compareTitle: "Comparing words",
    compareHeading: "Compare the words of {hub}",
    compareHow:
      "Call somebody who looks after that hub, at a number that you had before, or meet them face to face. Ask them to read you their twelve words and write them here. Do not take them from a mail or a message that came with the request.",
    theyNamed: "That hub named: {scopes}.",
    theyNamedNothing: "That hub has named nothing yet.",
    agreeWhat:
      "Your yes counts if the words are those of that hub. {needed, plural, one {With it, this place says yes.} other {It takes the yes of two people who look after this place.}} The log will say so.",
    agree: "Yes, share",
    toPeer: "Not now",
    toHubs: "Back to the other hubs",
  },
});
