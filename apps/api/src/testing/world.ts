import { joinCircle, openCircle, startCircle } from "@telar/contracts/circles";
import { foundCoalition } from "@telar/contracts/coalitions";
import { addCrisisCard, type CrisisCardId } from "@telar/contracts/crisis-cards";
import { askGroupExport, type GroupExportId } from "@telar/contracts/exports";
import { askToFound } from "@telar/contracts/foundings";
import { askGroupRecovery, listGroupRecoveries } from "@telar/contracts/group-recoveries";
import { changeProfile, foundGroup, type GroupKind } from "@telar/contracts/groups";
import { listHandOvers, offerHandOver } from "@telar/contracts/hand-overs";
import { listStewards } from "@telar/contracts/hub";
import type {
  AttachmentId,
  CoalitionId,
  FoundingId,
  GroupId,
  GroupRecoveryId,
  HandOverId,
  InvitationId,
  MembershipId,
  MessageId,
  ParticipantId,
  PeerId,
  SessionId,
  SpaceId,
  StewardId,
} from "@telar/contracts/ids";
import { inviteToGroup, joinByInvitation } from "@telar/contracts/invitations";
import { listMemberships } from "@telar/contracts/memberships";
import { postMessage } from "@telar/contracts/messages";
import { listNotices, type NoticeId } from "@telar/contracts/notices";
import {
  addFacilitator,
  admitParticipant,
  joinSpace,
  listAdmissions,
} from "@telar/contracts/participants";
import { listSessions, revokeOtherSessions, signIn } from "@telar/contracts/sessions";
import { beginShift } from "@telar/contracts/shifts";
import { foundSpace, openSpace } from "@telar/contracts/spaces";
import { defaultsFor } from "@telar/rules/spaces";
import { addFirstInvitation } from "../first-invitation.ts";
import { type TestHub, testPassphrase } from "./hub.ts";
import { type Judgements, startJudgements } from "./judgements.ts";
import type { Person } from "./person.ts";
import { upload } from "./uploads.ts";

/** Everybody who may stand before an operation, as seen from one group. */
export const whos = [
  "nobody",
  "ended session",
  "other hub",
  "other group",
  "guest institution",
  "member",
  "facilitator",
  "signatory",
  "coordinator",
  "steward",
] as const;
export type Who = (typeof whos)[number];

/** One group with one of everything under way, beside another group, a guest institution and two stewards. */
export interface World extends Judgements {
  cookies: Record<Who, string>;
  signInNames: Record<string, string>;
  group: GroupId;
  otherGroup: GroupId;
  member: MembershipId;
  coalition: CoalitionId;
  invitation: InvitationId;
  openCode: string;
  founding: FoundingId;
  handOver: HandOverId;
  recovery: GroupRecoveryId;
  groupExport: GroupExportId;
  otherSteward: StewardId;
  /** Peer support of the group: the coordinator and the facilitator facilitate, the member takes part, the signatory asks. */
  space: SpaceId;
  participant: ParticipantId;
  asking: ParticipantId;
  crisisCard: CrisisCardId;
  /** Of the member, in that space. */
  message: MessageId;
  /** Of that message. */
  attachment: AttachmentId;
  /** That the member was let in. */
  notice: NoticeId;
  /** A session of the member, beside the one whose cookie they carry. */
  session: SessionId;
  /** Another hub that asks, and waits for a steward. */
  peer: PeerId;
}

export async function createWorld(hub: TestHub, otherHub: TestHub): Promise<World> {
  const join = joiner(hub);
  const steward = await join("Sabino");
  const otherSteward = await join("Zapote");
  const coordinator = await join("Ceiba", "founding");
  const group = await found(coordinator, "Ceiba", "Tejido", "victim_network");
  const enter = (name: string, roles: Parameters<TestHub["member"]>[1]) =>
    join(name, async () => (await coordinator.call(inviteToGroup, { group, roles })).code);
  const member = await enter("Mezquite", []);
  const facilitator = await enter("Fresno", ["facilitator"]);
  const signatory = await enter("Nogal", ["signatory"]);
  const encino = await enter("Encino", ["coordinator"]);
  const foreigner = await join("Pirul", "founding");
  const otherGroup = await found(foreigner, "Pirul", "Vecinas", "accompanying_ngo");
  const guest = await join("Ocote", "founding");
  await found(guest, "Ocote", "Oficina", "institution");
  const places = await coordinator.call(listMemberships, { group });
  const placeOf = (alias: string) =>
    places.entries.find((place) => place.alias === alias)?.id as MembershipId;
  const under = await startEverything(
    { coordinator, facilitator, member, otherSteward, foreigner },
    {
      group,
      otherGroup,
      member: placeOf("Mezquite"),
    },
  );
  const peers = await openPeerSupport(hub, group, {
    ...{ coordinator, facilitator, encino, member, signatory },
  });
  const passer = await join("Huizache de paso", "founding");
  const cast = { coordinator, encino, member, passer };
  const judgements = await startJudgements({ group, ...peers }, cast);
  await beginCircle(peers.space, cast);
  return {
    ...under,
    ...peers,
    ...judgements,
    group,
    otherGroup,
    member: placeOf("Mezquite"),
    signInNames: { member: "entra Mezquite" },
    notice: (await member.call(listNotices, {}))[0]?.id as NoticeId,
    session: await secondSession(hub, member),
    peer: await askingPeer(hub),
    cookies: {
      nobody: "",
      "ended session": await endedSession(hub, coordinator),
      "other hub": (await otherHub.steward()).cookieHeader,
      "other group": foreigner.cookieHeader,
      "guest institution": guest.cookieHeader,
      member: member.cookieHeader,
      facilitator: facilitator.cookieHeader,
      signatory: signatory.cookieHeader,
      coordinator: coordinator.cookieHeader,
      steward: steward.cookieHeader,
    },
  };
}

const entry = { passphrase: testPassphrase, device: "own" } as const;

function joiner(hub: TestHub) {
  return async (
    name: string,
    by: "stewardship" | "founding" | (() => Promise<string>) = "stewardship",
  ): Promise<Person> => {
    const person = hub.newcomer();
    const code =
      typeof by === "string"
        ? (await addFirstInvitation(hub.owner, "http://localhost:8080", by)).code
        : await by();
    await person.call(joinByInvitation, {
      ...entry,
      code,
      signInName: `entra ${name}`,
      alias: name,
    });
    return person;
  };
}

async function found(by: Person, alias: string, name: string, kind: GroupKind): Promise<GroupId> {
  const made = { name, kind, languages: ["es" as const], capabilities: [], alias };
  return (await by.call(foundGroup, made)).group;
}

interface Cast {
  coordinator: Person;
  facilitator: Person;
  member: Person;
  otherSteward: Person;
  foreigner: Person;
}

/** One of everything that waits for somebody. */
async function startEverything(
  { coordinator, facilitator, member, otherSteward, foreigner }: Cast,
  ids: { group: GroupId; otherGroup: GroupId; member: MembershipId },
) {
  const { group, otherGroup } = ids;
  const seen = {
    about: "public",
    region: "public",
    languages: "public",
    capabilities: "public",
    contact: "public",
  } as const;
  await foreigner.call(changeProfile, {
    group: otherGroup,
    name: "Vecinas",
    languages: [],
    capabilities: [],
    visibility: { name: "public", ...seen },
  });
  const agreement = "Nos cuidamos y decidimos en común.";
  const { coalition } = await coordinator.call(foundCoalition, {
    group,
    name: "Encuentro",
    agreement,
  });
  const open = await coordinator.call(inviteToGroup, { group, roles: [] });
  const founding = await member.call(askToFound, {
    name: "Otra red",
    kind: "victim_network",
    purpose: "Juntarnos",
    alias: "Mezquite",
  });
  await coordinator.call(offerHandOver, {
    group,
    to: ids.member,
    note: "",
    staysCoordinator: true,
  });
  await facilitator.call(askGroupRecovery, { group, candidate: ids.member, reason: "Hace falta" });
  const { id: groupExport } = await otherSteward.call(askGroupExport, {
    group,
    reason: "Respaldo",
  });
  const stewards = await otherSteward.call(listStewards, {});
  return {
    coalition,
    invitation: open.id,
    openCode: open.code,
    founding: founding.id,
    handOver: (await coordinator.call(listHandOvers, { group }))[0]?.id as HandOverId,
    recovery: (await coordinator.call(listGroupRecoveries, { group }))[0]?.id as GroupRecoveryId,
    groupExport,
    otherSteward: stewards.find(({ you }) => you)?.id as StewardId,
  };
}

/** What is said, and who is called how, stands nowhere but in this space. */
async function openPeerSupport(
  hub: TestHub,
  group: GroupId,
  people: Record<"coordinator" | "facilitator" | "encino" | "member" | "signatory", Person>,
) {
  const { coordinator, facilitator, encino, member, signatory } = people;
  const careful = defaultsFor("peer_support");
  const { space } = await coordinator.call(foundSpace, {
    group,
    kind: "peer_support",
    title: "Hablar sin prisa",
    purpose: "Escucharnos",
    rules: "Lo que aquí se dice aquí queda.",
    alias: "Jacaranda",
    settings: { ...careful, holdsFirst: 0, slowMinutes: 0, facilitatedHours: false },
  });
  const come = async (person: Person, alias: string) => {
    await person.call(joinSpace, { space, through: group, alias, rulesVersion: 1 });
    return (await coordinator.call(listAdmissions, { space }))[0]?.id as ParticipantId;
  };
  const letIn = async (person: Person, alias: string) => {
    const id = await come(person, alias);
    await coordinator.call(admitParticipant, { space, id });
    return id;
  };
  for (const [person, alias] of [
    [facilitator, "Tepozán"],
    [encino, "Colorín"],
  ] as const)
    await coordinator.call(addFacilitator, { space, id: await letIn(person, alias) });
  const participant = await letIn(member, "Cuajiote");
  await coordinator.call(openSpace, { space });
  await coordinator.call(beginShift, { space });
  const { id: crisisCard } = await coordinator.call(addCrisisCard, {
    group,
    name: "Línea de la red",
    contact: "55 0000 0000",
  });
  const message = crypto.randomUUID() as MessageId;
  const { id: attachment } = await upload(hub, member, space, "Hoy no dormí");
  const words = { note: "Cansancio", body: "Hoy no dormí" };
  await member.call(postMessage, { space, id: message, ...words, attachments: [attachment] });
  const asking = await come(signatory, "Sauce llorón");
  return { space, participant, asking, crisisCard, message, attachment };
}

/** In which the member has the word, after all the others said what they had to say. */
async function beginCircle(
  space: SpaceId,
  { coordinator, encino, member }: Record<"coordinator" | "encino" | "member", Person>,
): Promise<void> {
  await coordinator.call(openCircle, { space, question: "Qué nos sostiene hoy", turnMinutes: 30 });
  for (const person of [member, encino]) await person.call(joinCircle, { space });
  await coordinator.call(startCircle, { space });
}

async function secondSession(hub: TestHub, member: Person): Promise<SessionId> {
  await hub.newcomer().call(signIn, { ...entry, signInName: "entra Mezquite" });
  const sessions = await member.call(listSessions, {});
  return sessions.find(({ current }) => !current)?.id as SessionId;
}

async function endedSession(hub: TestHub, coordinator: Person): Promise<string> {
  const elsewhere = hub.newcomer();
  await elsewhere.call(signIn, { ...entry, signInName: "entra Ceiba" });
  await coordinator.call(revokeOtherSessions, {});
  return elsewhere.cookieHeader;
}

/** Its fingerprint is twelve times the first word. */
async function askingPeer({ owner }: TestHub): Promise<PeerId> {
  const [asking] = await owner<[{ id: PeerId }]>`
    insert into peers (url, root, document, version, ours, theirs, purpose)
    values ('https://costa.example', ${"A".repeat(43)}, '', 1, 'open', 'wanted', 'Encuentro') returning id`;
  return asking.id;
}
