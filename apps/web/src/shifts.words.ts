import { defineWords } from "./words.ts";

export const shiftWords = defineWords({
  es: {
    title: "Espacios",
    heading: "Tu turno en {space}",
    lead: "Esto lo ves solo tú. Nadie más sabe si estás de turno ni cuánto has cuidado.",
    load: "Cuánto has cuidado esta semana",
    loadOf:
      "{hours, plural, =0 {Esta semana todavía nada} one {Esta semana, una hora} other {Esta semana, # horas}}{quarters, select, 0 {} 1 { y un cuarto} 2 { y media} other { y tres cuartos}}. Aquí se cuida {max, plural, one {una hora} other {# horas}} por semana cuando mucho.",
    restSoon: "Ya casi es tiempo de descansar. Otra persona puede seguir.",
    rest: "Esta semana ya cuidaste lo que te tocaba. Es tiempo de descansar; otra persona sigue.",
    begin: "Empezar mi turno",
    beginWhat: "Antes de empezar, lee lo que te dejaron.",
    running: "Tu turno está en marcha.",
    endHeading: "Terminar tu turno",
    note: "Lo que le dejas a quien sigue",
    noteHint:
      "Qué quedó abierto, a quién conviene acompañar, qué necesitas soltar. Lo leen solo quienes facilitan.",
    end: "Terminar y entregar",
    notes: "Lo que se han dejado",
    notesNone:
      "Todavía no hay entregas. La primera aparecerá aquí cuando alguien termine su turno.",
    by: "{alias}, {day}",
  },
  en: {
    title: "Spaces",
    heading: "Your shift in {space}",
    lead: "Only you see this. Nobody else knows whether you are on duty or how much you have cared.",
    load: "How much you have cared this week",
    loadOf:
      "{hours, plural, =0 {Nothing yet this week} one {One hour this week} other {# hours this week}}{quarters, select, 0 {} 1 { and a quarter} 2 { and a half} other { and three quarters}}. Here people care {max, plural, one {one hour} other {# hours}} a week at most.",
    restSoon: "It is almost time to rest. Somebody else can go on.",
    rest: "This week you have cared as much as was yours. It is time to rest; somebody else goes on.",
    begin: "Begin my shift",
    beginWhat: "Before you begin, read what was left for you.",
    running: "Your shift is under way.",
    endHeading: "End your shift",
    note: "What you leave to whoever goes on",
    noteHint:
      "What stayed open, who could use company, what you need to let go of. Only those who facilitate read it.",
    end: "End and hand over",
    notes: "What was handed over",
    notesNone:
      "There are no hand-overs yet. The first will appear here when somebody ends a shift.",
    by: "{alias}, {day}",
  },
});
