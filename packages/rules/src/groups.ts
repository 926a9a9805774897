import { type GroupKind, type ProfileVisibility, Visibility } from "@telar/contracts/groups";
import { no, type Verdict, yes } from "./verdict.ts";

/** Institutions are guests: they take part where they are asked in, and never convene. */
export function mayConvene(kind: GroupKind): Verdict {
  return kind === "institution" ? no("not_allowed") : yes;
}

/** No field is shown to more people than the name is: whatever goes further is drawn back to it. */
export function withinName(visibility: ProfileVisibility): ProfileVisibility {
  const { name } = visibility;
  const reach = (level: Visibility) => Visibility.options.indexOf(level);
  const drawn = Object.entries(visibility).map(([field, level]) => [
    field,
    reach(level) < reach(name) ? name : level,
  ]);
  return Object.fromEntries(drawn) as ProfileVisibility;
}
