import type { JudgeRole, ModerationAct } from "@telar/contracts/moderation";
import { no, type Verdict, yes } from "./verdict.ts";

/** Those who facilitate read what waits; those who coordinate and stewards act on what was brought before them. */
const roles: Record<ModerationAct | "show" | "release", readonly JudgeRole[]> = {
  hide: ["facilitator", "coordinator", "steward"],
  show: ["facilitator", "coordinator", "steward"],
  warn: ["facilitator", "coordinator", "steward"],
  slow_down: ["facilitator", "coordinator", "steward"],
  mute: ["facilitator", "coordinator", "steward"],
  remove: ["facilitator", "coordinator", "steward"],
  ban: ["facilitator", "coordinator", "steward"],
  relieve: ["facilitator"],
  refuse: ["facilitator"],
  release: ["facilitator"],
  ban_from_group: ["coordinator"],
  ban_from_hub: ["steward"],
};

/** `role` is what the caller is towards that person, as the conflict rule gives it: null towards oneself. */
export function mayModerate(role: JudgeRole | null, act: keyof typeof roles): Verdict {
  return role && roles[act].includes(role) ? yes : no("not_allowed");
}

/** Reports of one person that are not answered yet: enough for a bad day, and a bound on a flood. */
export const openReportsPerPerson = 20;

export function mayReport(report: { about: "oneself" | "somebody"; open: number }): Verdict {
  if (report.about === "oneself") return no("not_allowed");
  return report.open >= openReportsPerPerson ? no("limit_reached") : yes;
}

/** Stewards are the last who can be asked. */
export function mayPass(role: JudgeRole): Verdict {
  return role === "steward" ? no("not_allowed") : yes;
}

/** A decided report stays as it was decided. */
export function mayDecide({ state }: { state: string }): Verdict {
  return state === "decided" || state === "no_action" ? no("already_done") : yes;
}
