import { askAppeal } from "@telar/contracts/appeals";
import type { MessageId } from "@telar/contracts/ids";
import { hideMessage, listOwnActs, moderateParticipant } from "@telar/contracts/moderation";
import { assignReport, noteReport, reportMessage } from "@telar/contracts/reports";
import type { Room } from "./load-spaces.ts";
import { known } from "./loading.ts";
import type { CastMessage } from "./space-cast.ts";

/** A message is hidden, and its author asks somebody else to look; nobody has answered yet. */
export async function hideAndAppeal(
  { space, person }: Room,
  id: MessageId,
  { by, hidden }: CastMessage,
): Promise<void> {
  if (!hidden) return;
  await person(hidden.by).call(hideMessage, { space, id, reason: hidden.reason });
  const { entries: acts } = await person(by).call(listOwnActs, {});
  const hiding = known(
    acts.find(({ act }) => act === "hide"),
    by,
  );
  await person(by).call(askAppeal, { id: hiding.id, words: hidden.appeal });
}

/** A message is reported, somebody took the report on, and its author does not write meanwhile. */
export async function reportAndMute(
  { space, person, participant }: Room,
  id: MessageId,
  { by, reported }: CastMessage,
): Promise<void> {
  if (!reported) return;
  const { reason, words, takenBy, note, muted } = reported;
  const { report } = await person(reported.by).call(reportMessage, { space, id, reason, words });
  const judge = person(takenBy);
  await judge.call(assignReport, { id: report, mine: true });
  await judge.call(noteReport, { id: report, note });
  const author = { space, id: await participant(by), report };
  await judge.call(moderateParticipant, { ...author, act: "mute", days: 7, reason: muted });
}
