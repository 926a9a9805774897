import type { SpaceKind } from "@telar/contracts/spaces";

const rules: Record<SpaceKind, string> = {
  working: `Aquí nos organizamos. Escribe cuando puedas; nadie tiene que contestar de inmediato.

No pongas nombres, teléfonos, rutas ni horarios de nadie. Si hace falta un dato así, pregunta a quien facilita cómo hacerlo llegar.

Nos tratamos con respeto, también cuando no estamos de acuerdo.

Lo que se lee aquí es para quienes estamos aquí. Aun así, nadie puede prometer que otra persona no copie una pantalla.

Si algo te incomoda, avisa a quien facilita o a alguien de fuera. Puedes salir cuando quieras, sin explicar por qué.`,
  announcement: "Aquí solo se dan avisos. Para preguntar, busca a quien facilita.",
  peer_support: `Este círculo es para acompañarnos. Nadie tiene que contar nada; leer también es estar.

Escribe de lo tuyo y con tus palabras. No damos consejos si no los piden, y nadie cuenta lo de otra persona.

Antes de cada mensaje va una línea que dice de qué trata, para que cada quien decida si lo abre hoy.

Aquí se escribe despacio, igual para todas las personas. No hay prisa por contestar.

Lo que se lee aquí se queda aquí. Aun así, nadie puede prometer que otra persona no copie una pantalla: no escribas nombres, lugares ni nada que te ponga en riesgo.

Si algo te lastima, avisa a quien facilita o a alguien de fuera del círculo. Puedes descansar o salir cuando quieras, sin explicar por qué.`,
};

export const rulesOf = (kind: SpaceKind): string => rules[kind];
