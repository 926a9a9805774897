import { askAppeal } from "@telar/contracts/appeals";
import { changeFilters } from "@telar/contracts/filters";
import type {
  GroupId,
  MessageId,
  ModerationActId,
  ParticipantId,
  ReportId,
  SpaceId,
} from "@telar/contracts/ids";
import { listMessages } from "@telar/contracts/messages";
import { hideMessage, listOwnActs, moderateParticipant } from "@telar/contracts/moderation";
import { acceptOneToOne, askOneToOne } from "@telar/contracts/one-to-ones";
import { addFacilitator, listParticipants } from "@telar/contracts/participants";
import type { Person } from "@telar/contracts/person";
import { noteReport, reportMessage, reportParticipant } from "@telar/contracts/reports";
import { getSpace } from "@telar/contracts/spaces";
import { join, say } from "./settle-spaces.ts";

export interface SettledJudgements {
  /** By the member about the other who facilitates the working space: before the coordinator. */
  report: ReportId;
  /** By the other about the member's photo: before the coordinator. */
  photoReport: ReportId;
  /** About the member, who asked for another look. */
  decision: ModerationActId;
  hidden: MessageId;
  /** The member's place in the working space, and the other's. */
  participant: ParticipantId;
  other: ParticipantId;
  conversation: SpaceId;
  /** In it, from the other. */
  whispered: MessageId;
  /** By the member. */
  answered: MessageId;
}

interface Three {
  group: GroupId;
  working: SpaceId;
  coordinator: Person;
  member: Person;
  other: Person;
}

/** Something of everything that somebody has to look at, in the working space. */
export async function settleJudgements(three: Three): Promise<SettledJudgements> {
  const { group, working: space, coordinator, member, other } = three;
  await join(other, space, group, "Ahuehuete");
  const { entries } = await coordinator.call(listParticipants, { space });
  const idOf = (alias: string) => entries.find((one) => one.alias === alias)?.id as ParticipantId;
  const [participant, otherPlace] = [idOf("Jacaranda"), idOf("Ahuehuete")];
  await coordinator.call(addFacilitator, { space, id: otherPlace });
  const { report } = await other.call(reportParticipant, {
    ...{
      space,
      id: participant,
      reason: "harassment",
      words: "Me escribe de noche aunque pedí que no.",
    },
  });
  await coordinator.call(noteReport, { id: report, note: "Hablo primero con quien reporta." });
  const hidden = await say(other, space, "Algo dicho con prisa.");
  await coordinator.call(hideMessage, { space, id: hidden, reason: "Nombraba a una persona" });
  await other.call(moderateParticipant, {
    ...{ space, id: participant, act: "warn", reason: "Con más calma entre nosotras" },
  });
  const {
    entries: [act],
  } = await member.call(listOwnActs, {});
  const decision = act?.id as ModerationActId;
  await member.call(askAppeal, { id: decision, words: "Creo que se entendió mal." });
  await coordinator.call(changeFilters, { space, words: ["dirección*"] });
  await say(member, space, "¿Cuál es la dirección?");
  return {
    report,
    photoReport: await reportPhoto(other, space),
    decision,
    hidden,
    participant,
    other: otherPlace,
    ...(await talk(three, participant)),
  };
}

async function reportPhoto(other: Person, space: SpaceId): Promise<ReportId> {
  const { entries } = await other.call(listMessages, { space });
  const id = entries.find(({ attachments }) => attachments)?.id as MessageId;
  const told = { space, id, reason: "privacy", words: "Se ve la cara de mi tía." } as const;
  return (await other.call(reportMessage, told)).report;
}

async function talk({ working: space, member, other }: Three, participant: ParticipantId) {
  const { you } = await other.call(getSpace, { space });
  await other.call(askOneToOne, { space, id: participant });
  const asker = { space, id: you?.id as ParticipantId };
  const { space: conversation } = await member.call(acceptOneToOne, asker);
  const whispered = await say(other, conversation, "Gracias por aceptar.", "Un saludo");
  const answered = await say(member, conversation, "Aquí estoy.");
  return { conversation, whispered, answered };
}
