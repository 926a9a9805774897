import { no, type Verdict, yes } from "./verdict.ts";

/** A group's export as rules look at it: whether the caller asked for it, and whether somebody else agreed. */
interface Export {
  youAsked: boolean;
  agreed: boolean;
}

/** The caller beside an export: a steward of the hub, a coordinator of its group, both or neither. */
interface Standing {
  steward: boolean;
  coordinator: boolean;
}

const hasPart = ({ steward, coordinator }: Standing) => steward || coordinator;

/**
 * It takes two people: who asked never agrees, not even as a coordinator of the group. Where the group has
 * coordinators one of them agrees, and elsewhere a steward whom nobody made one for it.
 */
export function mayAgreeToExport(
  asked: Export & { coordinated: boolean },
  actor: Standing & { stewardBefore: boolean },
): Verdict {
  const may = asked.coordinated ? actor.coordinator : actor.steward && actor.stewardBefore;
  if (!may || asked.youAsked) return no("not_allowed");
  return asked.agreed ? no("already_done") : yes;
}

/** Until it is taken: whoever may agree can refuse, and who asked can take it back. */
export function mayRefuseExport(asked: Export, actor: Standing): Verdict {
  return hasPart(actor) || asked.youAsked ? yes : no("not_allowed");
}

export function mayTakeExport(asked: Export, actor: Pick<Standing, "steward">): Verdict {
  if (!actor.steward || !asked.youAsked) return no("not_allowed");
  return asked.agreed ? yes : no("not_yet");
}
