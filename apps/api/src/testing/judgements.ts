import { askAppeal } from "@telar/contracts/appeals";
import { banFromGroup, listBans } from "@telar/contracts/bans";
import { changeFilters } from "@telar/contracts/filters";
import type {
  BanId,
  GroupId,
  MessageId,
  ModerationActId,
  ParticipantId,
  ReportId,
  SpaceId,
} from "@telar/contracts/ids";
import { acceptInvitation, inviteToGroup } from "@telar/contracts/invitations";
import { postMessage } from "@telar/contracts/messages";
import { hideMessage, listOwnActs, moderateParticipant } from "@telar/contracts/moderation";
import { askOneToOne } from "@telar/contracts/one-to-ones";
import { listParticipants } from "@telar/contracts/participants";
import { reportMessage, reportParticipant } from "@telar/contracts/reports";
import type { Person } from "./person.ts";
import { placeOf } from "./places.ts";

/** Everything that waits for a judgement in one space: about the member, by somebody else who facilitates. */
export interface Judgements {
  /** Before those who facilitate. */
  report: ReportId;
  /** Before the stewards: those who coordinate facilitate there too. */
  outsideReport: ReportId;
  hidden: MessageId;
  held: MessageId;
  /** With an appeal that waits. */
  appealed: ModerationActId;
  warned: ModerationActId;
  /** From the group. */
  ban: BanId;
  /** Asks the member for a conversation. */
  asker: ParticipantId;
}

export async function startJudgements(
  {
    group,
    space,
    participant,
    message,
  }: {
    group: GroupId;
    space: SpaceId;
    participant: ParticipantId;
    message: MessageId;
  },
  people: { coordinator: Person; encino: Person; member: Person; passer: Person },
): Promise<Judgements> {
  const { coordinator, encino, member, passer } = people;
  const post = async (body: string) => {
    const id = crypto.randomUUID() as MessageId;
    await member.call(postMessage, { space, id, note: "Cansancio", body });
    return id;
  };
  const told = { space, reason: "other", words: "Preocupa lo que dice" } as const;
  const { report } = await encino.call(reportMessage, { ...told, id: message });
  const about = { ...told, id: participant, outside: true };
  const outside = await encino.call(reportParticipant, about);
  const hidden = await post("Palabra escondida");
  await encino.call(hideMessage, { space, id: hidden, reason: "Nombra a alguien" });
  await coordinator.call(moderateParticipant, {
    ...{ space, id: participant, act: "warn", reason: "Con más calma" },
  });
  const { entries: acts } = await member.call(listOwnActs, {});
  const actOf = (kind: string) => acts.find(({ act }) => act === kind)?.id as ModerationActId;
  await member.call(askAppeal, { id: actOf("hide"), words: "No nombra a nadie" });
  await coordinator.call(changeFilters, { space, words: ["palabra espinosa"] });
  const held = await post("Una palabra espinosa");
  const { entries } = await encino.call(listParticipants, { space });
  await encino.call(askOneToOne, { space, id: participant });
  return {
    ...{ report, outsideReport: outside.report, hidden, held },
    ...{ appealed: actOf("hide"), warned: actOf("warn") },
    ban: await banPasser(coordinator, passer, group),
    asker: entries.find(({ you }) => you)?.id as ParticipantId,
  };
}

async function banPasser(coordinator: Person, passer: Person, group: GroupId): Promise<BanId> {
  const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
  await passer.call(acceptInvitation, { code, alias: "Huizache" });
  const { id } = await placeOf(passer, group);
  await coordinator.call(banFromGroup, { group, id, reason: "Vino a preguntar nombres" });
  return (await coordinator.call(listBans, { group })).entries[0]?.id as BanId;
}
