import { defineWords } from "./words.ts";

export const spaceHoursWords = defineWords({
  es: {
    title: "Espacios",
    heading: "Horario de {space}",
    lead: "En estas horas hay alguien que cuida y se puede escribir. A otras horas se puede leer, y lo que se escriba se guarda como borrador.",
    always:
      "Según sus ajustes, aquí se escribe a cualquier hora. El horario cuenta cuando los ajustes lo pidan.",
    now: "El horario de ahora",
    none: "Todavía no hay horas. Agrega la primera.",
    line: "{day}, {hours}",
    remove: "Quitar",
    removeLine: "Quitar {line}",
    add: "Agregar horas",
    weekdays: "¿Qué días?",
    opens: "Abre a las",
    opensHint: "Como 18:00.",
    closes: "Cierra a las",
    closesHint: "El mismo día, a las 23:59 cuando mucho.",
    zone: "Con la hora de",
    save: "Agregar",
  },
  en: {
    title: "Spaces",
    heading: "Hours of {space}",
    lead: "In these hours somebody cares for it and people can write. At other hours it can be read, and what is written is kept as a draft.",
    always:
      "By its settings, people write here at any hour. The hours count when the settings ask for them.",
    now: "The hours now",
    none: "There are no hours yet. Add the first ones.",
    line: "{day}, {hours}",
    remove: "Remove",
    removeLine: "Remove {line}",
    add: "Add hours",
    weekdays: "Which days?",
    opens: "Opens at",
    opensHint: "Like 18:00.",
    closes: "Closes at",
    closesHint: "The same day, at 23:59 at the latest.",
    zone: "By the time of",
    save: "Add",
  },
});
