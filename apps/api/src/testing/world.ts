import { foundCoalition } from "@telar/contracts/coalitions";
import { askGroupExport, type GroupExportId } from "@telar/contracts/exports";
import { askToFound } from "@telar/contracts/foundings";
import { askGroupRecovery, listGroupRecoveries } from "@telar/contracts/group-recoveries";
import { changeProfile, foundGroup, type GroupKind } from "@telar/contracts/groups";
import { listHandOvers, offerHandOver } from "@telar/contracts/hand-overs";
import { listStewards } from "@telar/contracts/hub";
import type {
  CoalitionId,
  FoundingId,
  GroupId,
  GroupRecoveryId,
  HandOverId,
  InvitationId,
  MembershipId,
  SessionId,
  StewardId,
} from "@telar/contracts/ids";
import { inviteToGroup, joinByInvitation } from "@telar/contracts/invitations";
import { listMemberships } from "@telar/contracts/memberships";
import { listSessions, revokeOtherSessions, signIn } from "@telar/contracts/sessions";
import { addFirstInvitation } from "../first-invitation.ts";
import { type TestHub, testPassphrase } from "./hub.ts";
import type { Person } from "./person.ts";

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
export interface World {
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
  /** A session of the member, beside the one whose cookie they carry. */
  session: SessionId;
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
  await enter("Encino", ["coordinator"]);
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
  return {
    ...under,
    group,
    otherGroup,
    member: placeOf("Mezquite"),
    signInNames: { member: "entra Mezquite" },
    session: await secondSession(hub, member),
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
