import { defineWords } from "./words.ts";

export const centralRecoveryWords = defineWords({
  es: {
    title: "Recuperaciones",
    heading: "Grupos sin coordinación",
    lead: "Dos personas del grupo y una de las que cuidan este lugar eligen juntas a quien lo coordine. Antes de estar de acuerdo, confirma por otro medio que la coordinación ya no está y que la persona propuesta es quien dice ser. Si alguien coordina todavía, después del último acuerdo tiene siete días para detenerlo.",
    none: "Ningún grupo espera. Cuando uno se quede sin coordinación, sus integrantes pueden proponer aquí a alguien.",
    candidate: "Proponen que coordine {alias}",
    candidateYou:
      "Proponen que coordines tú; otra persona que cuide este lugar tiene que estar de acuerdo.",
    reason: "Motivo: {reason}",
    agreedSoFar:
      "{members, plural, =0 {Nadie del grupo está de acuerdo todavía} one {Una persona del grupo está de acuerdo} other {# personas del grupo están de acuerdo}}; {steward, select, yes {quienes cuidan este lugar también} other {falta quien cuida este lugar}}.",
    waits:
      "Ya están todos los acuerdos. Cuenta desde el {moment}, si antes nadie que coordine lo detiene.",
    agree: "Estoy de acuerdo",
    agreeFor: "Estoy de acuerdo, en {group}",
    refuse: "No estoy de acuerdo",
    refuseFor: "No estoy de acuerdo, en {group}",
  },
  en: {
    title: "Recoveries",
    heading: "Groups without coordination",
    lead: "Two people of the group and one of those who look after this place choose together who coordinates it. Before you agree, make sure by another way that the coordination is gone and that the person proposed is who they say. If somebody still coordinates, they have seven days after the last agreement to stop it.",
    none: "No group waits. When one is left without coordination, its members can propose somebody here.",
    candidate: "They propose that {alias} coordinates",
    candidateYou:
      "They propose that you coordinate; another of those who look after this place has to agree.",
    reason: "Reason: {reason}",
    agreedSoFar:
      "{members, plural, =0 {Nobody of the group agrees yet} one {One person of the group agrees} other {# people of the group agree}}; {steward, select, yes {those who look after this place do too} other {somebody who looks after this place is missing}}.",
    waits:
      "All the agreements are there. It counts from {moment}, unless somebody who coordinates stops it before.",
    agree: "I agree",
    agreeFor: "I agree, in {group}",
    refuse: "I do not agree",
    refuseFor: "I do not agree, in {group}",
  },
});
